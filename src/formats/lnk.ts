import type { Attribute } from '../model/attribute.ts';
import { claim, type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { type LnkField, type LnkFieldName, readLnk } from '../structures/lnk.ts';
import { timeUuidOf } from '../structures/uuid.ts';

/** Where a string of the shortcut leads to. Its description, its arguments and a volume's label are no paths. */
const TEXTS: Readonly<Partial<Record<LnkFieldName, Extract<Attribute, 'machine.path' | 'machine.name' | 'name.title'>>>> = {
  LocalBasePath: 'machine.path',
  CommonPathSuffix: 'machine.path',
  NetName: 'machine.path',
  DeviceName: 'machine.path',
  RELATIVE_PATH: 'machine.path',
  WORKING_DIR: 'machine.path',
  ICON_LOCATION: 'machine.path',
  TargetUnicode: 'machine.path',
  COMMAND_LINE_ARGUMENTS: 'machine.path',
  MachineID: 'machine.name',
  VolumeLabel: 'machine.name',
  NAME_STRING: 'name.title',
};

/** As it stands: text, or the digits of the bytes in hexadecimal. */
const rawOf = (f: LnkField): string => (f.text ?? Buffer.from(f.bytes).toString('hex')).slice(0, MAX_RAW);

/** 'A1B2-C3D4', as Windows shows it. */
const serialOf = (bytes: Uint8Array): string => {
  const digits = Buffer.from(bytes).reverse().toString('hex').toUpperCase();
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
};

function* claims(f: LnkField): Iterable<Extracted> {
  const said = { basis: 'asserted', field: f.name, raw: rawOf(f), locator: { in: 'bytes', offset: f.offset, length: f.length } } as const;
  const attribute = TEXTS[f.name];
  if (attribute !== undefined) yield claim({ ...said, attribute, value: said.raw.trim() });
  else if (f.name === 'DriveSerialNumber') yield claim({ ...said, attribute: 'machine.hardware', value: serialOf(f.bytes) });
  else if (f.length === 8) yield claim({ ...said, attribute: 'time.hidden', value: fromFiletime(Buffer.from(f.bytes).readBigUInt64LE()) });
  else {
    const uuid = timeUuidOf(f.bytes);
    if (uuid) yield claim({ ...said, attribute: 'time.hidden', value: uuid.time });
    if (uuid?.hardware) yield claim({ ...said, attribute: 'machine.hardware', value: uuid.hardware });
  }
}

function* read(input: Input): Iterable<Extracted> {
  const { fields, problems } = input.once(readLnk);
  for (const f of fields) yield* claims(f);
  for (const p of problems) yield problem(p.code, p.message);
}

/**
 * A Windows shortcut, [MS-SHLLINK]. It speaks of the file it points to, so its times are no times of its own: they are
 * 'time.hidden', CreationTime, AccessTime and WriteTime of the target when the link was last resolved, in UTC. DroidFile is the
 * version 1 UUID that the target was given, with the network card and the clock of the machine that gave it; it is not to be
 * confused with a time of the target itself.
 */
export const lnk: FormatReader = {
  id: 'lnk',
  version: 1,
  mediaTypes: ['application/x-ms-shortcut'],
  read,
  replay(input, locator) {
    if (locator.in !== 'bytes') return null;
    const field = input.once(readLnk).fields.find((f) => f.offset === locator.offset && f.length === locator.length);
    return field ? rawOf(field) : null;
  },
};

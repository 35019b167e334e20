import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { readCfb } from '../structures/ole/cfb.ts';
import { DEST_LIST, type JumpEntry, JUMP_FIELD, jumpEntries } from '../structures/ole/jump-list.ts';
import { timeUuidOf } from '../structures/uuid.ts';

const ticksHex = (ticks: bigint): string => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(ticks);
  return b.toString('hex');
};

function* draftsOf(e: JumpEntry): Iterable<ClaimDraft> {
  const said = (field: string, id: number, raw: string): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
    basis: 'asserted',
    field: `DestList ${field}`,
    raw: raw.slice(0, MAX_RAW),
    locator: { in: 'property', stream: DEST_LIST, section: e.index, id },
  });
  const path = said('path', JUMP_FIELD.path, e.path);
  if (e.path !== '') yield { ...path, attribute: 'machine.path', value: path.raw };
  if (e.machine !== '') yield { ...said('machine', JUMP_FIELD.machine, e.machine), attribute: 'machine.name', value: e.machine };
  if (e.accessed !== 0n)
    yield { ...said('last access', JUMP_FIELD.accessed, ticksHex(e.accessed)), attribute: 'time.hidden', value: fromFiletime(e.accessed) };
  const uuid = timeUuidOf(e.object);
  const object = said('object', JUMP_FIELD.object, Buffer.from(e.object).toString('hex'));
  if (uuid) yield { ...object, attribute: 'time.hidden', value: uuid.time };
  if (uuid?.hardware) yield { ...object, attribute: 'machine.hardware', value: uuid.hardware };
}

function* read(input: Input): Iterable<Extracted> {
  const cfb = input.once(readCfb);
  const { entries, whole } = jumpEntries(cfb);
  for (const e of entries) for (const draft of draftsOf(e)) yield claim(draft);
  if (!whole) yield problem('truncated', 'the list of entries breaks off');
  for (const p of cfb.problems) yield problem(p.code, p.message);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in !== 'property' || locator.stream !== DEST_LIST) return null;
  const entry = jumpEntries(input.once(readCfb)).entries[locator.section];
  for (const { locator: l, raw } of entry ? draftsOf(entry) : []) if (l.in === 'property' && l.id === locator.id) return raw;
  return null;
}

/** What Windows keeps of the files a program opened, '.automaticDestinations-ms': path, machine and last access. Locators: entry, byte of the field. */
export const jumpList: FormatReader = { id: 'jump-list', version: 1, mediaTypes: ['application/x-ms-jump-list'], read, replay };

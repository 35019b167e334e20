import type { AttributeOf } from '../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { PID, pidName } from '../structures/outlook/mapi.data.ts';
import { codePageOf, locatorOf, type MapiProperty, rawOf, textOf, timeOf } from '../structures/outlook/mapi.ts';
import { CRYPT } from '../structures/outlook/pst-crypt.ts';
import { readPstHeader, VERSION_AT } from '../structures/outlook/pst-layout.ts';
import { mapiOf, NID, nodeName, type Pst, PST_PID, readPst } from '../structures/outlook/pst.ts';

/** By wMagicClient. [MS-PST] 2.2.2.6. */
const KINDS: Readonly<Record<string, string>> = { SM: 'PST', SO: 'OST', AB: 'PAB' };

/** The store's own properties, in the order of their ids. */
function storeOf(pst: Pst): readonly MapiProperty[] {
  const node = pst.trees.node(NID.store);
  return [...((node && pst.object(node))?.properties.values() ?? [])].map((p) => mapiOf(p, nodeName(NID.store), 1 << 16));
}

const codePage = (store: readonly MapiProperty[]): number => codePageOf(new Map(store.map((p) => [p.tag >>> 16, p])));

const TIMES: ReadonlyMap<number, AttributeOf<'time'>> = new Map([
  [PID.CreationTime, 'time.created'],
  [PID.LastModificationTime, 'time.modified'],
]);

/** An .ost says -1. */
const NO_PASSWORD: ReadonlySet<string> = new Set(['0', '-1']);
const PASSWORD = 'a checksum of a password; nothing is encrypted with it';

function* storeClaims(store: readonly MapiProperty[]): Generator<Extracted> {
  const page = codePage(store);
  for (const p of store) {
    const id = p.tag >>> 16;
    const name = id === PID.DisplayName ? textOf(p, page) : null;
    const time = TIMES.has(id) ? timeOf(p) : null;
    const said = { basis: 'asserted', locator: locatorOf(p) } as const;
    if (name)
      yield claim({
        ...said,
        attribute: 'name.title',
        field: pidName(id),
        raw: name.slice(0, MAX_RAW),
        value: name.trim().slice(0, MAX_RAW) || null,
      });
    if (name && name.length > MAX_RAW) yield problem('limit-exceeded', `${pidName(id)}: ${name.length} characters, of which ${MAX_RAW} are kept`);
    if (time) yield claim({ ...said, attribute: TIMES.get(id) ?? 'time.created', field: pidName(id), raw: time.raw, value: time.value });
    const sum = id === PST_PID.Password ? rawOf(p, page) : null;
    if (sum !== null && !NO_PASSWORD.has(sum))
      yield claim({ ...said, attribute: 'mark.protected', field: 'PidTagPstPassword', raw: sum, value: PASSWORD });
  }
}

function* read(input: Input): Generator<Extracted> {
  const header = readPstHeader(input.bytes);
  if (!header) return void (yield problem('malformed', 'no header of an Outlook store of a version that is known'));
  const locator: Locator = { in: 'bytes', offset: VERSION_AT, length: 2 };
  const value = `${KINDS[header.client] ?? header.client}, ${header.layout.make}`;
  yield claim({ basis: 'asserted', attribute: 'type.version', field: 'wVer', raw: String(header.version), value, locator });
  if (!header.intact) yield problem('malformed', 'the checksum of the header is that of other bytes');
  if (header.size > input.bytes.size) yield problem('truncated', `the store says that it is ${header.size} bytes long; ${input.bytes.size} are here`);
  if (header.crypt === CRYPT.edpCrypted)
    return void (yield problem('encrypted', 'Windows Information Protection has encrypted the store; the key is not in it'));
  const pst = input.once(readPst);
  const store = pst ? storeOf(pst) : [];
  if (store.length === 0) yield problem('malformed', 'the properties of the store itself could not be read');
  yield* storeClaims(store);
}

/** A mailbox in a file, .pst or .ost ([MS-PST]): what it is and is called. Its messages, and what is damaged, are the container's to tell. */
export const pst: FormatReader = {
  id: 'pst',
  version: 1,
  mediaTypes: ['application/vnd.ms-outlook-pst'],
  read,
  replay(input, locator) {
    if (locator.in === 'bytes') {
      const version = readPstHeader(input.bytes)?.version;
      return locator.offset === VERSION_AT && version !== undefined ? String(version) : null;
    }
    const store = input.once(readPst);
    if (locator.in !== 'property' || !store || locator.stream !== nodeName(NID.store) || locator.section !== 0) return null;
    const properties = storeOf(store);
    const property = properties.find((p) => p.tag === locator.id);
    return property ? (rawOf(property, codePage(properties))?.slice(0, MAX_RAW) ?? null) : null;
  },
};

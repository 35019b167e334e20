import type { Input } from '../../model/input.ts';
import { type Cfb, type CfbEntry, readCfb } from '../ole/cfb.ts';
import { type CfbChildren, cfbOfStorage, childrenOf } from '../ole/cfb-write.ts';
import {
  codePageOf,
  type MapiAttachment,
  type MapiBag,
  type MapiContent,
  type MapiMessage,
  type MapiProperty,
  numberOf,
  putProperty,
} from './mapi.ts';
import { ATTACHED, PID, TYPE } from './mapi.data.ts';

/** Values of fixed length, 16 bytes each behind a header. [MS-OXMSG] 2.4. */
const PROPERTIES = '__PROPERTIES_VERSION1.0';
/** A value of variable length: a stream, or a storage where it is an object, called after its tag in hex. [MS-OXMSG] 2.1.1. */
const VALUE = /^__SUBSTG1\.0_([0-9A-F]{8})$/;
const RECIPIENT = /^__RECIP_VERSION1\.0_#[0-9A-F]{8}$/;
const ATTACHMENT = /^__ATTACH_VERSION1\.0_#[0-9A-F]{8}$/;
const RECORD_BYTES = 16;
/** Of the table of a message within another; it stays with it when it becomes a root. Any other root's has 32. */
const EMBEDDED_HEADER_BYTES = 24;
/** Types whose value stands in the record itself. */
const FIXED: ReadonlySet<number> = new Set([TYPE.int16, TYPE.int32, TYPE.boolean, TYPE.time]);

interface Source {
  readonly cfb: Cfb;
  readonly children: CfbChildren;
}

const storagesNamed = (entries: readonly CfbEntry[], name: RegExp): CfbEntry[] =>
  // By number, whatever the order of the tree: they are counted in hex of one width.
  entries
    .filter((e) => e.kind === 'storage' && name.test(e.name.toUpperCase()))
    .sort((a, b) => (a.name.toUpperCase() < b.name.toUpperCase() ? -1 : 1));

/** The properties of one storage. */
function bagOf({ cfb, children }: Source, path: string): MapiBag {
  const bag = new Map<number, MapiProperty>();
  for (const entry of children.get(path) ?? []) {
    const name = entry.name.toUpperCase();
    const value = VALUE.exec(name);
    if (value) {
      const tag = parseInt(value[1] ?? '', 16);
      putProperty(bag, tag >>> 16, { tag, type: tag & 0xffff, stream: entry.path, read: () => cfb.read(entry) });
    } else if (name === PROPERTIES) for (const p of fixedProperties(cfb, entry)) putProperty(bag, p.tag >>> 16, p);
  }
  return bag;
}

function* fixedProperties(cfb: Cfb, entry: CfbEntry): Generator<MapiProperty> {
  const table = cfb.read(entry);
  if (!table) return;
  const ofMessage = isMessageHeader(cfb, entry);
  const header = entry.size % RECORD_BYTES === 0 ? 32 : ofMessage ? EMBEDDED_HEADER_BYTES : 8;
  const view = new DataView(table.buffer, table.byteOffset, table.byteLength);
  for (let at = header; at + RECORD_BYTES <= table.byteLength; at += RECORD_BYTES) {
    const tag = view.getUint32(at, true);
    if (!FIXED.has(tag & 0xffff)) continue;
    yield { tag, type: tag & 0xffff, stream: entry.path, read: () => table.subarray(at + 8, at + RECORD_BYTES) };
  }
}

const isMessageHeader = (cfb: Cfb, entry: CfbEntry): boolean => {
  const around = cfb.entry(entry.parent ?? '');
  return !around || !(RECIPIENT.test(around.name.toUpperCase()) || ATTACHMENT.test(around.name.toUpperCase()));
};

/** An attachment's bytes, or its object taken out as a compound file. A message in a message has no bytes of its own. */
function contentOf({ cfb, children }: Source, path: string, bag: MapiBag): MapiContent {
  const method = numberOf(bag.get(PID.AttachMethod));
  const entry = (children.get(path) ?? []).find((e) => e.kind === 'storage' && /^__SUBSTG1\.0_3701000D$/i.test(e.name));
  if (entry) {
    return { kind: method === ATTACHED.ole ? 'ole' : 'message', bytes: () => cfbOfStorage(cfb, entry, children) };
  }
  const data = bag.get(PID.AttachDataBinary);
  return data ? { kind: 'file', bytes: () => data.read() } : { kind: 'reference', bytes: () => new Uint8Array(0) };
}

function attachmentOf(source: Source, { path }: CfbEntry): MapiAttachment {
  const bag = bagOf(source, path);
  return { key: path, bag, content: contentOf(source, path, bag) };
}

/** The message of an .msg file ([MS-OXMSG]). Never throws: garbage yields empty bags and a problem. Use as input.once(readMsg). */
export function readMsg(input: Input): MapiMessage {
  const cfb = input.once(readCfb);
  const source = { cfb, children: childrenOf(cfb) };
  const entries = source.children.get('') ?? [];
  const bag = bagOf(source, '');
  return {
    bag,
    recipients: storagesNamed(entries, RECIPIENT).map((e) => bagOf(source, e.path)),
    attachments: storagesNamed(entries, ATTACHMENT).map((e) => attachmentOf(source, e)),
    embedded: (cfb.entry(PROPERTIES)?.size ?? 0) % RECORD_BYTES === EMBEDDED_HEADER_BYTES % RECORD_BYTES,
    codePage: codePageOf(bag),
    problems: cfb.problems,
  };
}

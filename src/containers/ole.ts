import { bytesOf } from '../model/bytes.ts';
import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import type { Cfb, CfbEntry } from '../structures/ole/cfb.ts';
import { ENCRYPTED_PACKAGE, OLE_MEDIA_TYPES } from '../structures/ole/cfb-type.ts';
import { type CfbChildren, cfbOfStorage, childrenOf } from '../structures/ole/cfb-write.ts';
import { oleCodePage } from '../structures/ole/ole-properties.ts';
import { type NativePayload, ole10Native } from '../structures/ole/ole10-native.ts';
import { unlockedCfb } from '../structures/ole/unlocked.ts';

/** Streams that make a storage a document of its own. Upper case: names compare without case. */
const DOCUMENT_STREAMS = new Set([
  'WORDDOCUMENT',
  'WORKBOOK',
  'BOOK',
  'POWERPOINT DOCUMENT',
  'VISIODOCUMENT',
  'ENCRYPTEDPACKAGE',
  '__PROPERTIES_VERSION1.0',
]);
/** An embedded docx, xlsx or pptx. [MS-OSHARED] 2.2.1.3 and the embedded OPC packages of Office 2007. */
const PACKAGE = 'PACKAGE';
/** What the Windows packager wrapped. [MS-OLEDS] 2.3.6. */
const NATIVE = '\u0001OLE10NATIVE';

type Opened = Child | ClosedChild | OpeningProblem;

function* open(input: Input): Generator<Opened> {
  const { cfb } = input.once(unlockedCfb);
  const children = childrenOf(cfb);
  const codePage = oleCodePage(cfb);
  // A storage within an embedded document is that document's own affair.
  const taken = new Set<string>();
  for (const entry of cfb.entries) {
    if (entry.parent !== null && taken.has(entry.parent)) taken.add(entry.path);
    else if (isDocument(entry, children)) {
      taken.add(entry.path);
      yield { key: entry.path, role: 'document', bytes: bytesOf(cfbOfStorage(cfb, entry, children)), says: [] };
    } else if (isPayload(entry)) yield* payload(cfb, entry, codePage);
  }
}

const isDocument = (entry: CfbEntry, children: CfbChildren): boolean =>
  entry.kind === 'storage' && (children.get(entry.path) ?? []).some((e) => DOCUMENT_STREAMS.has(e.name.toUpperCase()));

const isPayload = (entry: CfbEntry): boolean =>
  entry.kind === 'stream' && (entry.name.toUpperCase() === PACKAGE || entry.name.toUpperCase() === NATIVE);

/** The file in a stream, without the packager's wrapping; another server's data as they are, as a part of the document. */
function* payload(cfb: Cfb, entry: CfbEntry, codePage: number): Generator<Opened> {
  const key = entry.path;
  const stream = cfb.read(entry);
  if (!stream) {
    const problem = { code: 'limit-exceeded', message: 'the embedded file is larger than the budget allows' } as const;
    yield { key, role: 'document', says: [], bytes: null, why: 'over-limit', problem };
    return;
  }
  const isPackage = entry.name.toUpperCase() === PACKAGE;
  const native = isPackage ? null : ole10Native(stream, codePage);
  if (!native) {
    yield { key, role: isPackage ? 'document' : 'part', bytes: bytesOf(stream), says: [] };
    return;
  }
  const name = native.label.split(/[\\/]/).pop() ?? '';
  yield { key, role: 'document', ...(name === '' ? {} : { label: name }), bytes: bytesOf(native.content), says: saysOf(native, name) };
  if (native.missing > 0) yield { problem: { code: 'truncated', message: `the embedded file lacks its last ${native.missing} bytes` } };
}

/** The packager kept the file's name and two folders of the machine on which it was packed. */
function saysOf(native: NativePayload, name: string): ClaimDraft[] {
  const says: ClaimDraft[] = [];
  const said = (attribute: 'name.file' | 'machine.path', field: string, raw: string, value: string): void =>
    void says.push({ basis: 'asserted', attribute, field, raw: raw.slice(0, MAX_RAW), value, locator: { in: 'parent', key: field } });
  if (name !== '') said('name.file', 'label', native.label, name);
  for (const [field, path] of [
    ['source path', native.sourcePath],
    ['temporary path', native.temporaryPath],
  ] as const) {
    if (/[\\/]/.test(path)) said('machine.path', field, path, path);
  }
  return says;
}

function openOne(input: Input, key: string): Child | ClosedChild | null {
  for (const item of open(input)) if ('key' in item && item.key === key) return item;
  return null;
}

/** Documents and files embedded in a compound file. Pictures are left where they are. */
export const ole: Container = { id: 'ole', version: 2, mediaTypes: OLE_MEDIA_TYPES.filter((t) => t !== ENCRYPTED_PACKAGE), open, openOne };

import { type Cfb, streamOf } from './cfb.ts';
import { PPT, type PptRecord, pptRecord } from './ppt-record.ts';
import { viewOf } from '../little-endian.ts';

export const PPT_STREAM = 'PowerPoint Document';
export const CURRENT_USER = 'Current User';

/** One saving that was appended to the stream: [MS-PPT] 2.3.3 UserEditAtom. */
export interface PptEdit {
  /** Where its header stands in the stream. */
  readonly at: number;
  /** The slide last seen. */
  readonly lastSlide: number;
}

export interface PptFile {
  readonly stream: Uint8Array;
  /** The newest first. */
  readonly edits: readonly PptEdit[];
  /** The document's own container, null where it cannot be found. */
  readonly document: PptRecord | null;
  /** The newest object of that number: [MS-PPT] 2.1.2. */
  readonly object: (id: number) => PptRecord | null;
  /** Where the newest object of each number begins. */
  readonly objects: ReadonlyMap<number, number>;
}

/** Entries of all directories: more than a presentation has. Many edits may point at one directory. */
const MAX_ENTRIES = 200_000;
/** More edits than a program leaves before it writes the file anew. */
const MAX_EDITS = 10_000;

/** Null where there is no presentation, or the stream of the current user leads nowhere. */
export function pptFile(cfb: Cfb): PptFile | null {
  const stream = streamOf(cfb, PPT_STREAM);
  const user = streamOf(cfb, CURRENT_USER);
  if (!stream || !user || user.byteLength < 20) return null;
  const edits: PptEdit[] = [];
  const objects = new Map<number, number>();
  let documentId = 0;
  const view = viewOf(stream);
  const seen = new Set<number>();
  let left = MAX_ENTRIES;
  for (let at = viewOf(user).getUint32(16, true); !seen.has(at) && edits.length < MAX_EDITS;) {
    seen.add(at);
    const record = pptRecord(stream, at);
    if (record?.type !== PPT.userEdit || record.to - record.from < 24) break;
    edits.push({ at, lastSlide: view.getUint32(record.from, true) });
    if (edits.length === 1) documentId = view.getUint32(record.from + 16, true);
    left -= directory(stream, view.getUint32(record.from + 12, true), objects, left);
    at = view.getUint32(record.from + 8, true);
    if (at === 0) break;
  }
  const object = (id: number): PptRecord | null => {
    const at = objects.get(id);
    return at === undefined ? null : pptRecord(stream, at);
  };
  const document = object(documentId);
  return { stream, edits, document: document?.type === PPT.document ? document : null, object, objects };
}

/** Offsets by number; an older edit does not replace what a newer one said. Returns the entries read, at most `most`. [MS-PPT] 2.3.4, 2.3.5. */
function directory(stream: Uint8Array, at: number, objects: Map<number, number>, most: number): number {
  const record = pptRecord(stream, at);
  if (record?.type !== PPT.persistDirectory) return 0;
  let read = 0;
  const view = viewOf(stream);
  for (let entry = record.from; entry + 4 <= record.to && read < most; read++) {
    const head = view.getUint32(entry, true);
    const first = head & 0xf_ffff;
    const count = head >>> 20;
    entry += 4;
    for (let i = 0; i < count && entry + 4 <= record.to && read < most; i++, entry += 4, read++) {
      if (!objects.has(first + i)) objects.set(first + i, view.getUint32(entry, true));
    }
  }
  return read;
}

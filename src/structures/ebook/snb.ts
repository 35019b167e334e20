import { inflateSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { unpackStream } from '../archive/libarchive.ts';
import { bufferOf } from '../placed.ts';
import { decodeXml } from '../xml.ts';

const HEADER = 44;
const TAIL = 16;
const ENTRY = 12;
/** Attribute of files whose bytes are in the packed stream; the others stand in one of their own. */
const PLAIN = 0x40;
const BOOK = 'snbf/book.snbf';
const MAX_TABLE = 4 * 1024 ** 2;
const MAX_PLAIN = 64 * 1024 ** 2;

export interface Snb {
  /** 'snbf/book.snbf', XML: what the book says of itself; null where it is missing or damaged. */
  readonly book: string | null;
  readonly problem: ProblemDraft | null;
}

/**
 * Shanda Bambook's e-book: a table of files (zlib) and their bytes one behind another, packed in blocks (bzip2). No published
 * specification; the layout is that of calibre's documentation of the format. Never throws.
 */
export async function readSnb({ bytes }: Input): Promise<Snb> {
  const no = (code: ProblemDraft['code'], message: string): Snb => ({ book: null, problem: { code, message } });
  const h = bufferOf(bytes.slice(0, HEADER));
  const tail = bufferOf(bytes.slice(bytes.size - TAIL, TAIL));
  if (h.byteLength < HEADER || tail.toString('latin1', 8) !== 'SNBP000B') return no('truncated', 'its header or its tail is missing');
  const [count, packedTable, binary] = [h.readUInt32BE(20), h.readUInt32BE(28), h.readUInt32BE(32)];
  const table = tableOf(bytes.slice(HEADER, packedTable), count);
  if (!table) return no('malformed', 'the table of files cannot be unpacked');
  const place = table.get(BOOK);
  if (!place) return no('malformed', `${BOOK} is not listed`);
  const from = HEADER + packedTable;
  const stream = bytes.window(from, tail.readUInt32BE(4) - binary - from);
  const { bytes: plain, error } = await unpackStream(stream, 'bzip2', Math.min(MAX_PLAIN, place.offset + place.length));
  if (plain.byteLength < place.offset + place.length) return no('malformed', `${BOOK} cannot be unpacked${error === null ? '' : `: ${error}`}`);
  return { book: decodeXml(plain.subarray(place.offset, place.offset + place.length)), problem: null };
}

/** Files of the packed stream by name: where they stand in it. */
function tableOf(packed: Uint8Array, count: number): ReadonlyMap<string, { readonly offset: number; readonly length: number }> | null {
  let b: Buffer;
  try {
    b = inflateSync(packed, { maxOutputLength: MAX_TABLE });
  } catch {
    return null;
  }
  const names = count * ENTRY;
  const found = new Map<string, { offset: number; length: number }>();
  let offset = 0;
  for (let at = 0; at + ENTRY <= Math.min(names, b.byteLength); at += ENTRY) {
    const nameAt = names + b.readUInt32BE(at + 4);
    const length = b.readUInt32BE(at + 8);
    if (((b[at] ?? 0) & PLAIN) === 0) continue;
    // Longer names are none.
    found.set(b.toString('utf8', nameAt, nameAt + 256).split('\u0000')[0] ?? '', { offset, length });
    offset += length;
  }
  return found;
}

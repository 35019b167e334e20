import type { ProblemDraft } from '../../model/artifact.ts';
import { isUtf8 } from 'node:buffer';
import { bufferOf, type PlacedTag } from '../placed.ts';

/** Bytes kept of one comment: a cover picture in Base64 is no text to read. */
const MAX_COMMENT_BYTES = 64 * 1024;
const MAX_COMMENTS = 5_000;

interface Comments {
  readonly tags: readonly PlacedTag[];
  readonly problems: readonly ProblemDraft[];
}

/**
 * The vendor's string and the comments of a Vorbis comment header (Vorbis I section 5.2), behind its packet type: keys in
 * upper case, the vendor under 'vendor'. `placeOf` says where in the file a byte of `bytes` stands: a packet may be cut by pages.
 */
export function readComments(bytes: Uint8Array, format: string, placeOf: (at: number) => number): Comments {
  const b = bufferOf(bytes);
  const tags: PlacedTag[] = [];
  const done = (code: ProblemDraft['code'], message: string): Comments => ({ tags, problems: [{ code, message: `${format}: ${message}` }] });
  const place = (key: string, from: number, to: number): void => {
    const value = b.subarray(from, to);
    const last = Math.max(from, to - 1);
    tags.push({
      key,
      raw: value.toString(isUtf8(value) ? 'utf8' : 'latin1'),
      offset: placeOf(from),
      length: to === from ? 0 : placeOf(last) + 1 - placeOf(from),
    });
  };
  if (b.byteLength < 8) return done('truncated', 'the comments break off');
  const vendorEnd = 4 + b.readUInt32LE(0);
  if (vendorEnd + 4 > b.byteLength) return done('truncated', 'the comments break off');
  place('vendor', 4, vendorEnd);
  const count = b.readUInt32LE(vendorEnd);
  let at = vendorEnd + 4;
  for (let i = 0; i < Math.min(count, MAX_COMMENTS); i++) {
    const end = at + 4 > b.byteLength ? Infinity : at + 4 + b.readUInt32LE(at);
    if (end > b.byteLength) return done('truncated', `comment ${i + 1} of ${count} breaks off`);
    const equals = b.indexOf(0x3d, at + 4);
    if (equals > 0 && equals < end && end - equals <= MAX_COMMENT_BYTES && equals - at < 100)
      place(b.toString('latin1', at + 4, equals).toUpperCase(), equals + 1, end);
    at = end;
  }
  return count > MAX_COMMENTS ? done('limit-exceeded', `${count} comments, the first ${MAX_COMMENTS} read`) : { tags, problems: [] };
}

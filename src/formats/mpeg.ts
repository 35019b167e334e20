import type { Input } from '../model/input.ts';
import { bufferOf, type PlacedTag } from '../structures/placed.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

/** Encoders sign in front of the first picture. */
const SEARCHED_BYTES = 256 * 1024;
/** ISO/IEC 13818-2 section 6.2.2.2.2: user data runs up to the next start code. */
const USER_DATA = Buffer.from([0, 0, 1, 0xb2]);
const START_CODE = Buffer.from([0, 0, 1]);
const MAX_TAGS = 100;
/** x264 leaves its version in a message that decoders skip (H.264 annex D.2.7). */
const SIGNATURE = /x264 - core \d+[^\0]{0,40}?(?= - |\0)|Lavc\d+(?:\.\d+)*/g;

const TAGS: TagTable = new Map([
  ['user data', { remark: 'user data of the film' }],
  ['signature of the encoder', { attribute: 'tool.producer' }],
]);

function carry({ bytes }: Input): Carried {
  const b = bufferOf(bytes.slice(0, SEARCHED_BYTES));
  const tags: PlacedTag[] = [];
  const add = (key: string, raw: string, offset: number): void => {
    if (tags.length < MAX_TAGS && !tags.some((t) => t.raw === raw)) tags.push({ key, raw, offset, length: raw.length });
  };
  for (const m of b.toString('latin1').matchAll(SIGNATURE)) add('signature of the encoder', m[0], m.index);
  for (let at = b.indexOf(USER_DATA); at >= 0 && tags.length < MAX_TAGS; at = b.indexOf(USER_DATA, at + 4)) {
    const end = b.indexOf(START_CODE, at + 4);
    const text = /^[\x20-\x7e\r\n\t]{4,}/.exec(b.toString('latin1', at + 4, Math.min(end < 0 ? b.byteLength : end, at + 4 + 1024)));
    if (text) add('user data', text[0], at + 4);
  }
  return { tags };
}

/** MPEG-1 and MPEG-2 films, bare, as program or as transport streams: what the encoder left in front. Frames are not read. */
export const mpeg = taggedFileReader({ id: 'mpeg', version: 1, mediaTypes: ['video/mpeg', 'video/mp2t'], carry, tags: TAGS });

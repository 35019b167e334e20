import type { Input } from '../model/input.ts';
import { readApeTag } from '../structures/media/ape-tag.ts';
import { readId3, readId3v1 } from '../structures/media/id3.ts';
import { bufferOf, type PlacedTag } from '../structures/placed.ts';
import { APE_TAGS } from './shared/ape-claims.data.ts';
import { ID3_TAGS } from './shared/id3-claims.data.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

/** Bytes of the first frames in which an AAC encoder signs: a fill element that decoders skip. */
const SIGNED_BYTES = 2048;
const SIGNATURE = /Lavc\d+[.\d]*|libfaac \d[.\d]*|FAAC \d[.\d]*/;

const TAGS: TagTable = new Map([...ID3_TAGS, ...APE_TAGS, ['signature of the encoder', { attribute: 'tool.producer' }]]);

function signature(input: Input, from: number): PlacedTag[] {
  const m = SIGNATURE.exec(bufferOf(input.bytes.slice(from, SIGNED_BYTES)).toString('latin1'));
  return m ? [{ key: 'signature of the encoder', raw: m[0], offset: from + m.index, length: m[0].length }] : [];
}

function carry(input: Input): Carried {
  const { bytes } = input;
  const { tags, packets, problems, size } = readId3(bytes);
  return { tags: [...tags, ...signature(input, size), ...readApeTag(bytes), ...readId3v1(bytes)], packets, problems };
}

/** Monkey's Audio, Musepack and bare AAC (ADTS): tags in front and behind, and the encoder's signature. Sound is not read. */
export const ape = taggedFileReader({ id: 'ape', version: 1, mediaTypes: ['audio/aac', 'audio/x-ape', 'audio/x-musepack'], carry, tags: TAGS });

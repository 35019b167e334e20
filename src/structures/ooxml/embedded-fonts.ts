import { bytesOf } from '../../model/bytes.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { openMember, readZip } from '../zip/zip.ts';

const FONT_TABLE = /(?:^|\/)fontTable\.xml$/i;
const FONT_KEY = /fontKey="\{([0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\}"/g;
const MAX_TABLE_BYTES = 4 * 1024 ** 2;
const MAX_KEYS = 256;
const SCRAMBLED_BYTES = 32;
/** TrueType, OpenType, Apple's TrueType, a collection. */
const MAGIC = [0x00010000, 0x4f54544f, 0x74727565, 0x74746366];

/** The keys of the fonts that the table of a document lists, each as it is applied: last byte of the GUID first. */
export function fontKeysOf(input: Input): readonly Uint8Array[] {
  const table = input.once(readZip).members.find((m) => FONT_TABLE.test(m.name));
  const opened = table && openMember(input, table);
  if (!opened?.ok) return [];
  const xml = Buffer.from(opened.bytes.slice(0, MAX_TABLE_BYTES)).toString('latin1');
  return [...xml.matchAll(FONT_KEY)].slice(0, MAX_KEYS).map((m) => Buffer.from((m[1] ?? '').replaceAll('-', ''), 'hex').reverse());
}

/**
 * An embedded font with its first 32 bytes as they were before (ECMA-376 part 1 section 17.8.1): by whichever of the keys
 * makes it one. As it stands where none does.
 */
export function unscrambledFont(bytes: Bytes, keys: readonly Uint8Array[]): Bytes {
  for (const key of keys) {
    const head = Buffer.from(bytes.slice(0, SCRAMBLED_BYTES).map((b, i) => b ^ (key[i % 16] ?? 0)));
    if (head.byteLength === SCRAMBLED_BYTES && MAGIC.includes(head.readUInt32BE(0)))
      return bytesOf(Buffer.concat([head, bytes.slice(SCRAMBLED_BYTES, bytes.size)]));
  }
  return bytes;
}

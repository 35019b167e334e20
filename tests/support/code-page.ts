import iconv from 'iconv-lite';
import { charsetOfCodePage } from '../../src/structures/charset.ts';

/** Bytes of a text: characters the code page lacks become '?'. Throws a RangeError for an unknown code page. */
export function encodeCodePage(text: string, codePage: number): Uint8Array {
  const name = charsetOfCodePage(codePage);
  if (name === null) throw new RangeError(`no code page ${codePage}`);
  return iconv.encode(text, name);
}

import { isUtf8 } from 'node:buffer';
import { decodeCharset, isKnownCharset } from '../charset.ts';

/** Bytes nobody labelled: UTF-8 where they are valid UTF-8 (RFC 6532), else Latin-1, which loses no byte. */
export function decodeUnlabelled(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isUtf8(buffer) ? buffer.toString('utf8') : buffer.toString('latin1');
}

/** Names under which mail programs hide an encoding that has another name. */
const ALIASES: Readonly<Record<string, string>> = {
  'unicode-1-1-utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-8-sig': 'utf-8',
  'x-unknown': '',
  'unknown-8bit': '',
  '8bit': '',
  default: '',
  _iso: 'iso-8859-1',
};

/** The name by which we know a declared charset: lower case, without quotes and RFC 2231 language; '' where it says nothing. */
export function charsetName(declared: string): string {
  const name = declared
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/\*.*$/s, '')
    .toLowerCase();
  return Object.hasOwn(ALIASES, name) ? (ALIASES[name] ?? '') : name;
}

/** ISO-2022-JP and its kin are in the WHATWG set and not in iconv-lite. */
function whatwgDecoder(name: string): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(name, { ignoreBOM: true });
  } catch (e) {
    // RangeError: no such label. That is the question we asked.
    if (e instanceof RangeError) return null;
    throw e;
  }
}

/**
 * Text in a charset that a mail declares. US-ASCII and no name at all are read as unlabelled: mail says 'us-ascii' and
 * writes UTF-8. `known` is false where the name means nothing to us and the bytes were read as unlabelled.
 */
export function decodeMailCharset(bytes: Uint8Array, declared: string): { readonly text: string; readonly known: boolean } {
  const name = charsetName(declared);
  if (name === '' || name === 'us-ascii' || name === 'ascii') return { text: decodeUnlabelled(bytes), known: true };
  if (name === 'utf-8') return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'), known: true };
  // WHATWG's iso-8859-1 is windows-1252: what a sender means by it (the C1 controls are of no use in a text).
  const whatwg = /^(?:iso-?8859-?1|latin-?1|windows-1252|iso-2022-(?:jp|kr).*)$/.test(name)
    ? whatwgDecoder(name.replace(/^(iso-2022-jp).*/, '$1'))
    : null;
  if (whatwg) return { text: whatwg.decode(bytes), known: true };
  if (isKnownCharset(name)) return { text: decodeCharset(bytes, name), known: true };
  const other = whatwgDecoder(name);
  return other ? { text: other.decode(bytes), known: true } : { text: decodeUnlabelled(bytes), known: false };
}

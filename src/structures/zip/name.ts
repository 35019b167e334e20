import { crc32 } from 'node:zlib';
import { extraOf, type ZipExtra } from './header.ts';
import { u32 } from '../little-endian.ts';

/** Upper half of IBM code page 437, the encoding of names without bit 11 (APPNOTE appendix D). */
const CP437 = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';
const UNICODE_PATH = 0x7075;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    // Not UTF-8 is an answer here, not a failure.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

const decodeCp437 = (bytes: Uint8Array): string => Array.from(bytes, (b) => (b < 0x80 ? String.fromCharCode(b) : CP437.charAt(b - 0x80))).join('');

/**
 * A name or comment as a person would read it. Info-ZIP's Unicode path counts only while its CRC is that of the name it
 * replaces (APPNOTE 4.6.9); many writers store UTF-8 without saying so, and what is no UTF-8 is code page 437.
 */
export function decodeName(raw: Uint8Array, extra: readonly ZipExtra[] = []): string {
  const unicode = extraOf(extra, UNICODE_PATH);
  if (unicode && unicode.byteLength > 5 && u32(unicode, 1) === crc32(raw)) {
    const name = decodeUtf8(unicode.subarray(5));
    if (name !== null) return name;
  }
  return decodeUtf8(raw) ?? decodeCp437(raw);
}

/** A name within a problem's one line: control characters replaced, at most 120 characters. */
export const shown = (name: string): string => `'${name.slice(0, 120).replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\ufffd')}${name.length > 120 ? '…' : ''}'`;

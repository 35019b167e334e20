/** 6-bit value of a base64 character; 255 for what is none. '-' and '_' are the URL-safe pair (RFC 4648 section 5). */
const SIXTETS = ((): Uint8Array => {
  const table = new Uint8Array(256).fill(255);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  table[0x2d] = 62;
  table[0x5f] = 63;
  return table;
})();

const PADDING = 0x3d;
/** A string that Node decodes natively; larger bodies take the loop. */
const NATIVE_BYTES = 64 * 1024 ** 2;

/** Only padding and white space from here on. */
function isTail(bytes: Uint8Array, from: number): boolean {
  for (let i = from; i < bytes.byteLength; i++) {
    const b = bytes[i];
    if (b !== PADDING && b !== 10 && b !== 13 && b !== 32 && b !== 9) return false;
  }
  return true;
}

/** Bytes read between two signs of life; a power of two. */
const SIGN = 16 * 1024 ** 2;
const SILENT = (): void => undefined;

/**
 * RFC 2045 section 6.8, leniently: characters outside the alphabet are ignored, missing padding is no error, and several
 * padded texts in a row are all read. Never throws. Calls `alive` now and then.
 */
export function decodeBase64(bytes: Uint8Array, alive: () => void = SILENT): Uint8Array {
  const padding = bytes.indexOf(PADDING);
  if (bytes.byteLength <= NATIVE_BYTES && (padding === -1 || isTail(bytes, padding))) {
    return Buffer.from(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), 'base64');
  }
  const out = new Uint8Array(Math.ceil((bytes.byteLength * 3) / 4));
  let at = 0;
  let bits = 0;
  let held = 0;
  // Read once: asking a Buffer for its length each time makes the loop three times as slow.
  const { length } = bytes;
  for (let i = 0; i < length; i++) {
    if ((i & (SIGN - 1)) === 0) alive();
    const b = bytes[i] as number;
    if (b === PADDING) {
      bits = 0;
      held = 0;
      continue;
    }
    const value = SIXTETS[b] as number;
    if (value === 255) continue;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at++] = (held >> bits) & 0xff;
    }
  }
  return out.subarray(0, at);
}

const hexDigit = (b: number | undefined): number => {
  if (b === undefined) return -1;
  if (b >= 0x30 && b <= 0x39) return b - 0x30;
  const letter = b | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};

/** Position after a soft line break ('=' , blanks, line end) that starts at `i`; -1 where there is none. */
function afterSoftBreak(bytes: Uint8Array, i: number): number {
  let j = i + 1;
  while (bytes[j] === 32 || bytes[j] === 9) j++;
  if (bytes[j] === 13) return bytes[j + 1] === 10 ? j + 2 : j + 1;
  if (bytes[j] === 10) return j + 1;
  return j >= bytes.byteLength ? j : -1;
}

/** RFC 2045 section 6.7, leniently: an '=' that starts no escape stands for itself. Blanks at line ends are kept. */
export function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(PADDING)) return bytes;
  const out = new Uint8Array(bytes.byteLength);
  let at = 0;
  for (let i = 0; i < bytes.byteLength;) {
    const b = bytes[i] ?? 0;
    if (b !== PADDING) {
      out[at++] = b;
      i++;
      continue;
    }
    const high = hexDigit(bytes[i + 1]);
    const low = hexDigit(bytes[i + 2]);
    if (high >= 0 && low >= 0) {
      out[at++] = high * 16 + low;
      i += 3;
      continue;
    }
    const next = afterSoftBreak(bytes, i);
    if (next === -1) out[at++] = b;
    i = next === -1 ? i + 1 : next;
  }
  return out.subarray(0, at);
}

const AS_WRITTEN = new Set(['', '7bit', '8bit', 'binary']);

/** Whether {@link decodeTransfer} knows it. */
export const isTransferEncoding = (encoding: string): boolean => AS_WRITTEN.has(encoding) || encoding === 'base64' || encoding === 'quoted-printable';

/** The bytes a part carries; null for an encoding nobody registered. `encoding` is lower case, '' where none is declared. */
export function decodeTransfer(bytes: Uint8Array, encoding: string, alive: () => void = SILENT): Uint8Array | null {
  if (encoding === 'base64') return decodeBase64(bytes, alive);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(bytes);
  return AS_WRITTEN.has(encoding) ? bytes : null;
}

import type { Password } from '../../model/input.ts';
import { encodings } from '../passwords.ts';

/** Characters of a password that count; the rest of the mask's sixteen bytes is filling. */
const MOST_CHARACTERS = 15;
const MASK_BYTES = 16;
/** [MS-OFFCRYPTO] 2.3.7.2, PadArray. */
const FILLING = Buffer.from('bbffffbaffffb98000be0f00bf0f00', 'hex');
/** The polynomial of the key's shift register, without its highest bit; the verifier's last word. */
const POLYNOMIAL = 0x1020;
const VERIFIER_BASE = 0xce4b;

const rotated = (word: number, by: number, bits: number): number => ((word << by) | (word >>> (bits - by))) & (2 ** bits - 1);

/** One step of the register that makes the key. */
function shifted(word: number): number {
  const next = rotated(word, 1, 16);
  return (next & 1) === 0 ? next : next ^ POLYNOMIAL;
}

/** [MS-OFFCRYPTO] 2.3.7.2, CreateXorKey_Method1: each bit of the password, from its end, takes or leaves one state of a shift register. */
function keyOf(text: Uint8Array): number {
  let key = 0;
  let state = 0x8000;
  let end = 0xffff;
  for (const character of [...text].reverse()) {
    for (let bit = 0; bit < 8; bit++) {
      state = shifted(state);
      end = shifted(end);
      if (((character & 0x7f) >> bit) % 2 === 1) key ^= state;
    }
  }
  return key ^ end;
}

/** [MS-OFFCRYPTO] 2.3.7.1, CreatePasswordVerifier_Method1, on words of fifteen bits. */
function verifierOf(text: Uint8Array): number {
  let verifier = text.length ^ VERIFIER_BASE;
  for (const [i, character] of text.entries()) verifier ^= rotated(character, (i + 1) % 15, 15);
  return verifier;
}

/** What obscures the records of an Excel workbook; null where the password does not fit both words of the file. */
export function xorMask(password: Password, key: number, verifier: number): Uint8Array | null {
  for (const bytes of encodings(password)) {
    const text = bytes.subarray(0, MOST_CHARACTERS);
    if (text.length === 0 || keyOf(text) !== key || verifierOf(text) !== verifier) continue;
    const filled = Buffer.concat([text, FILLING]).subarray(0, MASK_BYTES);
    return filled.map((b, i) => rotated(b ^ ((key >> (8 * (i % 2))) & 0xff), 2, 8));
  }
  return null;
}

/** [MS-OFFCRYPTO] 2.3.7.3: `at` is the place in the mask where the bytes begin. */
export const unmasked = (bytes: Uint8Array, mask: Uint8Array, at: number): Uint8Array =>
  bytes.map((b, i) => rotated(b, 3, 8) ^ (mask[(at + i) % MASK_BYTES] ?? 0));

/** Words of the subkeys, and of one of the four tables. */
const SUBKEYS = 18;
const TABLE = 256;
const WORDS = SUBKEYS + 4 * TABLE;
const BITS = 32 * WORDS;
const BLOCK = 8;
/** More bits than are used, against what rounding eats. */
const GUARD = 64;

/** arctan(1/n) by its series, times 2^(BITS + GUARD). */
function arctan(n: bigint): bigint {
  let power = (1n << BigInt(BITS + GUARD)) / n;
  let sum = power;
  for (let i = 3n, sign = -1n; power > 0n; i += 2n, sign = -sign) {
    power /= n * n;
    sum += (sign * power) / i;
  }
  return sum;
}

/** The cipher begins with the fraction of pi in binary: it is computed (Machin's formula) and not written down. */
function fractionOfPi(): Uint32Array {
  const pi = (16n * arctan(5n) - 4n * arctan(239n)) >> BigInt(GUARD);
  const hex = (pi & ((1n << BigInt(BITS)) - 1n)).toString(16).padStart(BITS / 4, '0');
  return Uint32Array.from({ length: WORDS }, (_, i) => parseInt(hex.slice(i * 8, i * 8 + 8), 16));
}

let pi: Uint32Array | null = null;

/** B. Schneier, 'Description of a New Variable-Length Key, 64-Bit Block Cipher', 1993. */
class Blowfish {
  readonly #state: Uint32Array;
  /** The block in work: its left and right word. */
  readonly block = new Uint32Array(2);

  constructor(key: Uint8Array) {
    pi ??= fractionOfPi();
    const state = Uint32Array.from(pi);
    this.#state = state;
    for (let i = 0, at = 0; i < SUBKEYS; i++) {
      let word = 0;
      for (let n = 0; n < 4; n++, at = (at + 1) % key.length) word = (word << 8) | (key[at] as number);
      state[i] = (state[i] as number) ^ word;
    }
    for (let i = 0; i < WORDS; i += 2) {
      this.encipher();
      state[i] = this.block[0] as number;
      state[i + 1] = this.block[1] as number;
    }
  }

  encipher(): void {
    const s = this.#state;
    let left = this.block[0] as number;
    let right = this.block[1] as number;
    for (let i = 0; i < 16; i++) {
      left ^= s[i] as number;
      const sum = (s[SUBKEYS + (left >>> 24)] as number) + (s[SUBKEYS + TABLE + ((left >>> 16) & 0xff)] as number);
      right ^= ((sum ^ (s[SUBKEYS + 2 * TABLE + ((left >>> 8) & 0xff)] as number)) + (s[SUBKEYS + 3 * TABLE + (left & 0xff)] as number)) | 0;
      [left, right] = [right, left];
    }
    this.block[0] = right ^ (s[17] as number);
    this.block[1] = left ^ (s[16] as number);
  }
}

/** Deciphers with feedback of whole blocks (CFB-64); `key` of 1 to 56 bytes, `iv` of 8. Node's OpenSSL no longer has it. */
export function blowfishCfb(key: Uint8Array, iv: Uint8Array, bytes: Uint8Array): Uint8Array {
  const cipher = new Blowfish(key);
  const clear = new Uint8Array(bytes.length);
  let before: Buffer = Buffer.concat([iv, Buffer.alloc(BLOCK)]).subarray(0, BLOCK);
  const mask = Buffer.alloc(BLOCK);
  for (let at = 0; at < bytes.length; at += BLOCK) {
    cipher.block[0] = before.readUInt32BE(0);
    cipher.block[1] = before.readUInt32BE(4);
    cipher.encipher();
    mask.writeUInt32BE(cipher.block[0], 0);
    mask.writeUInt32BE(cipher.block[1], 4);
    const end = Math.min(BLOCK, bytes.length - at);
    for (let i = 0; i < end; i++) clear[at + i] = (bytes[at + i] as number) ^ (mask[i] as number);
    if (end === BLOCK) before = Buffer.from(bytes.buffer, bytes.byteOffset + at, BLOCK);
  }
  return clear;
}

/**
 * DEFLATE (RFC 1951) in one block of fixed Huffman codes: larger than what zlib makes, and the same bytes under every version
 * of it and on every processor. Checked-in archives must not depend on either.
 */

/** RFC 1951 section 3.2.5: base and extra bits of each length code from 257 and each distance code. */
const LENGTHS: readonly (readonly [base: number, extra: number])[] = codes(
  [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5],
  3,
).concat([[258, 0]]);
const DISTANCES: readonly (readonly [base: number, extra: number])[] = codes(
  Array.from({ length: 30 }, (_, i) => Math.max(0, (i >> 1) - 1)),
  1,
);

function codes(extras: readonly number[], first: number): [number, number][] {
  let base = first;
  return extras.map((extra) => {
    const code: [number, number] = [base, extra];
    base += 1 << extra;
    return code;
  });
}

const codeOf = (table: readonly (readonly [number, number])[], value: number): number => {
  let code = table.length - 1;
  while ((table[code]?.[0] ?? 0) > value) code--;
  return code;
};

const MIN_MATCH = 3;
const MAX_MATCH = 258;
const WINDOW = 32_768;
const MOST_TRIED = 32;

interface BitSink {
  /** Least significant bit first, as numbers are written. */
  number(value: number, bits: number): void;
  /** Most significant bit first, as Huffman codes are written. */
  code(value: number, bits: number): void;
  end(): Uint8Array;
}

function bitSink(): BitSink {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  const put = (bit: number): void => {
    held |= bit << count;
    if (++count < 8) return;
    bytes.push(held);
    held = 0;
    count = 0;
  };
  return {
    number(value, bits) {
      for (let i = 0; i < bits; i++) put((value >> i) & 1);
    },
    code(value, bits) {
      for (let i = bits - 1; i >= 0; i--) put((value >> i) & 1);
    },
    end: () => Uint8Array.from(count > 0 ? [...bytes, held] : bytes),
  };
}

/** RFC 1951 section 3.2.6. */
function symbol(out: BitSink, value: number): void {
  if (value < 144) out.code(0x30 + value, 8);
  else if (value < 256) out.code(0x190 + value - 144, 9);
  else if (value < 280) out.code(value - 256, 7);
  else out.code(0xc0 + value - 280, 8);
}

function match(out: BitSink, length: number, distance: number): void {
  const l = codeOf(LENGTHS, length);
  symbol(out, 257 + l);
  out.number(length - (LENGTHS[l]?.[0] ?? 0), LENGTHS[l]?.[1] ?? 0);
  const d = codeOf(DISTANCES, distance);
  out.code(d, 5);
  out.number(distance - (DISTANCES[d]?.[0] ?? 0), DISTANCES[d]?.[1] ?? 0);
}

function lengthAt(bytes: Uint8Array, from: number, at: number): number {
  let n = 0;
  while (n < MAX_MATCH && at + n < bytes.length && bytes[from + n] === bytes[at + n]) n++;
  return n;
}

/** Content as a raw DEFLATE stream. */
export function deflateFixed(bytes: Uint8Array): Uint8Array {
  const out = bitSink();
  const places = new Map<number, number[]>();
  const keyAt = (at: number): number => ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  const remember = (at: number): void => {
    const known = places.get(keyAt(at));
    if (known) known.push(at);
    else places.set(keyAt(at), [at]);
  };
  out.number(1, 1);
  out.number(1, 2);
  for (let at = 0; at < bytes.length;) {
    let [best, from] = [0, 0];
    for (const place of (at + MIN_MATCH <= bytes.length ? (places.get(keyAt(at)) ?? []) : []).slice(-MOST_TRIED)) {
      const length = at - place <= WINDOW ? lengthAt(bytes, place, at) : 0;
      if (length >= best) [best, from] = [length, place];
    }
    const step = best >= MIN_MATCH ? best : 1;
    if (best >= MIN_MATCH) match(out, best, at - from);
    else symbol(out, bytes[at] ?? 0);
    for (let i = at; i < at + step; i++) remember(i);
    at += step;
  }
  symbol(out, 256);
  return out.end();
}

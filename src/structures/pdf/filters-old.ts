/** The filters of PDF 1.0 to 1.1 (ISO 32000-2 7.4.2 to 7.4.5). Each decodes as far as it can and never throws. */

/** Grows as it is written to and never beyond `maxBytes`. */
interface Sink {
  bytes: Uint8Array;
  size: number;
  readonly maxBytes: number;
}

const sink = (expected: number, maxBytes: number): Sink => ({ bytes: new Uint8Array(Math.min(Math.max(64, expected), maxBytes)), size: 0, maxBytes });
const written = (s: Sink): Uint8Array => s.bytes.subarray(0, s.size);

/** Returns false where the sink is full. */
function put(s: Sink, chunk: Uint8Array): boolean {
  const n = Math.min(chunk.length, s.maxBytes - s.size);
  if (s.size + n > s.bytes.length) {
    const larger = new Uint8Array(Math.min(s.maxBytes, Math.max(s.bytes.length * 2, s.size + n)));
    larger.set(written(s));
    s.bytes = larger;
  }
  s.bytes.set(chunk.subarray(0, n), s.size);
  s.size += n;
  return n === chunk.length;
}

/** ISO 32000-2 7.4.2: hex digits up to '>'; what is none is passed over. */
export function asciiHex(data: Uint8Array): Uint8Array {
  const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
  const digits = (text.split('>', 1)[0] ?? '').replace(/[^0-9A-Fa-f]/g, '');
  return Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex');
}

/** ISO 32000-2 7.4.3: groups of five digits from '!', 'z' for four zero bytes, '~' at the end. */
export function ascii85(data: Uint8Array): Uint8Array {
  const out = new Uint8Array(data.length * 4 + 4);
  let n = 0;
  let group: number[] = [];
  const flush = (): void => {
    const have = group.length - 1;
    while (group.length < 5) group.push(84);
    const value = group.reduce((sum, d) => sum * 85 + d, 0);
    for (let i = 0; i < have; i++) out[n++] = Math.floor(value / 256 ** (3 - i)) & 0xff;
    group = [];
  };
  for (const b of data) {
    if (b === 0x7e) break;
    if (b === 0x7a && group.length === 0) n += 4;
    else if (b >= 0x21 && b <= 0x75) {
      group.push(b - 0x21);
      if (group.length === 5) flush();
    }
  }
  if (group.length > 1) flush();
  return out.subarray(0, n);
}

/** ISO 32000-2 7.4.5: at most `maxBytes` come out. */
export function runLength(data: Uint8Array, maxBytes: number): Uint8Array {
  const s = sink(data.length * 2, maxBytes);
  for (let i = 0; i < data.length;) {
    const n = data[i++] as number;
    if (n === 128) break;
    const chunk = n < 128 ? data.subarray(i, i + n + 1) : new Uint8Array(257 - n).fill(data[i] ?? 0);
    i += n < 128 ? n + 1 : 1;
    if (!put(s, chunk)) break;
  }
  return written(s);
}

const CLEAR = 256;
const END = 257;

/** ISO 32000-2 7.4.4: codes of 9 to 12 bits; `earlyChange` 1 widens one code early. At most `maxBytes` come out. */
export function lzw(data: Uint8Array, earlyChange: number, maxBytes: number): Uint8Array {
  const s = sink(data.length * 3, maxBytes);
  const table: Uint8Array[] = [];
  for (let i = 0; i < 256; i++) table.push(Uint8Array.of(i));
  table.push(new Uint8Array(0), new Uint8Array(0));
  let width = 9;
  let previous: Uint8Array | null = null;
  let bits = 0;
  let held = 0;
  for (const b of data) {
    bits = (bits << 8) | b;
    held += 8;
    if (held < width) continue;
    held -= width;
    const code = (bits >> held) & ((1 << width) - 1);
    bits &= (1 << held) - 1;
    if (code === END) break;
    if (code === CLEAR) {
      table.length = 258;
      width = 9;
      previous = null;
      continue;
    }
    const entry: Uint8Array | undefined = table[code] ?? (previous && code === table.length ? extended(previous, previous[0] as number) : undefined);
    if (!entry || !put(s, entry)) break;
    if (previous && table.length < 4096) table.push(extended(previous, entry[0] as number));
    previous = entry;
    const next = table.length + earlyChange;
    width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
  }
  return written(s);
}

function extended(bytes: Uint8Array, last: number): Uint8Array {
  const out = new Uint8Array(bytes.length + 1);
  out.set(bytes);
  out[bytes.length] = last;
  return out;
}

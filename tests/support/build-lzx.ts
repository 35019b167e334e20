import { le32 } from './bytes.ts';

/** Bits, the highest first, in words of two bytes, low byte first. */
class BitWriter {
  private readonly bits: number[] = [];

  put(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i--) this.bits.push(Math.floor(value / 2 ** i) & 1);
    return this;
  }

  /** Up to a word; a whole word of padding where one just ended. */
  pad(): this {
    do this.bits.push(0);
    while (this.bits.length % 16 !== 0);
    return this;
  }

  bytes(): Buffer {
    while (this.bits.length % 16 !== 0) this.bits.push(0);
    const out = Buffer.alloc(this.bits.length / 8);
    for (let i = 0; i < this.bits.length; i += 16) out.writeUInt16LE(Number.parseInt(this.bits.slice(i, i + 16).join(''), 2), i / 8);
    return out;
  }
}

/** A literal, or a copy: of `length` from 2 to 8, and `slot` with the bits behind it. */
export type LzxToken = number | { readonly length: number; readonly slot: number; readonly tail?: number; readonly aligned?: number };

const SLOTS_OF_2_16 = 32;
/** Bits behind a slot, of those that the writer knows. */
const foot = (slot: number): number => (slot < 4 ? 0 : (slot >> 1) - 1);

/** Literals below 128 and the first 16 slots have words of eight bits, in the order of their numbers. */
const isUsed = (element: number): boolean => element < 128 || (element >= 256 && element < 384);
const word = (element: number): number => (element < 128 ? element : 128 + element - 256);

/** Lengths as differences from none: '9' makes 8 of 0, '0' leaves it. Both have a word of one bit. */
function lengths(w: BitWriter, used: readonly boolean[]): void {
  for (let symbol = 0; symbol < 20; symbol++) w.put(symbol === 0 || symbol === 9 ? 1 : 0, 4);
  for (const u of used) w.put(u ? 1 : 0, 1);
}

/** One frame that stands for itself: a block of type 1 or 2 with these tokens, for a window of 2^16 bytes. `size`: bytes it unpacks to. */
export function lzxFrame(size: number, tokens: readonly LzxToken[], kind: 'verbatim' | 'aligned' = 'verbatim'): Buffer {
  const w = new BitWriter()
    .put(0, 1)
    .put(kind === 'verbatim' ? 1 : 2, 3)
    .put(size >> 8, 16)
    .put(size & 0xff, 8);
  if (kind === 'aligned') for (let i = 0; i < 8; i++) w.put(3, 3);
  const elements = Array.from({ length: 256 + 8 * SLOTS_OF_2_16 }, (_, i) => isUsed(i));
  lengths(w, elements.slice(0, 256));
  lengths(w, elements.slice(256));
  lengths(
    w,
    Array.from({ length: 249 }, () => false),
  );
  for (const t of tokens) {
    if (typeof t === 'number') {
      w.put(word(t), 8);
      continue;
    }
    w.put(word(256 + 8 * t.slot + t.length - 2), 8);
    if (t.aligned === undefined) w.put(t.tail ?? 0, foot(t.slot));
    else w.put(t.tail ?? 0, foot(t.slot) - 3).put(t.aligned, 3);
  }
  return w.bytes();
}

/** One frame of bytes as they are, behind the three last distances. */
export const lzxStored = (content: Uint8Array): Buffer =>
  Buffer.concat([
    new BitWriter()
      .put(0, 1)
      .put(3, 3)
      .put(content.byteLength >> 8, 16)
      .put(content.byteLength & 0xff, 8)
      .pad()
      .bytes(),
    le32(1),
    le32(1),
    le32(1),
    content,
    Buffer.alloc(content.byteLength & 1),
  ]);

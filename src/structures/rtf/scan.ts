/** What stands in an RTF file, in order (RTF 1.9.1, 'RTF Syntax'). Offsets in bytes. */
export interface RtfVisitor {
  open(at: number): void;
  close(at: number): void;
  /** A control word with its number, null without one; `to` is behind the blank that ends it. */
  word(name: string, number: number | null, at: number, to: number): void;
  /** A control symbol: '~', '*', '{'. */
  symbol(character: string, at: number, to: number): void;
  /** One byte written as \'hh. */
  hex(byte: number, at: number, to: number): void;
  /** Bytes that stand for themselves, line breaks among them. */
  plain(from: number, to: number): void;
  /** Bytes behind \bin. */
  binary(from: number, to: number): void;
  /** True ends the scan: looked at behind each brace. */
  isDone(): boolean;
}

const [OPEN, CLOSE, BACKSLASH, QUOTE, BLANK, MINUS] = [0x7b, 0x7d, 0x5c, 0x27, 0x20, 0x2d];
/** Longer control words and numbers are noise (RTF 1.9.1: 32 letters). */
const MAX_WORD = 32;
const MAX_DIGITS = 10;

const isLetter = (b: number | undefined): boolean => b !== undefined && ((b >= 0x61 && b <= 0x7a) || (b >= 0x41 && b <= 0x5a));
const isDigit = (b: number | undefined): boolean => b !== undefined && b >= 0x30 && b <= 0x39;

/** Value of a hex digit, -1 where it is none. */
export const hexDigit = (b: number | undefined): number => {
  if (b === undefined) return -1;
  if (b >= 0x30 && b <= 0x39) return b - 0x30;
  const lower = b | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
};

/** One pass without recursion; each byte is looked at once. Never throws of itself. */
export function scanRtf(bytes: Uint8Array, visitor: RtfVisitor): void {
  let at = 0;
  while (at < bytes.byteLength) {
    const b = bytes[at];
    if (b === OPEN || b === CLOSE) {
      if (b === OPEN) visitor.open(at);
      else visitor.close(at);
      at++;
      if (visitor.isDone()) return;
    } else if (b === BACKSLASH) at = control(bytes, at, visitor);
    else {
      const from = at;
      while (at < bytes.byteLength && bytes[at] !== OPEN && bytes[at] !== CLOSE && bytes[at] !== BACKSLASH) at++;
      visitor.plain(from, at);
    }
  }
}

/** What follows a backslash; returns where it ends. */
function control(bytes: Uint8Array, at: number, visitor: RtfVisitor): number {
  let to = at + 1;
  while (to - at <= MAX_WORD && isLetter(bytes[to])) to++;
  if (to > at + 1) return word(bytes, at, to, visitor);
  if (to >= bytes.byteLength) return to;
  const [high, low] = [hexDigit(bytes[at + 2]), hexDigit(bytes[at + 3])];
  if (bytes[to] === QUOTE && high >= 0 && low >= 0) {
    visitor.hex(high * 16 + low, at, at + 4);
    return at + 4;
  }
  visitor.symbol(String.fromCharCode(bytes[to] ?? 0), at, to + 1);
  return to + 1;
}

function word(bytes: Uint8Array, at: number, letters: number, visitor: RtfVisitor): number {
  const digits = bytes[letters] === MINUS && isDigit(bytes[letters + 1]) ? letters + 1 : letters;
  let to = digits;
  let value = 0;
  for (; to - digits < MAX_DIGITS && isDigit(bytes[to]); to++) value = value * 10 + ((bytes[to] ?? 0) - 0x30);
  const number = to === digits ? null : digits === letters ? value : -value;
  if (bytes[to] === BLANK) to++;
  const name = latin1(bytes, at + 1, letters);
  if (name !== 'bin' || number === null || number <= 0) {
    visitor.word(name, number, at, to);
    return to;
  }
  const end = Math.min(bytes.byteLength, to + number);
  visitor.binary(to, end);
  return end;
}

/** Bytes as characters of the same numbers. */
export const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');

/** A file written into a text by uuencode (POSIX.1-2017, 'uuencode', historical algorithm): 'begin 644 plan.doc', lines, 'end'. */
export interface UuBlock {
  /** Of its 'begin' line, in bytes of the text. */
  readonly offset: number;
  /** Permissions as written, octal. */
  readonly mode: string;
  /** As written. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Its 'end' stands where it must. */
  readonly complete: boolean;
}

const LF = 0x0a;
const BEGIN = /^begin ([0-7]{3,4}) (\S[^\r\n]{0,500})$/;
const MAX_LINE = 600;

/** Without its line end; blanks at the end are data in some encoders, so they stay. */
function lineAt(text: Buffer, at: number): { line: string; next: number } {
  const lf = text.indexOf(LF, at);
  const end = lf === -1 ? text.byteLength : lf;
  return { line: text.toString('latin1', at, Math.min(end, at + MAX_LINE)).replace(/\r$/, ''), next: lf === -1 ? text.byteLength : lf + 1 };
}

/** Bytes of one data line; null where it is none. Mail programs strip blanks (zeros) at the end and add a checksum. */
function dataOf(line: string): Buffer | null {
  const count = (line.charCodeAt(0) - 0x20) & 0x3f;
  const needed = Math.ceil(count / 3) * 4;
  if (line === '' || count === 0 || count > 45 || line.length > needed + 3 || line.length < Math.floor(needed / 2)) return null;
  const out = Buffer.alloc((needed / 4) * 3);
  for (let i = 0, o = 0; i < needed; i += 4, o += 3) {
    const [a, b, c, d] = [0, 1, 2, 3].map((k) => (i + k + 1 < line.length ? line.charCodeAt(i + k + 1) : 0x20)) as [number, number, number, number];
    if ([a, b, c, d].some((code) => code < 0x20 || code > 0x60)) return null;
    const bits = (((a - 0x20) & 0x3f) << 18) | (((b - 0x20) & 0x3f) << 12) | (((c - 0x20) & 0x3f) << 6) | ((d - 0x20) & 0x3f);
    out.writeUIntBE(bits, o, 3);
  }
  return out.subarray(0, count);
}

/** The block whose 'begin' line stands at `offset`, and where it ends; null where no data follows: 'begin 644 times' is prose. */
function blockAt(text: Buffer, offset: number): { block: UuBlock; next: number } | null {
  const first = lineAt(text, offset);
  const m = BEGIN.exec(first.line);
  if (!m) return null;
  const chunks: Buffer[] = [];
  let { next: at } = first;
  for (;;) {
    const { line, next } = lineAt(text, at);
    const data = at < text.byteLength && line.trim() !== 'end' ? dataOf(line) : null;
    if (!data) break;
    chunks.push(data);
    at = next;
  }
  if (chunks.length === 0) return null;
  const stop = lineAt(text, at);
  const end = stop.line.trim() === '`' || stop.line.trim() === '' ? lineAt(text, stop.next) : stop;
  const complete = end.line.trim() === 'end';
  return { block: { offset, mode: m[1] ?? '', name: (m[2] ?? '').trim(), bytes: Buffer.concat(chunks), complete }, next: complete ? end.next : at };
}

/** Every file written into a text, in order. Linear in the text. */
export function* uuBlocks(bytes: Uint8Array): Iterable<UuBlock> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at !== -1 && at < text.byteLength;) {
    const hit = text.indexOf('begin ', at);
    if (hit === -1) return;
    const found = hit === 0 || text[hit - 1] === LF ? blockAt(text, hit) : null;
    if (found) yield found.block;
    at = found ? found.next : hit + 6;
  }
}

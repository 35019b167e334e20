import { crc32 } from 'node:zlib';

/** A file written into a text by yEnc (yEnc draft 1.3): '=ybegin line=128 size=1200 name=plan.doc', lines of any bytes, '=yend'. */
export interface YencBlock {
  /** Of its '=ybegin' line, in bytes of the text. */
  readonly offset: number;
  /** As written, in Latin-1. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** 'part 2 of 3' of a file in several messages; null for a whole one. */
  readonly part: string | null;
  /** What is wrong with it; null where size and checksum agree. */
  readonly flaw: { readonly code: 'truncated' | 'malformed'; readonly message: string } | null;
}

const LF = 0x0a;
const CR = 0x0d;
const ESCAPE = 0x3d;
const BEGIN = /^=ybegin (?:part=(\d{1,6}) )?(?:total=(\d{1,6}) )?line=\d{1,5} size=(\d{1,15}) name=(\S[^\r\n]{0,500})$/;
const MAX_LINE = 800;

function lineAt(text: Buffer, at: number): { readonly line: string; readonly next: number } {
  const lf = text.indexOf(LF, at);
  const end = lf === -1 ? text.byteLength : lf;
  return { line: text.toString('latin1', at, Math.min(end, at + MAX_LINE)).trimEnd(), next: lf === -1 ? text.byteLength : lf + 1 };
}

/** Each byte has 42 added; those that mail could not carry have 64 more and an '=' in front. */
function decoded(data: Buffer): Buffer {
  const out = Buffer.alloc(data.byteLength);
  let n = 0;
  for (let i = 0; i < data.byteLength; i++) {
    const b = data[i] ?? 0;
    if (b === LF || b === CR) continue;
    if (b === ESCAPE && i + 1 < data.byteLength) out[n++] = ((data[++i] ?? 0) - 106) & 0xff;
    else out[n++] = (b - 42) & 0xff;
  }
  return out.subarray(0, n);
}

function blockAt(text: Buffer, offset: number): { readonly block: YencBlock; readonly next: number } | null {
  const first = lineAt(text, offset);
  const m = BEGIN.exec(first.line);
  if (!m) return null;
  const second = lineAt(text, first.next);
  const range = /^=ypart begin=(\d{1,15}) end=(\d{1,15})$/.exec(second.line);
  const from = range ? second.next : first.next;
  const found = text.indexOf('\n=yend', from);
  const end = found === -1 ? text.byteLength : found + 1;
  const bytes = decoded(text.subarray(from, end));
  const last = found === -1 ? null : lineAt(text, end);
  const size = range ? Number(range[2]) - Number(range[1]) + 1 : Number(m[3]);
  const part = m[1] === undefined ? null : `part ${m[1]}${m[2] === undefined ? '' : ` of ${m[2]}`}`;
  return {
    block: { offset, name: (m[4] ?? '').trim(), bytes, part, flaw: flawOf(bytes, size, last?.line ?? null, range !== null) },
    next: last?.next ?? end,
  };
}

function flawOf(bytes: Uint8Array, size: number, last: string | null, isPart: boolean): YencBlock['flaw'] {
  if (last === null) return { code: 'truncated', message: 'the yEnc file does not end' };
  if (bytes.byteLength !== size) return { code: 'malformed', message: `the yEnc file has ${bytes.byteLength} bytes, announced are ${size}` };
  const checksum = (isPart ? / pcrc32=([0-9a-f]{1,8})/i : / crc32=([0-9a-f]{1,8})/i).exec(last)?.[1];
  return checksum === undefined || parseInt(checksum, 16) === crc32(bytes)
    ? null
    : { code: 'malformed', message: 'the yEnc file has another CRC-32 than it says' };
}

/** Every file written into a text, in order. Linear in the text. */
export function* yencBlocks(bytes: Uint8Array): Iterable<YencBlock> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < text.byteLength;) {
    const hit = text.indexOf('=ybegin ', at);
    if (hit === -1) return;
    const found = hit === 0 || text[hit - 1] === LF ? blockAt(text, hit) : null;
    if (found) yield found.block;
    at = found ? found.next : hit + 8;
  }
}

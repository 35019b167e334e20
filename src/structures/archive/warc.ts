import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { decodeName } from '../zip/name.ts';

/** One record of a web archive (ISO 28500:2017). */
export interface WarcRecord {
  /** 'response', 'request', 'resource', 'metadata', … as written. */
  readonly type: string;
  /** WARC-Target-URI; '' where none is given. */
  readonly uri: string;
  /** WARC-Date as written: RFC 3339, UTC. '' where none is given. */
  readonly date: string;
  /** Of the content, in the artifact. A response of the web without its HTTP header. */
  readonly dataOffset: number;
  /** Bytes of content, as announced. */
  readonly size: number;
}

export interface Warc {
  readonly records: readonly WarcRecord[];
  readonly problems: readonly ProblemDraft[];
}

/** Longer headers are none. */
const MAX_HEADER = 64 * 1024;
const FIRST_LOOK = 2048;
/** Line ends that stand between two records: two pairs, or what a careless writer leaves. */
const MAX_GAP = 64;

/** Up to the first empty line; null where none follows in time. `end` is the byte behind it. */
function headerAt(bytes: Bytes, at: number): { readonly text: string; readonly end: number } | null {
  for (const length of [FIRST_LOOK, MAX_HEADER]) {
    const window = Buffer.from(bytes.slice(at, length));
    const ends = [window.indexOf('\r\n\r\n'), window.indexOf('\n\n')];
    const [pair = -1, single = -1] = ends;
    if (pair === -1 && single === -1) continue;
    const isPair = pair !== -1 && (single === -1 || pair < single);
    const end = isPair ? pair : single;
    return { text: decodeName(window.subarray(0, end)), end: at + end + (isPair ? 4 : 2) };
  }
  return null;
}

/** The first field of that name; '' where there is none. */
function fieldOf(header: string, name: string): string {
  const start = `${name.toLowerCase()}:`;
  const line = header.split('\n').find((l) => l.slice(0, start.length).toLowerCase() === start);
  return line?.slice(start.length).trim() ?? '';
}

/** Behind the line ends that part two records. */
function behindGap(bytes: Bytes, at: number): number {
  const gap = bytes.slice(at, MAX_GAP);
  const end = gap.findIndex((b) => b !== 0x0d && b !== 0x0a);
  return at + (end === -1 ? gap.byteLength : end);
}

/** Where the body of a web response begins. */
function bodyOf(bytes: Bytes, header: string, at: number, size: number): number {
  if (!/^application\/http\b/i.test(fieldOf(header, 'Content-Type')) || !/^response$/i.test(fieldOf(header, 'WARC-Type'))) return at;
  const end = headerAt(bytes, at)?.end ?? at;
  return end <= at + size ? end : at;
}

/** The records, one behind the other. Call as `input.once(readWarc)`. */
export function readWarc({ bytes, limits }: Input): Warc {
  const records: WarcRecord[] = [];
  const ended = (code: ProblemDraft['code'], message: string): Warc => ({ records, problems: [{ code, message }] });
  for (let at = behindGap(bytes, 0); at < bytes.size;) {
    if (records.length === limits.maxChildren) return ended('limit-exceeded', `more than ${limits.maxChildren} records; the rest was not read`);
    const header = headerAt(bytes, at);
    const length = /^\d{1,15}$/.exec(fieldOf(header?.text ?? '', 'Content-Length'));
    if (!header || !length || !header.text.startsWith('WARC/')) return ended('malformed', `no record stands at byte ${at}: the rest was not read`);
    const size = Number(length[0]);
    const dataOffset = bodyOf(bytes, header.text, header.end, size);
    records.push({
      type: fieldOf(header.text, 'WARC-Type'),
      uri: fieldOf(header.text, 'WARC-Target-URI').replace(/^<(.*)>$/, '$1'),
      date: fieldOf(header.text, 'WARC-Date'),
      dataOffset,
      size: header.end + size - dataOffset,
    });
    at = behindGap(bytes, header.end + size);
  }
  return { records, problems: [] };
}

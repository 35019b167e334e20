import type { Bytes, Input } from '../../model/input.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';
import { numberAt, textOf } from '../placed-text.ts';

export interface PostScript {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  /** Image resources that Photoshop wrote in hex. */
  readonly resources: Uint8Array | null;
}

/** DSC comments stand in the header, or with '(atend)' there in the trailer. */
const HEADER_BYTES = 64 * 1024;
const TRAILER_BYTES = 16 * 1024;
/** Where an EPS with a preview says its PostScript is (EPSF 3.0, 'Windows Executable Files'). */
const DOS_MAGIC = 0xc5d0d3c6;
const COMMENT = /(?:^|[\r\n])%%(Creator|CreationDate|Title|For|Author): *([^\r\n]*)/g;
const ESCAPE = /\\([nrtbf\\()]|[0-7]{1,3})/g;
const BEGIN = '<?xpacket begin';
const END = '<?xpacket end';
const MAX_COMMENTS = 1_000;
const MAX_PACKETS = 100;
const HEX_BYTES = 1024 ** 2;

/** Where the program stands in the file. */
export function programOf({ bytes }: Pick<Input, 'bytes'>): { readonly from: number; readonly length: number } {
  if (numberAt(bytes, 0, 4) !== DOS_MAGIC) return { from: 0, length: bytes.size };
  return { from: numberAt(bytes, 4, 4, true) ?? 0, length: numberAt(bytes, 8, 4, true) ?? 0 };
}

/** The inside of the PostScript string at the beginning of `text`, brackets paired; all of it where the string does not end. */
function firstString(text: string): string {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0) return text.slice(1, i);
  }
  return text.slice(1);
}

const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The text of a DSC comment: bare, or a PostScript string, of which the first counts. */
export function dscText(raw: string): string {
  const text = raw.trim();
  if (!text.startsWith('(')) return text;
  return firstString(text).replace(ESCAPE, (_, c: string) => (/^[0-7]/.test(c) ? String.fromCharCode(parseInt(c, 8) & 255) : (CONTROLS[c] ?? c)));
}

function commentsOf(bytes: Bytes, from: number, length: number): PlacedTag[] {
  const stored = bufferOf(bytes.slice(from, length));
  return [...stored.toString('latin1').matchAll(COMMENT)].slice(0, MAX_COMMENTS).flatMap((m) => {
    const [whole, key = '', value = ''] = m;
    const at = m.index + whole.length - value.length;
    if (value.trim() === '(atend)' || value.trim() === '') return [];
    return [{ key, raw: textOf(stored.subarray(at, at + value.length)), offset: from + at, length: value.length }];
  });
}

function packetsIn(b: Buffer): Uint8Array[] {
  const packets: Uint8Array[] = [];
  for (let at = b.indexOf(BEGIN); at >= 0 && packets.length < MAX_PACKETS;) {
    const end = b.indexOf(END, at);
    if (end < 0) break;
    packets.push(b.subarray(at, end));
    at = b.indexOf(BEGIN, end);
  }
  return packets;
}

/** '%BeginPhotoshop: 1234', then lines of hex behind a percent sign. */
function resourcesIn(b: Buffer): Uint8Array | null {
  const at = b.indexOf('%BeginPhotoshop:');
  const end = at < 0 ? -1 : b.indexOf('%EndPhotoshop', at);
  if (end < 0 || end - at > HEX_BYTES) return null;
  const lines = b
    .toString('latin1', at, end)
    .split(/\r\n|\r|\n/)
    .slice(1);
  return Buffer.from(lines.join('').replace(/[^0-9A-Fa-f]/g, ''), 'hex');
}

/** Structuring comments (Adobe DSC 3.0 section 5), XMP and Photoshop's resources. Never throws; the program is not run. */
export function readPostScript(input: Input): PostScript {
  const { bytes, limits } = input;
  const { from, length } = programOf(input);
  const head = commentsOf(bytes, from, Math.min(length, HEADER_BYTES));
  const trailer = Math.max(from + HEADER_BYTES, from + length - TRAILER_BYTES);
  const tail = commentsOf(bytes, trailer, Math.max(0, from + length - trailer));
  const whole = bufferOf(bytes.slice(from, Math.min(length, limits.maxTextBytes)));
  // What comes later is of a document inside this one.
  const tags = [...head, ...tail].filter((t, i, all) => all.findIndex((o) => o.key === t.key) === i);
  return { tags, packets: packetsIn(whole), resources: resourcesIn(whole) };
}

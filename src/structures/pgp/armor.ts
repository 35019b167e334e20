import { digitsIn, type Digits } from '../pem.ts';
import { bufferOf } from '../placed.ts';

/** A line 'Version: GnuPG v2' in front of the digits; `offset` of the value. */
export interface ArmorHeader {
  readonly key: string;
  readonly text: string;
  readonly offset: number;
}

/** One block of ASCII armor (RFC 9580 section 6.2). */
export interface Armor extends Digits {
  /** 'MESSAGE', 'PUBLIC KEY BLOCK', 'SIGNATURE'. */
  readonly label: string;
  readonly labelAt: number;
  readonly headers: readonly ArmorHeader[];
}

/** The text between a cleartext header and its signature (RFC 9580 section 7), as written. */
export interface Cleartext {
  readonly from: number;
  readonly to: number;
}

const MAX_BLOCKS = 100;
const MAX_HEADERS = 20;
const BEGIN = '-----BEGIN PGP ';
const SIGNED = 'SIGNED MESSAGE';

const lineEnd = (b: Buffer, at: number): number => {
  const end = b.indexOf(0x0a, at);
  return end === -1 ? b.length : end;
};

function headersAt(b: Buffer, from: number): { readonly headers: ArmorHeader[]; readonly end: number } {
  const headers: ArmorHeader[] = [];
  let at = from;
  while (at < b.length && headers.length < MAX_HEADERS) {
    const end = lineEnd(b, at);
    const line = b.toString('utf8', at, Math.min(end, at + 1000)).replace(/\r$/, '');
    const m = /^([A-Za-z]+): ?(.*)$/.exec(line);
    if (!m) return { headers, end: line.trim() === '' ? end + 1 : at };
    const [whole, key = '', text = ''] = m;
    headers.push({ key, text, offset: at + Buffer.byteLength(whole) - Buffer.byteLength(text) });
    at = end + 1;
  }
  return { headers, end: at };
}

/** Behind a line end, or where the text begins: '> -----BEGIN' is a quotation, whose lines no longer are those that were signed. */
const startsLine = (b: Buffer, at: number): boolean => at <= 3 || b[at - 1] === 0x0a || b[at - 1] === 0x0d;

export interface Armored {
  readonly blocks: readonly Armor[];
  readonly cleartext: Cleartext | null;
}

/** The blocks of a text; an empty list where there is none. */
export function readArmor(bytes: Uint8Array): Armored {
  const b = bufferOf(bytes);
  const blocks: Armor[] = [];
  let cleartext: Cleartext | null = null;
  for (let at = b.indexOf(BEGIN); at !== -1 && blocks.length < MAX_BLOCKS; at = b.indexOf(BEGIN, at + BEGIN.length)) {
    if (!startsLine(b, at)) continue;
    const labelAt = at + BEGIN.length;
    const label = /^([A-Z0-9 ,/]{1,40})-----/.exec(b.toString('latin1', labelAt, labelAt + 60))?.[1];
    if (label === undefined) continue;
    const { headers, end } = headersAt(b, lineEnd(b, labelAt) + 1);
    if (label === SIGNED) {
      const stop = b.indexOf(`\n${BEGIN}SIGNATURE`, Math.max(0, end - 1));
      cleartext ??= { from: end, to: Math.max(end, stop === -1 ? b.length : b[stop - 1] === 0x0d ? stop - 1 : stop) };
      continue;
    }
    const footer = b.indexOf('-----END PGP', end);
    const to = footer === -1 ? b.length : footer;
    // A checksum has a line of its own; digits end in front of it.
    const sum = b.subarray(end, to).lastIndexOf('\n=');
    blocks.push({ label, labelAt, headers, ...digitsIn(b, end, sum === -1 ? to : end + sum) });
  }
  return { blocks, cleartext };
}

/** The text that was signed: without the dashes that protect it (RFC 9580 section 7.2). */
export const unescaped = (bytes: Uint8Array, { from, to }: Cleartext): Buffer =>
  Buffer.from(bufferOf(bytes).toString('latin1', from, to).replace(/^- /gm, ''), 'latin1');

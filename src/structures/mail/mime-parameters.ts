import { decodeMailCharset } from './charset.ts';

export interface Parameter {
  /** Lower case, without the asterisks of RFC 2231. */
  readonly name: string;
  /** Decoded where RFC 2231 encodes it; RFC 2047 words are left to whoever expects them. */
  readonly value: string;
  /** As written, segments joined. */
  readonly raw: string;
}

export interface Parameterised {
  /** What stands before the first ';', lower case: 'text/plain', 'attachment'. */
  readonly value: string;
  /** By name; the first of two alike counts. */
  readonly parameters: ReadonlyMap<string, Parameter>;
}

/** Nobody writes more. */
const MAX_PARAMETERS = 1_000;

interface Written {
  readonly name: string;
  readonly text: string;
}

/** A quoted string from its opening quote on; `next` is behind the closing one, or the end where there is none. */
function quotedAt(text: string, at: number): { readonly text: string; readonly next: number } {
  let out = '';
  let i = at + 1;
  for (; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '"') return { text: out, next: i + 1 };
    // A Windows path in quotes is no escape ('C:\docs'): only quotes and backslashes are ever escaped in earnest.
    if (c === '\\' && (text[i + 1] === '"' || text[i + 1] === '\\')) i++;
    out += text[i] ?? '';
  }
  return { text: out, next: i };
}

/** Parameters as written, in order. Values without quotes may hold blanks if they are names of files. */
function* writtenParameters(text: string, from: number): Iterable<Written> {
  let i = from;
  for (let n = 0; n < MAX_PARAMETERS && i < text.length; n++) {
    while (i < text.length && (text[i] === ';' || (text[i] ?? '').trim() === '')) i++;
    const start = i;
    while (i < text.length && text[i] !== '=' && text[i] !== ';') i++;
    const name = text.slice(start, i).trim().toLowerCase();
    if (text[i] !== '=') continue;
    do i++;
    while (text[i] === ' ' || text[i] === '\t');
    if (text[i] === '"') {
      const quoted = quotedAt(text, i);
      i = quoted.next;
      yield { name, text: quoted.text };
      continue;
    }
    const semicolon = text.indexOf(';', i);
    const end = semicolon === -1 ? text.length : semicolon;
    const value = text.slice(i, end).trim();
    i = end;
    yield { name, text: /name/.test(name) ? value : (/^\S*/.exec(value)?.[0] ?? '') };
  }
}

const percentBytes = (text: string): Uint8Array => {
  const source = Buffer.from(text, 'utf8');
  const out = new Uint8Array(source.byteLength);
  let at = 0;
  for (let i = 0; i < source.byteLength; i++) {
    const hex = source[i] === 0x25 ? source.toString('latin1', i + 1, i + 3) : '';
    if (/^[0-9a-fA-F]{2}$/.test(hex)) {
      out[at++] = parseInt(hex, 16);
      i += 2;
    } else out[at++] = source[i] ?? 0;
  }
  return out.subarray(0, at);
};

interface Segment {
  readonly number: number;
  readonly extended: boolean;
  readonly text: string;
}

/** RFC 2231 sections 3 and 4: numbered segments, of which those marked with an asterisk are percent-encoded in the first one's charset. */
function joinSegments(segments: readonly Segment[]): { value: string; raw: string } {
  const inOrder = [...segments].sort((a, b) => a.number - b.number);
  const raw = inOrder.map((s) => s.text).join('');
  const first = inOrder[0];
  const head = first?.extended ? /^([^']*)'([^']*)'/.exec(first.text) : null;
  const charset = head?.[1] ?? 'utf-8';
  const chunks = inOrder.map((s, i) => {
    const text = i === 0 && head ? s.text.slice(head[0].length) : s.text;
    return s.extended ? percentBytes(text) : Buffer.from(text, 'utf8');
  });
  return { value: decodeMailCharset(Buffer.concat(chunks), charset === '' ? 'utf-8' : charset).text, raw };
}

/** Content-Type, Content-Disposition and their like: RFC 2045 section 5.1, RFC 2183, RFC 2231; broken ones as far as they go. */
export function parseParameterised(text: string): Parameterised {
  const head = /^[^;\s]*/.exec(text)?.[0] ?? '';
  const parameters = new Map<string, Parameter>();
  const segmented = new Map<string, Segment[]>();
  for (const { name, text: value } of writtenParameters(text, head.length)) {
    const star = /^([^*]+)\*(?:(\d{1,4})(\*?))?$/.exec(name);
    if (!star) {
      if (name !== '' && !parameters.has(name)) parameters.set(name, { name, value, raw: value });
      continue;
    }
    const base = star[1] ?? '';
    const segment = { number: Number(star[2] ?? -1), extended: star[2] === undefined || star[3] === '*', text: value };
    const known = segmented.get(base);
    if (known) known.push(segment);
    else segmented.set(base, [segment]);
  }
  // RFC 2231 names win over their plain twin, which is written for old readers.
  for (const [name, segments] of segmented) parameters.set(name, { name, ...joinSegments(segments) });
  return { value: head.toLowerCase(), parameters };
}

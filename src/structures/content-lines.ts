import type { ProblemDraft } from '../model/artifact.ts';
import type { Input } from '../model/input.ts';
import { decodeMailCharset, decodeUnlabelled } from './mail/charset.ts';
import { decodeTransfer } from './mail/transfer-encoding.ts';

/** One line of a card or a calendar, folded or not: 'item1.EMAIL;TYPE=work:claire@example.org'. */
export interface ContentLine {
  /** Upper case, without its group. */
  readonly name: string;
  /** Upper-case names; of two with one name the first. vCard 2.1 writes bare types: 'WORK' is a parameter with an empty value. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Decoded, escapes resolved. */
  readonly value: string;
  /** As it stands in the file, folds and line ends inside included. */
  readonly raw: string;
  /** In bytes. */
  readonly offset: number;
  readonly length: number;
  /** Components around it, outermost first, upper case: ['VCALENDAR', 'VEVENT']. */
  readonly inside: readonly string[];
  /** Number of the component that directly holds it, from 1, in document order; 0 outside of any. */
  readonly component: number;
}

export interface ContentLines {
  readonly lines: readonly ContentLine[];
  readonly problems: readonly ProblemDraft[];
}

/** RFC 5545 nests three deep. */
const MAX_NESTING = 16;
const MAX_LINES = 500_000;
/** Lines between two signs of life. */
const SIGN = 10_000;

const NAME = /^(?:[A-Za-z0-9-]{1,60}\.)?([A-Za-z0-9-]{1,60})(?=[;:])/;

/** End of the parameters: the first colon outside of quotes; -1 where there is none. */
function valueAt(line: string, from: number): number {
  let quoted = false;
  for (let i = from; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted;
    else if (line[i] === ':' && !quoted) return i + 1;
  }
  return -1;
}

function parametersOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const m of text.matchAll(/;([^;="]*)(?:=("[^"]*"|[^;]*))?/g)) {
    const name = (m[1] ?? '').trim().toUpperCase();
    if (name !== '' && !found.has(name)) found.set(name, (m[2] ?? '').replace(/^"|"$/g, ''));
  }
  return found;
}

/** RFC 6350 section 3.4 and RFC 5545 section 3.3.11. */
const unescaped = (value: string): string => value.replace(/\\([\\,;:nN])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c));

/** Follows BEGIN and END. What is nested beyond {@link MAX_NESTING} is counted and not entered. */
function nesting() {
  const open: { readonly name: string; readonly number: number }[] = [];
  let components = 0;
  let tooDeep = 0;
  let inside: readonly string[] = [];
  return {
    begin(name: string): void {
      if (open.length === MAX_NESTING) tooDeep++;
      else open.push({ name, number: ++components });
      inside = open.map((o) => o.name);
    },
    end(): void {
      if (tooDeep > 0) tooDeep--;
      else open.pop();
      inside = open.map((o) => o.name);
    },
    reachable: (): boolean => tooDeep === 0,
    where: (): Pick<ContentLine, 'inside' | 'component'> => ({ inside, component: open[open.length - 1]?.number ?? 0 }),
    unended: (): string | null => open[open.length - 1]?.name ?? null,
  };
}

interface Logical {
  readonly start: number;
  readonly end: number;
  /** One character a byte. */
  readonly text: string;
}

const isQuotedPrintable = (text: string): boolean => /^[^:]{0,300};(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(text);

/** Physical lines joined: a blank in front continues the last one (RFC 5545 section 3.1); so does '=' at the end of quoted-printable. */
function* logicalLines(text: string): Iterable<Logical> {
  let current: { start: number; end: number; parts: string[] } | null = null;
  let quotedPrintable = false;
  const done = (c: { start: number; end: number; parts: string[] }): Logical => ({ start: c.start, end: c.end, text: c.parts.join('') });
  for (let at = 0; at < text.length;) {
    const lf = text.indexOf('\n', at);
    const next = lf === -1 ? text.length : lf + 1;
    const end = lf === -1 ? text.length : text[lf - 1] === '\r' ? lf - 1 : lf;
    const line = text.slice(at, Math.max(at, end));
    const last = current?.parts[current.parts.length - 1];
    if (current && quotedPrintable && last?.endsWith('=')) {
      current.parts[current.parts.length - 1] = last.slice(0, -1);
      current.parts.push(line);
      current.end = end;
    } else if (current && (line.startsWith(' ') || line.startsWith('\t'))) {
      current.parts.push(line.slice(1));
      current.end = end;
    } else {
      if (current) yield done(current);
      current = line.trim() === '' ? null : { start: at, end, parts: [line] };
      quotedPrintable = isQuotedPrintable(line);
    }
    at = next;
  }
  if (current) yield done(current);
}

function decodedValue(text: string, parameters: ReadonlyMap<string, string>): string {
  const bytes = Buffer.from(text, 'latin1');
  const encoding = parameters.get('ENCODING')?.toLowerCase() ?? (parameters.has('QUOTED-PRINTABLE') ? 'quoted-printable' : '');
  const plain = encoding === 'quoted-printable' ? (decodeTransfer(bytes, encoding) ?? bytes) : bytes;
  return decodeMailCharset(plain, parameters.get('CHARSET') ?? '').text;
}

/** Every line of a vCard (RFC 6350, RFC 2426, vCard 2.1) or an iCalendar (RFC 5545, vCalendar 1.0) file, of its first `maxTextBytes`. */
export function readContentLines(input: Input): ContentLines {
  const { bytes, limits } = input;
  const read = Buffer.from(bytes.slice(0, limits.maxTextBytes));
  const text = read.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '\n\n\n');
  const lines: ContentLine[] = [];
  const problems: ProblemDraft[] = [];
  const components = nesting();
  let broken = 0;
  let unreachable = 0;
  let count = 0;
  if (bytes.size > limits.maxTextBytes)
    problems.push({ code: 'limit-exceeded', message: `${bytes.size} bytes, of which ${limits.maxTextBytes} were read` });
  for (const { start, end, text: line } of logicalLines(text)) {
    if (count++ % SIGN === 0) input.alive();
    const name = NAME.exec(line);
    const at = name ? valueAt(line, name[0].length) : -1;
    if (!name || at === -1) {
      broken++;
      continue;
    }
    if (lines.length === MAX_LINES) {
      problems.push({ code: 'limit-exceeded', message: `more than ${MAX_LINES} lines; the rest was left out` });
      break;
    }
    const parameters = parametersOf(line.slice(name[0].length, at - 1));
    const written = decodedValue(line.slice(at), parameters);
    const key = (name[1] ?? '').toUpperCase();
    if (key === 'BEGIN') components.begin(written.trim().toUpperCase());
    else if (key === 'END') components.end();
    else if (components.reachable()) {
      const raw = decodeUnlabelled(read.subarray(start, end));
      lines.push({ name: key, parameters, value: unescaped(written), raw, offset: start, length: end - start, ...components.where() });
    } else unreachable++;
  }
  if (unreachable > 0)
    problems.push({ code: 'limit-exceeded', message: `${unreachable} lines stand deeper than ${MAX_NESTING} components and were left out` });
  if (broken > 0) problems.push({ code: 'malformed', message: `${broken} lines without a name and a value` });
  const unended = components.unended();
  if (unended !== null) problems.push({ code: 'truncated', message: `${unended} never ends` });
  return { lines, problems };
}

/** What stands at that place. */
export function contentLineAt({ bytes, limits }: Input, offset: number, length: number): string | null {
  const slice = bytes.slice(offset, Math.min(length, limits.maxTextBytes));
  return slice.byteLength === 0 ? null : decodeUnlabelled(slice);
}

/** 'DTSTAMP:20170327T124105Z' and 'REV:2017-03-27T12:41:05Z' in one form that ISO 8601 parsers take; other text as it is. */
export const isoOf = (value: string): string =>
  value
    .trim()
    .replace(
      /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?/,
      (_, y: string, mo: string, d: string, h?: string, mi?: string, s?: string) =>
        `${y}-${mo}-${d}${h === undefined ? '' : `T${h}:${mi ?? ''}${s === undefined ? '' : `:${s}`}`}`,
    );

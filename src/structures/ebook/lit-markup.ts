import { bufferOf } from '../placed.ts';
import { LIT_ATTRIBUTES, LIT_ELEMENTS } from './lit-markup.data.ts';

/** In front of an element: what begins here and what ends. */
const FLAG = { opens: 1, closes: 2 } as const;
/** Stands for a name that is written out. */
const NAMED = 0x8000;
/** Stands for a value that is a number. */
const NUMBER = 0xffff;
const MAX_DEPTH = 1000;
const NAME = /^[A-Za-z_][\w.-]{0,200}$/;

export interface LitMarkup {
  /** As XML, without a declaration. */
  readonly xml: string;
  /** What is wrong with it, in one line. */
  readonly error: string | null;
}

class Ended extends Error {}

/** Characters of UTF-8, one code point after another. */
class Characters {
  private at = 0;
  private readonly text: string;

  constructor(bytes: Uint8Array) {
    this.text = bufferOf(bytes).toString('utf8');
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  next(): number {
    const point = this.text.codePointAt(this.at);
    if (point === undefined) throw new Ended('it breaks off');
    this.at += point > 0xffff ? 2 : 1;
    return point;
  }

  /** A text behind its length, which counts one more than there are. */
  sized(length: number): string {
    const from = this.at;
    for (let i = 1; i < length; i++) this.next();
    return this.text.slice(from, this.at);
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
/** What XML cannot hold becomes U+FFFD. A line break is a vertical tab. */
const escaped = (text: string): string =>
  text
    .replace(/\u000b/g, '\n')
    .replace(/[\u0000-\u0008\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (c) => ESCAPES[c] ?? c);

const nameOf = (written: string, other: string): string => (NAME.test(written) ? written : other);

/** ' role="aut" file-as="Moreau, Claire"', up to the NUL that ends them. */
function attributesOf(from: Characters): string {
  const seen = new Set<string>();
  let out = '';
  for (let code = from.next(); code !== 0; code = from.next()) {
    const name = code === NAMED ? nameOf(from.sized(from.next()), 'attribute') : (LIT_ATTRIBUTES[code] ?? `attribute-${code}`);
    const length = from.next();
    const value = length === NUMBER ? String(from.next() - 1) : from.sized(length);
    if (seen.has(name)) continue;
    seen.add(name);
    out += ` ${name}="${escaped(value)}"`;
  }
  return out;
}

/**
 * The binary form in which a book of Microsoft Reader keeps its package document (openclit; calibre's reader): UTF-8, in it a NUL, flags
 * and the number of an element for a tag, and numbers for attributes. Names are written as in later package documents, without a
 * prefix. What does not end is ended where the bytes do.
 */
export function litMarkup(bytes: Uint8Array): LitMarkup {
  const from = new Characters(bytes);
  const open: string[] = [];
  const out: string[] = [];
  let error: string | null = null;
  try {
    while (!from.isAtEnd) element(from, open, out);
    if (open.length > 0) error = 'an element does not end';
  } catch (thrown) {
    if (!(thrown instanceof Ended)) throw thrown;
    error = thrown.message;
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) out.push(`</${name}>`);
  return { xml: out.join(''), error };
}

/** One character, or one tag. */
function element(from: Characters, open: string[], out: string[]): void {
  const point = from.next();
  if (point !== 0) {
    const character = String.fromCodePoint(point);
    out.push(/[\w ]/.test(character) ? character : escaped(character));
    return;
  }
  const flags = from.next();
  if (flags === 0) return;
  const code = from.next();
  if ((flags & FLAG.opens) === 0) {
    const name = (flags & FLAG.closes) === 0 ? undefined : open.pop();
    if (name === undefined) throw new Ended('an element ends that did not begin');
    out.push(`</${name}>`);
    return;
  }
  if (code === 0 || open.length >= MAX_DEPTH) throw new Ended('an element is not one of those known');
  const name = code === NAMED ? nameOf(from.sized(from.next()), 'element') : (LIT_ELEMENTS[code] ?? `element-${code}`);
  const attributes = attributesOf(from);
  if ((flags & FLAG.closes) === 0) open.push(name);
  out.push((flags & FLAG.closes) === 0 ? `<${name}${attributes}>` : `<${name}${attributes}/>`);
}

import { type Cursor, type Decipher, isDigit, isRegular, isWhite, type Keyword, nextToken, PUNCTUATION, type Token } from './tokens.ts';
import type { PdfDict, PdfValue } from './values.ts';

/** Deeper arrays and dictionaries are hostile: no producer nests a tenth of it. */
const MAX_NESTING = 500;

/** Behind an integer: 'G R' makes it a reference. Returns the generation and moves on, or -1 and stays. */
function referenceTail(c: Cursor): number {
  const { buf } = c;
  let i = c.pos;
  while (isWhite(buf[i])) i++;
  const from = i;
  let generation = 0;
  while (isDigit(buf[i]) && i - from < 6) generation = generation * 10 + (buf[i++] as number) - 0x30;
  if (i === from) {
    if (i >= buf.length) c.hitEnd = true;
    return -1;
  }
  const digitsEnd = i;
  while (isWhite(buf[i])) i++;
  if (i + 1 >= buf.length) c.hitEnd = true;
  if (i === digitsEnd || buf[i] !== 0x52 || isRegular(buf[i + 1])) return -1;
  c.pos = i + 1;
  return generation;
}

interface Frame {
  readonly items: PdfValue[];
  readonly isDict: boolean;
}

function mapOf(items: readonly PdfValue[]): PdfDict {
  const map = new Map<string, PdfValue>();
  for (let i = 0; i < items.length;) {
    const key = items[i] as PdfValue;
    // A value where a key should be: skipped alone, so that the rest keeps in step.
    if (typeof key !== 'object' || key === null || !('kind' in key) || key.kind !== 'name') {
      i++;
      continue;
    }
    map.set(key.name, items[i + 1] ?? null);
    i += 2;
  }
  return map;
}

const closed = (f: Frame): PdfValue => (f.isDict ? mapOf(f.items) : f.items);
const isTerminator = (word: string): boolean =>
  word === 'endobj' || word === 'stream' || word === 'endstream' || word === 'obj' || word === 'trailer' || word === 'xref';

function valueOfToken(c: Cursor, t: Exclude<Token, Keyword>): PdfValue {
  if (typeof t !== 'number') return t;
  if (!Number.isInteger(t) || t < 0) return t;
  const generation = referenceTail(c);
  return generation < 0 ? t : { kind: 'ref', object: t, generation };
}

const CONSTANTS: Readonly<Record<string, PdfValue>> = { true: true, false: false, null: null };

/** What the open arrays and dictionaries come to where the text breaks off inside them. */
function foldOpen(open: Frame[]): PdfValue {
  for (let f = open.pop(); f; f = open.pop()) {
    const parent = open.at(-1);
    if (!parent) return closed(f);
    parent.items.push(closed(f));
  }
  return null;
}

/**
 * One object at the cursor, without recursion. Where the text breaks off or 'endobj' comes too early the open arrays and
 * dictionaries are closed as they are; deeper than {@link MAX_NESTING} the result is null.
 */
export function readValue(c: Cursor, decipher?: Decipher): PdfValue {
  const open: Frame[] = [];
  for (;;) {
    const before = c.pos;
    const t = nextToken(c, decipher);
    if (t === null) return foldOpen(open);
    let value: PdfValue;
    if (typeof t === 'object' && t.kind === 'keyword') {
      if (t === PUNCTUATION['['] || t === PUNCTUATION['<<']) {
        if (open.length >= MAX_NESTING) return null;
        open.push({ items: [], isDict: t.word === '<<' });
        continue;
      }
      if (t === PUNCTUATION[']'] || t === PUNCTUATION['>>']) {
        const f = open.pop();
        if (!f) return null;
        value = closed(f);
      } else if (isTerminator(t.word)) {
        c.pos = before;
        return foldOpen(open);
      } else value = CONSTANTS[t.word] ?? null;
    } else value = valueOfToken(c, t);
    const parent = open.at(-1);
    if (!parent) return value;
    parent.items.push(value);
  }
}

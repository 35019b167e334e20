import { messageText } from './message-text.ts';
import { wordsOf } from './word-diff.ts';

/** One word of a text that is compared with a quotation of it. */
export interface QuoteWord {
  /** As it stands, for sentences. */
  readonly shown: string;
  /** What is compared: lower case, without the signs around it. */
  readonly key: string;
  /** False for what the text itself quotes, and for what follows a signature's dashes. */
  readonly own: boolean;
}

/** Words of one text that are compared; the rest is not. */
const MOST_WORDS = 20_000;

const MARKS = /^(?:[ \t]{0,3}>)+ ?/;
const SIGNATURE = /^(?:-- ?|_{5,})$/;
const FOLLOWS_ORIGINAL = /^-{2,}\s?\p{L}[^-]{3,60}-{2,}$/u;
/** Programs add addresses, names of pictures and marks of omission when they quote, or drop them. */
const NO_WORD = /:\/\/|^[<[(]{0,2}(?:mailto:|www\.|cid:|image|snip)|^\[?(?:\.{3,}|snip)\]?$/i;
const AROUND = /^[^\p{L}\p{N}€$£¥%]+|[^\p{L}\p{N}€$£¥%]+$/gu;

function keyOf(shown: string): string {
  const sign = /^[-+\u2212]\d/.test(shown) ? '-' : '';
  const bare = shown.normalize('NFKC').replace(AROUND, '').toLowerCase();
  return (sign !== '' && shown.startsWith('+') ? '' : sign) + (/^[\d\s.,]+$/.test(bare) ? bare.replace(/\s/g, '') : bare);
}

function wordsOfBlock(lines: readonly string[], own: boolean): QuoteWord[] {
  const text = messageText(lines.join('\n')).text;
  return wordsOf(text)
    .filter((shown) => shown.length <= 200 && !NO_WORD.test(shown))
    .map((shown) => ({ shown, key: keyOf(shown), own }))
    .filter((w) => w.key !== '');
}

/** The words of a body or of a quotation, `>` and wrapping folded away; at most {@link MOST_WORDS}. */
export function quoteWords(text: string): QuoteWord[] {
  const out: QuoteWord[] = [];
  let block: string[] = [];
  let own = true;
  let ended = false;
  const flush = (): void => {
    for (const word of block.length > 0 ? wordsOfBlock(block, own) : []) if (out.length < MOST_WORDS) out.push(word);
    block = [];
  };
  for (const line of text.split('\n')) {
    const bare = line.replace(MARKS, '');
    ended ||= bare === line && (SIGNATURE.test(line.trim()) || (line.length < 200 && FOLLOWS_ORIGINAL.test(line.trim())));
    const isOwn = !ended && bare === line;
    if (isOwn !== own) flush();
    own = isOwn;
    block.push(bare);
    if (out.length >= MOST_WORDS) break;
  }
  flush();
  return out;
}

/** Lines of one block: a table of a million lines is compared in pieces of this size. */
const MOST_LINES = 40;

export interface TextBlock {
  /** Of its first line, from 1. */
  readonly line: number;
  /** Its lines, folded, with single spaces between words and lines. */
  readonly text: string;
}

/** The paragraphs of a text: what stands between empty lines, in pieces of at most 40 lines. NFC, white space folded. */
export function* textBlocks(lines: readonly string[]): Iterable<TextBlock> {
  let block: string[] = [];
  let first = 1;
  for (const [i, line] of lines.entries()) {
    const folded = line.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (folded !== '') {
      if (block.length === 0) first = i + 1;
      block.push(folded);
    }
    if (block.length > 0 && (folded === '' || block.length === MOST_LINES)) {
      yield { line: first, text: block.join(' ') };
      block = [];
    }
  }
  if (block.length > 0) yield { line: first, text: block.join(' ') };
}

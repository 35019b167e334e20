import { serialDate } from '../odf/cells.ts';
import { columnLetters } from '../ole/xls.ts';
import type { TextSink } from '../ooxml/text-sink.ts';
import type { XmlElement, XmlVisitor } from '../xml.ts';

/** What a reader sees of one kind of document. */
export interface TextShape {
  readonly isParagraph: (e: XmlElement) => boolean;
  /** Elements whose text is shown; null: all character data of a paragraph is. */
  readonly run: string | null;
  readonly hides: (e: XmlElement) => boolean;
}

const attribute = (e: XmlElement, local: string): string => e.attributes.find((a) => a.local === local)?.value ?? '';
const isWord = (e: XmlElement): boolean => e.uri.endsWith('/wordml');

export const WORDML_TEXT: TextShape = {
  isParagraph: (e) => e.local === 'p' && isWord(e),
  run: 't',
  // The text of a comment stands where it was made; what was deleted, too.
  hides: (e) => e.local === 'annotation' && /^Word\.(?:Comment|Deletion)$/.test(attribute(e, 'type')),
};
export const ABIWORD_TEXT: TextShape = {
  isParagraph: (e) => e.local === 'p',
  run: null,
  hides: (e) => e.local === 'metadata' || e.local === 'styles' || e.local === 'history' || e.local === 'data',
};
export const FICTIONBOOK_TEXT: TextShape = {
  isParagraph: (e) => ['p', 'v', 'subtitle', 'text-author'].includes(e.local),
  run: null,
  hides: (e) => e.local === 'description' || e.local === 'binary' || e.local === 'stylesheet',
};

/** Paragraphs in order; one inside another comes before the one that holds it. */
export function paragraphText({ isParagraph, run, hides }: TextShape, sink: TextSink, part = ''): XmlVisitor {
  const open: { element: XmlElement; text: string }[] = [];
  let hidden = 0;
  const append = (text: string): void => {
    const top = open.at(-1);
    if (top && hidden === 0) top.text += text;
  };
  return {
    open(e) {
      if (hides(e)) hidden++;
      if (hidden === 0 && isParagraph(e)) open.push({ element: e, text: '' });
      else if (run !== null && (e.local === 'tab' || e.local === 'br') && isWord(e)) append(e.local === 'tab' ? '\t' : '\n');
    },
    text: (chunk) => (run === null ? append(chunk) : undefined),
    close(e, inner) {
      if (e.local === run) append(inner);
      if (hides(e)) hidden--;
      else if (hidden === 0 && isParagraph(e)) {
        const done = open.pop();
        if (done) sink.add('paragraph', (n) => `paragraph ${n}`, done.text, { in: 'xml', part, element: done.element.name, nth: done.element.nth });
      }
    },
  };
}

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;

/** Where the next cell stands, from 0: 'ss:Index' counts from 1 and may only go on. */
const placed = (e: XmlElement, next: number, most: number): number => {
  const index = Number(attribute(e, 'Index'));
  return Math.min(Number.isInteger(index) && index > 0 ? index - 1 : next, most - 1);
};

/** Cells of all sheets of a SpreadsheetML workbook, values as an .xls of it holds them. */
export function spreadsheetText(sink: TextSink): XmlVisitor {
  let sheet = '';
  let row = -1;
  let column = -1;
  let cell: XmlElement | null = null;
  let type = '';
  let comment = 0;
  return {
    open(e) {
      if (e.local === 'Worksheet') [sheet, row] = [attribute(e, 'Name'), -1];
      else if (e.local === 'Row') [row, column] = [placed(e, row + 1, MAX_ROWS), -1];
      else if (e.local === 'Cell') [cell, column] = [e, placed(e, column + 1, MAX_COLUMNS)];
      else if (e.local === 'Comment') comment++;
      else if (e.local === 'Data' && comment === 0) type = attribute(e, 'Type');
    },
    close(e, inner) {
      if (e.local === 'Comment') comment--;
      else if (e.local === 'Data' && comment === 0 && cell) {
        const text = type === 'DateTime' ? (serialDate(inner) ?? inner) : type === 'Number' && inner.trim() !== '' ? numeric(inner) : inner;
        sink.add('cell', `${sheet}!${columnLetters(column)}${row + 1}`, text, { in: 'xml', part: '', element: e.name, nth: e.nth });
      } else if (e.local === 'Cell' && cell) {
        column += Math.max(0, Math.min(MAX_COLUMNS, Math.trunc(Number(attribute(cell, 'MergeAcross'))) || 0));
        cell = null;
      }
    },
  };
}

const numeric = (text: string): string => (Number.isNaN(Number(text)) ? text : String(Number(text)));

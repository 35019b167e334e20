import type { Locator } from '../../model/claim.ts';
import type { XmlElement } from '../xml.ts';

export const CONTENT = 'content.xml';
export const addressOf = (e: XmlElement, part: string): Locator => ({ in: 'xml', part, element: e.name, nth: e.nth });

/** To be called for everything in a part, in order. */
export interface ParagraphReader {
  readonly open: (e: XmlElement) => void;
  readonly text: (chunk: string) => void;
  readonly close: (e: XmlElement) => void;
}

/** What stands between the words of a paragraph (OpenDocument 1.3 part 3, 6.1). */
const BETWEEN: Readonly<Record<string, string>> = { s: ' ', tab: '\t', 'tab-stop': '\t', 'line-break': '\n' };
/** Deleted text, comments, foot- and endnotes, notes of speakers, and readings of Japanese words, encoded pictures: not in the text of other formats either. */
const HIDDEN = new Set([
  'tracked-changes',
  'annotation',
  'note',
  'footnote',
  'endnote',
  'notes',
  'ruby-text',
  'forms',
  'scripts',
  'title',
  'desc',
  'binary-data',
]);
/** On slides, what is computed when it is seen. */
const COMPUTED = new Set(['page-number', 'date', 'time', 'date-time', 'footer', 'header']);

/** Collects the paragraphs of mixed content; a text box inside a paragraph comes before the one that holds it. */
export function paragraphReader(done: (text: string, element: XmlElement) => void, isSlide: () => boolean = () => false): ParagraphReader {
  const open: { element: XmlElement; text: string }[] = [];
  let hidden = 0;
  const hides = (e: XmlElement): boolean => (HIDDEN.has(e.local) && !isField(e)) || (isSlide() && COMPUTED.has(e.local));
  const append = (text: string): void => {
    const top = open.at(-1);
    if (top && hidden === 0) top.text += text;
  };
  return {
    open(e) {
      if (hides(e)) hidden++;
      if (hidden > 0) return;
      if (isParagraph(e)) open.push({ element: e, text: '' });
      else if (BETWEEN[e.local] !== undefined && isText(e)) append(BETWEEN[e.local] ?? '');
    },
    text: append,
    close(e) {
      if (hides(e)) hidden--;
      else if (hidden === 0 && isParagraph(e)) {
        const top = open.pop();
        if (top) done(top.text, top.element);
      }
    },
  };
}

/** Of the namespace of text, today's or that of 2000; drawings and scripts have elements of the same names. */
const isText = (e: XmlElement): boolean => /[:/]text(?::|$)/.test(e.uri);
/** 'text:title' is a field that shows the title of the document. */
const isField = (e: XmlElement): boolean => e.local === 'title' && isText(e);
const isParagraph = (e: XmlElement): boolean => (e.local === 'p' || e.local === 'h') && isText(e);

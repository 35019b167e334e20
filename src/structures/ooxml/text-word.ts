import type { Ooxml } from './package.ts';
import type { TextSink } from './text-sink.ts';
import type { TrackedChanges } from './tracked-changes.ts';
import type { XmlElement } from '../xml.ts';

/** What stands between the words of a run (ECMA-376-1 17.3.3). A soft hyphen is seen only where a line ends. */
const BETWEEN: Readonly<Record<string, string>> = { tab: '\t', ptab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' };

/** Fallback repeats for old programs what stands beside it; tracked moves and deletions are not part of the text. */
const HIDDEN = new Set(['Fallback', 'del', 'moveFrom']);

/** Paragraphs of the body in order, those of tables and text boxes included; a box's come before the one that holds it. `changes` sees what was tracked. */
export function wordText(_: Ooxml, main: string, sink: TextSink, changes: TrackedChanges): void {
  const paragraphs: { element: XmlElement; text: string }[] = [];
  let hidden = 0;
  const tracked = changes.visitor(main);
  sink.visit(main, {
    open(e) {
      tracked.open?.(e);
      if (HIDDEN.has(e.local)) hidden++;
      if (hidden > 0) return;
      if (isParagraph(e)) paragraphs.push({ element: e, text: '' });
      // Inside w:pPr, tab is a tab stop.
      else if (BETWEEN[e.local] !== undefined && isWord(e) && e.attributes.every((a) => a.local !== 'pos')) append(BETWEEN[e.local] ?? '');
    },
    close(e, inner) {
      if (HIDDEN.has(e.local)) hidden--;
      if (hidden > 0) return;
      if (isText(e)) append(inner);
      if (!isParagraph(e)) return;
      const done = paragraphs.pop();
      if (done)
        sink.add('paragraph', (n) => `paragraph ${n}`, done.text, { in: 'xml', part: main, element: done.element.name, nth: done.element.nth });
    },
  });
  function append(text: string): void {
    const top = paragraphs.at(-1);
    if (top) top.text += text;
  }
}

/** Of WordprocessingML; DrawingML and mathematics have elements of the same names. */
const isWord = (e: XmlElement): boolean => e.uri.includes('/wordprocessingml/');
const isParagraph = (e: XmlElement): boolean => e.local === 'p' && isWord(e);
const isText = (e: XmlElement): boolean => e.local === 't' && (isWord(e) || e.uri.endsWith('/math'));

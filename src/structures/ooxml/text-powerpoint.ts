import type { Ooxml } from './package.ts';
import type { TextSink } from './text-sink.ts';
import type { XmlElement } from '../xml.ts';

/** Paragraphs of the slides in the order of the show, and behind them the speaker's notes. Fields are left out: a date or number that is computed when it is seen. */
export function powerpointText(ooxml: Ooxml, main: string, sink: TextSink): void {
  const slides = new Set<string>();
  const targets = new Map(ooxml.relationships(main).map((r) => [r.id, r]));
  sink.visit(main, {
    open(e) {
      if (e.local !== 'sldId') return;
      const id = e.attributes.find((a) => a.local === 'id' && a.uri.endsWith('/relationships'))?.value ?? '';
      const slide = targets.get(id);
      if (slide?.type === 'slide' && slide.part !== null) slides.add(slide.part);
    },
  });
  for (const [i, part] of [...slides].entries()) slideText(part, 'paragraph', `slide ${i + 1}`, sink);
  for (const [i, part] of [...slides].entries()) {
    const notes = ooxml.related(part, 'notesSlide');
    if (notes !== null) slideText(notes, 'note', `notes of slide ${i + 1}`, sink);
  }
}

function slideText(part: string, role: 'paragraph' | 'note', label: string, sink: TextSink): void {
  let paragraph: { element: XmlElement; text: string } | null = null;
  let hidden = 0;
  const isHidden = (e: XmlElement): boolean => e.local === 'Fallback' || e.local === 'fld';
  sink.visit(part, {
    open(e) {
      if (isHidden(e)) hidden++;
      if (hidden > 0) return;
      if (e.local === 'p' && isDrawing(e)) paragraph = { element: e, text: '' };
      else if (e.local === 'br' && isDrawing(e) && paragraph) paragraph.text += '\n';
    },
    close(e, inner) {
      if (isHidden(e)) hidden--;
      if (hidden > 0 || !paragraph || !isDrawing(e)) return;
      if (e.local === 't') paragraph.text += inner;
      if (e.local !== 'p') return;
      sink.add(role, label, paragraph.text, { in: 'xml', part, element: paragraph.element.name, nth: paragraph.element.nth });
      paragraph = null;
    },
  });
}

/** Of DrawingML; PresentationML has elements of the same names. */
const isDrawing = (e: XmlElement): boolean => e.uri.includes('/drawingml/');

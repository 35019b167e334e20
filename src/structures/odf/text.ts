import type { ProblemDraft } from '../../model/artifact.ts';
import type { Passage } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { odfCells } from './cells.ts';
import type { Odf } from './package.ts';
import { addressOf, CONTENT, paragraphReader } from './paragraphs.ts';
import { BudgetSpent, textSink } from '../ooxml/text-sink.ts';
import type { XmlElement, XmlVisitor } from '../xml.ts';

export interface OdfText {
  /** In reading order: paragraphs; or cells, by sheet, row and column; or paragraphs of slides. */
  readonly passages: readonly Passage[];
  /** Why the text is not all there; where empty, it is. */
  readonly problems: readonly ProblemDraft[];
  /** The sheets of a spreadsheet. */
  readonly sheets: readonly XmlElement[];
}

/** The text of a document, as far as the budgets go. Headers and footers, which stand with the styles, are left out, as with Word's. */
export function odfText(input: Input, odf: Odf, mediaType: string): OdfText {
  const sink = textSink(input, odf);
  const sheets: XmlElement[] = [];
  let pages = 0;
  const paragraphs = paragraphReader(
    (text, e) => sink.add('paragraph', (n) => (pages > 0 ? `slide ${pages}` : `paragraph ${n}`), text, addressOf(e)),
    () => pages > 0,
  );
  const body: XmlVisitor = {
    ...paragraphs,
    open(e) {
      if (e.local === 'page' && /drawing/.test(e.uri)) pages++;
      paragraphs.open(e);
    },
  };
  const isSpreadsheet = /\.(?:spreadsheet|calc)/.test(mediaType);
  try {
    sink.visit(CONTENT, isSpreadsheet ? odfCells(sink, sheets) : body);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    sink.problems.push({ code: 'limit-exceeded', message: error.message });
  }
  return { passages: sink.passages, problems: sink.problems, sheets };
}

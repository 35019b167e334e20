import type { ProblemDraft } from '../../model/artifact.ts';
import type { Extracted, Passage } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { odfCells } from './cells.ts';
import type { Odf } from './package.ts';
import { REVIEW_ROWS } from './rows.data.ts';
import { addressOf, CONTENT, paragraphReader } from './paragraphs.ts';
import { fieldVisitor } from '../ooxml/fields.ts';
import { BudgetSpent, textSink } from '../ooxml/text-sink.ts';
import type { XmlElement, XmlVisitor } from '../xml.ts';

export interface OdfText {
  /** In reading order: paragraphs; or cells, by sheet, row and column; or paragraphs of slides. */
  readonly passages: readonly Passage[];
  /** Why the text is not all there; where empty, it is. */
  readonly problems: readonly ProblemDraft[];
  /** The sheets of a spreadsheet. */
  readonly sheets: readonly XmlElement[];
  /** Who commented and changed, and when. */
  readonly reviews: readonly Extracted[];
}

/** Everything, or what stands in the body of a document that is one XML file: its headers and footers stand before it. */
function within(part: string, visitor: XmlVisitor): XmlVisitor {
  let depth = part === CONTENT ? 1 : 0;
  const isBody = (e: XmlElement): boolean => part !== CONTENT && e.local === 'body' && e.depth === 1;
  return {
    open(e) {
      if (isBody(e)) depth++;
      if (depth > 0) visitor.open?.(e);
    },
    text: (chunk) => (depth > 0 ? visitor.text?.(chunk) : undefined),
    close(e, inner) {
      if (depth > 0) visitor.close?.(e, inner);
      if (isBody(e)) depth--;
    },
  };
}

const both = (a: XmlVisitor, b: XmlVisitor): XmlVisitor => ({
  open(e) {
    a.open?.(e);
    b.open?.(e);
  },
  text: (chunk) => a.text?.(chunk),
  close(e, inner) {
    a.close?.(e, inner);
    b.close?.(e, inner);
  },
});

/** The text of a document, as far as the budgets go. Headers and footers, which stand with the styles, are left out, as with Word's. `part` is '' where the document is one XML file. */
export function odfText(input: Input, odf: Pick<Odf, 'text'>, mediaType: string, part = CONTENT): OdfText {
  const sink = textSink(input, odf);
  const sheets: XmlElement[] = [];
  const reviews = fieldVisitor(part, REVIEW_ROWS, input.limits.maxClaims);
  let pages = 0;
  const paragraphs = paragraphReader(
    (text, e) => sink.add('paragraph', (n) => (pages > 0 ? `slide ${pages}` : `paragraph ${n}`), text, addressOf(e, part)),
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
    sink.visit(part, both(within(part, isSpreadsheet ? odfCells(sink, sheets, part) : body), reviews));
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    sink.problems.push({ code: 'limit-exceeded', message: error.message });
  }
  return { passages: sink.passages, problems: sink.problems, sheets, reviews: reviews.found };
}

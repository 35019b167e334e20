import { type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { documentContent } from './shared/document-content.ts';
import { flatOdfClaims, sheetLanguageClaims } from '../structures/odf/claims.ts';
import { replayPrinterSetup } from '../structures/odf/printer-setup.ts';
import { odfText } from '../structures/odf/text.ts';
import { FLAT_ODF_MEDIA_TYPES } from '../structures/odf/types.data.ts';
import { type FieldRow, fieldClaims } from '../structures/ooxml/fields.ts';
import { BudgetSpent, type TextSink, textSink } from '../structures/ooxml/text-sink.ts';
import { OPF_ROWS, withoutRepeats } from '../structures/opf.ts';
import { iworkText } from '../structures/xml-document/iwork-text.ts';
import { ABIWORD_ROWS, FICTIONBOOK_ROWS, IWORK_ROWS, SPREADSHEETML_ROWS, WORDML_ROWS } from '../structures/xml-document/rows.data.ts';
import { readXmlSource } from '../structures/xml-document/source.ts';
import { ABIWORD_TEXT, FICTIONBOOK_TEXT, paragraphText, spreadsheetText, WORDML_TEXT } from '../structures/xml-document/text.ts';
import { replayXml, type XmlVisitor } from '../structures/xml.ts';
import { IWORK_XML, xmlMediaType } from '../structures/xml-type.ts';

interface Kind {
  readonly rows: readonly FieldRow[];
  readonly text: (sink: TextSink) => XmlVisitor;
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ['application/vnd.ms-wordml', { rows: WORDML_ROWS, text: (sink) => paragraphText(WORDML_TEXT, sink) }],
  ['application/vnd.ms-spreadsheetml', { rows: SPREADSHEETML_ROWS, text: spreadsheetText }],
  ['application/oebps-package+xml', { rows: OPF_ROWS, text: () => ({}) }],
  ['application/x-abiword', { rows: ABIWORD_ROWS, text: (sink) => paragraphText(ABIWORD_TEXT, sink) }],
  [IWORK_XML, { rows: IWORK_ROWS, text: (sink) => iworkText(sink) }],
  ['application/x-fictionbook+xml', { rows: FICTIONBOOK_ROWS, text: (sink) => paragraphText(FICTIONBOOK_TEXT, sink) }],
]);

/** Characters of the text in which the root stands. */
const HEAD = 4096;

function* read(input: Input): Generator<Extracted> {
  const { text, problem: cut } = input.once(readXmlSource);
  if (cut) yield problem(cut.code, cut.message);
  const mediaType = xmlMediaType(text.slice(0, HEAD)) ?? '';
  const kind = KINDS.get(mediaType);
  if (!kind) {
    yield* flatOdf(input, text, mediaType);
    return;
  }
  const { found, outcome } = fieldClaims('', text, kind.rows, input.limits.maxClaims + 1);
  yield* withoutRepeats(found);
  if (outcome.error !== null) yield problem('malformed', outcome.error);
  const sink = textSink(input, { text: () => ({ text, problem: null }) });
  try {
    sink.visit('', kind.text(sink));
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    yield problem('limit-exceeded', error.message);
    sink.problems.push({ code: 'limit-exceeded', message: error.message });
  }
  yield* documentContent(sink.passages, sink.problems.length === 0);
}

function* flatOdf(input: Input, text: string, mediaType: string): Generator<Extracted> {
  yield* flatOdfClaims(text, input.limits.maxClaims + 1);
  const { passages, problems, sheets, reviews } = odfText(input, { text: () => ({ text, problem: null }) }, mediaType, '');
  yield* sheetLanguageClaims('', sheets);
  yield* reviews;
  // Of a document that is not well-formed, the claims have said so.
  for (const p of problems) if (p.code !== 'malformed') yield problem(p.code, p.message);
  yield* documentContent(passages, problems.length === 0);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'property') return replayPrinterSetup(input.once(readXmlSource).text, locator);
  return locator.in === 'xml' ? (replayXml(input.once(readXmlSource).text, locator)?.slice(0, MAX_RAW) ?? null) : null;
}

/**
 * Documents that are one XML file: flat OpenDocument (ISO/IEC 26300), Word's and Excel's of 2003, AbiWord's, FictionBook, the
 * package document of an e-book, iWork's of 2008 and 2009 where its package is a folder. Locators count elements in the whole file.
 */
export const xmlDocument: FormatReader = { id: 'xml-document', version: 3, mediaTypes: [...FLAT_ODF_MEDIA_TYPES, ...KINDS.keys()], read, replay };

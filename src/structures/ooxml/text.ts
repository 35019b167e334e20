import type { ProblemDraft } from '../../model/artifact.ts';
import type { Extracted, Passage } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import type { Ooxml } from './package.ts';
import { isBinary } from './binary-part.ts';
import { excelText } from './text-excel.ts';
import { excelBinaryText } from './text-excel-binary.ts';
import { powerpointText } from './text-powerpoint.ts';
import { BudgetSpent, textSink } from './text-sink.ts';
import { wordText } from './text-word.ts';
import { trackedChanges } from './tracked-changes.ts';

export interface OoxmlText {
  /** In reading order: paragraphs; or cells, sheets as in the workbook, by row and column; or paragraphs of slides. */
  readonly passages: readonly Passage[];
  /** Why the text is not all there; where empty, it is. */
  readonly problems: readonly ProblemDraft[];
  /** Who changed it with tracking on, and when. */
  readonly reviews: readonly Extracted[];
}

const READERS = { word: wordText, excel: excelText, powerpoint: powerpointText } as const;

/** The text of a document, as far as the budgets go. Never throws for what the file holds. */
export function ooxmlText(input: Input, ooxml: Ooxml): OoxmlText {
  const { main, program } = ooxml;
  if (main === null || program === null) return { passages: [], problems: [], reviews: [] };
  const sink = textSink(input, ooxml);
  const changes = trackedChanges();
  try {
    if (isBinary(main)) excelBinaryText(input, ooxml, main, sink);
    else READERS[program](ooxml, main, sink, changes);
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    sink.problems.push({ code: 'limit-exceeded', message: error.message });
  }
  return { ...sink, reviews: changes.found };
}

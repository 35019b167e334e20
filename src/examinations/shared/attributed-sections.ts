import { attributedTimes, beginsAttribution, isAttribution, type WallMinutes } from '../../model/attribution.ts';
import type { Locator, Passage } from '../../model/claim.ts';
import { quotedRuns, type QuotedBlock, type QuotedRun, withoutHeader } from './quoted-blocks.ts';
import { beginsHeader, headerFields } from './quoted-header.ts';
import { quoteWords } from './quote-words.ts';

/** What a message repeats under a line or a header that says who wrote it and when, at any depth of quotation. */
export interface AttributedSection {
  /** The line or lines that name the writer. */
  readonly who: string;
  /** Null where they do not name a subject. */
  readonly subject: string | null;
  /** What they may say of the time; never empty. */
  readonly times: readonly WallMinutes[];
  readonly text: string;
  readonly marked: boolean;
  readonly address: Locator;
}

/** Sections of one message that are told: a long thread repeats all of itself in each answer, and what is deeper is compared in the answers between. */
const MOST_SECTIONS = 6;
const MARKS = /^(?:[ \t]{0,3}>)+ ?/;
/** Lines looked at to find where a header ends. */
const HEADER_LINES = 20;

interface Open {
  readonly who: string;
  readonly subject: string | null;
  readonly times: readonly WallMinutes[];
  /** Marks in front of the line that names the writer; what it introduces has more, or as many under a header. */
  readonly depth: number;
  readonly byHeader: boolean;
  readonly lines: string[];
}

interface Line {
  readonly bare: string;
  readonly depth: number;
}

function lineOf(text: string): Line {
  const marks = MARKS.exec(text)?.[0] ?? '';
  let depth = 0;
  for (const c of marks) if (c === '>') depth += 1;
  return { bare: text.slice(marks.length).trim(), depth };
}

const belongs = (line: Line, open: Open): boolean => line.bare === '' || (open.byHeader ? line.depth >= open.depth : line.depth > open.depth);

/** A header or a line of attribution that begins here, and how many lines it takes. */
function openedAt(lines: readonly Line[], at: number): { readonly open: Open; readonly taken: number } | null {
  const line = lines[at];
  if (!line || line.bare === '') return null;
  if (beginsHeader(line.bare)) {
    const header = withoutHeader(
      lines
        .slice(at, at + HEADER_LINES)
        .map((l) => l.bare)
        .join('\n'),
    ).header;
    const { from, sent, subject } = headerFields(header);
    if (header !== '' && sent !== '' && subject !== null)
      return {
        open: { who: from, subject, times: attributedTimes(sent), depth: line.depth, byHeader: true, lines: [] },
        taken: header.split('\n').length,
      };
  }
  const next = lines[at + 1]?.bare ?? '';
  const alone = isAttribution(line.bare);
  if (!alone && !(beginsAttribution(line.bare) && isAttribution(next))) return null;
  const who = alone ? line.bare : `${line.bare} ${next}`;
  return { open: { who, subject: null, times: attributedTimes(who), depth: line.depth, byHeader: false, lines: [] }, taken: alone ? 1 : 2 };
}

function sectionsOf(run: QuotedRun): Open[] {
  const lines = run.text.split('\n').map(lineOf);
  const found: Open[] = [];
  const stack: Open[] = [];
  const begin = (open: Open): void => {
    found.push(open);
    stack.push(open);
  };
  // The run itself has lost one mark.
  if (isAttribution(run.attribution))
    begin({ who: run.attribution, subject: null, times: attributedTimes(run.attribution), depth: -1, byHeader: false, lines: [] });
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    const opened = found.length < MOST_SECTIONS ? openedAt(lines, i) : null;
    if (opened) {
      begin(opened.open);
      i += opened.taken - 1;
      continue;
    }
    while (line && stack.length > 0 && !belongs(line, stack.at(-1) as Open)) stack.pop();
    if (line) stack.at(-1)?.lines.push(line.bare);
  }
  return found;
}

/** The sections of a message whose writer and time are named, in reading order. */
export function attributedSections(passages: readonly Passage[]): AttributedSection[] {
  return quotedRuns(passages).flatMap((run) =>
    sectionsOf(run)
      .filter((s) => s.times.length > 0 && s.lines.some((l) => l !== ''))
      .map(({ who, subject, times, lines }) => ({ who, subject, times, text: lines.join('\n'), marked: run.marked, address: run.address })),
  );
}

/** A section as what it is compared as. */
export const blockOf = ({ who, text, marked, address }: AttributedSection): QuotedBlock => ({
  attribution: who,
  header: '',
  words: quoteWords(text),
  marked,
  address,
});

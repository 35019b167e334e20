import { HEADER_NAMES } from '../../model/attribution.data.ts';
import { beginsAttribution, isAttribution } from '../../model/attribution.ts';

/** A passage that a mail repeats from another one. */
export interface Quotation {
  /** One level of '>' taken off. */
  readonly text: string;
  /** 'On … wrote:', 'Le … a écrit :', '-----Original Message-----'; '' where nothing introduces it. */
  readonly attribution: string;
}

/** A body with more is a log, or an attack. */
export const MAX_QUOTATIONS = 200;

const MARK = /^[ \t]?>/;
/** Outlook, and those who imitate it, in its languages. */
const FORWARD =
  /^[ \t>]*-{2,}\s*(?:original message|forwarded message|message d'origine|message transféré|ursprüngliche nachricht|исходное сообщение|пересылаемое сообщение|mensaje original|messaggio originale|begin forwarded message)\s*(?:-+\s*)?$/i;

/** The first line of such a header, and those that must stand behind it. */
const WHO = new RegExp(`^\\*?(?:${HEADER_NAMES.from})\\*?[ \\u00a0]?:\\*?[ \\u00a0]*\\S`, 'i');
const WHEN = new RegExp(`^\\*?(?:${HEADER_NAMES.sent})\\*?[ \\u00a0]?:`, 'i');
const SUBJECT = new RegExp(`^\\*?(?:${HEADER_NAMES.subject})\\*?[ \\u00a0]?:`, 'i');
/** Recipients between the first line and the subject may fill several lines. */
const MOST_HEADER_LINES = 12;

/** Whether a header of a repeated message begins at this line. */
function headerAt(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.length > 500 || !WHO.test(line)) return false;
  let when = false;
  for (const next of lines.slice(at + 1, at + MOST_HEADER_LINES)) {
    if (next.length > 2000) return false;
    when ||= WHEN.test(next);
    if (SUBJECT.test(next)) return when;
  }
  return false;
}

/** The line or two in front of a quotation that say whose words follow. */
function attributionBefore(lines: readonly string[], at: number): string {
  let i = at - 1;
  while (i >= 0 && i >= at - 2 && lines[i]?.trim() === '') i--;
  const last = lines[i]?.trim() ?? '';
  if (!isAttribution(last)) return '';
  const before = lines[i - 1]?.trim() ?? '';
  // Wrapped: 'On Monday, 27 March 2017, at 14:41,' / 'A. Person <a@example.org> wrote:'.
  return beginsAttribution(before) && !isAttribution(before) ? `${before} ${last}` : last;
}

/** Runs of lines that begin with '>', and everything behind a line that announces the original, or from the first line of its header. In order, {@link MAX_QUOTATIONS} and one more at most. */
export function quotationsOf(body: string): Quotation[] {
  const lines = body.split('\n');
  const found: Quotation[] = [];
  for (let i = 0; i < lines.length && found.length <= MAX_QUOTATIONS; i++) {
    const line = lines[i] ?? '';
    if (line.length < 200 && FORWARD.test(line)) {
      const rest = lines
        .slice(i + 1)
        .join('\n')
        .trim();
      if (rest !== '') found.push({ text: rest, attribution: line.trim() });
      break;
    }
    if (headerAt(lines, i)) {
      found.push({ text: lines.slice(i).join('\n').trim(), attribution: line.trim() });
      break;
    }
    if (!MARK.test(line)) continue;
    const start = i;
    const quoted: string[] = [];
    for (; i < lines.length && MARK.test(lines[i] ?? ''); i++) quoted.push((lines[i] ?? '').replace(/^[ \t]?> ?/, ''));
    const text = quoted.join('\n').trim();
    if (text !== '') found.push({ text, attribution: attributionBefore(lines, start) });
  }
  return found;
}

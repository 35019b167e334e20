import type { Locator, Passage } from '../../model/claim.ts';
import { type QuoteWord, quoteWords } from './quote-words.ts';

/** What a message repeats from one other message: runs of marked lines up to the next that names its writer. */
export interface QuotedBlock {
  /** 'On … wrote:', '-----Original Message-----'; '' where nothing introduces it. */
  readonly attribution: string;
  /** The lines 'From: … Subject: …' that Outlook puts on top, as one text; '' where there are none. */
  readonly header: string;
  readonly words: readonly QuoteWord[];
  /** Every line bears a '>' in plain text: an answer between the lines cannot be taken for a part of it. */
  readonly marked: boolean;
  readonly address: Locator;
}

/** A body of which quotations can be made, by its kind: 'text/plain'. */
export interface QuotableBody {
  readonly kind: string;
  readonly address: Locator;
  readonly words: readonly QuoteWord[];
}

const UNNAMED = /^quotation \d+$/;
const ANNOUNCED = /^[ \t>]*-{2,}|^_{5,}|^[^:]{1,20}:\s/;
/** 'From:', 'Sent:', 'To:', 'Subject:' and their translations: short, a colon, a value. */
const HEADER_LINE =
  /^[\s>*]*(?:from|sent|date|to|cc|subject|reply-to|importance|attachments|de|envoyé|envoyé le|à|objet|pièces jointes|von|gesendet|datum|an|betreff|da|inviato|a|oggetto|enviado|enviado el|para|asunto|assunto|data|van|verzonden|aan|onderwerp|från|skickat|till|kopia|ämne|od|wysłan[oaey]|do|dw|temat|enviad[oa] em|от|отправлено|дата|кому|копия|тема)\*?\s{0,2}:/iu;
const MOST_HEADER_LINES = 16;

/** Parts a quoted text into the header lines in front and the rest. */
export function withoutHeader(text: string): { readonly header: string; readonly body: string } {
  const lines = text.split('\n', MOST_HEADER_LINES + 1);
  let n = 0;
  let named = 0;
  let last = 0;
  for (const line of lines.slice(0, MOST_HEADER_LINES)) {
    const isHeader = HEADER_LINE.test(line.slice(0, 200));
    // A long list of recipients goes on in the next line.
    if (!isHeader && line.trim() !== '' && (named === 0 || !/[;,]\s*$/.test(lines[n - 1] ?? ''))) break;
    n += 1;
    if (!isHeader) continue;
    named += 1;
    last = n;
  }
  if (named < 2) return { header: '', body: text };
  return { header: lines.slice(0, last).join('\n'), body: text.split('\n').slice(last).join('\n') };
}

const kindOf = (label: string): string => label.split(' ', 1)[0] ?? '';

/** What a message repeats from one other message, as text. */
export interface QuotedRun {
  readonly attribution: string;
  readonly text: string;
  readonly marked: boolean;
  readonly address: Locator;
}

/** The same, each part with the runs that follow it without a line of their own in front: an answer stood between them. */
export function quotedRuns(passages: readonly Passage[]): QuotedRun[] {
  const kinds = new Map(passages.filter((p) => p.role === 'body').map((p) => [JSON.stringify(p.address), kindOf(p.label)]));
  const runs: { attribution: string; texts: string[]; address: Locator; key: string }[] = [];
  for (const p of passages) {
    if (p.role !== 'quoted') continue;
    const key = JSON.stringify(p.address);
    const open = runs.at(-1);
    if (open?.key === key && UNNAMED.test(p.label)) open.texts.push(p.text);
    else runs.push({ attribution: UNNAMED.test(p.label) ? '' : p.label, texts: [p.text], address: p.address, key });
  }
  return runs.map(({ attribution, texts, address, key }) => ({
    attribution,
    text: texts.join('\n'),
    marked: !ANNOUNCED.test(attribution) && kinds.get(key) !== 'text/html',
    address,
  }));
}

/** What the passages of a message quote, part by part in reading order. */
export const quotedBlocks = (passages: readonly Passage[]): QuotedBlock[] =>
  quotedRuns(passages).map(({ text, ...run }) => {
    const { header, body } = withoutHeader(text);
    return { ...run, header, words: quoteWords(body) };
  });

/** The bodies of a message, several parts of one kind as one text. */
export function quotableBodies(passages: readonly Passage[]): QuotableBody[] {
  const parts = new Map<string, { address: Locator; texts: string[] }>();
  for (const p of passages) {
    if (p.role !== 'body') continue;
    const part = parts.get(kindOf(p.label)) ?? { address: p.address, texts: [] };
    part.texts.push(p.text);
    parts.set(kindOf(p.label), part);
  }
  return [...parts].map(([kind, { address, texts }]) => ({ kind, address, words: quoteWords(texts.join('\n')) }));
}

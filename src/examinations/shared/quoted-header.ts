import { HEADER_NAMES } from '../../model/attribution.data.ts';

const ADDRESS = /[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
const LONGEST = 4000;

/** Mail addresses in a text, lower case. */
export const addressesIn = (text: string): string[] => (text.slice(0, LONGEST).match(ADDRESS) ?? []).map((a) => a.toLowerCase());

/** A line with one of these names, quoted or in bold. */
const named = (names: string): string => `^[\\s>*]*(?:${names})\\*?\\s{0,2}:`;
const FROM = new RegExp(named(HEADER_NAMES.from), 'iu');
const TO = new RegExp(named(HEADER_NAMES.to), 'iu');
const SENT = new RegExp(`${named(HEADER_NAMES.sent)}(.*)$`, 'iu');
const SUBJECT = new RegExp(`${named(HEADER_NAMES.subject)}(.*)$`, 'iu');

/** The header lines that Outlook puts on top of what it repeats, in its languages. */
export interface QuotedHeader {
  /** The whole lines; '' where there is none. */
  readonly from: string;
  readonly to: string;
  readonly sent: string;
  /** Null where there is no such line. */
  readonly subject: string | null;
}

export const beginsHeader = (line: string): boolean => line.length < 500 && FROM.test(line);

export function headerFields(header: string): QuotedHeader {
  const lines = header.split('\n').map((l) => l.slice(0, LONGEST));
  const line = (wanted: RegExp): string => lines.find((l) => wanted.test(l)) ?? '';
  return { from: line(FROM), to: line(TO), sent: line(SENT), subject: lines.map((l) => SUBJECT.exec(l)?.[1]).find((s) => s !== undefined) ?? null };
}

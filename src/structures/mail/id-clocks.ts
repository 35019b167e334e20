import type { Instant } from '../../model/attribute.ts';

/*
 * Ids in which a server counts its clock. Checked on public mail: of 720 ids of sendmail and 140 of Exim none is a quarter
 * of an hour from the time written in the same Received header, however wrong the clock of that server.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Digits and consonants: no word can come about. */
const CONSONANTS = '0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz';

/** Before these servers, and beyond what they will count. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2040, 0, 1);

const utc = (epochMs: number, precisionMs: number): Instant | null =>
  epochMs >= EARLIEST && epochMs < LATEST ? { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs } : null;

function counted(text: string, digits: string): number {
  let n = 0;
  for (const c of text) n = n * digits.length + digits.indexOf(c);
  return n;
}

/** sendmail 8.10 and later (queue.c, assign_queueid): one digit to the base of 60 each for year - 1900, month, day, hour, minute and second, in UTC. */
export function sendmailIdTime(id: string): Instant | null {
  const m = /^([0-9A-Za-x])([0-9AB])([1-9A-V])([0-9A-N])([0-9A-Za-x])([0-9A-Za-x])[0-9A-Za-x]{0,2}\d{5,7}$/.exec(id);
  if (!m) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = m.slice(1).map((c) => DIGITS.indexOf(c));
  // The digit of the year counts modulo 60: 'v' is 2017, '2' is 2022.
  const at = Date.UTC(1900 + year + (year < 30 ? 120 : 60), month, day, hour, minute, second);
  const isDay = new Date(at).getUTCDate() === day;
  return isDay ? utc(at, 1000) : null;
}

/** Exim: '1abcDE-0001ab-CD', the six first digits to the base of 62 are seconds since 1970 (specification, section 3.4). */
export function eximIdTime(id: string): Instant | null {
  const m = /^([0-9A-Za-z]{6})-(?:[0-9A-Za-z]{6}-[0-9A-Za-z]{2}|[0-9A-Za-z]{11}-[0-9A-Za-z]{4})$/.exec(id);
  return m ? utc(counted(m[1] ?? '', DIGITS) * 1000, 1000) : null;
}

/** Postfix with enable_long_queue_ids: six digits to the base of 52 are seconds since 1970, four are microseconds; 'z' and an inode follow. */
export function postfixIdTime(id: string): Instant | null {
  const m =
    /^([0-9BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz]{6})([0-9BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz]{4})z[0-9B-DF-HJ-NP-TV-Zb-df-hj-np-tv-y]{1,11}$/.exec(
      id,
    );
  const micros = m ? counted(m[2] ?? '', CONSONANTS) : 0;
  return m && micros < 1_000_000 ? utc(counted(m[1] ?? '', CONSONANTS) * 1000 + Math.floor(micros / 1000), 1) : null;
}

/** The time in the queue id of a Received header; null where the header does not name a server whose ids hold one. */
export function queueIdTime(received: string, id: string): Instant | null {
  if (/\bExim\b/.test(received)) return eximIdTime(id);
  if (/\bPostfix\b/.test(received)) return postfixIdTime(id);
  return /\(8\.\d{1,2}\.\d{1,2}[^()]*\)/.test(received) ? sendmailIdTime(id) : null;
}

/** Ids that a server gives a message which came without one, or in place of its own: Exim's, and Amazon SES's (milliseconds in 12 hexadecimal digits). */
export function serverMessageIdTime(messageId: string): Instant | null {
  const exim = /^<E([0-9A-Za-z]{6}-[0-9A-Za-z-]{9,16})@/.exec(messageId);
  if (exim) return eximIdTime(exim[1] ?? '');
  const ses = /^<01[0-9a-f]{2}([0-9a-f]{12})-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-\d{6}@(?:[\w-]+\.)*amazonses\.com>/.exec(
    messageId,
  );
  return ses ? utc(parseInt(ses[1] ?? '', 16), 1) : null;
}

/** Python's email.utils.make_msgid: hundredths of a second since 1970 (3.3 and later), or the time in UTC (before). */
export function pythonMessageIdTime(messageId: string): Instant | null {
  const since = /^<(\d{12})\.\d{1,7}\.\d{10,20}@/.exec(messageId);
  if (since) return utc(Number(since[1]) * 10, 10);
  const m = /^<(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.\d{1,7}\.\d{1,20}@/.exec(messageId);
  if (!m) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = m.slice(1).map(Number);
  return month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 ? null : utc(Date.UTC(year, month - 1, day, hour, minute, second), 1000);
}

import type { Instant, TimeValue } from '../../model/attribute.ts';
import type { Locator } from '../../model/claim.ts';
import { fromFiletime, instantOf, wallOf } from '../../model/time.ts';
import { dkimTag, fieldName, smtpId } from './elements.ts';
import { pythonMessageIdTime, queueIdTime, serverMessageIdTime } from './id-clocks.ts';
import { fieldNamed, type HeaderField } from './mime-headers.ts';
import type { Mime, Part } from './mime.ts';
import { parseDate } from './rfc5322.ts';
import { readThreadIndex, type ThreadIndex } from './thread-index.ts';

/** A time that stands in a mail where few look for it. */
export interface MailClock {
  readonly attribute: 'time.hidden' | 'time.signed';
  /** 'Message-ID', 'MIME boundary', those of {@link THREAD_CLOCKS}, 'X-OriginalArrivalTime', 'SMTP id' (Gmail), 'queue id' (other servers), 'DKIM-Signature t=', … */
  readonly field: string;
  readonly raw: string;
  /** What Microsoft's boundary holds is wall time; everything else is UTC. */
  readonly value: TimeValue;
  readonly locator: Extract<Locator, { in: 'header' }>;
}

/** Outside of these years a number that looks like a clock is none: a generator imitates the form, or it is an epoch's zero. */
const EARLIEST = Date.UTC(1990, 0, 1);
const LATEST = Date.UTC(2040, 0, 1);

const plausible = (t: Instant | null): Instant | null => (t !== null && t.epochMs >= EARLIEST && t.epochMs < LATEST ? t : null);
const utc = (epochMs: number, precisionMs: number): Instant | null => plausible({ kind: 'instant', epochMs, offsetMinutes: 0, precisionMs });

/**
 * Outlook and MimeOLE: '<000001c2e5a1$1234abcd$0100a8c0@host>' is a 16-bit counter, then both halves of a FILETIME in UTC.
 * It is taken when the message is sent, one to seven seconds after Date in the samples we know.
 */
export function outlookMessageIdTime(id: string): Instant | null {
  const m = /^<?[0-9a-f]{4}([0-9a-f]{8})\$([0-9a-f]{8})\$[0-9a-f$]*@/i.exec(id);
  return m ? plausible(fromFiletime(BigInt(`0x${m[1]}${m[2]}`))) : null;
}

/**
 * Outlook and MimeOLE: '----=_NextPart_000_0017_01D2B8C7.6F0D0F60'. The FILETIME counts the sender's LOCAL clock, so it is a
 * wall time. It is taken when the message is written: minutes before sending, and 'Send again' keeps it.
 */
export function outlookBoundaryTime(boundary: string): TimeValue | null {
  const m = /^-*=?_?NextPart_[0-9A-F]{3}_[0-9A-F]{4}_([0-9A-F]{8})\.([0-9A-F]{8})$/i.exec(boundary);
  const t = m && plausible(fromFiletime(BigInt(`0x${m[1]}${m[2]}`)));
  if (!t) return null;
  const d = new Date(t.epochMs);
  const time = { hour: d.getUTCHours(), minute: d.getUTCMinutes(), second: d.getUTCSeconds(), millisecond: d.getUTCMilliseconds() };
  return wallOf({ year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate(), ...time }, 1);
}

/** Gmail: 12 hex digits (zeros since 2016), 6 low and 8 high ones of a count of microseconds since 1970, 2 of a counter. */
export function gmailBoundaryTime(boundary: string): Instant | null {
  const m = /^[0-9a-f]{12}([0-9a-f]{6})([0-9a-f]{8})[0-9a-f]{2}$/.exec(boundary);
  return m ? utc(Math.floor(parseInt(`${m[2]}${m[1]}`, 16) / 1000), 1) : null;
}

/** Fields under which the times of a conversation index are told: when it began, earlier answers, and this message. */
const THREAD_CLOCKS = { began: 'Thread-Index', before: 'Thread-Index of an earlier answer', own: 'Thread-Index of the answer' } as const;

/** The times in a conversation index, with the field of each. */
export function threadTimes(index: ThreadIndex | null): (readonly [field: string, value: Instant])[] {
  if (!index) return [];
  const began = index.began ? [[THREAD_CLOCKS.began, index.began] as const] : [];
  return [...began, ...index.answers.map((at, i) => [i + 1 === index.depth ? THREAD_CLOCKS.own : THREAD_CLOCKS.before, at] as const)];
}

/** '27 Mar 2017 12:41:05.0123 (UTC) FILETIME=[6F0D0F60:01D2A6F7]', low half first. Exchange's SMTP service stamps it. */
function arrivalTime(text: string): Instant | null {
  const m = /FILETIME=\[([0-9A-F]{1,8}):([0-9A-F]{1,8})\]/i.exec(text);
  return m ? plausible(fromFiletime((BigInt(`0x${m[2]}`) << 32n) | BigInt(`0x${m[1]}`))) : null;
}

/** US Pacific time: summer time from the second Sunday of March to the first of November since 2007 (before: first of April to last of October). */
function pacificOffset(year: number, month: number, day: number, hour: number): number {
  const sunday = (m: number, after: number): number => after + ((7 - new Date(Date.UTC(year, m - 1, after)).getUTCDay()) % 7);
  const [startMonth, start, endMonth, end] = year >= 2007 ? [3, sunday(3, 8), 11, sunday(11, 1)] : [4, sunday(4, 1), 10, sunday(10, 25)];
  const at = (m: number, d: number, h: number): number => (m * 100 + d) * 100 + h;
  const now = at(month, day, hour);
  return now >= at(startMonth, start, 2) && now < at(endMonth, end, 2) ? -420 : -480;
}

/** Gmail's queue ids: '….92.1492503485636' ends in milliseconds since 1970, '….2016.10.14.10.34.13' in Google's own Pacific time. */
export function gmailSmtpIdTime(id: string): Instant | null {
  const ms = /^[\w-]+\.\d+\.(\d{13})$/.exec(id);
  if (ms) return utc(Number(ms[1]), 1);
  const m = /^[\w.-]*?\.(\d{4})\.(\d\d)\.(\d\d)\.(\d\d)\.(\d\d)\.(\d\d)$/.exec(id);
  if (!m) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = m.slice(1).map(Number);
  return plausible(instantOf({ year, month, day, hour, minute, second }, pacificOffset(year, month, day, hour)));
}

/** Milliseconds in ids of JavaMail and Yahoo, seconds in Thunderbird's: only where the rest of the id or the program is theirs. */
function otherMessageIdTime(id: string, mailer: string): Instant | null {
  const java = /^<?(?:[\w-]+\.){1,3}?(\d{13})\.JavaMail\.[^@<>]*@/.exec(id) ?? /^<?\d+\.\d+\.(\d{13})@[\w.-]*yahoo\./.exec(id);
  if (java) return utc(Number(java[1]), 1);
  const hex = /^<?([0-9A-F]{8})\.\d{5,8}@/.exec(id);
  return hex && /mozilla|thunderbird|icedove|seamonkey|postbox/i.test(mailer) ? utc(parseInt(hex[1] ?? '', 16) * 1000, 1000) : null;
}

const header = (part: string, name: string, nth: number): MailClock['locator'] => ({ in: 'header', part, name, nth });
const hidden = (field: string, raw: string, value: TimeValue | null, locator: MailClock['locator']): MailClock[] =>
  value ? [{ attribute: 'time.hidden', field, raw, value, locator }] : [];

/** Of the sender's program, or of the server that numbered what came without a number: a clock that starts later. */
function messageIdClock(id: string, mailer: string, locator: MailClock['locator']): MailClock[] {
  const own = outlookMessageIdTime(id) ?? otherMessageIdTime(id, mailer) ?? pythonMessageIdTime(id);
  return own ? hidden('Message-ID', id, own, locator) : hidden('Message-ID of a server', id, serverMessageIdTime(id), locator);
}

/** Signature headers that carry the signer's clock in seconds since 1970 (RFC 6376 section 3.5, RFC 8617 section 4.1). */
const SIGNATURES = new Set(['dkim-signature', 'arc-message-signature', 'arc-seal', 'x-google-dkim-signature']);
const EXCHANGE_ARRIVAL = 'x-ms-exchange-crosstenant-originalarrivaltime';

function clocksOfField(f: HeaderField, mailer: string, byExchange: boolean): MailClock[] {
  const whole = header('', f.name, f.nth);
  if (f.key === 'message-id') return messageIdClock(f.value, mailer, whole);
  if (f.key === 'thread-index')
    return threadTimes(readThreadIndex(f.value, byExchange)).flatMap(([field, value]) => hidden(field, f.value, value, whole));
  if (f.key === 'x-originalarrivaltime') return hidden('X-OriginalArrivalTime', f.value, arrivalTime(f.value), whole);
  if (f.key === EXCHANGE_ARRIVAL) {
    // Written as '(UTC)', in a comment.
    const { value } = parseDate(`${f.value.replace(/\(UTC\)\s*$/, '')} +0000`);
    return hidden('X-MS-Exchange-CrossTenant-OriginalArrivalTime', f.value, value?.kind === 'instant' ? plausible(value) : null, whole);
  }
  if (f.key === 'received' || f.key === 'x-received') {
    const id = smtpId(f.value);
    if (id === null) return [];
    const there = header('', `${f.name}#id`, f.nth);
    const gmail = gmailSmtpIdTime(id);
    return gmail ? hidden('SMTP id', id, gmail, there) : hidden('queue id', id, queueIdTime(f.value, id), there);
  }
  if (!SIGNATURES.has(f.key)) return [];
  const raw = dkimTag(f.value, 't');
  const value = raw !== null && /^\d{1,12}$/.test(raw) ? utc(Number(raw) * 1000, 1000) : null;
  return raw === null || !value
    ? []
    : [{ attribute: 'time.signed', field: `${fieldName(f.key)} t=`, raw, value, locator: header('', `${f.name}#t`, f.nth) }];
}

function boundaryClock(part: Part): MailClock[] {
  const boundary = part.contentType.parameters.get('boundary');
  const f = fieldNamed(part.fields, 'content-type');
  if (!boundary || !f) return [];
  const value = outlookBoundaryTime(boundary.value) ?? gmailBoundaryTime(boundary.value);
  return hidden('MIME boundary', boundary.raw, value, header(part.path, `${f.name}#boundary`, f.nth));
}

/** Every plausible clock of a message: first those of its header from the top down, then those of its boundaries. */
export function mailClocks(mime: Mime): MailClock[] {
  const { fields } = mime.parts[0];
  const mailer = fields
    .filter((f) => f.key === 'user-agent' || f.key === 'x-mailer')
    .map((f) => f.value)
    .join(' ');
  const byExchange = fields.some(
    (f) => f.key.startsWith('x-ms-exchange-') || (f.key === 'received' && /Microsoft SMTP Server|\bmapi id\b/.test(f.value)),
  );
  return [...fields.flatMap((f) => clocksOfField(f, mailer, byExchange)), ...mime.parts.flatMap(boundaryClock)];
}

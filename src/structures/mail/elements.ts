import type { Locator } from '../../model/claim.ts';
import { parseAddresses } from './address.ts';
import type { HeaderField } from './mime-headers.ts';
import { parseParameterised } from './mime-parameters.ts';
import type { Mime } from './mime.ts';
import { maskComments, parseReceived } from './rfc5322.ts';

/** Ids of Message-ID, In-Reply-To and References as written, brackets included; where none has brackets, the words with an '@'. */
export function idsOf(value: string): string[] {
  const bracketed = value.match(/<[^<>]*>/g);
  return bracketed ?? value.split(/[\s,]+/).filter((word) => word.includes('@'));
}

/** What identifies a message: without brackets and blanks. */
export const bareId = (id: string): string => id.replace(/^<|>$/g, '').replace(/\s+/g, '');

/** The value of one tag of a signature, blanks inside kept; null where it is not there. RFC 6376 section 3.2. */
export function dkimTag(value: string, tag: string): string | null {
  for (const piece of value.split(';')) {
    const equals = piece.indexOf('=');
    if (equals !== -1 && piece.slice(0, equals).trim() === tag) return piece.slice(equals + 1).trim();
  }
  return null;
}

/** The queue id a server gives in its Received line; null where it gives none. */
export const smtpId = (value: string): string | null => /\sid\s+([^\s;()]+)/.exec(maskComments(value))?.[1] ?? null;

/** Items between commas, trimmed: Content-Language. */
export const listItems = (value: string): string[] =>
  value
    .split(',')
    .map((s) => s.trim())
    .filter((s) => s !== '');

const CAPITALS = new Set(['id', 'dkim', 'arc', 'mime', 'ms', 'gm']);

/** One spelling for a field's name, whatever the sender's case: 'message-id' is 'Message-ID', 'x-mailer' 'X-Mailer'. */
export const fieldName = (key: string): string =>
  key
    .split('-')
    .map((w) => (CAPITALS.has(w) ? w.toUpperCase() : w.charAt(0).toUpperCase() + w.slice(1)))
    .join('-');

const ADDRESSES = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'bcc',
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'return-path',
]);

/** The part of a header value that a locator names behind a '#': a number for an address, an id or an item; a word for a tag or parameter. */
function elementOf(field: HeaderField, selector: string): string | null {
  if (field.key === 'content-type' || field.key === 'content-disposition')
    return parseParameterised(field.value).parameters.get(selector)?.raw ?? null;
  if (selector === 'id') return smtpId(field.value);
  if (selector === 'by') return parseReceived(field.value).by;
  if (!/^\d+$/.test(selector)) return dkimTag(field.value, selector);
  const n = Number(selector);
  if (ADDRESSES.has(field.key)) return parseAddresses(field.value)[n]?.raw ?? null;
  if (field.key === 'content-language') return listItems(field.value)[n] ?? null;
  return idsOf(field.value)[n] ?? null;
}

/**
 * The text that a header locator names: 'Date' is the whole unfolded value of that field, 'References#3' the fourth id in it,
 * 'To#0' the first address, 'Received#id' the queue id, 'DKIM-Signature#t' a tag, 'Content-Type#boundary' a parameter. Names
 * are compared without regard to case, `nth` counts likewise.
 */
export function headerText(mime: Mime, locator: Extract<Locator, { in: 'header' }>): string | null {
  const hash = locator.name.indexOf('#');
  const key = (hash === -1 ? locator.name : locator.name.slice(0, hash)).toLowerCase();
  const part = mime.parts.find((p) => p.path === locator.part);
  const field = part?.fields.find((f) => f.key === key && f.nth === locator.nth);
  if (!field) return null;
  return hash === -1 ? field.value : elementOf(field, locator.name.slice(hash + 1));
}

import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import type { Attribute, AttributeOf, Instant, ValueOf } from '../../model/attribute.ts';
import { decodeWords } from '../../structures/mail/encoded-words.ts';
import { parseAddresses } from '../../structures/mail/address.ts';
import { mailClocks } from '../../structures/mail/clocks.ts';
import { bareId, fieldName, idsOf, listItems } from '../../structures/mail/elements.ts';
import { fieldNamed, type HeaderField } from '../../structures/mail/mime-headers.ts';
import type { Mime } from '../../structures/mail/mime.ts';
import { customMeaning } from '../../structures/sensitivity-label.ts';
import { parseDate, parseReceived } from '../../structures/mail/rfc5322.ts';
import { readThreadIndex } from '../../structures/mail/thread-index.ts';
import { EXPORT_BOUNDARY, PARTIES, RELAYS, TEXTS } from './mail-headers.data.ts';
import { traitClaims } from './mail-traits.ts';
import { arcClaims } from './arc-claims.ts';

const at = (name: string, nth: number, part = ''): Locator => ({ in: 'header', part, name, nth });

/** An asserted claim, with a problem beside it where the raw value was cut. */
export function* assert<A extends Attribute>(draft: Omit<ClaimDraft<A>, 'basis'>): Iterable<Extracted> {
  const { raw, field } = draft;
  yield claim<A>({ ...draft, basis: 'asserted', raw: raw.slice(0, MAX_RAW) });
  if (raw.length > MAX_RAW) yield problem('limit-exceeded', `${field}: ${raw.length} characters, of which ${MAX_RAW} are kept`);
}

function* ids(f: HeaderField, attribute: AttributeOf<'text'>): Iterable<Extracted> {
  for (const [i, raw] of idsOf(f.value).entries())
    yield* assert({ attribute, field: fieldName(f.key), raw, value: bareId(raw) || null, locator: at(`${f.name}#${i}`, f.nth) });
}

function* addresses(f: HeaderField, attribute: AttributeOf<'address'>): Iterable<Extracted> {
  const found = parseAddresses(f.value);
  for (const [i, { raw, name, mailbox }] of found.entries()) {
    yield* assert({ attribute, field: fieldName(f.key), raw, value: { name, mailbox }, locator: at(`${f.name}#${i}`, f.nth) });
  }
  // 'Undisclosed recipients:;' names nobody; anything else without an address was not understood.
  if (found.length === 0 && f.value !== '' && !f.value.includes(':'))
    yield* assert({ attribute, field: fieldName(f.key), raw: f.value, value: null, locator: at(f.name, f.nth) });
}

/** One claim over the whole value of a field. */
const whole =
  <A extends Attribute>(attribute: A, valueOf: (text: string) => ValueOf<A> | null) =>
  (f: HeaderField): Iterable<Extracted> =>
    assert({ attribute, field: fieldName(f.key), raw: f.value, value: valueOf(f.value), locator: at(f.name, f.nth) });

function* languages(f: HeaderField): Iterable<Extracted> {
  for (const [i, raw] of listItems(f.value).entries())
    yield* assert({ attribute: 'locale.text', field: fieldName(f.key), raw, value: raw, locator: at(`${f.name}#${i}`, f.nth) });
}

const decodedText = (text: string): string | null => decodeWords(text).replace(/\s+/g, ' ').trim() || null;

/** What the fields of the message's own header claim, by their names in lower case. */
const CLAIMS: ReadonlyMap<string, (f: HeaderField) => Iterable<Extracted>> = new Map([
  ...Object.entries(PARTIES).map(([key, attribute]) => [key, (f: HeaderField) => addresses(f, attribute)] as const),
  ...Object.entries(TEXTS).map(([key, attribute]) => [key, whole(attribute, decodedText)] as const),
  ['date', whole('time.sent', (text) => parseDate(text).value)],
  ['received', received],
  ['message-id', whole('id.message', (text) => bareId(idsOf(text)[0] ?? text) || null)],
  ['in-reply-to', (f: HeaderField) => ids(f, 'id.in-reply-to')],
  ['references', (f: HeaderField) => ids(f, 'id.reference')],
  ['content-language', languages],
  ['thread-index', conversation],
  ['x-gm-msgid', whole('time.stored', gmailMessageTime)],
  ['x-gm-thrid', gmailThread],
  ['x-gmail-labels', gmailLabels],
  ['msip_labels', sensitivityLabels],
  ['snapshot-content-location', whole('origin.url', (text) => text.trim() || null)],
]);

/** When a server had it, and which server. */
function* received(f: HeaderField): Iterable<Extracted> {
  const { time, by } = parseReceived(f.value);
  yield* assert({ attribute: 'time.received', field: fieldName(f.key), raw: f.value, value: time, locator: at(f.name, f.nth) });
  const host = by === null ? null : /^[\w.:-]{1,255}/.exec(by)?.[0].toLowerCase().replace(/\.$/, '');
  if (by !== null && host) yield* assert({ attribute: 'hop.by', field: 'Received by', raw: by, value: host, locator: at(`${f.name}#by`, f.nth) });
}

/** Which conversation, and where in it. Its times are told with the other clocks. */
function* conversation(f: HeaderField): Iterable<Extracted> {
  const index = readThreadIndex(f.value, false);
  const said = { field: fieldName(f.key), raw: f.value, locator: at(f.name, f.nth) };
  if (!index) return;
  yield* assert({ ...said, attribute: 'id.conversation', value: index.conversation });
  yield* assert({ ...said, attribute: 'id.conversation-index', value: index.whole });
}

/** Gmail numbers messages by the time it stored them: milliseconds since 1970, shifted left by 20 bits. */
function gmailMessageTime(text: string): Instant | null {
  if (!/^\d{15,20}$/.test(text)) return null;
  return { kind: 'instant', epochMs: Number(BigInt(text) >> 20n), offsetMinutes: 0, precisionMs: 1 };
}

/** A conversation has the number of its first message. */
function* gmailThread(f: HeaderField): Iterable<Extracted> {
  const said = { field: fieldName(f.key), raw: f.value, locator: at(f.name, f.nth) };
  yield* assert({ ...said, attribute: 'id.thread', value: f.value.trim() || null });
  yield* assert({ ...said, attribute: 'time.hidden', value: gmailMessageTime(f.value.trim()) });
}

/** More labels than anybody gives one message. */
const MOST_LABELS = 100;

/** A list between commas, encoded as a whole (RFC 2047), so that no item has a place of its own; one with a comma inside stands in quotes. */
function* gmailLabels(f: HeaderField): Iterable<Extracted> {
  const labels = decodeWords(f.value).match(/"[^"]*"|[^,"]+/g) ?? [];
  const said = { attribute: 'place.label', field: 'X-Gmail-Labels', raw: f.value.slice(0, MAX_RAW), locator: at(f.name, f.nth) } as const;
  if (labels.length > MOST_LABELS) yield problem('limit-exceeded', `${labels.length} labels, of which ${MOST_LABELS} are told`);
  for (const label of labels.slice(0, MOST_LABELS)) {
    const value = label.replace(/^"|"$/g, '').trim().slice(0, MAX_RAW);
    if (value !== '') yield* assert({ ...said, value });
  }
}

/** Tags of one label are eight; nobody sets a dozen labels. */
const MOST_LABEL_TAGS = 100;

/** What Outlook writes of a sensitivity label: 'MSIP_Label_<id>_SetDate=…;' and the like, as documents have them among their properties. */
function* sensitivityLabels(f: HeaderField): Iterable<Extracted> {
  const told = new Set<string>();
  for (const piece of f.value.split(';', MOST_LABEL_TAGS)) {
    const [, tag = '', raw = ''] = /^(MSIP_Label_[\w-]{1,100})\s*=\s*(\S.*)$/.exec(piece.trim()) ?? [];
    if (tag === '' || told.has(tag)) continue;
    told.add(tag);
    const { attribute, field, read } = customMeaning(tag);
    const value = read(raw.slice(0, MAX_RAW));
    if (value !== undefined) yield* assert({ attribute, field, raw, value, locator: at(`${f.name}#${tag}`, f.nth) });
  }
}

function* relays(mime: Mime): Iterable<Extracted> {
  const [message] = mime.parts;
  const seen = new Set<string>();
  for (const f of message.fields) {
    for (const { relay, name, value } of RELAYS) {
      if (seen.has(relay) || !name.test(f.key) || (value && !value.test(f.value))) continue;
      seen.add(relay);
      yield* assert({ attribute: 'mark.relayed', field: fieldName(f.key), raw: f.value, value: relay, locator: at(f.name, f.nth) });
    }
  }
  const boundary = message.contentType.parameters.get('boundary')?.raw ?? '';
  if (!seen.has('export') && EXPORT_BOUNDARY.test(boundary)) {
    const f = fieldNamed(message.fields, 'content-type');
    if (f)
      yield* assert({ attribute: 'mark.relayed', field: 'MIME boundary', raw: boundary, value: 'export', locator: at(`${f.name}#boundary`, f.nth) });
  }
}

/** Browsers write their name where a sender stands, '<Saved by Blink>', and the page's address at the part that holds it (MHTML, RFC 2557). */
function* savedPage(mime: Mime): Iterable<Extracted> {
  const from = fieldNamed(mime.parts[0].fields, 'from');
  const browser = /^"?<?Saved by ([^>"]{1,100})>?"?$/i.exec(from?.value.trim() ?? '')?.[1];
  if (!from || browser === undefined) return;
  yield* assert({ attribute: 'tool.application', field: 'From', raw: from.value, value: browser.trim(), locator: at(from.name, from.nth) });
  const [page] = mime.parts.filter((p) => !p.multipart);
  const place = page && fieldNamed(page.fields, 'content-location');
  if (place)
    yield* assert({
      attribute: 'origin.url',
      field: 'Content-Location',
      raw: place.value,
      value: place.value.trim() || null,
      locator: at(place.name, place.nth, page.path),
    });
}

/** What a message's own header says, its hidden clocks included; locators name the header's fields. */
export function* headerClaims(mime: Mime): Iterable<Extracted> {
  for (const f of mime.parts[0].fields) {
    const claimsOf = CLAIMS.get(f.key);
    if (claimsOf) yield* claimsOf(f);
  }
  yield* savedPage(mime);
  for (const clock of mailClocks(mime)) yield* assert(clock);
  yield* relays(mime);
  yield* traitClaims(mime);
  yield* arcClaims(mime);
}

import type { Attribute, AttributeOf, Instant } from '../../model/attribute.ts';
import type { ClaimDraft, Extracted } from '../../model/claim.ts';
import { sortKey } from '../../model/sort-key.ts';
import { outlookMessageIdTime, threadTimes } from '../../structures/mail/clocks.ts';
import { bareId, idsOf } from '../../structures/mail/elements.ts';
import { parseThreadIndex } from '../../structures/mail/thread-index.ts';
import { locatorOf, type MapiBag, type MapiMessage, type MapiProperty, numberOf, rawOf, textOf, timeOf } from '../../structures/outlook/mapi.ts';
import { PID, pidName, RECIPIENT_FIELDS } from '../../structures/outlook/mapi.data.ts';
import { EMBEDDED_TIMES, PARTY_IDS, type PartyIds, RECIPIENT_IDS, TIMES } from './mapi-claims.data.ts';
import { assert } from './mail-headers.ts';

type Draft<A extends Attribute = Attribute> = Omit<ClaimDraft<A>, 'basis'>;

/** When the message was delivered: the newest of the times of receipt, so it comes first. */
export function* deliveryClaim(message: MapiMessage): Iterable<Extracted> {
  yield* timeClaim(message.bag, PID.MessageDeliveryTime, 'time.received');
}

/**
 * What a message says in its properties. One that only repeats what `before` says (the transport header, which Outlook
 * turned into these properties) is left out; times are told all the same, for each is a record of its own.
 */
export function* mapiClaims(message: MapiMessage, before: readonly ClaimDraft[]): Iterable<Extracted> {
  const told = new Set(before.map(keyOf));
  for (const [id, attribute] of message.embedded ? EMBEDDED_TIMES : TIMES) yield* timeClaim(message.bag, id, attribute);
  for (const draft of [...textDrafts(message), ...idDrafts(message), ...partyDrafts(message), ...hiddenDrafts(message, before)]) {
    const key = keyOf(draft);
    if (told.has(key)) continue;
    told.add(key);
    yield* assert(draft);
  }
}

/** Two claims with one key say the same; a To is not a Cc, and each hidden clock is its own. */
function keyOf(c: Draft): string {
  const field = c.attribute === 'party.to' || c.attribute === 'time.hidden' ? c.field : '';
  return [c.attribute, field, c.value === null ? c.raw : sortKey(c.attribute, c.value)].join('\u0000');
}

function* timeClaim(bag: MapiBag, id: number, attribute: AttributeOf<'time'>): Iterable<Extracted> {
  const property = bag.get(id);
  const time = timeOf(property);
  if (property && time) yield* assert({ attribute, field: pidName(id), raw: time.raw, value: time.value, locator: locatorOf(property) });
}

/** A subject may begin with \u0001 and the length of its 'RE: ', as a character. */
const withoutPrefixMark = (subject: string): string => subject.replace(/^\u0001[^]/, '').trim();

function* textDrafts({ bag, codePage }: MapiMessage): Iterable<Draft> {
  for (const [id, attribute] of [
    [PID.Subject, 'name.title'],
    [PID.ConversationTopic, 'name.topic'],
    [PID.LastModifierName, 'party.last-author'],
  ] as const) {
    const property = bag.get(id);
    const raw = textOf(property, codePage);
    if (property && raw) yield { attribute, field: pidName(id), raw, value: withoutPrefixMark(raw) || null, locator: locatorOf(property) };
  }
}

function* idDrafts({ bag, codePage }: MapiMessage): Iterable<Draft> {
  for (const [id, attribute] of [
    [PID.InternetMessageId, 'id.message'],
    [PID.InReplyToId, 'id.in-reply-to'],
  ] as const) {
    const property = bag.get(id);
    const raw = textOf(property, codePage);
    if (property && raw) yield { attribute, field: pidName(id), raw, value: bareId(idsOf(raw)[0] ?? raw) || null, locator: locatorOf(property) };
  }
  const conversation = bag.get(PID.ConversationIndex);
  const raw = conversation && rawOf(conversation, codePage);
  const index = conversation && parseThreadIndex(Buffer.from(conversation.read() ?? []), false);
  if (conversation && raw && index) {
    const said = { field: pidName(PID.ConversationIndex), raw, locator: locatorOf(conversation) };
    yield { ...said, attribute: 'id.conversation', value: index.conversation };
    yield { ...said, attribute: 'id.conversation-index', value: index.whole };
  }
  const references = bag.get(PID.InternetReferences);
  for (const [i, raw] of referencesOf(references, codePage).entries()) {
    if (references)
      yield { attribute: 'id.reference', field: pidName(PID.InternetReferences), raw, value: bareId(raw) || null, locator: locatorOf(references, i) };
  }
}

const referencesOf = (p: MapiProperty | undefined, codePage: number): string[] => idsOf(textOf(p, codePage) ?? '');

function* partyDrafts(message: MapiMessage): Iterable<Draft> {
  const parties = PARTY_IDS.map(([attribute, ids]) => partyDraft(message, message.bag, ids, attribute));
  const [from] = parties;
  for (const party of parties) {
    // RFC 5322 section 3.6.2: a Sender is named where it is another than From.
    if (party && !(party.attribute === 'party.sender' && from && keyOf({ ...party, attribute: 'party.from' }) === keyOf(from))) yield party;
  }
  for (const bag of message.recipients) {
    const field = RECIPIENT_FIELDS[(numberOf(bag.get(PID.RecipientType)) ?? 0) & 0xf];
    const party = partyDraft(message, bag, RECIPIENT_IDS, 'party.to');
    if (party) yield field === undefined ? party : { ...party, field };
  }
}

/** An address where there is one of the Internet, else the name alone: Exchange's own addresses mean nothing outside of it. */
function partyDraft({ codePage }: MapiMessage, bag: MapiBag, ids: PartyIds, attribute: AttributeOf<'address'>): Draft<AttributeOf<'address'>> | null {
  const text = (id: number): string => textOf(bag.get(id), codePage)?.trim() ?? '';
  const name = text(ids.name).replace(/^'(.*)'$/, '$1');
  const id = text(ids.smtp).includes('@') ? ids.smtp : text(ids.email).includes('@') && !/^EX$/i.test(text(ids.kind)) ? ids.email : null;
  const property = bag.get(id ?? ids.name);
  const raw = textOf(property, codePage);
  if (!property || !raw) return null;
  const mailbox = id === null ? '' : text(id).toLowerCase();
  return {
    attribute,
    field: pidName(id ?? ids.name),
    raw,
    value: { name: name.toLowerCase() === mailbox ? '' : name, mailbox },
    locator: locatorOf(property),
  };
}

const BY_EXCHANGE = /^X-MS-Exchange-/i;

/** The clocks in the conversation index and in a Message-ID of Outlook's, under the names they have in a mail's header. */
function* hiddenDrafts({ bag, codePage }: MapiMessage, before: readonly ClaimDraft[]): Iterable<Draft> {
  const byExchange = /^EX$/i.test(textOf(bag.get(PID.SenderAddressType), codePage) ?? '') || before.some((c) => BY_EXCHANGE.test(c.field));
  const drafts = (id: number, clocks: (property: MapiProperty) => readonly (readonly [string, Instant | null])[]): Draft[] => {
    const property = bag.get(id);
    const raw = property && rawOf(property, codePage);
    if (!property || !raw) return [];
    return clocks(property).flatMap(([field, value]) =>
      value ? [{ attribute: 'time.hidden', field, raw, value, locator: locatorOf(property) }] : [],
    );
  };
  yield* drafts(PID.ConversationIndex, (p) => threadTimes(parseThreadIndex(Buffer.from(p.read() ?? []), byExchange)));
  yield* drafts(PID.InternetMessageId, (p) => [['Message-ID', outlookMessageIdTime(textOf(p, codePage) ?? '')]]);
}

/** The raw value of a property, from its locator alone; the `section` counts ids in a list of them. */
export function mapiRaw(property: MapiProperty, section: number, codePage: number): string | null {
  if (property.tag >>> 16 === PID.InternetReferences) return referencesOf(property, codePage)[section] ?? null;
  return section === 0 ? rawOf(property, codePage) : null;
}

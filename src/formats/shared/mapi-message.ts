import { type ClaimDraft, claim, type Extracted, type Locator, MAX_RAW, passage, problem } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { sha256Of } from '../../model/provenance.ts';
import { bytesOf, inputOf } from '../../structures/bytes.ts';
import { headerText } from '../../structures/mail/elements.ts';
import { roleOf } from '../../structures/outlook/mapi-attachments.ts';
import { mapiBodies } from '../../structures/outlook/mapi-bodies.ts';
import { locatorOf, type MapiMessage, propertyAt, textOf } from '../../structures/outlook/mapi.ts';
import { PID, pidName } from '../../structures/outlook/mapi.data.ts';
import { type Mime, readMime } from '../../structures/mail/mime.ts';
import { dkimClaims } from './dkim-claims.ts';
import { headerClaims } from './mail-headers.ts';
import { saidText } from './mail-texts.ts';
import { deliveryClaim, mapiClaims, mapiRaw } from './mapi-claims.ts';

/** How old Outlook introduces a header it kept; no field of it. */
const INTRODUCTION = /^Microsoft Mail Internet Headers Version [\d.]+\r?\n/;

/** The header with which the message came, as Outlook kept it; null for one that was never sent or never left Exchange. */
function transportHeader(message: MapiMessage, input: Input): Mime | null {
  const text = textOf(message.bag.get(PID.TransportMessageHeaders), message.codePage);
  if (!text?.trim()) return null;
  const header = Buffer.from(`${text.replace(INTRODUCTION, '').trimEnd()}\r\n\r\n`, 'utf8');
  return readMime(inputOf(bytesOf(header), input.limits));
}

/** Everything a MAPI message says: first what stands in a mail too, in the same words, then its properties. */
export function* readMapiMessage(message: MapiMessage, input: Input): Generator<Extracted> {
  const header = transportHeader(message, input);
  const told: ClaimDraft[] = [];
  yield* deliveryClaim(message);
  // The body is elsewhere: that a multipart has no parts is not the header's fault.
  for (const p of header?.problems ?? [])
    if (!p.message.includes('multipart')) yield problem(p.code, `${pidName(PID.TransportMessageHeaders)}: ${p.message}`);
  for (const item of header ? headerClaims(header) : []) {
    if (item.t === 'claim') told.push(item.claim);
    yield item;
  }
  if (header) yield* dkimClaims(header, false);
  yield* mapiClaims(message, told);
  yield* texts(message, input);
  yield* attachmentDigest(message);
  for (const p of message.problems) yield problem(p.code, p.message);
}

/** The digest is over what the message says: its plain text, or its HTML, or its RTF where it has no other. */
function* texts(message: MapiMessage, input: Input): Generator<Extracted> {
  const { bodies, problems } = mapiBodies(message, input.limits.maxTextBytes);
  for (const p of problems) yield problem(p.code, p.message);
  for (const { type, property, text } of bodies) yield passage({ role: 'body', address: locatorOf(property), label: type, text });
  const primary = bodies.find((b) => b.type === 'text/plain') ?? bodies[0];
  if (primary) yield* saidText(primary.text, primary.type, locatorOf(primary.property));
}

/** As for a mail, over the documents it carries; absent where one of them cannot be taken out. */
function* attachmentDigest(message: MapiMessage): Generator<Extracted> {
  const documents = message.attachments.filter((a) => a.content.kind !== 'reference' && roleOf(message, a) === 'document');
  const digests = documents.flatMap(({ content }) => {
    const bytes = content.bytes();
    return bytes ? [sha256Of(bytes)] : [];
  });
  if (documents.length === 0 || digests.length < documents.length) return;
  const value = sha256Of(digests.join('\n'));
  const locator: Locator = { in: 'property', stream: documents[0]?.key ?? '', section: 0, id: 0 };
  yield claim({ basis: 'observed', attribute: 'content.attachments', field: `${documents.length} attachments`, raw: value, value, locator });
}

/** The raw value again, from its locator: a field of the transport header, or a property. */
export function replayMapiMessage(message: MapiMessage, input: Input, locator: Locator): string | null {
  if (locator.in === 'header') {
    const header = transportHeader(message, input);
    return header && headerText(header, locator);
  }
  const property = locator.in === 'property' ? propertyAt(message, locator) : null;
  return property && locator.in === 'property' ? (mapiRaw(property, locator.section, message.codePage)?.slice(0, MAX_RAW) ?? null) : null;
}

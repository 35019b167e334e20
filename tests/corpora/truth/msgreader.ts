import type { Address } from '../../../src/model/attribute.ts';
import { among, bytesAt, type Compared, type Evidence, evidenceOf, folded, has, list, nameOf, sorted, textAt, textsOf, timesOf } from './corpus.ts';

/** A message as msgreader writes it down; every field is absent where the message lacks it. */
interface Told {
  readonly subject?: string;
  readonly senderName?: string;
  readonly senderEmail?: string;
  readonly senderAddressType?: string;
  readonly messageId?: string;
  readonly body?: string;
  readonly clientSubmitTime?: string;
  readonly messageDeliveryTime?: string;
  readonly creationTime?: string;
  readonly lastModificationTime?: string;
  readonly lastModifierName?: string;
  readonly recipients: readonly { readonly name?: string; readonly email?: string; readonly smtpAddress?: string; readonly recipType?: string }[];
  readonly attachments: readonly ToldAttachment[];
}

interface ToldAttachment {
  readonly name?: string;
  readonly fileName?: string;
  readonly contentLength?: number;
  readonly creationTime?: string;
  readonly lastModificationTime?: string;
  readonly innerMsgContentFields?: Told;
}

type Say = (what: string, theirs: string, ours: string) => void;

/** 'Thu, 10 Sep 2020 10:18:11 GMT' to the second. */
const second = (text: string): string => new Date(text).toISOString().slice(0, 19);

const personOf = ({ name, mailbox }: Address): string => mailbox || folded(name).toLowerCase();
const isAddress = (text: string | undefined): text is string => text !== undefined && /^[^/\s]+@\S+$/.test(text);
const personIn = (name = '', ...addresses: readonly (string | undefined)[]): string => (addresses.find(isAddress) ?? folded(name)).toLowerCase();

const partiesOf = (found: Evidence, attributes: readonly string[], field?: RegExp): string[] =>
  found.claims
    .filter((c) => attributes.includes(c.attribute) && c.value !== null && (!field || field.test(c.field)))
    .map((c) => personOf(c.value as Address));

const TIMES = [
  ['clientSubmitTime', 'time sent', ['time.sent']],
  ['messageDeliveryTime', 'time received', ['time.received']],
  ['creationTime', 'time created', ['time.created', 'time.stored']],
  ['lastModificationTime', 'time modified', ['time.modified', 'time.stored']],
] as const;

function compareHeader(told: Told, found: Evidence, say: Say): void {
  const texts = (attribute: string): string[] => textsOf(found.claims, attribute);
  if (told.subject?.trim()) say('subject', folded(told.subject), among(folded(told.subject), texts('name.title')));
  if (told.messageId) say('message id', told.messageId.replace(/^<|>$/g, ''), among(told.messageId.replace(/^<|>$/g, ''), texts('id.message')));
  if (told.lastModifierName) say('last modified by', told.lastModifierName, among(told.lastModifierName, texts('party.last-author')));
  if (told.senderName || told.senderEmail) {
    const theirs = personIn(told.senderName, told.senderEmail);
    say('sender', theirs, among(theirs, partiesOf(found, ['party.from', 'party.sender'])));
  }
  for (const kind of ['to', 'cc', 'bcc']) {
    const theirs = told.recipients.filter((r) => r.recipType === kind).map((r) => personIn(r.name, r.smtpAddress, r.email));
    say(`recipients ${kind}`, sorted(theirs), sorted(partiesOf(found, ['party.to'], new RegExp(`^${kind}$`, 'i'))));
  }
  for (const [key, what, attributes] of TIMES) {
    const theirs = told[key];
    if (theirs) say(what, second(theirs), among(second(theirs), timesOf(found.claims, attributes)));
  }
  const body = folded(told.body ?? '');
  if (body !== '')
    say(
      'text',
      body,
      among(
        body,
        found.passages.map((p) => folded(p.text)),
      ),
    );
}

async function compareMessage(told: Told, found: Evidence, file: string, rows: Compared[]): Promise<void> {
  const say: Say = (what, theirs, ours) => rows.push({ file, what, theirs, ours });
  compareHeader(told, found, say);
  say('attachments', String(told.attachments.length), String(found.children.length));
  say('attachment names', list(told.attachments.map((a) => a.fileName ?? a.name ?? '')), list(found.children.map(nameOf)));
  for (const [i, attachment] of told.attachments.entries()) {
    const child = found.children[i];
    if (!child?.bytes) continue;
    if (attachment.contentLength !== undefined) say(`attachment ${i} size`, String(attachment.contentLength), String(child.bytes.size));
    for (const theirs of [attachment.creationTime, attachment.lastModificationTime])
      if (theirs) say(`attachment ${i} time`, second(theirs), among(second(theirs), timesOf(child.says, ['time.stored'])));
    if (attachment.innerMsgContentFields)
      await compareMessage(attachment.innerMsgContentFields, await evidenceOf(child.bytes.slice(0, child.bytes.size)), `${file} > ${i}`, rows);
  }
}

/** What HiraokaHyperTools' msgreader reads in an .msg file, as JSON of the same name. */
export async function msgreader(path: string): Promise<Compared[] | null> {
  const data = path.replace(/(?:-attachments0)?\.json$/, '.msg');
  if (!has(data)) return null;
  const rows: Compared[] = [];
  let found = await evidenceOf(bytesAt(data));
  const [first] = found.children;
  // The message that the first attachment of 'name.msg' is.
  if (path.endsWith('-attachments0.json') && first?.bytes) found = await evidenceOf(first.bytes.slice(0, first.bytes.size));
  await compareMessage(JSON.parse(textAt(path)) as Told, found, path, rows);
  return rows;
}

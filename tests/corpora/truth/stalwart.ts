import type { Address } from '../../../src/model/attribute.ts';
import { carriedBytes, mailParts } from '../../../src/structures/mail/parts.ts';
import { readMime } from '../../../src/structures/mail/mime.ts';
import { bodyText } from '../../../src/structures/mail/text.ts';
import { htmlToText } from '../../../src/structures/html.ts';
import { among, bytesAt, type Compared, type Evidence, evidenceOf, folded, has, list, textAt, textsOf, timesOf } from './corpus.ts';

interface ToldAddress {
  readonly name: string | null;
  readonly address: string | null;
}

interface ToldDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly tz_before_gmt: boolean;
  readonly tz_hour: number;
  readonly tz_minute: number;
}

interface ToldValue {
  readonly Text?: string;
  readonly DateTime?: ToldDate;
  readonly Address?: { readonly List?: readonly ToldAddress[]; readonly Group?: readonly { readonly addresses: readonly ToldAddress[] }[] };
}

interface ToldPart {
  readonly headers: readonly { readonly name: string | object; readonly value: ToldValue | string }[];
  readonly body: {
    readonly Text?: string;
    readonly Html?: string;
    readonly Binary?: readonly number[];
    readonly InlineBinary?: readonly number[];
    readonly Multipart?: readonly number[];
    readonly Message?: Told;
  };
}

/** Parts in the order of the bytes, the message first; the three lists are of positions in `parts`. */
interface Told {
  readonly html_body: readonly number[];
  readonly text_body: readonly number[];
  readonly attachments: readonly number[];
  readonly parts: readonly ToldPart[];
}

const valueIn = (part: ToldPart | undefined, name: string): ToldValue | null => {
  const value = part?.headers.find((h) => h.name === name)?.value;
  return value === undefined || typeof value === 'string' ? null : value;
};

function instantIn({ year, month, day, hour, minute, second, tz_before_gmt, tz_hour, tz_minute }: ToldDate): string {
  const offset = (tz_hour * 60 + tz_minute) * (tz_before_gmt ? -1 : 1);
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60_000).toISOString().slice(0, 19);
}

const personIn = ({ name, address }: ToldAddress): string => `${folded(name ?? '')} <${(address ?? '').toLowerCase()}>`;
const personOf = ({ name, mailbox }: Address): string => `${name} <${mailbox}>`;

function compareHeader(told: ToldPart | undefined, found: Evidence, say: (what: string, theirs: string, ours: string) => void): void {
  const texts = (attribute: string): string[] => textsOf(found.claims, attribute);
  const subject = valueIn(told, 'subject')?.Text;
  if (subject !== undefined) say('subject', folded(subject), among(folded(subject), texts('name.title')));
  const id = valueIn(told, 'message_id')?.Text;
  if (id !== undefined) say('message id', id, among(id, texts('id.message')));
  const date = valueIn(told, 'date')?.DateTime;
  if (date) say('date', instantIn(date), among(instantIn(date), timesOf(found.claims, ['time.sent'])));
  for (const [header, attribute] of [
    ['from', 'party.from'],
    ['to', 'party.to'],
    ['cc', 'party.to'],
    ['reply_to', 'party.reply-to'],
  ] as const) {
    const { List: people, Group: groups } = valueIn(told, header)?.Address ?? {};
    const theirs = people ?? groups?.flatMap((g) => g.addresses);
    const field = new RegExp(`^${header.replace('_', '-')}$`, 'i');
    const ours = found.claims.filter((c) => c.attribute === attribute && field.test(c.field) && c.value !== null);
    if (theirs) say(header, list(theirs.map(personIn)), list(ours.map((c) => personOf(c.value as Address))));
  }
}

/** One line for what a leaf is. */
function kindIn({ body }: ToldPart): string {
  if (body.Multipart) return `multipart of ${body.Multipart.length}`;
  if (body.Message) return 'message';
  return body.Text !== undefined || body.Html !== undefined ? 'text' : 'bytes';
}

async function compareMessage(told: Told, found: Evidence, file: string, rows: Compared[]): Promise<void> {
  const say = (what: string, theirs: string, ours: string): number => rows.push({ file, what, theirs, ours });
  compareHeader(told.parts[0], found, say);
  const mime = found.input.once(readMime);
  const children = mime.parts.map((p, i) => mime.parts.filter((c) => c.parent === i && c !== p).length);
  const kinds = mime.parts.map((p, i) => {
    if (p.multipart) return `multipart of ${children[i] ?? 0}`;
    if (p.type === 'message/rfc822') return 'message';
    // A multipart without delimiters is read as a text.
    return /^(?:text|multipart)\//.test(p.type) ? 'text' : 'bytes';
  });
  say('parts', list(told.parts.map(kindIn)), list(kinds));
  if (told.parts.length !== mime.parts.length) return;
  const { attachments } = mailParts(mime);
  say('attachments', list(told.attachments), list(attachments.map((a) => mime.parts.indexOf(a.part))));
  for (const [i, { body }] of told.parts.entries()) {
    const part = mime.parts[i];
    if (!part) continue;
    if (body.Message) {
      const child = found.children.find((c) => c.key === (part.path || '1'));
      if (child?.bytes)
        await compareMessage(body.Message, await evidenceOf(child.bytes.slice(0, child.bytes.size), 'message/rfc822'), `${file} > ${i}`, rows);
    } else if (body.Binary ?? body.InlineBinary) {
      say(
        `bytes of ${i}`,
        Buffer.from(body.Binary ?? body.InlineBinary ?? []).toString('latin1'),
        Buffer.from(carriedBytes(mime, part)).toString('latin1'),
      );
    } else if (!body.Multipart) {
      const theirs = body.Html === undefined ? (body.Text ?? '') : htmlToText(body.Html).text;
      say(`text of ${i}`, folded(theirs), folded((await bodyText(mime, part, 1e6)).text));
    }
  }
}

/** What stalwart's mail-parser reads in 'name.eml' with lines that end in LF (name.json) and in CRLF (name.crlf.json). */
export async function stalwart(path: string): Promise<Compared[] | null> {
  const data = path.replace(/(?:\.crlf)?\.json$/, '.eml');
  if (!has(data)) return null;
  const bytes = bytesAt(data);
  const lineEnd = path.endsWith('.crlf.json') ? '\r\n' : '\n';
  const message = Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, lineEnd), 'latin1');
  const rows: Compared[] = [];
  await compareMessage(JSON.parse(textAt(path)) as Told, await evidenceOf(message, 'message/rfc822'), path, rows);
  return rows;
}

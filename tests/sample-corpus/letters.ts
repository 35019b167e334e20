import { buildMail, type Hop, type MailFile, type MailSpec } from '../support/build-mail.ts';
import { hexOf, outlookMessageId, threadIndex, uuid } from '../support/build-mail-clocks.ts';
import { iso, offsetAt } from './calendar.ts';
import { LIST, mailboxOf, type Person } from './people.ts';

/** One message as its writer sent it. Every copy of it, wherever it lies, is made from this. */
export interface Letter {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc?: readonly Person[];
  /** When it was sent, ms since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly subject: string;
  readonly body: string;
  /** Has its text a second time, as HTML. */
  readonly rich?: boolean;
  readonly attachments?: readonly MailFile[];
  readonly answers?: Letter;
  /** Went to the mailing list. */
  readonly toList?: boolean;
}

/** What one copy has that the letter has not: the traces of the way it took, or of a hand. */
export interface CopyTraits {
  readonly spec?: Partial<MailSpec>;
  readonly extraHeaders?: readonly (readonly [string, string])[];
}

const domainOf = (address: string): string => address.split('@')[1] ?? '';
const keyOf = (l: Letter): string => `${l.from.address}|${l.at}|${l.subject}`;
const rootOf = (l: Letter): Letter => (l.answers ? rootOf(l.answers) : l);
/** When Outlook began each answer up to this one: half a minute before it went. */
const begunOf = (l: Letter): number[] => (l.answers ? [...begunOf(l.answers), l.at - 30_000] : []);

/** With its angle brackets; in the manner of the writer's program. */
export function messageIdOf(l: Letter): string {
  const { client, address } = l.from;
  if (client === 'outlook') return outlookMessageId(l.at + 3_000, domainOf(address), keyOf(l));
  if (client === 'gmail')
    return `<CA+${Buffer.from(hexOf(keyOf(l), 64), 'hex')
      .toString('base64url')
      .slice(0, 40)}w@mail.gmail.com>`;
  return `<${client === 'apple-mail' ? uuid(keyOf(l)) : uuid(keyOf(l)).toLowerCase()}@${domainOf(address)}>`;
}

function ancestorsOf(l: Letter): string[] {
  return l.answers ? [...ancestorsOf(l.answers), messageIdOf(l.answers)] : [];
}

const htmlOf = (body: string): string => {
  const lines = body.split('\n').map((line) => line.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c));
  return `<html><body>\n${lines.join('<br>\n')}\n</body></html>`;
};

function specOf(l: Letter): MailSpec {
  const root = rootOf(l);
  return {
    client: l.from.client,
    from: mailboxOf(l.from),
    to: l.toList ? [LIST] : l.to.map(mailboxOf),
    ...(l.cc ? { cc: l.cc.map(mailboxOf) } : {}),
    subject: l.subject,
    date: iso(l.at),
    offsetMinutes: offsetAt(l.at),
    body: l.body,
    ...(l.rich ? { html: htmlOf(l.body) } : {}),
    ...(l.attachments ? { attachments: l.attachments } : {}),
    messageId: messageIdOf(l),
    ...(l.answers ? { inReplyTo: messageIdOf(l.answers), references: ancestorsOf(l) } : {}),
    ...(l.from.client === 'outlook' ? { threadIndex: threadIndex(root.at - 60_000, keyOf(root), begunOf(l)) } : {}),
  };
}

/** Three servers at most: the writer's, the list's, the reader's. Gmail writes its first stamp itself. */
export function hopsTo(l: Letter, address: string): Hop[] {
  const key = `${keyOf(l)}|${address}`;
  const out = `smtp.${domainOf(l.from.address)}`;
  const stop = (name: string, from: string, by: string, seconds: number, to?: string): Hop => ({
    from,
    by,
    with: seconds < 4 ? 'ESMTPSA' : 'ESMTPS',
    id: hexOf(`${name}${key}`, 10),
    at: iso(l.at + seconds * 1000),
    offsetMinutes: offsetAt(l.at),
    ...(to === undefined ? {} : { for: to }),
  });
  const handed = l.from.client === 'gmail' ? [] : [stop('a', `[192.0.2.${parseInt(hexOf(key, 2), 16)}]`, out, 2)];
  if (!l.toList) return [...handed, stop('b', `${out} (${out} [198.51.100.7])`, `mx.${domainOf(address)}`, 6, address)];
  const list = domainOf(LIST);
  const atList = [...handed, stop('c', `${out} (${out} [198.51.100.7])`, list, 5, LIST)];
  return address === LIST ? atList : [...atList, stop('d', `${list} (${list} [198.51.100.9])`, `mx.${domainOf(address)}`, 11, address)];
}

/** Servers write who they delivered to; the builder knows the first recipient only. */
const deliveredTo = (mail: Uint8Array, address: string): Uint8Array =>
  Buffer.from(
    Buffer.from(mail)
      .toString('latin1')
      .replace(/^Delivered-To: .*$/m, `Delivered-To: ${address}`),
    'latin1',
  );

/** The copy in its writer's own folder: no server has touched it. */
export function sentCopy(l: Letter, traits: CopyTraits = {}): Uint8Array {
  return buildMail({ ...specOf(l), received: [], ...(traits.extraHeaders ? { extraHeaders: traits.extraHeaders } : {}), ...traits.spec });
}

/** The copy that a recipient, or the archive of the list, received. */
export function receivedCopy(l: Letter, address: string, traits: CopyTraits = {}): Uint8Array {
  const list: Partial<MailSpec> = l.toList ? { client: 'mailman', list: LIST } : {};
  return deliveredTo(
    buildMail({
      ...specOf(l),
      ...list,
      received: hopsTo(l, address),
      ...(traits.extraHeaders ? { extraHeaders: traits.extraHeaders } : {}),
      ...traits.spec,
    }),
    address,
  );
}

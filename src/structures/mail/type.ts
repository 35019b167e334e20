import type { Certainty } from '../../model/input.ts';
import { parseEnvelope } from './mbox.ts';
import { type HeaderField, readHeaderBlock } from './mime-headers.ts';

/** Fields that only mail, or what imitates it, begins with. */
const MAIL_FIELDS = new Set([
  'received',
  'return-path',
  'delivered-to',
  'message-id',
  'from',
  'to',
  'cc',
  'bcc',
  'subject',
  'sender',
  'reply-to',
  'in-reply-to',
  'references',
  'dkim-signature',
  'x-received',
  'envelope-to',
  'x-original-to',
  'x-mailer',
  'resent-from',
]);
/** Fields that mail shares with HTTP, news and notes. */
const COMMON_FIELDS = new Set([
  'date',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'user-agent',
  'authentication-results',
  'importance',
  'priority',
  'status',
  'list-id',
  'x-priority',
]);

const MANY_FIELDS = 6;

const bufferOf = (head: Uint8Array): Buffer => Buffer.from(head.buffer, head.byteOffset, head.byteLength);

const firstText = (bytes: Buffer): number => {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (bytes[at] === 0x0a || bytes[at] === 0x0d) at++;
  return at;
};

function firstLine(bytes: Buffer): string {
  const end = bytes.indexOf(0x0a);
  return bytes.toString('latin1', 0, Math.min(end === -1 ? bytes.byteLength : end, 512)).replace(/\r$/, '');
}

/** What S/MIME signs and encrypts is a MIME part without a message around it (RFC 8551 section 3.1): nothing but Content fields. */
const isEntity = (fields: readonly HeaderField[], brokenLines: number): boolean =>
  brokenLines === 0 &&
  fields.every((f) => f.key.startsWith('content-')) &&
  fields.some((f) => f.key === 'content-type' && /^\s*(?:text|multipart|message|application|image|audio|video)\/[\w.+-]+\s*(?:;|$)/i.test(f.value));

/**
 * Whether a file's first bytes are the header of a mail. Certain: three kinds of field that mail is known for (or two, among
 * many fields), one of them mail's own, and hardly a line that is no field. Maybe: two kinds, or an mbox line on top.
 */
export function looksLikeMail(head: Uint8Array): Certainty {
  const bytes = bufferOf(head);
  if (bytes.includes(0)) return 'no';
  const lineEnd = bytes.indexOf(0x0a) === -1 ? 0x0d : 0x0a;
  const { fields, envelope, brokenLines } = readHeaderBlock(bytes, firstText(bytes), bytes.byteLength, lineEnd);
  const kinds = new Set(fields.map((f) => f.key));
  const own = [...kinds].filter((k) => MAIL_FIELDS.has(k)).length;
  const all = own + [...kinds].filter((k) => COMMON_FIELDS.has(k)).length;
  if (own === 0) return kinds.has('content-type') && (kinds.has('mime-version') || isEntity(fields, brokenLines)) ? 'maybe' : 'no';
  if (all < 2) return 'no';
  // Servers put so much on top that the sender's own fields may begin behind these bytes.
  const enough = all >= 3 || fields.length >= MANY_FIELDS;
  return enough && !envelope && brokenLines <= 1 ? 'certain' : 'maybe';
}

/** Whether they begin a mailbox: an envelope line with a date, and a header field behind it. */
export function looksLikeMbox(head: Uint8Array): Certainty {
  const bytes = bufferOf(head);
  if (!parseEnvelope(firstLine(bytes))) return 'no';
  const { fields, envelope } = readHeaderBlock(bytes, 0, bytes.byteLength, 0x0a);
  return envelope && fields.length > 0 ? 'certain' : 'maybe';
}

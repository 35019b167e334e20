import type { Certainty } from '../../model/input.ts';
import { isBareLine, isMailHeader } from './bare-separator.ts';
import { MAX_LINE, parseEnvelope } from './mbox.ts';
import { type HeaderField, readHeaderBlock } from './mime-headers.ts';
import { isAllTrace } from './trace.ts';

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

/** '' where it is longer than a line that separates messages may be. */
function firstLine(bytes: Buffer): string {
  const found = bytes.indexOf(0x0a);
  const end = found === -1 ? bytes.byteLength : found;
  return end < MAX_LINE ? bytes.toString('latin1', 0, end).replace(/\r$/, '') : '';
}

/** What S/MIME signs and encrypts is a MIME part without a message around it (RFC 8551 section 3.1): nothing but Content fields. */
const isEntity = (fields: readonly HeaderField[], brokenLines: number): boolean =>
  brokenLines === 0 &&
  fields.every((f) => f.key.startsWith('content-')) &&
  fields.some((f) => f.key === 'content-type' && /^\s*(?:text|multipart|message|application|image|audio|video)\/[\w.+-]+\s*(?:;|$)/i.test(f.value));

/**
 * Whether a file's first bytes are the header of a mail. Certain: three kinds of field that mail is known for (or two, among
 * many fields), one of them mail's own, and hardly a line that is no field. Maybe: two kinds, an mbox line on top, or nothing
 * but what servers put there.
 */
export function looksLikeMail(head: Uint8Array): Certainty {
  const bytes = bufferOf(head);
  const lineEnd = bytes.indexOf(0x0a) === -1 ? 0x0d : 0x0a;
  const block = readHeaderBlock(bytes, firstText(bytes), bytes.byteLength, lineEnd);
  const { fields, envelope, brokenLines, bodyOffset } = block;
  // Binary files hold them anywhere; a body may be binary, or text of two bytes a letter.
  const nul = bytes.indexOf(0);
  if (nul !== -1 && nul < bodyOffset) return 'no';
  const kinds = new Set(fields.map((f) => f.key));
  const own = [...kinds].filter((k) => MAIL_FIELDS.has(k)).length;
  const all = own + [...kinds].filter((k) => COMMON_FIELDS.has(k)).length;
  if (all < 2 && isAllTrace(bytes, block, lineEnd)) return 'maybe';
  if (own === 0) return kinds.has('content-type') && (kinds.has('mime-version') || isEntity(fields, brokenLines)) ? 'maybe' : 'no';
  if (all < 2) return 'no';
  // Servers put so much on top that the sender's own fields may begin behind these bytes.
  const enough = all >= 3 || fields.length >= MANY_FIELDS;
  return enough && nul === -1 && !envelope && brokenLines <= 1 ? 'certain' : 'maybe';
}

/** Whether they begin a mailbox: an envelope line with a date, and a header field behind it; or a bare one, and a header of mail. */
export function looksLikeMbox(head: Uint8Array): Certainty {
  const bytes = bufferOf(head);
  const line = firstLine(bytes);
  if (isBareLine(line) && isMailHeader(bytes.subarray(bytes.indexOf(0x0a) + 1))) return 'certain';
  if (!parseEnvelope(line)) return 'no';
  const { fields, envelope } = readHeaderBlock(bytes, 0, bytes.byteLength, 0x0a);
  return envelope && fields.length > 0 ? 'certain' : 'maybe';
}

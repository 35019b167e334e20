import type { ProblemDraft } from '../model/artifact.ts';
import type { ClaimDraft } from '../model/claim.ts';
import { MAX_RAW } from '../model/claim.ts';
import type { Bytes, Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { bytesOf } from '../structures/bytes.ts';
import { type Attachment, baseName, bodyBytes, carriedBytes, mailParts } from '../structures/mail/parts.ts';
import { fieldNamed } from '../structures/mail/mime-headers.ts';
import { type Mime, type Part, readMime } from '../structures/mail/mime.ts';
import { parseDate } from '../structures/mail/rfc5322.ts';
import { decodeTransfer, isTransferEncoding } from '../structures/mail/transfer-encoding.ts';
import { uuBlocks } from '../structures/mail/uuencode.ts';
import { yencBlocks } from '../structures/mail/yenc.ts';

/** RFC 2183 sections 2.4 and 2.5: what the sender's program says of the file it attached. */
const TIMES = [
  { parameter: 'creation-date', attribute: 'time.created' },
  { parameter: 'modification-date', attribute: 'time.stored' },
] as const;

function* saidOf(part: Part): Iterable<ClaimDraft> {
  const name = part.disposition?.parameters.get('filename') ?? part.contentType.parameters.get('name');
  const said = (field: string, raw: string): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
    basis: 'asserted',
    field,
    raw: raw.slice(0, MAX_RAW),
    locator: { in: 'parent', key: field },
  });
  if (name && part.filename !== null) {
    const field = part.disposition?.parameters.has('filename') ? 'Content-Disposition#filename' : 'Content-Type#name';
    yield { ...said(field, name.raw), attribute: 'name.file', value: baseName(part.filename) };
  }
  const declared = fieldNamed(part.fields, 'content-type');
  if (declared) yield { ...said('Content-Type', declared.value), attribute: 'type.declared', value: part.contentType.value || null };
  for (const { parameter, attribute } of TIMES) {
    const time = part.disposition?.parameters.get(parameter);
    if (time) yield { ...said(`Content-Disposition#${parameter}`, time.raw), attribute, value: parseDate(time.value).value };
  }
}

/** As written where nothing is encoded: no copy. */
const bytesOfPart = (input: Input, mime: Mime, part: Part): Bytes =>
  part.encoding === 'base64' || part.encoding === 'quoted-printable'
    ? bytesOf(carriedBytes(mime, part, () => input.alive()))
    : input.bytes.window(part.body.offset, part.body.length);

/** Line ends that may stand where the content was. */
const MAX_LEFT_BYTES = 64;

const KEPT_LENGTH = 'X-Apple-Content-Length';

/**
 * Of what Apple Mail keeps beside a '.partial.emlx', in 'Attachments/<number>/<part>/', and no longer in the message, the bytes it had there,
 * encoded, as written; null where the content is here.
 */
function keptElsewhere(mime: Mime, part: Part): string | null {
  const stated = /^\s*(\d{1,15})\s*$/.exec(fieldNamed(part.fields, KEPT_LENGTH.toLowerCase())?.value ?? '')?.[1];
  if (stated === undefined || Number(stated) === 0 || part.body.length > MAX_LEFT_BYTES) return null;
  return bodyBytes(mime, part).every((b) => b === 0x0a || b === 0x0d || b === 0x20) ? stated : null;
}

/** Only base64 tells how long the content is; the two halves of a Macintosh file are one file on the disk. */
function* lengthOf(part: Part, raw: string): Iterable<ClaimDraft> {
  if (part.encoding !== 'base64' || part.type === 'application/applefile' || part.type === 'multipart/appledouble') return;
  const locator = { in: 'parent', key: KEPT_LENGTH } as const;
  yield { basis: 'asserted', attribute: 'attachment.encoded-bytes', field: KEPT_LENGTH, raw, value: Number(raw), locator };
}

function childOf(input: Input, mime: Mime, { part, key, role }: Attachment): Child | ClosedChild {
  const label = part.filename === null ? '' : baseName(part.filename);
  const child = { key, role, says: [...saidOf(part)], ...(label === '' ? {} : { label }) };
  const elsewhere = keptElsewhere(mime, part);
  if (elsewhere === null) return { ...child, bytes: bytesOfPart(input, mime, part) };
  const message = `not in the message: its mail program keeps it, ${elsewhere} bytes as encoded, in the folder Attachments beside it, by the number of the message, ${key}`;
  return { ...child, says: [...child.says, ...lengthOf(part, elsewhere)], bytes: null, why: 'unreadable', problem: { code: 'truncated', message } };
}

/** A file written into a text. Its key '1:uu@120' means: it begins at byte 120 of the text that part 1 carries; '1:yenc@120' likewise. */
interface Written {
  readonly key: string;
  readonly field: 'uuencode begin' | 'yEnc ybegin';
  /** As written. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly flaw: ProblemDraft | null;
}

const UNFINISHED: ProblemDraft = { code: 'truncated', message: 'the uuencoded file does not end' };

/** Files written into the text by uuencode, as mail carried them before MIME, or by yEnc. Base64 bodies hold none: nobody encodes twice. */
function* writtenInto(mime: Mime): Iterable<Written> {
  for (const part of mailParts(mime).bodies) {
    if (part.type !== 'text/plain' || part.encoding === 'base64') continue;
    const body = bodyBytes(mime, part);
    const text = decodeTransfer(body, part.encoding) ?? body;
    const key = part.path || '1';
    for (const { offset, name, bytes, complete } of uuBlocks(text))
      yield { key: `${key}:uu@${offset}`, field: 'uuencode begin', name, bytes, flaw: complete ? null : UNFINISHED };
    for (const { offset, name, bytes, flaw } of yencBlocks(text)) yield { key: `${key}:yenc@${offset}`, field: 'yEnc ybegin', name, bytes, flaw };
  }
}

function writtenChild({ key, field, name, bytes }: Written): Child {
  const value = baseName(name);
  const says: ClaimDraft[] = [{ basis: 'asserted', attribute: 'name.file', field, raw: name, value, locator: { in: 'parent', key: field } }];
  return { key, label: value, role: 'document', bytes: bytesOf(bytes), says };
}

/** The pages of an MHTML file (RFC 2557): nobody sent it, so that its text is a document with a head of its own and no letter. */
function savedPages(mime: Mime): readonly Attachment[] {
  const from = fieldNamed(mime.parts[0].fields, 'from')?.value;
  if (from === undefined ? fieldNamed(mime.parts[0].fields, 'received') : !/^"?<?Saved by /i.test(from.trim())) return [];
  return mailParts(mime)
    .bodies.filter((p) => p.type === 'text/html' && fieldNamed(p.fields, 'content-location'))
    .map((part) => ({ part, key: part.path || '1', role: 'part' }));
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  const mime = input.once(readMime);
  for (const attachment of [...savedPages(mime), ...mailParts(mime).attachments]) {
    const { part, key } = attachment;
    input.alive();
    const child = childOf(input, mime, attachment);
    const long = child.says.some((c) => c.raw.length === MAX_RAW);
    if (long) yield { problem: { code: 'limit-exceeded', message: `part ${key}: a header value was cut to ${MAX_RAW} characters` } };
    if (!isTransferEncoding(part.encoding))
      yield { problem: { code: 'malformed', message: `part ${key}: unknown transfer encoding '${part.encoding.slice(0, 40)}', kept as written` } };
    yield child;
  }
  for (const written of writtenInto(mime)) {
    input.alive();
    if (written.flaw) yield { problem: { ...written.flaw, message: `${written.key}: ${written.flaw.message}` } };
    yield writtenChild(written);
  }
}

/** What a message carries besides its text, and the pages of a saved one: attachments, pictures, messages, and files written into the text. Keys are part paths ('2.1'). */
export const mime: Container = {
  id: 'mime',
  version: 5,
  mediaTypes: ['message/rfc822'],
  open,
  openOne(input, key) {
    const parsed = input.once(readMime);
    const found = [...savedPages(parsed), ...mailParts(parsed).attachments].find((a) => a.key === key);
    if (found) return childOf(input, parsed, found);
    if (!/:(?:uu|yenc)@/.test(key)) return null;
    for (const written of writtenInto(parsed)) if (written.key === key) return writtenChild(written);
    return null;
  },
};

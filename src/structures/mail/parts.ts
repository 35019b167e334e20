import type { Mime, Part } from './mime.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** What the parts of a message are to its reader. */
export interface MailParts {
  /** Texts that are shown as the message, in order. */
  readonly bodies: readonly Part[];
  /** Everything else that carries bytes, in order. */
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly part: Part;
  /** Path of the part; '1' where the message itself is nothing but an attachment. */
  readonly key: string;
  /** 'part': pictures inside the text, signatures, delivery reports, further forms of the text. */
  readonly role: 'document' | 'part';
}

const MACHINERY =
  /^(?:application\/(?:(?:x-)?pkcs7-signature|pgp-signature|pgp-encrypted)|message\/(?:delivery-status|disposition-notification|feedback-report)|text\/rfc822-headers)$/;

/** A name without its folders: senders on Windows put whole paths there. */
export const baseName = (name: string): string => name.split(/[\\/]/).at(-1) ?? name;

const isBody = (p: Part): boolean =>
  (p.type === 'text/plain' || p.type === 'text/html' || p.type.startsWith('multipart/')) &&
  p.filename === null &&
  p.disposition?.value !== 'attachment';

function roleOf(p: Part, parts: readonly Part[]): Attachment['role'] {
  if (MACHINERY.test(p.type)) return 'part';
  // What a Mac keeps beside the file that is the other part (RFC 1740 section 4).
  if (p.type === 'application/applefile' && parts[p.parent]?.type === 'multipart/appledouble') return 'part';
  const shownInline =
    p.disposition?.value === 'inline' || (p.disposition === null && p.fields.some((f) => f.key === 'content-id' || f.key === 'content-location'));
  if (p.type.startsWith('image/') && shownInline) return 'part';
  // An alternative form of the text (text/calendar, text/x-amp-html) is not a document of its own.
  return p.type.startsWith('text/') && p.filename === null && parts[p.parent]?.type === 'multipart/alternative' ? 'part' : 'document';
}

/** Leaves sorted into texts and attachments, by their own headers. A multipart without delimiters is read as a text. */
export function mailParts(mime: Mime): MailParts {
  const bodies: Part[] = [];
  const attachments: Attachment[] = [];
  for (const part of mime.parts) {
    if (part.multipart) continue;
    if (isBody(part)) bodies.push(part);
    else attachments.push({ part, key: part.path === '' ? '1' : part.path, role: roleOf(part, mime.parts) });
  }
  return { bodies, attachments };
}

/** The body as written. */
export const bodyBytes = (mime: Mime, part: Part): Uint8Array => mime.bytes.subarray(part.body.offset, part.body.offset + part.body.length);

/** Of one message; a part is asked for its content twice, for its digest and when it is opened. */
const MOST_KEPT_BYTES = 2 * 1024 ** 2;
const decoded = new WeakMap<Mime, { bytes: number; readonly parts: Map<Part, Uint8Array> }>();

/** The bytes a part carries; as written where its encoding is unknown. Calls `alive` now and then. */
export function carriedBytes(mime: Mime, part: Part, alive: () => void = () => undefined): Uint8Array {
  const kept = decoded.get(mime) ?? { bytes: 0, parts: new Map<Part, Uint8Array>() };
  const known = kept.parts.get(part);
  if (known) return known;
  const written = bodyBytes(mime, part);
  const carried = decodeTransfer(written, part.encoding, alive) ?? written;
  if (kept.bytes + carried.byteLength <= MOST_KEPT_BYTES) {
    kept.bytes += carried.byteLength;
    kept.parts.set(part, carried);
    decoded.set(mime, kept);
  }
  return carried;
}

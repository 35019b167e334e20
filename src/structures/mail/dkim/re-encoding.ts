import type { Mime, Part } from '../mime.ts';
import { decodeBase64, decodeQuotedPrintable } from '../transfer-encoding.ts';
import type { Edit, Reversal } from './edits.ts';
import { base64Lines } from './text-leaf.ts';

/** A message with more leaves is not encoded anew. */
const MOST_LEAVES = 50;
/** Widths of base64 in use: RFC 2045, and what PEM and some mailers write. */
const WIDTHS = [76, 72, 64, 60];

const written = (mime: Mime, p: Part): Uint8Array => mime.bytes.subarray(p.body.offset, p.body.offset + p.body.length);

/** The value of Content-Transfer-Encoding in a part's own header, which is body to the signature. */
function encodingEdit(mime: Mime, part: Part, encoding: string): Edit[] {
  const f = part.depth === 0 ? undefined : part.fields.find((x) => x.key === 'content-transfer-encoding');
  if (!f) return [];
  const text = Buffer.from(mime.bytes.buffer, mime.bytes.byteOffset + f.offset, f.length).toString('latin1');
  const value = /:[ \t]*([^\s;]+)/.exec(text);
  if (!value?.[1]) return [];
  const from = f.offset + value.index + value[0].length - value[1].length;
  return [{ from, to: from + value[1].length, put: Buffer.from(encoding, 'latin1') }];
}

const bodyEdit = (part: Part, put: Uint8Array): Edit => ({ from: part.body.offset, to: part.body.offset + part.body.length, put });

/** Text that is not encoded, with the line ends it was decoded with. */
function* plainly(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const encoded = texts.filter((p) => p.encoding === 'quoted-printable' || p.encoding === 'base64');
  if (encoded.length === 0) return;
  for (const encoding of ['8bit', '7bit']) {
    const edits = encoded.flatMap((p) => {
      const bytes = p.encoding === 'base64' ? decodeBase64(written(mime, p)) : decodeQuotedPrintable(written(mime, p));
      return [bodyEdit(p, bytes), ...encodingEdit(mime, p, encoding)];
    });
    yield { undone: `transfer encoding (from ${encoding})`, edits };
    // Without a header of its own in the body, the name of the encoding changes nothing.
    if (edits.length === encoded.length) return;
  }
}

function* inBase64(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const bare = texts.filter((p) => p.encoding === 'quoted-printable' || p.encoding === '8bit' || p.encoding === '7bit' || p.encoding === '');
  if (bare.length === 0) return;
  const edits = bare.flatMap((p) => {
    const bytes = p.encoding === 'quoted-printable' ? decodeQuotedPrintable(written(mime, p)) : written(mime, p);
    const crlf = Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
    return [bodyEdit(p, base64Lines(crlf, 76)), ...encodingEdit(mime, p, 'base64')];
  });
  yield { undone: 'transfer encoding (from base64)', edits };
}

function* wrappedAnew(mime: Mime, leaves: readonly Part[]): Iterable<Reversal> {
  const coded = leaves.filter((p) => p.encoding === 'base64');
  if (coded.length === 0) return;
  for (const width of WIDTHS)
    yield {
      undone: `line length of base64 (from ${width})`,
      edits: coded.map((p) => bodyEdit(p, base64Lines(decodeBase64(written(mime, p)), width))),
    };
}

/** UTF-8 that was Latin-1, and the reverse: exporters rewrite 8-bit texts. */
function* otherCharset(mime: Mime, texts: readonly Part[]): Iterable<Reversal> {
  const bare = texts.filter((p) => p.encoding === '8bit' || p.encoding === '7bit' || p.encoding === '');
  const edits = bare.flatMap((p) => {
    const bytes = Buffer.from(written(mime, p));
    const text = bytes.toString('utf8');
    if (text.includes('\ufffd')) return [bodyEdit(p, Buffer.from(bytes.toString('latin1'), 'utf8'))];
    return /[^\u0000-\u007f]/.test(text) && !/[^\u0000-\u00ff]/.test(text) ? [bodyEdit(p, Buffer.from(text, 'latin1'))] : [];
  });
  if (edits.length > 0) yield { undone: 'character set', edits };
}

/** Leaves written in another transfer encoding than the signer's. All of one kind at once: a server re-encodes all or none. */
export function* reEncodings(mime: Mime): Iterable<Reversal> {
  const leaves = mime.parts.filter((p) => p.multipart === null && p.type !== 'message/rfc822');
  if (leaves.length > MOST_LEAVES) return;
  const texts = leaves.filter((p) => p.type.startsWith('text/'));
  yield* plainly(mime, texts);
  yield* inBase64(mime, texts);
  yield* wrappedAnew(mime, leaves);
  yield* otherCharset(mime, texts);
}

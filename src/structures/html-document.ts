import type { Input } from '../model/input.ts';
import { htmlToText, scanHtmlHead, tagAttributes } from './html.ts';
import { decodeMailCharset } from './mail/charset.ts';
import { decodeCharset } from './charset.ts';

/** Something that a file says about itself in its head. `offset` and `length` in bytes; `raw` is what stands there. */
export interface HtmlStatement {
  readonly kind: 'meta' | 'title' | 'language' | 'office' | 'saved-from';
  /** Lower-case name of a <meta>, with 'http-equiv ' in front where it is one; element of Office's properties as written: 'o:LastAuthor'. */
  readonly name: string;
  readonly raw: string;
  readonly value: string;
  readonly offset: number;
  readonly length: number;
}

export interface HtmlDocument {
  readonly text: string;
  readonly tooDeep: boolean;
  /** Declared, and not known to us: read as UTF-8 or Latin-1. */
  readonly unknownCharset: string | null;
  readonly statements: readonly HtmlStatement[];
}

/** HTML 5.3 section 8.2.2.2 looks at 1024 bytes; Office puts much in front. */
const CHARSET_WITHIN = 4096;
const CHARSET = /<meta[^>]{1,500}charset\s*=\s*(?:["']\s*)?([\w.:-]{1,40})/i;

interface Encoding {
  readonly name: string;
  readonly known: boolean;
  /** Bytes of a character as far as tags are concerned: 2 in UTF-16. */
  readonly width: 1 | 2;
}

/** By its byte order mark, else as declared, else as unlabelled text. A declared UTF-16 that could be read as ASCII is none. */
function encodingOf(head: Uint8Array): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', known: true, width: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', known: true, width: 2 };
  const ascii = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, CHARSET_WITHIN)).toString('latin1');
  const declared = ascii.startsWith('\u00ef\u00bb\u00bf') ? 'utf-8' : (CHARSET.exec(ascii)?.[1]?.toLowerCase() ?? '');
  const name = declared.startsWith('utf-16') ? '' : declared;
  return { name, known: decodeMailCharset(new Uint8Array(0), name).known, width: 1 };
}

const decoded = (bytes: Uint8Array, { name, width }: Encoding): string =>
  width === 2 ? decodeCharset(bytes, name) : decodeMailCharset(bytes, name).text;

const OFFICE_PROPERTY = /<(o:[A-Za-z]{1,40})>([^<]*)<\/\1>/g;
const SAVED_FROM = /^<!--\s*saved from url=\(\d{1,5}\)(\S+)\s*-->$/;

/** Office keeps a document's properties in a comment that only itself reads. */
function* officeProperties(comment: string): Iterable<{ name: string; at: number; length: number }> {
  const from = comment.indexOf('<o:DocumentProperties>');
  const to = comment.indexOf('</o:DocumentProperties>');
  if (from === -1 || to < from) return;
  for (const m of comment.slice(from, to).matchAll(OFFICE_PROPERTY)) {
    const [, name = '', text = ''] = m;
    yield { name, at: from + m.index + name.length + 2, length: text.length };
  }
}

/** What the head says, and the text a reader sees; of the first `maxTextBytes`. */
export function readHtml({ bytes, limits }: Input): HtmlDocument {
  const read = bytes.slice(0, limits.maxTextBytes);
  const encoding = encodingOf(read);
  // Tags are ASCII in every charset a file comes in: positions in Latin-1 are positions in bytes.
  const tags = encoding.width === 2 ? decoded(read, encoding) : Buffer.from(read.buffer, read.byteOffset, read.byteLength).toString('latin1');
  const statements: HtmlStatement[] = [];
  const state = (kind: HtmlStatement['kind'], name: string, start: number, end: number, value: (raw: string) => string | undefined): void => {
    // One more than is kept, so that whoever counts claims says that some were left out.
    if (statements.length > limits.maxClaims) return;
    const [offset, length] = [start * encoding.width, (end - start) * encoding.width];
    const raw = decoded(read.subarray(offset, offset + length), encoding);
    const text = value(raw)?.trim();
    if (text !== undefined && text !== '') statements.push({ kind, name, raw, value: text, offset, length });
  };
  scanHtmlHead(tags, {
    tag(name, start, end) {
      const tag = name === 'meta' || name === 'html' ? tagAttributes(tags.slice(start, end)) : null;
      if (name === 'html') state('language', 'lang', start, end, (raw) => languageOf(tagAttributes(raw)));
      const called = tag && (tag.get('name') ?? tag.get('property') ?? prefixed(tag.get('http-equiv')));
      if (name === 'meta' && called) state('meta', called.trim().toLowerCase(), start, end, (raw) => tagAttributes(raw).get('content'));
    },
    title: (start, end) => state('title', 'title', start, end, (raw) => htmlToText(raw).text),
    comment(start, end) {
      const comment = tags.slice(start, end);
      const url = SAVED_FROM.exec(comment)?.[1];
      if (url !== undefined) state('saved-from', 'saved from url', start, end, () => url);
      for (const p of officeProperties(comment)) state('office', p.name, start + p.at, start + p.at + p.length, (raw) => htmlToText(raw).text);
    },
  });
  const { text, tooDeep } = htmlToText(decoded(read, encoding).replace(/^\ufeff/, ''));
  return { text, tooDeep, unknownCharset: encoding.known ? null : encoding.name, statements };
}

const languageOf = (html: ReadonlyMap<string, string>): string | undefined => html.get('lang') ?? html.get('xml:lang');
const prefixed = (httpEquiv: string | undefined): string | undefined => (httpEquiv === undefined ? undefined : `http-equiv ${httpEquiv}`);

/** What stands at that place, in the file's own charset. */
export function htmlAt({ bytes, limits }: Input, offset: number, length: number): string | null {
  const slice = bytes.slice(offset, Math.min(length, limits.maxTextBytes));
  return slice.byteLength === 0 ? null : decoded(slice, encodingOf(bytes.slice(0, CHARSET_WITHIN)));
}

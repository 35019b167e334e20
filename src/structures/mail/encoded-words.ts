import { decodeMailCharset } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

/** RFC 2047 section 2, with blanks allowed in the text: many senders forget to write them as '_'. Every quantifier ends at a '?'. */
const WORD = /=\?([^?\s]{1,80})\?([bqBQ])\?([^?]*)\?=/g;

const bytesOfWord = (encoding: string, text: string): Uint8Array =>
  encoding === 'b' ? decodeBase64(Buffer.from(text, 'latin1')) : decodeQuotedPrintable(Buffer.from(text.replaceAll('_', ' '), 'latin1'));

interface Run {
  readonly charset: string;
  readonly chunks: Uint8Array[];
}

/**
 * Text with its RFC 2047 encoded words resolved. White space between two of them is dropped (section 6.2), and the bytes of
 * neighbours in one charset are joined first: senders cut multi-byte characters in two. What is no encoded word stays.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  const pieces: (string | Run)[] = [];
  let end = 0;
  for (const m of text.matchAll(WORD)) {
    const [whole, charset = '', encoding = '', body = ''] = m;
    const gap = text.slice(end, m.index);
    const last = pieces[pieces.length - 1];
    const joins = last !== undefined && typeof last !== 'string' && gap.trim() === '';
    if (gap !== '' && !joins) pieces.push(gap);
    const bytes = bytesOfWord(encoding.toLowerCase(), body);
    if (joins && last.charset === charset.toLowerCase()) last.chunks.push(bytes);
    else pieces.push({ charset: charset.toLowerCase(), chunks: [bytes] });
    end = m.index + whole.length;
  }
  pieces.push(text.slice(end));
  return pieces.map((p) => (typeof p === 'string' ? p : decodeMailCharset(Buffer.concat(p.chunks), p.charset).text)).join('');
}

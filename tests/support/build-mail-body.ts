import type { MailClient, MailFile } from './build-mail.ts';

const CRLF = '\r\n';

const isAscii = (text: string): boolean => [...text].every((c) => (c.codePointAt(0) ?? 0) < 128);

/** RFC 2047 B where the text is not ASCII, in words of at most 45 bytes that cut no character. */
export function encodeWords(text: string): string {
  if (isAscii(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const c of text) {
    if (Buffer.byteLength(word + c) > 45) {
      words.push(word);
      word = '';
    }
    word += c;
  }
  return [...words, word].map((w) => `=?UTF-8?B?${Buffer.from(w).toString('base64')}?=`).join(' ');
}

/** RFC 2045 section 6.7, lines of at most 76 characters. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const units = [...Buffer.from(line)].map((b, i, all) => {
        const printable = b === 9 || b === 32 ? i < all.length - 1 : b > 32 && b < 127 && b !== 61;
        return printable ? String.fromCharCode(b) : `=${b.toString(16).toUpperCase().padStart(2, '0')}`;
      });
      const lines = [''];
      for (const u of units) {
        if ((lines[lines.length - 1] ?? '').length + u.length > 75) lines.push('');
        lines[lines.length - 1] += u;
      }
      return lines.join(`=${CRLF}`);
    })
    .join(CRLF);
}

/** Lines of 76 characters. */
export const base64Lines = (bytes: Uint8Array): string =>
  (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join(CRLF);

/** Header lines, an empty line, the body: a part or, without From and To, a whole body. */
export interface BuiltPart {
  readonly headers: readonly string[];
  readonly body: Buffer;
}

/** What a client writes in front of the lines of a folded header. */
const foldOf = (client: MailClient): string =>
  client === 'outlook' || client === 'apple-mail' ? `;${CRLF}\t` : client === 'gmail' ? '; ' : `;${CRLF} `;

/** text/plain or text/html: 7bit where it is ASCII, else quoted-printable, as all of these clients do. */
export function textPart(kind: 'plain' | 'html', text: string): BuiltPart {
  const ascii = isAscii(text);
  const body = ascii ? text.split(/\r?\n/).join(CRLF) : quotedPrintable(text);
  const charset = ascii ? 'us-ascii' : 'utf-8';
  return {
    headers: [`Content-Type: text/${kind}; charset="${charset}"`, `Content-Transfer-Encoding: ${ascii ? '7bit' : 'quoted-printable'}`],
    body: Buffer.from(body, 'latin1'),
  };
}

/** RFC 2231 from Apple and Mozilla, RFC 2047 in quotes from the others: against the rules, and common. */
function nameParameter(name: string, value: string, client: MailClient): string {
  if (isAscii(value)) return `${name}="${value}"`;
  if (client === 'outlook' || client === 'gmail') return `${name}="${encodeWords(value)}"`;
  const encoded = [...Buffer.from(value)].map((b) =>
    /[A-Za-z0-9._-]/.test(String.fromCharCode(b)) ? String.fromCharCode(b) : `%${b.toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `${name}*=utf-8''${encoded.join('')}`;
}

export function filePart(file: MailFile, client: MailClient): BuiltPart {
  const fold = foldOf(client);
  const disposition = [
    file.contentId === undefined ? 'attachment' : 'inline',
    nameParameter('filename', file.name, client),
    ...(file.dispositionParameters ?? []),
  ];
  const isMessage = file.type === 'message/rfc822';
  return {
    headers: [
      `Content-Type: ${[file.type, nameParameter('name', file.name, client)].join(fold)}`,
      ...(isMessage ? [] : ['Content-Transfer-Encoding: base64']),
      ...(file.contentId === undefined ? [] : [`Content-ID: <${file.contentId}>`]),
      `Content-Disposition: ${disposition.join(fold)}`,
    ],
    body: isMessage ? Buffer.from(file.bytes) : Buffer.from(base64Lines(file.bytes), 'latin1'),
  };
}

/** Parts between delimiters. The last line end of each belongs to the delimiter behind it. */
export function multipart(subtype: string, boundary: string, parts: readonly BuiltPart[], client: MailClient): BuiltPart {
  const chunks: Buffer[] = [
    Buffer.from(client === 'outlook' || client === 'thunderbird' ? `This is a multi-part message in MIME format.${CRLF}${CRLF}` : CRLF),
  ];
  for (const p of parts) chunks.push(Buffer.from(`--${boundary}${CRLF}${p.headers.join(CRLF)}${CRLF}${CRLF}`), p.body, Buffer.from(CRLF));
  chunks.push(Buffer.from(`--${boundary}--${CRLF}`));
  return { headers: [`Content-Type: multipart/${subtype}${foldOf(client)}boundary="${boundary}"`], body: Buffer.concat(chunks) };
}

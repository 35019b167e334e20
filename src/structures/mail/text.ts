import type { ProblemDraft } from '../../model/artifact.ts';
import { htmlToText } from '../html.ts';
import { charsetName, decodeMailCharset } from './charset.ts';
import { bodyBytes } from './parts.ts';
import type { Mime, Part } from './mime.ts';
import { decodeTransfer } from './transfer-encoding.ts';

export interface BodyText {
  /** Lines end in LF, NFC, no blanks at line ends. HTML has become text. */
  readonly text: string;
  readonly problems: readonly ProblemDraft[];
}

/** Charsets and layouts that need no library. */
const PLAIN_CHARSETS = new Set(['', 'us-ascii', 'utf-8', 'iso-8859-1', 'windows-1252']);

// mailparser is given one text part and a header of ours. It never sees the message: it would replace an unreadable Date by
// the present time, keep the last of two From lines, and correct the declared types.
const TEXT_ONLY = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, skipImageLinks: true, keepCidLinks: true } as const;

const token = (value: string): string => value.replace(/[^\w.:+-]/g, '').slice(0, 60);

async function parseWithLibrary(bytes: Uint8Array, part: Part, charset: string): Promise<string> {
  const kind = part.type === 'text/html' ? 'html' : 'plain';
  const flowed = part.contentType.parameters.get('format')?.value.toLowerCase() === 'flowed' ? '; format=flowed' : '';
  const delsp = part.contentType.parameters.get('delsp')?.value.toLowerCase() === 'yes' ? '; delsp=yes' : '';
  const header = `Content-Type: text/${kind}; charset="${token(charset) || 'utf-8'}"${flowed}${delsp}\r\nContent-Transfer-Encoding: ${token(part.encoding) || '8bit'}\r\n\r\n`;
  // A fifth of what a worker would load at its start, and only flowed lines and rare charsets need it.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(Buffer.concat([Buffer.from(header, 'latin1'), bytes]), TEXT_ONLY);
  return kind === 'html' ? mail.html || '' : (mail.text ?? '');
}

/** NFC leaves every text alone that has nothing from U+0300 on (Unicode 15.1, DerivedNormalizationProps: NFC_Quick_Check), and takes as long as all the rest here. */
const composed = (text: string): string => (/[^\u0000-\u02ff]/.test(text) ? text.normalize('NFC') : text);

/** Whether a character in front of a line end is one that `trimEnd` takes; most texts have none. */
function hasBlanksAtLineEnds(text: string): boolean {
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before !== 0x0a && (before <= 0x20 || before === 0xa0 || before >= 0x1680)) return true;
  }
  return false;
}

/** Text as it is compared: one form of line end, of blank and of composed letters. */
export function tidyText(text: string): string {
  const ended = text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text;
  const blanks = ended.includes('\u00a0') || ended.includes('\u202f') ? ended.replace(/[\u00a0\u202f]/g, ' ') : ended;
  const shown = blanks.replaceAll('\u0000', '');
  const trimmed = hasBlanksAtLineEnds(shown)
    ? shown
        .split('\n')
        .map((line) => line.trimEnd())
        .join('\n')
    : shown;
  return composed(trimmed.trim());
}

/**
 * The text of one body: transfer encoding and charset undone, flowed lines joined (RFC 3676), HTML turned into text. At most
 * `maxTextBytes` of it.
 */
export async function bodyText(mime: Mime, part: Part, maxTextBytes: number): Promise<BodyText> {
  const problems: ProblemDraft[] = [];
  const label = `${part.type} ${part.path}`.trim();
  const note = (code: ProblemDraft['code'], message: string): number => problems.push({ code, message: `${label}: ${message}` });
  let written = bodyBytes(mime, part);
  if (written.byteLength > 2 * maxTextBytes) {
    note('limit-exceeded', `text of ${written.byteLength} bytes, of which ${2 * maxTextBytes} were read`);
    written = written.subarray(0, 2 * maxTextBytes);
  }
  const charset = charsetName(part.contentType.parameters.get('charset')?.value ?? '');
  const decoded = decodeTransfer(written, part.encoding);
  if (!decoded) note('malformed', `unknown transfer encoding '${part.encoding.slice(0, 40)}'`);
  const simple = PLAIN_CHARSETS.has(charset) && part.contentType.parameters.get('format')?.value.toLowerCase() !== 'flowed';
  const { text: direct, known } = decodeMailCharset(decoded ?? written, charset);
  if (!known) note('malformed', `unknown charset '${charset.slice(0, 40)}'`);
  // A charset that the library lacks too would come out as whatever it falls back to.
  let text = simple || !known || !decoded ? direct : await parseWithLibrary(written, part, charset || 'utf-8');
  if (text === '' && direct.trim() !== '') text = direct;
  if (part.type === 'text/html') {
    const html = htmlToText(text);
    if (html.tooDeep) note('limit-exceeded', 'elements nest too deep; the rest was read without structure');
    text = html.text;
  }
  if (text.length > maxTextBytes) {
    note('limit-exceeded', `more than ${maxTextBytes} characters of text; the rest was left out`);
    text = text.slice(0, maxTextBytes);
  }
  return { text: tidyText(text), problems };
}

/** White space folded: the form over which bodies are digested, so that re-wrapping changes nothing. */
export const foldedText = (text: string): string =>
  // One blank alone is left as it is: most of a text's white space is that.
  composed(text.replace(/[^\S ]\s*| \s+/g, ' ').trim());

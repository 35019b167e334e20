import { decodeCodePage } from '../charset.ts';
import { CHARACTERS, FONT_CODE_PAGES, UNREAD_GROUPS } from './encapsulated.data.ts';

/** The text of a message body kept as RTF. */
export interface EncapsulatedText {
  /** 'text/html': `text` is HTML that was wrapped in RTF; 'text/plain': plain text wrapped so; 'text/rtf': the text of genuine RTF. */
  readonly type: 'text/html' | 'text/plain' | 'text/rtf';
  readonly text: string;
  /** Groups nested deeper than we follow: the rest was not read. */
  readonly tooDeep: boolean;
}

const MAX_DEPTH = 1000;
const HEAD_BYTES = 1024;

/** What a group changes and gives back at its end. */
interface Group {
  /** Its text is not read. */
  unread: boolean;
  /** Within {\*\htmltag …}: read, whatever \htmlrtf says. */
  tag: boolean;
  /** Within \htmlrtf: RTF's own rendering of the HTML, which would double it. */
  rtfOnly: boolean;
  /** Within the table of fonts. */
  fonts: boolean;
  codePage: number;
  /** Bytes that stand behind \u for readers without Unicode. */
  fallback: number;
}

/** One piece of RTF: a control word with its number, a symbol, a byte of text. */
const WORD = /\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))/y;

/**
 * Takes HTML or plain text out of the RTF in which Outlook wraps it ([MS-OXRTFEX] 2.2), or the text out of RTF that is none
 * but RTF. One pass, no recursion.
 */
export function encapsulatedText(rtf: Uint8Array): EncapsulatedText {
  const source = Buffer.from(rtf.buffer, rtf.byteOffset, rtf.byteLength).toString('latin1');
  const head = source.slice(0, HEAD_BYTES);
  const type = /\\fromhtml1?\b/.test(head) ? 'text/html' : /\\fromtext\b/.test(head) ? 'text/plain' : 'text/rtf';
  const reader = new RtfReader(source, type === 'text/html');
  reader.run();
  return { type, text: reader.text(), tooDeep: reader.tooDeep };
}

class RtfReader {
  tooDeep = false;
  private readonly source: string;
  private readonly html: boolean;
  private readonly groups: Group[] = [{ unread: false, tag: false, rtfOnly: false, fonts: false, codePage: 1252, fallback: 1 }];
  private readonly chunks: string[] = [];
  private readonly fonts = new Map<number, number>();
  private font = -1;
  private ansi = 1252;
  /** Bytes of text not yet decoded: a character may have two. */
  private pending: number[] = [];
  private pendingPage = 1252;
  /** Characters still to be passed over behind \u. */
  private skipping = 0;
  /** The group's first word tells what it is; '\*' in front of it, that strangers may pass it over. */
  private opening = false;
  private optional = false;

  constructor(source: string, html: boolean) {
    this.source = source;
    this.html = html;
  }

  text(): string {
    this.flush();
    return this.chunks.join('');
  }

  run(): void {
    const { source } = this;
    for (let at = 0; at < source.length && !this.tooDeep;) {
      const c = source[at] ?? '';
      if (c === '\\') at = this.control(at);
      else {
        if (c === '{') this.open();
        else if (c === '}') this.close();
        else if (c !== '\r' && c !== '\n') this.byte(c.charCodeAt(0));
        at++;
      }
    }
  }

  private get group(): Group {
    const last = this.groups.at(-1);
    if (!last) throw new TypeError('the outermost group is never closed');
    return last;
  }

  private open(): void {
    if (this.groups.length > MAX_DEPTH) this.tooDeep = true;
    else this.groups.push({ ...this.group });
    this.opening = true;
    this.optional = false;
    this.skipping = 0;
  }

  private close(): void {
    if (this.groups.length > 1) this.groups.pop();
    this.opening = false;
    this.skipping = 0;
  }

  /** Reads what begins with the backslash at `at`; returns where it ends. */
  private control(at: number): number {
    WORD.lastIndex = at;
    const m = WORD.exec(this.source);
    if (!m) return at + 1;
    const [whole, word, number, hex, symbol] = m;
    const end = at + whole.length;
    if (hex !== undefined) this.byte(parseInt(hex, 16));
    else if (symbol === '*') this.optional = this.opening;
    else if (symbol !== undefined) this.character(CHARACTERS[symbol] ?? '');
    else if (word === 'bin') return end + Math.max(0, Number(number ?? 0));
    else if (word !== undefined) this.word(word, number === undefined ? null : Number(number));
    return end;
  }

  private word(word: string, number: number | null): void {
    const { group } = this;
    if (this.opening) this.destination(word);
    this.opening = false;
    switch (word) {
      case 'ansicpg':
        this.ansi = number ?? 1252;
        group.codePage = this.ansi;
        break;
      case 'f':
        this.font = number ?? 0;
        if (!group.fonts) group.codePage = this.fonts.get(this.font) ?? this.ansi;
        break;
      case 'fcharset':
        if (group.fonts) this.fonts.set(this.font, FONT_CODE_PAGES[number ?? 1] ?? this.ansi);
        break;
      case 'plain':
        group.codePage = this.ansi;
        break;
      case 'uc':
        group.fallback = Math.min(Math.max(0, number ?? 1), 16);
        break;
      case 'u':
        this.character(String.fromCharCode((number ?? 0) & 0xffff));
        this.skipping = group.fallback;
        break;
      case 'htmlrtf':
        group.rtfOnly = number !== 0;
        break;
      default:
        if (Object.hasOwn(CHARACTERS, word)) this.character(CHARACTERS[word] ?? '');
    }
  }

  private destination(word: string): void {
    const { group } = this;
    if (word === 'fonttbl') group.fonts = true;
    if (word === 'htmltag') group.tag = true;
    else if (this.optional || UNREAD_GROUPS.has(word)) group.unread = true;
    this.optional = false;
  }

  private get silent(): boolean {
    const { unread, tag, rtfOnly } = this.group;
    return unread || (this.html && rtfOnly && !tag);
  }

  private character(text: string): void {
    this.opening = false;
    if (this.silent) return;
    this.flush();
    this.chunks.push(text);
  }

  private byte(byte: number): void {
    this.opening = false;
    if (this.skipping > 0) {
      this.skipping--;
      return;
    }
    if (this.silent) return;
    const { codePage } = this.group;
    if (codePage !== this.pendingPage) {
      this.flush();
      this.pendingPage = codePage;
    }
    this.pending.push(byte);
  }

  private flush(): void {
    if (this.pending.length === 0) return;
    this.chunks.push(decodeCodePage(Uint8Array.from(this.pending), this.pendingPage));
    this.pending = [];
  }
}

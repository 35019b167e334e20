import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { FONT_CODE_PAGES } from './encapsulated.data.ts';
import type { Rtf, RtfGroup, RtfRun, RtfStyle, RtfValue } from './document.ts';
import { ENDS, INLINE, NUMBERS, VALUES_ANYWHERE, VALUES_OF_INFO } from './rtf.data.ts';
import { decoded, isAside, OLD_PAGES, TABLES } from './roles.ts';
import { latin1, type RtfVisitor, scanRtf } from './scan.ts';

/** Word itself stops far above what it writes and far below this. */
const MAX_DEPTH = 10_000;
/** Values other than text, and styles, of one file. */
const MAX_VALUES = 20_000;

/** Call as `input.once(readRtf)`. Never throws; one pass without recursion. */
export function readRtf(input: Input): Rtf {
  const reader = new RtfReading(wholeOf(input.bytes), input.limits.maxTextBytes, input.limits.maxChildren);
  return reader.run();
}

/** One reading of one file: opened here, closed at the end of the file. */
class RtfReading implements RtfVisitor {
  private readonly bytes: Uint8Array;
  private readonly maxObjects: number;
  private textLeft: number;
  private readonly groups: RtfGroup[] = [];
  private group: RtfGroup = {
    role: 'body',
    starred: false,
    fresh: false,
    start: 0,
    name: '',
    codePage: 1252,
    fallback: 1,
    deleted: false,
    upper: null,
    data: null,
  };
  private readonly values: RtfValue[] = [];
  private readonly styles: RtfStyle[] = [];
  private readonly paragraphs: { text: string; from: number; to: number }[] = [];
  private readonly objects: { kind: 'object' | 'picture'; at: number; runs: RtfRun[] }[] = [];
  private readonly problems = new Map<string, ProblemDraft>();
  private readonly fonts = new Map<number, number>();
  private font = -1;
  private ansi = 1252;
  private end = -1;
  private pending: number[] = [];
  private pendingPage = 1252;
  private text: string[] = [];
  private value: string[] = [];
  private from = -1;
  private skipping = 0;
  private complete = true;
  private stopped = false;

  constructor(bytes: Uint8Array, maxTextBytes: number, maxObjects: number) {
    this.bytes = bytes;
    this.textLeft = maxTextBytes;
    this.maxObjects = maxObjects;
  }

  run(): Rtf {
    scanRtf(this.bytes, this);
    if (this.from >= 0) this.endParagraph(this.end >= 0 ? this.end : this.bytes.byteLength);
    if (this.end < 0 && !this.stopped) {
      this.complete = false;
      this.problem('truncated', `the file ends within ${this.groups.length} open groups`);
    }
    const rest = this.end < 0 ? '' : latin1(this.bytes, this.end, Math.min(this.bytes.byteLength, this.end + 4096)).replace(/[\s\0]+/g, '');
    if (rest !== '') this.problem('malformed', `${this.bytes.byteLength - this.end} bytes behind the end of the document were not read`);
    const { values, styles, paragraphs, objects, complete } = this;
    return { values, styles, paragraphs, objects, complete, problems: [...this.problems.values()], codePage: this.ansi };
  }

  isDone(): boolean {
    return this.stopped || this.end >= 0;
  }

  open(at: number): void {
    this.skipping = 0;
    this.flush();
    if (this.groups.length >= MAX_DEPTH) {
      this.problem('limit-exceeded', `groups nest deeper than ${MAX_DEPTH}; the rest was not read`);
      this.stopped = true;
      this.complete = false;
      return;
    }
    this.groups.push(this.group);
    const { role, name } = this.group;
    // What stands in the table of styles, a group each, is a name; a group within is none.
    const isStyle = role === 'styles' && name === '';
    const inner = (role === 'styles' || role === 'value') && name !== '' ? 'aside' : role;
    this.group = { ...this.group, role: inner, starred: false, fresh: true, start: at + 1, name: isStyle ? 's0' : '' };
    if (isStyle) this.value = [];
  }

  close(at: number): void {
    this.skipping = 0;
    const { role, name, start } = this.group;
    const outer = this.groups.pop();
    if (!outer) return;
    this.flush();
    if (name !== '' && (role === 'value' || role === 'styles')) {
      const text = this.value.join('');
      if (role === 'value') this.keep(this.values, { name, number: null, text, from: start, to: at });
      else this.keep(this.styles, { id: name, text: text.replace(/;\s*$/, '').trim(), from: start, to: at });
      this.value = [];
    }
    this.group = outer;
    if (this.groups.length === 0) this.end = at + 1;
  }

  word(name: string, number: number | null, at: number, to: number): void {
    if (this.skipping > 0 && name !== 'u') {
      this.skipping--;
      return;
    }
    const { group } = this;
    if (group.fresh) this.begin(name, at, to);
    group.fresh = false;
    if (name === 'u' && number !== null) this.unicode(number, at);
    else if (INLINE[name] !== undefined) this.append(INLINE[name] ?? '', at);
    else if (ENDS.has(name)) this.endParagraph(to);
    else this.setting(name, number, at, to);
  }

  /** The first word of a group says what the group is. */
  private begin(name: string, at: number, to: number): void {
    const { group } = this;
    const inInfo = group.role === 'info' && VALUES_OF_INFO.has(name);
    if (inInfo || VALUES_ANYWHERE.has(name)) {
      Object.assign(group, { role: 'value', name, start: to });
      this.value = [];
    } else if (name === 'objdata' || name === 'pict') this.beginData(name === 'pict' ? 'picture' : 'object', at);
    else if (name === 'upr') Object.assign(group, { upper: group.role, role: 'aside' });
    else if (name === 'ud' && group.upper !== null) group.role = group.upper;
    else if (TABLES[name] !== undefined) group.role = TABLES[name] ?? 'aside';
    else if (group.role === 'styles' && group.starred && !/^[ct]s$/.test(name)) group.name = '';
    else if (isAside(group, name)) group.role = 'aside';
  }

  private beginData(kind: 'object' | 'picture', at: number): void {
    const runs: RtfRun[] = [];
    Object.assign(this.group, { role: 'data', data: runs });
    if (this.objects.length < this.maxObjects) this.objects.push({ kind, at, runs });
    else this.problem('limit-exceeded', `more than ${this.maxObjects} objects and pictures; the rest was not read`);
  }

  private setting(name: string, number: number | null, at: number, to: number): void {
    const { group } = this;
    if (name === 'uc') group.fallback = Math.min(Math.max(0, number ?? 1), 100);
    else if (name === 'ansicpg' || OLD_PAGES[name] !== undefined) this.setAnsi(OLD_PAGES[name] ?? number ?? 0);
    else if (name === 'f' && number !== null) this.setFont(number);
    else if (group.role === 'body') this.characterSetting(name, number);
    else this.tableSetting(name, number ?? 0);
    // A value consists of words too: \yr2017\mo3.
    if (number !== null && NUMBERS.has(name))
      this.keep(this.values, { name, number, text: '', from: at, to: this.bytes[to - 1] === 0x20 ? to - 1 : to });
  }

  private tableSetting(name: string, number: number): void {
    const { role, name: style } = this.group;
    if (role === 'fonts' && name === 'fcharset') this.fonts.set(this.font, FONT_CODE_PAGES[number] ?? this.ansi);
    else if (role === 'styles' && style !== '' && /^(?:s|cs|ts)$/.test(name)) this.group.name = `${name}${number}`;
  }

  private characterSetting(name: string, number: number | null): void {
    if (name === 'deleted') this.group.deleted = number !== 0;
    else if (name === 'plain') Object.assign(this.group, { codePage: this.ansi, deleted: false });
  }

  private setAnsi(codePage: number): void {
    this.flush();
    if (codePage > 0) this.ansi = this.group.codePage = codePage;
  }

  private setFont(number: number): void {
    this.font = number;
    // Names of styles and values are in the code page of the file, whatever font shows them.
    if (this.group.role === 'body') this.group.codePage = this.fonts.get(number) ?? this.ansi;
  }

  symbol(character: string, at: number, to: number): void {
    if (this.skipping > 0) this.skipping--;
    else if (character === '*') this.group.starred = true;
    else if (ENDS.has(character)) this.endParagraph(to);
    else if (INLINE[character] !== undefined) this.append(INLINE[character] ?? '', at);
  }

  hex(byte: number, at: number): void {
    if (this.skipping > 0) this.skipping--;
    else if (this.isRead()) this.push(byte, at);
  }

  plain(from: number, to: number): void {
    if (this.group.role === 'data') this.group.data?.push({ from, to, binary: false });
    if (!this.isRead() && this.skipping === 0) return;
    for (let at = from; at < to; at++) {
      const b = this.bytes[at] ?? 0;
      // Line breaks are the writer's layout, not text.
      if (b === 10 || b === 13 || b === 0) continue;
      if (this.skipping > 0) this.skipping--;
      else if (this.isRead()) this.push(b, at);
    }
  }

  binary(from: number, to: number): void {
    if (this.group.role === 'data') this.group.data?.push({ from, to, binary: true });
  }

  private isRead(): boolean {
    const { role, deleted } = this.group;
    return (role === 'body' && !deleted && this.textLeft >= 0) || role === 'value' || role === 'styles';
  }

  /** UTF-16 units, written as signed numbers; a pair comes as two. */
  private unicode(number: number, at: number): void {
    if (this.isRead()) this.append(String.fromCharCode(number & 0xffff), at);
    this.skipping = this.group.fallback;
  }

  private append(text: string, at: number): void {
    if (!this.isRead()) return;
    this.flush();
    this.put(text, at);
  }

  private push(byte: number, at: number): void {
    const { codePage } = this.group;
    if (codePage !== this.pendingPage) this.flush();
    this.pendingPage = codePage;
    if (this.from < 0 && this.group.role === 'body') this.from = at;
    this.pending.push(byte);
  }

  private put(text: string, at: number): void {
    if (this.group.role !== 'body') this.value.push(text);
    else {
      if (this.from < 0) this.from = at;
      this.text.push(text);
      this.textLeft -= text.length;
      if (this.textLeft >= 0) return;
      this.complete = false;
      this.problem('limit-exceeded', 'the text is longer than the budget for it; its beginning was read');
    }
  }

  /** A character may have two bytes, so they are decoded together. */
  private flush(): void {
    if (this.pending.length === 0) return;
    const text = decoded(this.pending, this.pendingPage);
    this.pending = [];
    this.put(text, Math.max(0, this.from));
  }

  private endParagraph(to: number): void {
    if (this.group.role !== 'body') return;
    this.flush();
    if (this.from >= 0) this.paragraphs.push({ text: this.text.join(''), from: this.from, to });
    this.text = [];
    this.from = -1;
  }

  private keep<T>(list: T[], item: T): void {
    if (list.length < MAX_VALUES) list.push(item);
    else this.problem('limit-exceeded', `more than ${MAX_VALUES} values or styles; the rest was not read`);
  }

  private problem(code: ProblemDraft['code'], message: string): void {
    this.problems.set(message, { code, message });
  }
}

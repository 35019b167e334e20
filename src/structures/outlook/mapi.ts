import type { ProblemDraft } from '../../model/artifact.ts';
import type { TimeValue } from '../../model/attribute.ts';
import type { Locator } from '../../model/claim.ts';
import { fromFiletime, wallOf } from '../../model/time.ts';
import { charsetOfCodePage, decodeCodePage } from '../charset.ts';
import { decodeMailCharset, decodeUnlabelled } from '../mail/charset.ts';
import { PID, TYPE } from './mapi.data.ts';

/** One property of a message, a recipient or an attachment, wherever it is stored. */
export interface MapiProperty {
  /** As written: id in the high half, type in the low one. TNEF's own attributes have numbers of another making. */
  readonly tag: number;
  /** One of {@link TYPE}, or a number that is not read here. */
  readonly type: number;
  /** What a locator calls the place: a stream of the compound file, or 'message', 'recipient 0', 'attachment 2' of a TNEF stream. */
  readonly stream: string;
  /** The value's bytes: at least 8 where the type is of fixed length in a .msg. Null where the budget is spent. */
  read(): Uint8Array | null;
}

/** Properties by their ids ({@link PID}); where one is there in two types, the one in UTF-16. */
export type MapiBag = ReadonlyMap<number, MapiProperty>;

/** What an attachment holds, as the container hands it out. */
export interface MapiContent {
  /** A file; a message as .msg or TNEF; an OLE object; only a name or an address. */
  readonly kind: 'file' | 'message' | 'ole' | 'reference';
  /** Null where the budget is spent. */
  bytes(): Uint8Array | null;
  /** It is not the budget: the bytes are missing from a damaged store. */
  readonly lost?: true;
}

export interface MapiAttachment {
  /** Names it within its message: the storage of the compound file, 'attachment 2'. */
  readonly key: string;
  readonly bag: MapiBag;
  readonly content: MapiContent;
}

/** A message as MAPI keeps it ([MS-OXCMSG]): the same in an .msg file and in a TNEF stream. */
export interface MapiMessage {
  readonly bag: MapiBag;
  readonly recipients: readonly MapiBag[];
  readonly attachments: readonly MapiAttachment[];
  /** It was taken out of another .msg, and so was written whenever that one was: its store's times are of that moment. */
  readonly embedded: boolean;
  /** Windows code page of its eight-bit strings. */
  readonly codePage: number;
  /** Grows while values are read, so report it after reading. */
  readonly problems: readonly ProblemDraft[];
}

/** Adds a property unless one of that id is there already in a better type. */
export function putProperty(bag: Map<number, MapiProperty>, id: number, property: MapiProperty): void {
  const before = bag.get(id);
  if (!before || (before.type !== TYPE.string && property.type === TYPE.string)) bag.set(id, property);
}

export const locatorOf = (p: MapiProperty, nth = 0): Locator => ({ in: 'property', stream: p.stream, section: nth, id: p.tag });

/** ISO-2022 and Hong Kong's GB, which iconv-lite lacks, by their Windows numbers. [MS-UCODEREF] 2.2.1. */
const MAIL_CODE_PAGES: Readonly<Record<number, string>> = {
  50220: 'iso-2022-jp',
  50221: 'iso-2022-jp',
  50222: 'iso-2022-jp',
  50225: 'iso-2022-kr',
  52936: 'hz-gb-2312',
};

/** Text of a code page as MAPI numbers it; US-ASCII, UTF-8 and unknown numbers are read as UTF-8 where valid, else as Latin-1. */
export function decodeMapiText(bytes: Uint8Array, codePage: number): string {
  const mail = MAIL_CODE_PAGES[codePage];
  if (mail !== undefined) return decodeMailCharset(bytes, mail).text;
  if (codePage === 20_127 || codePage === 65_001 || charsetOfCodePage(codePage) === null) return decodeUnlabelled(bytes);
  return decodeCodePage(bytes, codePage);
}

/** The text of a string, without the zeros at its end; null for any other type. */
export function textOf(p: MapiProperty | undefined, codePage: number): string | null {
  if (p?.type !== TYPE.string && p?.type !== TYPE.string8) return null;
  const bytes = p.read();
  if (!bytes) return null;
  const text =
    p.type === TYPE.string ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength & ~1).toString('utf16le') : decodeMapiText(bytes, codePage);
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

/** A whole number or a truth value; null for any other type. */
export function numberOf(p: MapiProperty | undefined): number | null {
  const bytes = p?.type === TYPE.int32 || p?.type === TYPE.boolean || p?.type === TYPE.int16 ? p.read() : null;
  if (!p || !bytes || bytes.byteLength < 2) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (p.type !== TYPE.int32) return view.getUint16(0, true);
  return bytes.byteLength < 4 ? null : view.getInt32(0, true);
}

/** FILETIME ticks of 4501-01-01, by which Outlook says 'none' ([MS-OXOCAL] 2.2.1.41), and all that is later. */
const NO_TIME = 915_151_392_000_000_000n;

export interface MapiTime {
  /** Ticks in decimal, or the seven words of a TNEF date. */
  readonly raw: string;
  /** A FILETIME counts in UTC. TNEF does not say in which zone its dates are, so they are wall times. */
  readonly value: TimeValue | null;
}

/** Null where it is no time, or the value says that there is none. */
export function timeOf(p: MapiProperty | undefined): MapiTime | null {
  const bytes = p?.type === TYPE.time || p?.type === TYPE.tnefDate ? p.read() : null;
  if (!p || !bytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (p.type === TYPE.time) {
    const ticks = bytes.byteLength < 8 ? 0n : view.getBigUint64(0, true);
    return ticks === 0n || ticks >= NO_TIME ? null : { raw: String(ticks), value: fromFiletime(ticks) };
  }
  if (bytes.byteLength < 12) return null;
  const words = Array.from({ length: Math.min(7, bytes.byteLength >> 1) }, (_, i) => view.getUint16(i * 2, true));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = words;
  return words.every((w) => w === 0) ? null : { raw: words.join(' '), value: wallOf({ year, month, day, hour, minute, second }) };
}

/** A value as a claim shows it: text as it is, ticks and numbers in decimal, bytes in hex. Null where it is not read. */
export function rawOf(p: MapiProperty, codePage: number): string | null {
  if (p.type === TYPE.binary) {
    const bytes = p.read();
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  }
  return textOf(p, codePage) ?? timeOf(p)?.raw ?? numberOf(p)?.toString() ?? null;
}

/** The code page in which Windows keeps strings where mail uses another for the same script. */
const WINDOWS_CODE_PAGES: Readonly<Record<number, number>> = {
  20866: 1251,
  21866: 1251,
  28592: 1250,
  28595: 1251,
  28597: 1253,
  50220: 932,
  50221: 932,
  50222: 932,
  50225: 949,
  51932: 932,
  51936: 936,
  51949: 949,
  52936: 936,
};

/** Code page of the eight-bit strings: the one named for them, else Windows' own for that of the mail, else 1252. */
export function codePageOf(bag: MapiBag): number {
  const ofMail = numberOf(bag.get(PID.InternetCodepage)) || 1252;
  return numberOf(bag.get(PID.MessageCodepage)) || (WINDOWS_CODE_PAGES[ofMail] ?? ofMail);
}

/** The property a locator names. */
export function propertyAt(message: MapiMessage, locator: Extract<Locator, { in: 'property' }>): MapiProperty | null {
  for (const bag of [message.bag, ...message.recipients]) {
    for (const p of bag.values()) if (p.stream === locator.stream && p.tag === locator.id) return p;
  }
  return null;
}

import { isUtf8 } from 'node:buffer';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes } from '../../model/input.ts';
import { type Box, boxesOf, cursorOf } from '../image/iso-bmff.ts';
import { bufferOf, type PlacedTag, withoutPadding } from '../placed.ts';

const NAME = 'Film';
const MAX_KEYS = 1024;
const MAX_KEY_BYTES = 256;

interface Described {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Bytes[];
}

interface Walk {
  readonly tags: PlacedTag[];
  readonly packets: Bytes[];
  readonly problems: ProblemDraft[];
  /** Bytes read of one value. */
  readonly limit: number;
}

/** UTF-8, UTF-16 with its mark, else Latin-1 for the old Macintosh encodings, of which only the ASCII half is common. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return withoutPadding(bufferOf(bytes).toString(isUtf8(bytes) ? 'utf8' : 'latin1'));
}

function place(key: string, box: Box, from: number, length: number, walk: Walk): void {
  const there = Math.min(length, Math.max(0, box.bytes.size - from));
  if (there > walk.limit) walk.problems.push({ code: 'limit-exceeded', message: `${NAME}: ${there} bytes of text, the first ${walk.limit} read` });
  const value = box.bytes.slice(from, Math.min(there, walk.limit));
  walk.tags.push({ key, raw: decoded(value), offset: box.offset + from, length: value.byteLength });
}

/** QuickTime: length, language, text, once a language; the first is read. */
function classic(box: Box, walk: Walk): void {
  const length = cursorOf(box.bytes.slice(0, 2)).take(2);
  place(box.type, box, 4, length, walk);
}

/** 3GPP TS 26.244 section 8.2: version, flags, language, text. */
const THREE_GPP = new Set(['titl', 'auth']);

/** Names of the numbered keys of one 'keys' box (QuickTime File Format, Metadata Item Keys Atom); counted from 1. */
function keysOf(box: Box): string[] {
  const c = cursorOf(box.bytes.slice(4, 4));
  const count = Math.min(c.take(4), MAX_KEYS);
  const names: string[] = [''];
  for (let at = 8; names.length <= count && at + 8 <= box.bytes.size;) {
    const size = cursorOf(box.bytes.slice(at, 4)).take(4);
    if (size < 8) break;
    names.push(bufferOf(box.bytes.slice(at + 8, Math.min(size - 8, MAX_KEY_BYTES))).toString('utf8'));
    at += size;
  }
  return names;
}

/** A 'data' box: type, locale, value. 1 = UTF-8, 2 = UTF-16; pictures and numbers say nothing here. */
function itemValue(key: string, item: Box, walk: Walk): void {
  for (const data of boxesOf(item.bytes, walk.problems, item.offset, NAME)) {
    if (data.type !== 'data' || cursorOf(data.bytes.slice(0, 4)).take(4) !== 1) continue;
    place(key, data, 8, data.bytes.size - 8, walk);
    return;
  }
}

/** Version and flags stand in front, except where QuickTime wrote the box. */
function metadata(box: Box, walk: Walk): void {
  const plain = bufferOf(box.bytes.slice(4, 4)).toString('latin1') === 'hdlr';
  const skip = plain ? 0 : 4;
  const children = boxesOf(box.bytes.window(skip, box.bytes.size), walk.problems, box.offset + skip, NAME);
  const keys = children.find((b) => b.type === 'keys');
  const names = keys ? keysOf(keys) : [];
  for (const list of children.filter((b) => b.type === 'ilst')) {
    for (const item of boxesOf(list.bytes, walk.problems, list.offset, NAME)) {
      const number = Buffer.from(item.type, 'latin1').readUInt32BE(0);
      itemValue(names[number] ?? item.type, item, walk);
    }
  }
}

/** What stands in a 'udta' or 'meta' box, by four-character code or, for numbered items, by the key's whole name. */
export function userData(box: Box, problems: ProblemDraft[], limit: number): Described {
  const walk: Walk = { tags: [], packets: [], problems, limit };
  if (box.type === 'meta') metadata(box, walk);
  else {
    for (const b of boxesOf(box.bytes, problems, box.offset, NAME)) {
      if (b.type === 'meta') metadata(b, walk);
      else if (b.type === 'XMP_') walk.packets.push(b.bytes);
      else if (b.type.startsWith('©')) classic(b, walk);
      else if (THREE_GPP.has(b.type)) place(b.type, b, 6, b.bytes.size - 6, walk);
    }
  }
  return walk;
}

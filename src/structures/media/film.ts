import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { type Box, boxesOf, cursorOf } from '../image/iso-bmff.ts';
import { userData } from './film-tags.ts';
import { bufferOf, type PlacedTag, withoutPadding } from '../placed.ts';

/** What a film, or sound in the same boxes, carries (ISO/IEC 14496-12; QuickTime File Format). Frames are not read. */
export interface Film {
  readonly tags: readonly PlacedTag[];
  readonly packets: readonly Uint8Array[];
  /** The first directory, the Exif and the GPS directory of a Canon raw, a TIFF structure each. */
  readonly canon: readonly Box[];
  readonly problems: readonly ProblemDraft[];
}

const NAME = 'Film';
/** A film has one to five; a description of each says the same. */
const MAX_TRACKS = 64;
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac';
const CANON_UUID = '85c0b687820f11e08111f4ce462b6a48';
const UUID_BYTES = 16;
const MAX_NAME_BYTES = 1024;

interface Walk {
  readonly tags: PlacedTag[];
  readonly packets: Uint8Array[];
  readonly canon: Box[];
  readonly problems: ProblemDraft[];
  readonly maxTextBytes: number;
}

const inside = (box: Box, walk: Walk): Box[] => boxesOf(box.bytes, walk.problems, box.offset, NAME);

/** mvhd, tkhd and mdhd begin alike: version, flags, creation, modification; 32 bits each in version 0, 64 in version 1. */
function clocks(box: Box, walk: Walk): void {
  const c = cursorOf(box.bytes.slice(0, 20));
  const width = c.take(1) === 1 ? 8 : 4;
  c.take(3);
  const [created, modified] = [c.take(width), c.take(width)];
  if (c.short) {
    walk.problems.push({ code: 'truncated', message: `${NAME}: ${box.type} breaks off` });
    return;
  }
  stamped('creation', String(created), box, 4, width, walk);
  stamped('modification', String(modified), box, 4 + width, width, walk);
}

/** Tracks repeat the film's times: one that an earlier box gave already says no more. */
function stamped(what: string, raw: string, box: Box, at: number, length: number, walk: Walk): void {
  if (walk.tags.some((t) => t.key.endsWith(` ${what}`) && t.raw === raw)) return;
  walk.tags.push({ key: `${box.type} ${what}`, raw, offset: box.offset + at, length });
}

/** The handler's name: a C string, or in QuickTime one with its length in front. Writers sign with it. */
function handler(box: Box, walk: Walk): void {
  const from = 24;
  const b = bufferOf(box.bytes.slice(from, MAX_NAME_BYTES));
  const counted = b.byteLength > 0 && (b[0] ?? 0) <= b.byteLength - 1 && bufferOf(box.bytes.slice(4, 4)).toString('latin1') !== '\0\0\0\0';
  const text = counted ? b.subarray(1, 1 + (b[0] ?? 0)) : b;
  const raw = withoutPadding(text.toString('utf8'));
  if (raw !== '') walk.tags.push({ key: 'hdlr name', raw, offset: box.offset + from + (counted ? 1 : 0), length: text.byteLength });
}

function packet(bytes: Bytes, walk: Walk): void {
  walk.packets.push(bytes.slice(0, walk.maxTextBytes + 1));
}

function uuid(box: Box, walk: Walk): void {
  const id = bufferOf(box.bytes.slice(0, UUID_BYTES)).toString('hex');
  const content: Box = { type: box.type, bytes: box.bytes.window(UUID_BYTES, box.bytes.size), offset: box.offset + UUID_BYTES };
  if (id === XMP_UUID) packet(content.bytes, walk);
  if (id === CANON_UUID) walk.canon.push(...inside(content, walk).filter((b) => /^CMT[124]$/.test(b.type)));
}

function described(box: Box, walk: Walk): void {
  const found = userData(box, walk.problems, walk.maxTextBytes);
  walk.tags.push(...found.tags);
  for (const p of found.packets) packet(p, walk);
}

function media(box: Box, walk: Walk): void {
  for (const b of inside(box, walk)) {
    if (b.type === 'mdhd') clocks(b, walk);
    else if (b.type === 'hdlr') handler(b, walk);
  }
}

function track(box: Box, walk: Walk): void {
  for (const b of inside(box, walk)) {
    if (b.type === 'tkhd') clocks(b, walk);
    else if (b.type === 'mdia') media(b, walk);
    else if (b.type === 'udta' || b.type === 'meta') described(b, walk);
  }
}

function movie(box: Box, walk: Walk): void {
  let tracks = 0;
  for (const b of inside(box, walk)) {
    if (b.type === 'mvhd') clocks(b, walk);
    else if (b.type === 'trak' && ++tracks <= MAX_TRACKS) track(b, walk);
    else if (b.type === 'udta' || b.type === 'meta') described(b, walk);
    else if (b.type === 'uuid') uuid(b, walk);
    else if (b.type === 'cmov') walk.problems.push({ code: 'unsupported', message: `${NAME}: a compressed movie header is not read` });
  }
  if (tracks > MAX_TRACKS) walk.problems.push({ code: 'limit-exceeded', message: `${NAME}: ${tracks} tracks, the first ${MAX_TRACKS} read` });
}

/** Clocks, signatures and descriptions of a film. Never throws; what is wrong is in `problems`. */
export function readFilm({ bytes, limits }: Input): Film {
  const walk: Walk = { tags: [], packets: [], canon: [], problems: [], maxTextBytes: limits.maxTextBytes };
  const top = boxesOf(bytes, walk.problems, 0, NAME);
  for (const b of top) {
    if (b.type === 'moov') movie(b, walk);
    else if (b.type === 'uuid') uuid(b, walk);
    else if (b.type === 'udta' || b.type === 'meta') described(b, walk);
  }
  if (!top.some((b) => b.type === 'moov')) walk.problems.push({ code: 'malformed', message: `${NAME}: no movie header` });
  return walk;
}

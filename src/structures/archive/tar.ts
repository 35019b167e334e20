import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { readPax } from './tar-pax.ts';
import { keyring } from '../zip/member.ts';
import { decodeName, shown } from '../zip/name.ts';

/** One member of a tar archive (POSIX.1-2017 pax, "ustar interchange format", and GNU's extensions to it). */
export interface TarMember {
  /** Unique in this archive: the name, with '#2', '#3' appended for repeated names. */
  readonly key: string;
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special' | 'sparse';
  /** Of a symbolic or hard link; '' otherwise. */
  readonly target: string;
  /** Bytes of content. */
  readonly size: number;
  /** Of the header block, in the artifact. */
  readonly headerOffset: number;
  /** Of the first byte of content, in the artifact. */
  readonly dataOffset: number;
  /** Seconds since 1970 UTC as written: octal digits, or decimal with a fraction in a pax record. */
  readonly mtime: { readonly raw: string; readonly seconds: number; readonly precisionMs: number };
  /** Name of the account that owned the file; '' where only a number was kept. */
  readonly owner: string;
}

export interface Tar {
  readonly members: readonly TarMember[];
  readonly problems: readonly ProblemDraft[];
  /** 'gnu' has a magic of its own; 'pax' is ustar with extended headers; 'v7' has no magic (Unix Version 7, 1979). */
  readonly dialect: 'gnu' | 'pax' | 'ustar' | 'v7';
}

const BLOCK = 512;
/** What is kept of long names and extended headers; more is a lie. */
const MAX_EXTENSION = 1024 * 1024;
/** Members between two signs of life. */
const SIGN = 1024;
/** The keywords that are read; keeping only these bounds what a hostile header can make us carry from member to member. */
const KEYWORDS = new Set(['path', 'linkpath', 'size', 'mtime', 'uname', 'GNU.sparse.name', 'GNU.sparse.major', 'GNU.sparse.map', 'GNU.sparse.size']);
const FOLDERS = new Set(['5', 'D']);
const LINKS = new Set(['1', '2']);
const SPECIAL = new Set(['3', '4', '6', 'M', 'V', 'N']);

const field = (block: Uint8Array, at: number, length: number): Uint8Array => {
  const raw = block.subarray(at, at + length);
  const end = raw.indexOf(0);
  return end === -1 ? raw : raw.subarray(0, end);
};
const ascii = (raw: Uint8Array): string => Buffer.from(raw).toString('latin1').trim();

/** Octal digits, or with the high bit set a big-endian number in base 256 (GNU). NaN where it is neither. */
function number(block: Uint8Array, at: number, length: number): number {
  const first = block[at] ?? 0;
  if ((first & 0x80) === 0) {
    const text = ascii(field(block, at, length));
    return text === '' ? 0 : /^[0-7]+$/.test(text) ? parseInt(text, 8) : NaN;
  }
  let n = first === 0xff ? -1 : first & 0x7f;
  for (let i = 1; i < length; i++) n = n * 256 + (block[at + i] ?? 0);
  return n;
}

/** The sum of all bytes with the checksum taken as blanks; some old writers summed signed bytes. */
function hasChecksum(block: Uint8Array): boolean {
  const announced = number(block, 148, 8);
  let unsigned = 8 * 32;
  let signed = 8 * 32;
  for (let i = 0; i < BLOCK; i++) {
    if (i >= 148 && i < 156) continue;
    const b = block[i] ?? 0;
    unsigned += b;
    signed += b > 127 ? b - 256 : b;
  }
  return announced === unsigned || announced === signed;
}

function isZero(block: Uint8Array): boolean {
  for (const b of block) if (b !== 0) return false;
  return true;
}

/** What extended headers say of the member that follows them. */
type Extensions = Map<string, string>;

function nameOf(block: Uint8Array): string {
  const name = decodeName(field(block, 0, 100));
  // GNU keeps other things where ustar has its prefix, and tar of 1979 nothing.
  const prefix = isGnuMagic(block) || !hasMagic(block) ? '' : decodeName(field(block, 345, 155));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function mtimeOf(block: Uint8Array, extensions: Extensions): TarMember['mtime'] {
  const pax = extensions.get('mtime');
  if (pax !== undefined)
    return { raw: pax, seconds: /^-?\d{1,15}(?:\.\d*)?$/.test(pax) ? Number(pax) : NaN, precisionMs: pax.includes('.') ? 1 : 1000 };
  const binary = ((block[136] ?? 0) & 0x80) !== 0;
  const raw = binary ? Buffer.from(block.subarray(136, 148)).toString('hex') : ascii(field(block, 136, 12));
  return { raw, seconds: number(block, 136, 12), precisionMs: 1000 };
}

function kindOf(type: string, name: string, extensions: Extensions): TarMember['kind'] {
  if (type === 'S' || extensions.has('GNU.sparse.major') || extensions.has('GNU.sparse.map') || extensions.has('GNU.sparse.size')) return 'sparse';
  if (FOLDERS.has(type)) return 'folder';
  if (LINKS.has(type)) return 'link';
  if (SPECIAL.has(type)) return 'special';
  // Before ustar a folder was a file whose name ends with a slash.
  return name.endsWith('/') ? 'folder' : 'file';
}

interface Place {
  readonly headerOffset: number;
  readonly dataOffset: number;
  readonly size: number;
}

function memberOf(block: Uint8Array, place: Place, extensions: Extensions, keyOf: (name: string) => string): TarMember {
  const type = String.fromCharCode(block[156] ?? 0);
  const name = extensions.get('GNU.sparse.name') ?? extensions.get('path') ?? nameOf(block);
  const kind = kindOf(type, name, extensions);
  return {
    ...place,
    key: keyOf(name),
    name,
    kind,
    target: kind === 'link' ? (extensions.get('linkpath') ?? decodeName(field(block, 157, 100))) : '',
    mtime: mtimeOf(block, extensions),
    owner: extensions.get('uname') ?? (hasMagic(block) ? decodeName(field(block, 265, 32)) : ''),
  };
}

/** 'ustar' at 257. */
const MAGIC = [0x75, 0x73, 0x74, 0x61, 0x72];
const hasMagic = (block: Uint8Array): boolean => MAGIC.every((c, i) => block[257 + i] === c);
const isGnuMagic = (block: Uint8Array): boolean => hasMagic(block) && block[262] === 0x20;

/** Tar of 1979 has no magic, but every header has a checksum. */
export const looksLikeTar = (head: Uint8Array): boolean =>
  hasMagic(head) || (head.byteLength >= BLOCK && head[0] !== 0 && hasChecksum(head.subarray(0, BLOCK)));

/** Takes what an extended header says: pax records for the next member or for all, GNU's long name and long link. */
function extend(type: string, content: Uint8Array, extensions: Extensions, globals: Extensions): void {
  if (type === 'L') extensions.set('path', decodeName(field(content, 0, content.byteLength)));
  else if (type === 'K') extensions.set('linkpath', decodeName(field(content, 0, content.byteLength)));
  else for (const [k, v] of readPax(content)) if (KEYWORDS.has(k)) (type === 'g' ? globals : extensions).set(k, v);
}

interface Walk {
  readonly members: TarMember[];
  readonly problems: ProblemDraft[];
  sawPax: boolean;
}

/** Bytes behind the header; null where no number stands there. */
function sizeOf(block: Uint8Array, extensions: Extensions, globals: Extensions): number | null {
  const stated = Number(extensions.get('size') ?? globals.get('size') ?? number(block, 124, 12));
  return Number.isSafeInteger(stated) && stated >= 0 ? stated : null;
}

/** Reads the header at `at`; returns where the next one stands, or null where the archive ends. */
function step(bytes: Bytes, at: number, walk: Walk, extensions: Extensions, globals: Extensions, keyOf: (name: string) => string): number | null {
  const block = bytes.slice(at, BLOCK);
  if (block.byteLength === 0) return null;
  if (block.byteLength < BLOCK) return stop(walk, 'truncated', `the header at byte ${at} breaks off`);
  // A zero block ends the archive; what stands behind it is padding.
  if (isZero(block)) return null;
  if (!hasChecksum(block)) return stop(walk, 'malformed', `no header stands at byte ${at}: the rest was not read`);
  const type = String.fromCharCode(block[156] ?? 0);
  const stated = sizeOf(block, extensions, globals);
  if (stated === null) return stop(walk, 'malformed', `the header at byte ${at} has no size: the rest was not read`);
  const dataOffset = at + BLOCK;
  const next = dataOffset + Math.ceil(stated / BLOCK) * BLOCK;
  if ('xgLK'.includes(type)) {
    walk.sawPax ||= type === 'x' || type === 'g';
    if (stated > MAX_EXTENSION)
      walk.problems.push({ code: 'limit-exceeded', message: `the extended header at byte ${at} has ${stated} bytes and was not read` });
    else extend(type, bytes.slice(dataOffset, stated), extensions, globals);
    return next;
  }
  const all = new Map([...globals, ...extensions]);
  extensions.clear();
  const kind = kindOf(type, '', all);
  const hasContent = kind !== 'link' && kind !== 'folder' && kind !== 'special';
  const size = hasContent ? stated : 0;
  const member = memberOf(block, { headerOffset: at, dataOffset, size }, all, keyOf);
  walk.members.push(member);
  if (size > 0 && dataOffset + size > bytes.size)
    walk.problems.push({
      code: 'truncated',
      message: `${shown(member.name)} breaks off after ${Math.max(0, bytes.size - dataOffset)} bytes of ${size}`,
    });
  // Old GNU sparse maps continue in blocks of their own.
  return hasContent ? next + (type === 'S' ? sparseMapBytes(bytes, at) : 0) : dataOffset;
}

function stop(walk: Walk, code: ProblemDraft['code'], message: string): null {
  walk.problems.push({ code, message });
  return null;
}

/** Bytes of the extension blocks behind an old GNU sparse header; each says at 504 whether another follows. */
function sparseMapBytes(bytes: Bytes, header: number): number {
  if ((bytes.slice(header + 482, 1)[0] ?? 0) === 0) return 0;
  let blocks = 1;
  while ((bytes.slice(header + BLOCK * blocks + 504, 1)[0] ?? 0) !== 0) blocks++;
  return blocks * BLOCK;
}

/** Call as `input.once(readTar)`. Never throws; stops at the first block that is no header. */
export function readTar(input: Input): Tar {
  const { bytes, limits } = input;
  const walk: Walk = { members: [], problems: [], sawPax: false };
  const extensions: Extensions = new Map();
  const globals: Extensions = new Map();
  const keyOf = keyring();
  let at: number | null = 0;
  while (at !== null) {
    if (walk.members.length >= limits.maxChildren) {
      walk.problems.push({ code: 'limit-exceeded', message: `more than ${limits.maxChildren} members; the rest was not read` });
      break;
    }
    at = step(bytes, at, walk, extensions, globals, keyOf);
    if (walk.members.length % SIGN === 0) input.alive();
  }
  const first = bytes.slice(0, BLOCK);
  const dialect = isGnuMagic(first) ? 'gnu' : walk.sawPax ? 'pax' : hasMagic(first) ? 'ustar' : 'v7';
  return { members: walk.members, problems: walk.problems, dialect };
}

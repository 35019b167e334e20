import { crc32 } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { WallTime } from '../../model/attribute.ts';
import type { Input } from '../../model/input.ts';
import { wallMs } from '../../model/time.ts';
import type { MemberStamp } from './archive-member.ts';
import type { RarHeader, RarHeaders } from './rar-header.ts';
import { decodeName } from '../zip/name.ts';
import { dosHex, dosWallTime } from '../zip/time.ts';

const SIGNATURE_BYTES = 7;
const BLOCK = { main: 0x73, file: 0x74, end: 0x7b } as const;
const MAIN = { volume: 0x01, encrypted: 0x80 } as const;
const FILE = {
  splitBefore: 0x01,
  splitAfter: 0x02,
  encrypted: 0x04,
  solid: 0x10,
  folder: 0xe0,
  comment: 0x08,
  large: 0x100,
  unicode: 0x200,
  salt: 0x400,
  times: 0x1000,
} as const;
const HAS_DATA = 0x8000;
const STORE = 0x30;
const HOSTS = ['dos', 'os2', 'windows', 'unix', 'mac', 'beos'];
const UNIX_TYPE = 0xf000;
const UNIX_LINK = 0xa000;

const u16 = (b: Uint8Array, at: number): number => (b[at] ?? 0) | ((b[at + 1] ?? 0) << 8);
const u32 = (b: Uint8Array, at: number): number => (u16(b, at) | (u16(b, at + 2) << 16)) >>> 0;

/**
 * A name of RAR 3: the name in the packer's code page, a zero, and a recipe that makes UTF-16 of it. Each two bits of a flag
 * byte tell whether a unit has a high byte of zero, the common one or its own, or whether a run is taken from the old name.
 */
function unicodeName(old: Uint8Array, recipe: Uint8Array): string {
  const units: number[] = [];
  const high = recipe[0] ?? 0;
  let flags = 0;
  let bits = 0;
  for (let at = 1; at < recipe.byteLength && units.length < 0x8000;) {
    if (bits === 0) {
      flags = recipe[at++] ?? 0;
      bits = 8;
    }
    bits -= 2;
    const how = (flags >>> bits) & 3;
    const b = recipe[at++] ?? 0;
    if (how === 0) units.push(b);
    else if (how === 1) units.push(b | (high << 8));
    else if (how === 2) units.push(b | ((recipe[at++] ?? 0) << 8));
    else {
      const shift = b & 0x80 ? (recipe[at++] ?? 0) : null;
      for (let n = (b & 0x7f) + 2; n > 0; n--) {
        const c = old[units.length] ?? 0;
        units.push(shift === null ? c : ((c + shift) & 0xff) | (high << 8));
      }
    }
  }
  let name = '';
  for (const unit of units) name += String.fromCharCode(unit);
  return name;
}

function nameOf(raw: Uint8Array, isUnicode: boolean): string {
  const zero = raw.indexOf(0);
  // Without a zero the name is UTF-8 alone.
  const name = isUnicode && zero !== -1 ? unicodeName(raw.subarray(0, zero), raw.subarray(zero + 1)) : decodeName(raw);
  return name.replaceAll('\\', '/');
}

/** What extended times add to DOS time: the odd second and a fraction in 100 ns. */
function refined(coarse: WallTime, extra: Uint8Array): WallTime {
  const how = u16(extra, 0) >>> 12;
  if (extra.byteLength < 2 || (how & 8) === 0) return coarse;
  let ticks = 0;
  for (let i = 0; i < (how & 3); i++) ticks = ((extra[2 + i] ?? 0) << 16) | (ticks >>> 8);
  const ms = wallMs(coarse) + (how & 4 ? 1000 : 0) + Math.trunc(ticks / 10_000);
  return { kind: 'wall', local: new Date(ms).toISOString().replace(/(?:\.000)?Z$/, ''), precisionMs: ticks === 0 ? 1000 : 1 };
}

function stampOf(block: Uint8Array, extra: Uint8Array): MemberStamp {
  const [time, date] = [u16(block, 20), u16(block, 22)];
  const coarse = dosWallTime(date, time);
  return { field: 'FTIME', raw: dosHex(date, time), value: coarse && refined(coarse, extra) };
}

/** A file block (technote.txt, "File header"). Null where its own size leaves no room for it. */
function fileOf(block: Uint8Array, headerOffset: number): RarHeader | null {
  const flags = u16(block, 3);
  const base = flags & FILE.large ? 40 : 32;
  const length = u16(block, 26);
  if (block.byteLength < base + length) return null;
  const high = (at: number): number => (flags & FILE.large ? u32(block, at) * 2 ** 32 : 0);
  const extra = flags & FILE.times ? block.subarray(base + length + (flags & FILE.salt ? 8 : 0)) : new Uint8Array(0);
  const host = HOSTS[block[15] ?? 0] ?? 'unknown';
  const attributes = u32(block, 28);
  const folder = (flags & FILE.folder) === FILE.folder;
  return {
    name: nameOf(block.subarray(base, base + length), (flags & FILE.unicode) !== 0),
    kind: folder ? 'folder' : host === 'unix' && (attributes & UNIX_TYPE) === UNIX_LINK ? 'link' : 'file',
    target: '',
    encrypted: (flags & FILE.encrypted) !== 0,
    solid: (flags & FILE.solid) !== 0,
    splitBefore: (flags & FILE.splitBefore) !== 0,
    splitAfter: (flags & FILE.splitAfter) !== 0,
    needs: block[24] ?? 0,
    stored: block[25] === STORE,
    size: u32(block, 11) + high(36),
    packedSize: u32(block, 7) + high(32),
    crc32: u32(block, 16),
    time: stampOf(block, extra),
    host,
    headerOffset,
    dataOffset: headerOffset + block.byteLength,
  };
}

/** The headers of RAR 1.5 to 4, one behind the other. */
export function readRar4({ bytes, limits }: Input): RarHeaders {
  const files: RarHeader[] = [];
  const problems: ProblemDraft[] = [];
  const told = (volume: boolean, encrypted = false, problem?: ProblemDraft): RarHeaders => ({
    files,
    encrypted,
    volume,
    problems: problem ? [...problems, problem] : problems,
  });
  let volume = false;
  for (let at = SIGNATURE_BYTES; at < bytes.size;) {
    const head = bytes.slice(at, 11);
    const size = u16(head, 5);
    const block = bytes.slice(at, size);
    if (head.byteLength < 7 || block.byteLength < size)
      return told(volume, false, { code: 'truncated', message: `the header at byte ${at} breaks off` });
    if (size < 7) return told(volume, false, { code: 'malformed', message: `no header stands at byte ${at}: the rest was not read` });
    const [type, flags] = [head[2] ?? 0, u16(head, 3)];
    if (type === BLOCK.end) break;
    let data = flags & HAS_DATA ? u32(head, 7) : 0;
    if (type === BLOCK.main) {
      volume = (flags & MAIN.volume) !== 0;
      if (flags & MAIN.encrypted) return told(volume, true);
    } else if (type === BLOCK.file) {
      // Up to RAR 2 a comment may stand within the header, outside its checksum.
      if ((flags & FILE.comment) === 0 && (crc32(block.subarray(2)) & 0xffff) !== u16(head, 0))
        problems.push({ code: 'malformed', message: `the header at byte ${at} has another checksum than it says` });
      const file = fileOf(block, at);
      if (!file) return told(volume, false, { code: 'malformed', message: `the header at byte ${at} is too short: the rest was not read` });
      if (files.length === limits.maxChildren)
        return told(volume, false, { code: 'limit-exceeded', message: `more than ${limits.maxChildren} members; the rest was not read` });
      files.push(file);
      data = file.packedSize;
    }
    at += size + data;
  }
  return told(volume);
}

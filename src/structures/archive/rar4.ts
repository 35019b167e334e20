import { crc32 } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { WallTime } from '../../model/attribute.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { wallMs } from '../../model/time.ts';
import type { MemberStamp } from './archive-member.ts';
import { deciphered } from './deciphered.ts';
import type { Rar4Lock } from './rar-crypt.ts';
import type { RarHeader, RarHeaders } from './rar-header.ts';
import { type OpeningKey, rarKeysOf } from './rar-keys.ts';
import { decodeName } from '../zip/name.ts';
import { dosHex, dosWallTime } from '../zip/time.ts';
import { u16, u32 } from '../little-endian.ts';

const SIGNATURE_BYTES = 7;
const BLOCK = { main: 0x73, file: 0x74, end: 0x7b } as const;
const MAIN = { volume: 0x01, encrypted: 0x80 } as const;
const FILE = {
  splitBefore: 0x01,
  splitAfter: 0x02,
  encrypted: 0x04,
  solid: 0x10,
  folder: 0xe0,
  window: 0xe0,
  comment: 0x08,
  large: 0x100,
  unicode: 0x200,
  salt: 0x400,
  times: 0x1000,
} as const;
const HAS_DATA = 0x8000;
const STORE = 0x30;
const [SALT_BYTES, CIPHER_BLOCK] = [8, 16];
const AES_SINCE = 29;
const MAX_HEADER = 0x10000;
const HOSTS = ['dos', 'os2', 'windows', 'unix', 'mac', 'beos'];
const UNIX_TYPE = 0xf000;
const UNIX_LINK = 0xa000;

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

/** Behind the name stands the salt. */
function lockOf(block: Uint8Array, behindName: number): Rar4Lock | null {
  const flags = u16(block, 3);
  if ((flags & FILE.encrypted) === 0 || (block[24] ?? 0) < AES_SINCE) return null;
  return { kind: 'aes-128', salt: block.subarray(behindName, behindName + (flags & FILE.salt ? SALT_BYTES : 0)) };
}

/** A file block (technote.txt, "File header"). Null where its own size leaves no room for it. */
function fileOf(block: Uint8Array, headerOffset: number, dataOffset: number): RarHeader | null {
  const flags = u16(block, 3);
  const base = flags & FILE.large ? 40 : 32;
  const length = u16(block, 26);
  if (block.byteLength < base + length) return null;
  const high = (at: number): number => (flags & FILE.large ? u32(block, at) * 2 ** 32 : 0);
  const extra = flags & FILE.times ? block.subarray(base + length + (flags & FILE.salt ? SALT_BYTES : 0)) : new Uint8Array(0);
  const host = HOSTS[block[15] ?? 0] ?? 'unknown';
  const attributes = u32(block, 28);
  const folder = (flags & FILE.folder) === FILE.folder;
  return {
    name: nameOf(block.subarray(base, base + length), (flags & FILE.unicode) !== 0),
    kind: folder ? 'folder' : host === 'unix' && (attributes & UNIX_TYPE) === UNIX_LINK ? 'link' : 'file',
    target: '',
    encrypted: (flags & FILE.encrypted) !== 0,
    lock: lockOf(block, base + length),
    solid: (flags & FILE.solid) !== 0,
    splitBefore: (flags & FILE.splitBefore) !== 0,
    splitAfter: (flags & FILE.splitAfter) !== 0,
    needs: block[24] ?? 0,
    stored: block[25] === STORE,
    packing: { version: 4, needs: block[24] ?? 0, method: block[25] ?? 0, window: flags & FILE.window },
    size: u32(block, 11) + high(36),
    packedSize: u32(block, 7) + high(32),
    crc32: u32(block, 16),
    time: stampOf(block, extra),
    host,
    headerOffset,
    dataOffset,
  };
}

interface Block {
  /** As far as it is there: shorter than `size` where the archive breaks off. */
  readonly bytes: Uint8Array;
  readonly size: number;
  /** Of what follows the header. */
  readonly dataOffset: number;
}

/** In an encrypted list each header has a salt in front, and is filled up to whole blocks. */
function blockAt(bytes: Bytes, at: number, opening: OpeningKey | null): Block {
  const stored = bytes.window(at + (opening ? SALT_BYTES : 0), MAX_HEADER);
  const view = opening ? deciphered(stored, opening.key.cipher, opening.key.iv) : stored;
  const size = u16(view.slice(0, 7), 5);
  return {
    bytes: view.slice(0, Math.max(7, size)),
    size,
    dataOffset: at + (opening ? SALT_BYTES + Math.ceil(size / CIPHER_BLOCK) * CIPHER_BLOCK : size),
  };
}

const isIntact = ({ bytes, size }: Block): boolean => size >= 7 && bytes.byteLength === size && (crc32(bytes.subarray(2)) & 0xffff) === u16(bytes, 0);

/** The key of an enciphered header: its checksum proves the password. Mostly all headers have one salt. */
function openingAt(archive: Input, bytes: Bytes, at: number): OpeningKey | null {
  const keys = archive.once(rarKeysOf);
  for (const opening of keys.tries({ kind: 'aes-128', salt: bytes.slice(at, SALT_BYTES) })) {
    const block = blockAt(bytes, at, opening);
    if (!isIntact(block) || (block.bytes[2] ?? 0) < BLOCK.main || (block.bytes[2] ?? 0) > BLOCK.end) continue;
    keys.opened(opening);
    return opening;
  }
  return null;
}

/** Goes through the headers of RAR 1.5 to 4 in one volume. */
class Headers {
  readonly #archive: Input;
  readonly #bytes: Bytes;
  readonly #files: RarHeader[] = [];
  readonly #problems: ProblemDraft[] = [];
  #volume = false;
  #encrypted = false;
  #opening: OpeningKey | null = null;

  constructor(archive: Input, bytes: Bytes) {
    this.#archive = archive;
    this.#bytes = bytes;
  }

  read(): RarHeaders {
    for (let at = SIGNATURE_BYTES; at !== -1 && at < this.#bytes.size;) at = this.#step(at);
    return {
      files: this.#files,
      encrypted: this.#encrypted,
      password: this.#opening?.password ?? null,
      volume: this.#volume,
      problems: this.#problems,
    };
  }

  #end(code: ProblemDraft['code'], message: string): -1 {
    this.#problems.push({ code, message });
    return -1;
  }

  /** Reads one header; returns where the next stands, -1 at the end. */
  #step(at: number): number {
    if (this.#encrypted) {
      const opening = openingAt(this.#archive, this.#bytes, at);
      if (!opening && this.#opening) return this.#end('malformed', `the header at byte ${at} cannot be deciphered: the rest was not read`);
      if (!opening) return -1;
      this.#opening = opening;
    }
    const block = blockAt(this.#bytes, at, this.#opening);
    const { bytes, size } = block;
    if (bytes.byteLength < Math.max(7, size)) return this.#end('truncated', `the header at byte ${at} breaks off`);
    if (size < 7) return this.#end('malformed', `no header stands at byte ${at}: the rest was not read`);
    const [type, flags] = [bytes[2] ?? 0, u16(bytes, 3)];
    if (type === BLOCK.end) return -1;
    if (type === BLOCK.file) return this.#file(block, at);
    if (type === BLOCK.main) {
      this.#volume = (flags & MAIN.volume) !== 0;
      this.#encrypted = (flags & MAIN.encrypted) !== 0;
    }
    return block.dataOffset + (flags & HAS_DATA ? u32(bytes, 7) : 0);
  }

  #file(block: Block, at: number): number {
    // Up to RAR 2 a comment may stand within the header, outside its checksum.
    if ((u16(block.bytes, 3) & FILE.comment) === 0 && !isIntact(block))
      this.#problems.push({ code: 'malformed', message: `the header at byte ${at} has another checksum than it says` });
    const file = fileOf(block.bytes, at, block.dataOffset);
    if (!file) return this.#end('malformed', `the header at byte ${at} is too short: the rest was not read`);
    const { maxChildren } = this.#archive.limits;
    if (this.#files.length === maxChildren) return this.#end('limit-exceeded', `more than ${maxChildren} members; the rest was not read`);
    this.#files.push(file);
    return file.dataOffset + file.packedSize;
  }
}

/** The headers of RAR 1.5 to 4, one behind the other, in one volume of an archive. */
export const readRar4 = (archive: Input, bytes: Bytes): RarHeaders => new Headers(archive, bytes).read();

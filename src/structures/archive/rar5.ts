import { crc32 } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { fromFiletime } from '../../model/time.ts';
import { type MemberStamp, unixStamp } from './archive-member.ts';
import { deciphered } from './deciphered.ts';
import type { Rar5Lock } from './rar-crypt.ts';
import type { RarHeader, RarHeaders } from './rar-header.ts';
import { type OpeningKey, rarKeysOf } from './rar-keys.ts';
import { decodeName } from '../zip/name.ts';
import { u32 } from '../little-endian.ts';

const SIGNATURE_BYTES = 8;
const TYPE = { main: 1, file: 2, encryption: 4, end: 5 } as const;
const BLOCK = { extra: 1, data: 2, splitBefore: 8, splitAfter: 16 } as const;
const FILE = { folder: 1, time: 2, crc: 4, unknownSize: 8 } as const;
const RECORD = { encryption: 1, times: 3, redirection: 5 } as const;
const TIMES = { unix: 1, modified: 2 } as const;
/** Headers are at most 2 MiB (RAR 5.0 archive format, "General archive block format"). */
const MAX_HEADER = 2 * 1024 * 1024;
const LOCK = { check: 1, mixed: 2 } as const;
const [SALT_BYTES, IV_BYTES, CHECK_BYTES, CIPHER_BLOCK] = [16, 16, 8, 16];
const HOSTS = ['windows', 'unix'];

/** Reads fields one behind another; beyond the end everything is 0 and `short` is set. */
interface Fields {
  at: number;
  short: boolean;
  readonly bytes: Uint8Array;
}

const fieldsOf = (bytes: Uint8Array, at = 0): Fields => ({ at, short: false, bytes });

function take(f: Fields, length: number): Uint8Array {
  const from = f.at;
  f.at += length;
  if (f.at > f.bytes.byteLength) f.short = true;
  return f.bytes.subarray(from, from + length);
}

/** Seven bits a byte, the lowest first; the high bit says that more follows. At most ten bytes. */
function vint(f: Fields): number {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const [b = 0] = take(f, 1);
    value += (b & 0x7f) * 2 ** (7 * i);
    if ((b & 0x80) === 0) return value;
  }
  f.short = true;
  return 0;
}

interface Extras {
  readonly encrypted: boolean;
  readonly lock: Rar5Lock | null;
  readonly time: MemberStamp | null;
  readonly target: string | null;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function timeOf(f: Fields): MemberStamp | null {
  const flags = vint(f);
  if ((flags & TIMES.modified) === 0) return null;
  const raw = take(f, flags & TIMES.unix ? 4 : 8);
  if (f.short) return null;
  const value = flags & TIMES.unix ? unixStamp(u32(raw, 0)) : fromFiletime((BigInt(u32(raw, 4)) << 32n) | BigInt(u32(raw, 0)));
  return { field: 'mtime record', raw: hex(raw), value };
}

/** The record of an encrypted member, or the header of an encrypted list, which has no initial vector. Null where it is short or of another kind. */
function lockOf(f: Fields, hasIv: boolean): Rar5Lock | null {
  const version = vint(f);
  const flags = vint(f);
  const [power = 0] = take(f, 1);
  const salt = take(f, SALT_BYTES);
  const iv = take(f, hasIv ? IV_BYTES : 0);
  const check = flags & LOCK.check ? take(f, CHECK_BYTES) : null;
  return f.short || version !== 0 ? null : { kind: 'aes-256', power, salt, iv, check, mixed: hasIv && (flags & LOCK.mixed) !== 0 };
}

/** The records behind a file header ("Extra area"). */
function extrasOf(area: Uint8Array): Extras {
  let encrypted = false;
  let lock: Rar5Lock | null = null;
  let time: MemberStamp | null = null;
  let target: string | null = null;
  for (const f = fieldsOf(area); f.at < area.byteLength && !f.short;) {
    const size = vint(f);
    const record = fieldsOf(take(f, size));
    const type = vint(record);
    if (type === RECORD.encryption) {
      encrypted = true;
      lock = lockOf(record, true);
    } else if (type === RECORD.times) time = timeOf(record);
    else if (type === RECORD.redirection) {
      vint(record);
      vint(record);
      target = decodeName(take(record, vint(record)));
    }
  }
  return { encrypted, lock, time, target };
}

interface Block {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  /** Of what follows the header. */
  readonly dataOffset: number;
  readonly dataSize: number;
  /** At the first field of the type's own. */
  readonly fields: Fields;
  readonly extra: Uint8Array;
  readonly intact: boolean;
}

/** In an encrypted list each header has its initial vector in front, and is filled up to whole blocks. */
function blockAt(bytes: Bytes, offset: number, opening: OpeningKey | null): Block | ProblemDraft {
  const stored = bytes.window(offset + (opening ? IV_BYTES : 0), MAX_HEADER + CIPHER_BLOCK);
  const view = opening ? deciphered(stored, opening.key.cipher, bytes.slice(offset, IV_BYTES)) : stored;
  const lead = view.slice(0, 4 + 3);
  const sizeField = fieldsOf(lead, 4);
  const size = vint(sizeField);
  if (lead.byteLength < 7) return { code: 'truncated', message: `the header at byte ${offset} breaks off` };
  if (sizeField.short || size === 0 || size > MAX_HEADER)
    return { code: 'malformed', message: `no header stands at byte ${offset}: the rest was not read` };
  const whole = view.slice(0, sizeField.at + size);
  if (whole.byteLength < sizeField.at + size) return { code: 'truncated', message: `the header at byte ${offset} breaks off` };
  const fields = fieldsOf(whole, sizeField.at);
  const type = vint(fields);
  const flags = vint(fields);
  const extraSize = flags & BLOCK.extra ? vint(fields) : 0;
  const dataSize = flags & BLOCK.data ? vint(fields) : 0;
  if (fields.short || extraSize > size) return { code: 'malformed', message: `the header at byte ${offset} is too short: the rest was not read` };
  return {
    type,
    flags,
    offset,
    dataOffset: offset + (opening ? IV_BYTES + Math.ceil(whole.byteLength / CIPHER_BLOCK) * CIPHER_BLOCK : whole.byteLength),
    dataSize,
    fields,
    extra: whole.subarray(whole.byteLength - extraSize),
    intact: crc32(whole.subarray(4)) === u32(whole, 0),
  };
}

function fileOf(block: Block): RarHeader | null {
  const f = block.fields;
  const flags = vint(f);
  const size = vint(f);
  vint(f);
  const mtime = flags & FILE.time ? take(f, 4) : null;
  const crc = flags & FILE.crc ? u32(take(f, 4), 0) : null;
  const compression = vint(f);
  const host = HOSTS[vint(f)] ?? 'unknown';
  const name = decodeName(take(f, vint(f)));
  if (f.short) return null;
  const { encrypted, lock, time, target } = extrasOf(block.extra);
  return {
    name,
    kind: flags & FILE.folder ? 'folder' : target !== null ? 'link' : 'file',
    target: target ?? '',
    encrypted,
    lock,
    solid: (compression & 0x40) !== 0,
    splitBefore: (block.flags & BLOCK.splitBefore) !== 0,
    splitAfter: (block.flags & BLOCK.splitAfter) !== 0,
    needs: 50,
    stored: ((compression >>> 7) & 7) === 0,
    packing: { version: 5, compression },
    size: flags & FILE.unknownSize ? null : size,
    packedSize: block.dataSize,
    crc32: crc,
    time: time ?? (mtime ? { field: 'mtime', raw: hex(mtime), value: unixStamp(u32(mtime, 0)) } : null),
    host,
    headerOffset: block.offset,
    dataOffset: block.dataOffset,
  };
}

/** The first password by which a header stands behind the one that tells of the lock. */
function openingOf(archive: Input, bytes: Bytes, lock: Block): OpeningKey | null {
  const how = lockOf(lock.fields, false);
  if (!how) return null;
  const keys = archive.once(rarKeysOf);
  for (const opening of keys.tries(how)) {
    const next = blockAt(bytes, lock.dataOffset, opening);
    if ('code' in next || !next.intact) continue;
    keys.opened(opening);
    return opening;
  }
  return null;
}

/** The headers of RAR 5, one behind the other, in one volume of an archive. */
export function readRar5(archive: Input, bytes: Bytes): RarHeaders {
  const { limits } = archive;
  const files: RarHeader[] = [];
  const problems: ProblemDraft[] = [];
  let [volume, encrypted] = [false, false];
  let opening: OpeningKey | null = null;
  const told = (problem?: ProblemDraft): RarHeaders => ({
    files,
    encrypted,
    password: opening?.password ?? null,
    volume,
    problems: problem ? [...problems, problem] : problems,
  });
  for (let at = SIGNATURE_BYTES; at < bytes.size;) {
    const block = blockAt(bytes, at, opening);
    if ('code' in block) return told(block);
    if (!block.intact) problems.push({ code: 'malformed', message: `the header at byte ${at} has another checksum than it says` });
    if (block.type === TYPE.end) break;
    if (block.type === TYPE.encryption && !encrypted) {
      encrypted = true;
      opening = openingOf(archive, bytes, block);
      if (!opening) return told();
    }
    if (block.type === TYPE.main) volume = (vint(block.fields) & 1) !== 0;
    if (block.type === TYPE.file) {
      const file = fileOf(block);
      if (!file) return told({ code: 'malformed', message: `the header at byte ${at} is too short: the rest was not read` });
      if (files.length === limits.maxChildren)
        return told({ code: 'limit-exceeded', message: `more than ${limits.maxChildren} members; the rest was not read` });
      files.push(file);
    }
    at = block.dataOffset + block.dataSize;
  }
  return told();
}

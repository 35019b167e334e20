import { createHash } from 'node:crypto';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';
import { readCfb } from '../../src/structures/ole/cfb.ts';
import { rc4 } from '../../src/structures/rc4.ts';
import { buildCfb } from './build-cfb.ts';
import { buildDoc, buildXls, type DocSpec, type XlsSpec } from './build-ole.ts';
import { buildPpt, type PptSpec } from './build-ppt.ts';

/** A cipher of the time before 2007: what stands in the clear, and the key of a block. */
interface Lock {
  readonly head: Buffer;
  readonly key: (block: number) => Uint8Array;
}

const hash = (algorithm: string, ...parts: Uint8Array[]): Buffer => createHash(algorithm).update(Buffer.concat(parts)).digest();
const u16 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => Buffer.from([n & 0xff, (n >> 8) & 0xff])));
const u32 = (...ns: number[]): Buffer => Buffer.concat(ns.map((n) => u16(n & 0xffff, n >>> 16)));
const SALT = Buffer.alloc(16, 7);
const VERIFIER = Buffer.alloc(16, 5);

/** [MS-OFFCRYPTO] 2.3.6. */
export function md5Lock(password: string): Lock {
  const first = hash('md5', Buffer.from(password, 'utf16le')).subarray(0, 5);
  const second = hash('md5', ...Array.from({ length: 16 }, () => Buffer.concat([first, SALT]))).subarray(0, 5);
  const key = (block: number): Uint8Array => hash('md5', second, u32(block));
  return { key, head: Buffer.concat([u16(1, 1), SALT, rc4(key(0), Buffer.concat([VERIFIER, hash('md5', VERIFIER)]))]) };
}

/** [MS-OFFCRYPTO] 2.3.5; forty bits are written as 0. */
export function providerLock(password: string, bits: 40 | 128 = 128): Lock {
  const base = hash('sha1', SALT, Buffer.from(password, 'utf16le'));
  const key = (block: number): Uint8Array => Buffer.concat([hash('sha1', base, u32(block)).subarray(0, bits / 8), Buffer.alloc(16)]).subarray(0, 16);
  const header = Buffer.concat([u32(4, 0, 0x6801, 0x8004, bits === 40 ? 0 : bits, 1, 0, 0), Buffer.from('Invented Provider\u0000', 'utf16le')]);
  const verified = rc4(key(0), Buffer.concat([VERIFIER, hash('sha1', VERIFIER)]));
  const verifier = Buffer.concat([u32(16), SALT, verified.subarray(0, 16), u32(20), verified.subarray(16)]);
  return { key, head: Buffer.concat([u16(2, 2), u32(4, header.length), header, verifier]) };
}

const enciphered = (bytes: Uint8Array, { key }: Lock, blockBytes: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(bytes.length / blockBytes) }, (_, i) => rc4(key(i), bytes.subarray(i * blockBytes, (i + 1) * blockBytes))),
  );

/** The file with some of its streams made into others. */
function remade(file: Uint8Array, make: (streams: Map<string, Buffer>) => void): Uint8Array {
  const cfb = readCfb(inputOf(bytesOf(file), DEFAULT_LIMITS));
  const streams = new Map(cfb.entries.filter((e) => e.kind === 'stream').map((e) => [e.path, Buffer.from(cfb.read(e) ?? [])]));
  make(streams);
  return buildCfb({ streams: Object.fromEntries(streams) });
}

const streamIn = (streams: Map<string, Buffer>, path: string): Buffer => streams.get(path) ?? Buffer.alloc(0);

/** Bodies of records behind the FILEPASS, but for BOF and the pointer of a BOUNDSHEET. */
function lockRecords(clear: Buffer, bodyOf: (at: number, body: Buffer) => Uint8Array): Buffer {
  const locked = Buffer.from(clear);
  let open = true;
  for (let at = 0, length = 0; at + 4 <= clear.length; at += 4 + length) {
    const type = clear.readUInt16LE(at);
    length = clear.readUInt16LE(at + 2);
    if (type === 0x2f) open = false;
    else if (!open && type !== 0x809) {
      const kept = type === 0x85 ? 4 : 0;
      locked.set(bodyOf(at + 4, clear.subarray(at + 4, at + 4 + length)).subarray(kept), at + 4 + kept);
    }
  }
  return locked;
}

export const lockedXls = (spec: XlsSpec, lock: Lock): Uint8Array =>
  remade(buildXls({ ...spec, lockHead: Buffer.concat([u16(1), lock.head]) }), (streams) => {
    const clear = streamIn(streams, 'Workbook');
    const whole = enciphered(clear, lock, 1024);
    streams.set(
      'Workbook',
      lockRecords(clear, (at, body) => whole.subarray(at, at + body.length)),
    );
  });

/** Obscured by sixteen bytes that are known to belong to the password 'abc', and by the two words that do. */
export const obscuredXls = (spec: XlsSpec): Uint8Array =>
  remade(buildXls({ ...spec, lockHead: u16(0, 20_810, 52_250) }), (streams) => {
    const mask = Buffer.from('accca4abd6bac3bad6a32b45d37929bb', 'hex');
    const rotated = (b: number): number => ((b << 5) | (b >> 3)) & 0xff;
    streams.set(
      'Workbook',
      lockRecords(streamIn(streams, 'Workbook'), (at, body) => body.map((b, i) => rotated(b ^ (mask[(at + body.length + i) % 16] ?? 0)))),
    );
  });

export const lockedDoc = (spec: DocSpec, lock: Lock): Uint8Array =>
  remade(buildDoc({ ...spec, lockHead: lock.head }), (streams) => {
    const [word, table] = [streamIn(streams, 'WordDocument'), streamIn(streams, '1Table')];
    streams.set('WordDocument', Buffer.concat([word.subarray(0, 68), enciphered(word, lock, 512).subarray(68)]));
    streams.set('1Table', Buffer.concat([lock.head, enciphered(table, lock, 512).subarray(lock.head.length)]));
  });

const SUMMARIES = ['\u0005SummaryInformation', '\u0005DocumentSummaryInformation'];

/** Properties in 'EncryptedSummary', the block of each its place in the list. */
function lockSummaries(streams: Map<string, Buffer>, { key }: Lock, path: string): void {
  const parts: Buffer[] = [Buffer.alloc(8)];
  const list: Buffer[] = [u32(SUMMARIES.length)];
  let at = 8;
  for (const [i, name] of SUMMARIES.entries()) {
    const clear = streamIn(streams, name);
    parts.push(Buffer.from(rc4(key(i), clear)));
    list.push(u32(at, clear.length), u16(i), Buffer.from([name.length, 1]), u32(0), Buffer.from(`${name}\u0000`, 'utf16le'));
    at += clear.length;
    streams.delete(name);
  }
  const listed = Buffer.concat(list);
  parts[0] = Buffer.from(rc4(key(0), u32(at, listed.length)));
  streams.set(path, Buffer.concat([...parts, rc4(key(0), listed)]));
}

export const lockedPpt = (spec: PptSpec, lock: Lock): Uint8Array =>
  remade(buildPpt({ ...spec, lockHead: lock.head }), (streams) => {
    const clear = streamIn(streams, 'PowerPoint Document');
    const locked = Buffer.from(clear);
    let id = 1;
    for (let at = 0, length = 0; at + 8 <= clear.length; at += length, id++) {
      length = 8 + clear.readUInt32LE(at + 4);
      // The object that tells the cipher ends the row of objects.
      if (clear.readUInt16LE(at + 2) === 0x2f14) break;
      locked.set(rc4(lock.key(id), clear.subarray(at, at + length)), at);
    }
    streams.set('PowerPoint Document', locked);
    lockSummaries(streams, lock, 'EncryptedSummary');
  });

import { unsnapped } from './archive/snappy.ts';
import { bufferOf } from './placed.ts';

/** One field of a Protocol Buffers message (protobuf.dev, Encoding). */
export interface IwaField {
  readonly number: number;
  /** Of a varint; NaN where the field is none. */
  readonly value: number;
  /** Of a length-delimited or fixed field; empty for a varint. */
  readonly bytes: Buffer;
}

/** An object of an IWA archive: its identifier, and the number that names its kind. */
export interface IwaMessage {
  readonly object: number;
  readonly type: number;
  readonly body: Buffer;
}

export interface Iwa {
  readonly messages: readonly IwaMessage[];
  /** Bytes it unpacks to. */
  readonly size: number;
  /** What is wrong with it, in one line. */
  readonly error: string | null;
}

/** Apple's programs cut the archive into chunks of 64 KiB before they pack them. */
const MAX_CHUNK = 1024 ** 2;
const MAX_MESSAGES = 200_000;
const NOTHING = Buffer.alloc(0);

/** A varint of at most ten bytes; numbers beyond 2^53 lose their precision, which no identifier reaches. */
function varintAt(b: Buffer, at: number): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = b[at + i];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return null;
}

/** Fields in their order, up to the first that does not fit. */
export function* iwaFields(b: Buffer): Generator<IwaField> {
  for (let at = 0; at < b.byteLength;) {
    const key = varintAt(b, at);
    if (!key) return;
    const wire = key.value % 8;
    const number = Math.floor(key.value / 8);
    const value = wire === 0 || wire === 2 ? varintAt(b, key.next) : null;
    if (wire === 0) {
      if (!value) return;
      yield { number, value: value.value, bytes: NOTHING };
      at = value.next;
      continue;
    }
    const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 && value ? value.value : NaN;
    const from = value ? value.next : key.next;
    if (!(from + length <= b.byteLength)) return;
    yield { number, value: NaN, bytes: b.subarray(from, from + length) };
    at = from + length;
  }
}

const numberOf = (b: Buffer, field: number): number => {
  for (const f of iwaFields(b)) if (f.number === field && !Number.isNaN(f.value)) return f.value;
  return NaN;
};

/** Chunks: a zero, the length in three bytes, a block of Snappy without the checksum of its framing format. */
function unpacked(b: Buffer, maxBytes: number): { readonly bytes: Buffer; readonly error: string | null } {
  const parts: Uint8Array[] = [];
  let size = 0;
  for (let at = 0; at < b.byteLength;) {
    const length = at + 4 <= b.byteLength && b[at] === 0 ? b.readUIntLE(at + 1, 3) : NaN;
    if (!(at + 4 + length <= b.byteLength)) return { bytes: Buffer.concat(parts), error: `no chunk at byte ${at}` };
    const chunk = unsnapped(b.subarray(at + 4, at + 4 + length), MAX_CHUNK);
    if (!chunk) return { bytes: Buffer.concat(parts), error: `the chunk at byte ${at} is damaged` };
    size += chunk.byteLength;
    if (size > maxBytes) return { bytes: Buffer.concat(parts), error: `unpacks to more than ${maxBytes} bytes` };
    parts.push(chunk);
    at += 4 + length;
  }
  return { bytes: Buffer.concat(parts), error: null };
}

/**
 * The objects of an '.iwa' member of Pages, Numbers or Keynote since 2013: a length, a header with the object's identifier (1) and,
 * for each message (2), its type (1) and length (3), then the messages. No published specification; S. Patil, 'iWork 2013 file format'.
 */
export function readIwa(member: Uint8Array, maxBytes: number): Iwa {
  const { bytes: b, error } = unpacked(bufferOf(member), maxBytes);
  const messages: IwaMessage[] = [];
  const done = (broken: string | null): Iwa => ({ messages, size: b.byteLength, error: error ?? broken });
  for (let at = 0; at < b.byteLength;) {
    const length = varintAt(b, at);
    if (!length || length.next + length.value > b.byteLength) return done(`no object at byte ${at}`);
    const header = b.subarray(length.next, length.next + length.value);
    const object = numberOf(header, 1);
    at = length.next + length.value;
    for (const info of iwaFields(header)) {
      if (info.number !== 2) continue;
      const [type, size] = [numberOf(info.bytes, 1), numberOf(info.bytes, 3)];
      if (Number.isNaN(type) || !(at + size <= b.byteLength)) return done(`a message of object ${object} breaks off`);
      if (messages.length === MAX_MESSAGES) return done(`more than ${MAX_MESSAGES} messages`);
      messages.push({ object, type, body: b.subarray(at, at + size) });
      at += size;
    }
  }
  return done(null);
}

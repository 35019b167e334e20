import { createHash } from 'node:crypto';
import type { Bytes, Password } from '../../model/input.ts';
import type { Attempts } from '../passwords.ts';
import { deciphered } from './deciphered.ts';
import type { Coder, Folder, PackedFolder } from './sevenzip-streams.ts';
import { withoutCoder } from './sevenzip-streams.ts';

/** AES-256 in CBC mode with a key of SHA-256 (7-Zip, "Methods.txt": 06F10701). */
const METHOD = '06f10701';
/** The power by which the password is the key, unhashed. */
const UNHASHED = 0x3f;
/** Of two, in rounds: 7-Zip takes no more. */
const MOST_POWER = 24;
const KEY_BYTES = 32;
const BLOCK = 16;
const COUNTER_BYTES = 8;
/** Bytes hashed at a time. */
const BATCH = 256 * 1024;
const HASH_BLOCK = 64;

interface Lock {
  readonly power: number;
  readonly salt: Uint8Array;
  readonly iv: Uint8Array;
}

export const isLocked = ({ coders }: Folder): boolean => coders.some((k) => k.method === METHOD);

/** The properties of the coder: a byte of flags and the power, one of sizes, salt, initial vector. Null where they are damaged. */
function lockOf({ properties, ins, outs }: Coder): Lock | null {
  const [first = 0, second = 0] = properties;
  const power = first & 0x3f;
  if (properties.byteLength === 0 || ins !== 1 || outs !== 1) return null;
  const has = (first & 0xc0) !== 0;
  const saltBytes = has ? (first >> 7) + (second >> 4) : 0;
  const ivBytes = has ? ((first >> 6) & 1) + (second & 0x0f) : 0;
  const at = has ? 2 : 1;
  const iv = Buffer.alloc(BLOCK);
  iv.set(properties.subarray(at + saltBytes, at + saltBytes + ivBytes).subarray(0, BLOCK));
  return properties.byteLength < at + saltBytes + ivBytes ? null : { power, salt: properties.subarray(at, at + saltBytes), iv };
}

/** What is seen of the lock without its key; '' where nothing is. */
export function visibleOf({ coders }: Folder): string {
  const aes = coders.find((k) => k.method === METHOD);
  const lock = aes && lockOf(aes);
  return lock ? `AES-256${lock.power === UNHASHED ? '' : `, 2^${lock.power} rounds of SHA-256`}` : '';
}

/** 2^power times salt, password and a counter, hashed in one go. */
function keyOf({ power, salt }: Lock, text: string, alive: () => void): Buffer {
  const turn = Buffer.concat([salt, Buffer.from(text, 'utf16le'), Buffer.alloc(COUNTER_BYTES)]);
  if (power === UNHASHED) return Buffer.concat([turn.subarray(0, -COUNTER_BYTES), Buffer.alloc(KEY_BYTES)]).subarray(0, KEY_BYTES);
  const rounds = 2 ** power;
  const perBatch = Math.min(rounds, Math.max(1, Math.floor(BATCH / turn.byteLength)));
  const batch = Buffer.concat(Array.from({ length: perBatch }, () => turn));
  const hash = createHash('sha256');
  for (let done = 0; done < rounds; done += perBatch) {
    alive();
    const n = Math.min(perBatch, rounds - done);
    for (let i = 0; i < n; i++) batch.writeUInt32LE(done + i, (i + 1) * turn.byteLength - COUNTER_BYTES);
    hash.update(batch.subarray(0, n * turn.byteLength));
  }
  return hash.digest();
}

/** Beside the hashing: locks may ask for very little, and each has keys of its own to keep. */
const KEEPING = 500;

/** Blocks that are hashed for one key; without end where 7-Zip refuses as well. */
function costOf({ power, salt }: Lock, text: string): number {
  if (power > MOST_POWER && power !== UNHASHED) return Infinity;
  return KEEPING + (power === UNHASHED ? 0 : Math.ceil((2 ** power * (salt.byteLength + 2 * text.length + COUNTER_BYTES)) / HASH_BLOCK));
}

/** The key of a lock by a password; null where all work that may be spent is done. Each is made once: 7-Zip uses one for all its folders. */
export type Keys = (lock: Lock, password: Password) => Buffer | null;

export function keysOf(attempts: Attempts, alive: () => void): Keys {
  const made = new Map<string, Buffer>();
  return (lock, password) => {
    const name = `${password.line} ${lock.power} ${Buffer.from(lock.salt).toString('hex')}`;
    const known = made.get(name);
    if (known) return known;
    if (!attempts.spend(costOf(lock, password.text))) return null;
    const key = keyOf(lock, password.text, alive);
    made.set(name, key);
    return key;
  };
}

/** A folder without its lock, its streams in the clear as they are read; null where the lock is not understood or no work may be spent. */
export function clear({ folder, streams }: PackedFolder, password: Password, keys: Keys): PackedFolder | null {
  const open: Bytes[] = [...streams];
  let rest = folder;
  for (let index = rest.coders.length - 1; index >= 0; index--) {
    const aes = rest.coders[index];
    if (aes?.method !== METHOD) continue;
    const lock = lockOf(aes);
    const key = lock && keys(lock, password);
    const before = rest.coders.slice(0, index);
    const at = rest.packed.indexOf(before.reduce((n, k) => n + k.ins, 0));
    const stream = open[at];
    if (!key || !stream) return null;
    const size = rest.unpackSizes[before.reduce((n, k) => n + k.outs, 0)] ?? 0;
    open[at] = deciphered(stream, key, lock.iv).window(0, size);
    rest = withoutCoder(rest, index);
  }
  return { folder: rest, streams: open };
}

import { bytesOf } from '../model/bytes.ts';
import type { Child, Container, Input, OpeningProblem, Password } from '../model/input.ts';
import { readCfb, streamOf } from '../structures/ole/cfb.ts';
import { ENCRYPTED_PACKAGE } from '../structures/ole/cfb-type.ts';
import { type PackageKey, type PackageLock, packageLock } from '../structures/ole/encryption-info.ts';
import { attemptsOf, OPEN_TO_ALL, passwordClaim, triedInVain } from '../structures/passwords.ts';

const KEY = 'EncryptedPackage';
const SIZE_BYTES = 8;

interface Opened {
  /** Null where it took none of the list. */
  readonly password: Password | null;
  readonly key: PackageKey;
}

function unlocked(input: Input, lock: PackageLock): Opened | null {
  if (lock.cost === 0) return null;
  const attempts = input.once(attemptsOf);
  for (const { text } of OPEN_TO_ALL) {
    const key = attempts.spend(lock.cost) ? lock.keyBy(text) : null;
    if (key) return { password: null, key };
  }
  for (const password of attempts.tries(lock.cost)) {
    const key = lock.keyBy(password.text);
    if (!key) continue;
    attempts.opened(password);
    return { password, key };
  }
  return null;
}

function* open(input: Input): Generator<Child | OpeningProblem> {
  const cfb = input.once(readCfb);
  const content = streamOf(cfb, KEY);
  const lock = packageLock(streamOf(cfb, 'EncryptionInfo') ?? new Uint8Array(0));
  const visible = lock ? ` (${lock.visible})` : ', and how is not told: its EncryptionInfo is damaged or of an unknown kind';
  const opened = lock && content ? unlocked(input, lock) : null;
  if (!opened || !content) {
    yield { problem: { code: 'encrypted', message: `the document is encrypted${visible}${lock && lock.cost > 0 ? triedInVain(input) : ''}` } };
    return;
  }
  const announced = content.byteLength < SIZE_BYTES ? 0 : Number(Buffer.from(content.subarray(0, SIZE_BYTES)).readBigUInt64LE());
  const clear = opened.key.decipher(content.subarray(SIZE_BYTES)).subarray(0, announced);
  if (clear.byteLength < announced)
    yield { problem: { code: 'truncated', message: `the document breaks off after ${clear.byteLength} bytes of ${announced}` } };
  yield { key: KEY, role: 'document', bytes: bytesOf(clear), says: opened.password ? [passwordClaim(opened.password)] : [] };
}

/**
 * A document of Office 2007 and later that is locked with a password: its package lies enciphered in a compound file. Without
 * the password the problem tells what can be seen: the cipher, its key, how often the password is hashed, the provider.
 */
export const encryptedPackage: Container = { id: 'encrypted-package', version: 2, mediaTypes: [ENCRYPTED_PACKAGE], open };

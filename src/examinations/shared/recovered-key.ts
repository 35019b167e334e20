import { RECOVERED } from '../../model/dkim-key.ts';
import { type RsaKey, rsaKey, signedDigest } from './rsa.ts';
import { recordOfKey } from './rsa-spki.ts';
import { hashOf, type Signed, type SignerGroup } from './signer-groups.ts';

/** A key computed from signatures, and what it explains. */
export interface RecoveredKey {
  readonly record: string;
  readonly bits: number;
  readonly exponent: number;
  /** 'recovered from messages A and B, verifies 14 of 15'. */
  readonly source: string;
  readonly verifies: number;
  readonly of: number;
}

/** Primes below come into a common factor by chance; a larger one does so once in some 100,000 times. */
const SMALL = 65_536;

const SMALL_PRIMES: readonly bigint[] = (() => {
  const composite = new Uint8Array(SMALL);
  const primes: bigint[] = [];
  for (let p = 2; p < SMALL; p++) {
    if (composite[p] === 1) continue;
    primes.push(BigInt(p));
    for (let q = p * p; q < SMALL; q += p) composite[q] = 1;
  }
  return primes;
})();

function withoutSmallFactors(n: bigint): bigint {
  let rest = n;
  for (const p of SMALL_PRIMES) while (rest > 1n && rest % p === 0n) rest /= p;
  return rest;
}

/** The root of a square, the number itself for anything else. Newton, from above. */
function withoutSquare(n: bigint): bigint {
  if (n < 4n) return n;
  let root = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root * root === n ? root : n;
    root = next;
  }
}

/** The modulus in a common factor of some s^e - m; null where what is left is not as long as a signature. */
export function modulusIn(factor: bigint, bytes: number): bigint | null {
  let n = withoutSmallFactors(factor);
  if (rsaKey(n, 3n).bits > bytes * 8) n = withoutSquare(n);
  const { bits } = rsaKey(n, 3n);
  return n % 2n === 1n && bits <= bytes * 8 && bits > (bytes - 1) * 8 ? n : null;
}

/** Whether the key made this signature over the header as it stands, or as it was before a change of transport. */
function fits(key: RsaKey, { record }: Signed): boolean {
  const digests = record.digests.map((d) => Buffer.from(d.digest, 'base64'));
  return signedDigest(key, Buffer.from(record.signature, 'base64'), hashOf(record), digests) !== -1;
}

/**
 * Checks a modulus on all signatures of the group. Null unless it fits the anchor and one of the others: that two random
 * numbers share a factor so long does not happen.
 * @param tried members: the anchor first.
 */
export function recoveredKey(group: SignerGroup, modulus: bigint, exponent: number, tried: readonly number[]): RecoveredKey | null {
  const key = rsaKey(modulus, BigInt(exponent));
  const made = group.members.map((s) => fits(key, s));
  const [a, ...others] = tried.filter((i) => made[i]);
  if (a === undefined || others.length === 0 || a !== tried[0]) return null;
  const verifies = made.filter(Boolean).length;
  const one = group.members[a]?.path ?? '';
  // A forwarder signs one message twice on its way.
  const other = others.map((i) => group.members[i]?.path).find((path) => path !== one);
  const two = other === undefined ? `two signatures of message ${one}` : `messages ${one} and ${other}`;
  return {
    record: recordOfKey(key),
    bits: key.bits,
    exponent,
    source: `${RECOVERED} from ${two}, verifies ${verifies} of ${made.length}`,
    verifies,
    of: made.length,
  };
}

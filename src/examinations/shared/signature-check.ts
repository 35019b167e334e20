import { verify } from 'node:crypto';
import { bodyNotes, type SignatureOutcome, type SignatureRecord } from '../../model/dkim.ts';
import { type DkimKey, type DkimKeys, keyName, RECOVERED } from '../../model/dkim-key.ts';
import { type KeyRecord, readKeyRecord } from './key-record.ts';
import { signedDigest } from './rsa.ts';

export interface Checked {
  readonly outcome: SignatureOutcome;
  readonly notes: readonly string[];
  /** Of the key that decided; null without one. */
  readonly bits: number | null;
}

/** Keys under this can be found by anyone with some computers (RFC 8301 section 3.2). */
const LEAST_BITS = 1024;

/** Records read once a run. */
export class KeyRing {
  readonly #keys: DkimKeys;
  readonly #read = new Map<string, KeyRecord>();

  constructor(keys: DkimKeys) {
    this.#keys = keys;
  }

  of(record: SignatureRecord): { key: DkimKey; record: KeyRecord }[] {
    return (this.#keys.get(keyName(record.selector, record.domain)) ?? []).map((key) => {
      const known = this.#read.get(key.record) ?? readKeyRecord(key.record);
      this.#read.set(key.record, known);
      return { key, record: known };
    });
  }
}

/** Why this key cannot have made this signature; '' where it may. */
function refusal(s: SignatureRecord, k: KeyRecord): string {
  if (!k.key) return k.fault === 'revoked' ? 'key revoked' : `key record ${k.fault}`;
  return s.algorithm.startsWith(`${k.key.kind}-`) ? '' : 'key is of another algorithm';
}

/**
 * What the signer's policy says against such a use of the key (RFC 6376 section 6.1.2). A receiver refuses the mail then; what the
 * signature shows of the bytes is the same.
 */
function policyNotes(s: SignatureRecord, k: KeyRecord): string[] {
  const hash = s.algorithm.split('-')[1] ?? '';
  const at = s.identity.lastIndexOf('@');
  const local = s.identity.slice(0, Math.max(0, at));
  const named = s.identity !== '';
  return [
    ...(k.hashes.length > 0 && !k.hashes.includes(hash) ? [`key is not for ${hash}`] : []),
    ...(k.forMail ? [] : ['key is not for mail']),
    ...(k.strict && named && s.identity.slice(at + 1).toLowerCase() !== s.domain ? ['key is not for subdomains'] : []),
    ...(named && k.granularity !== '' && !fits(k.granularity, local) ? ['key is not for this sender'] : []),
  ];
}

/** g= of RFC 4871: one '*' stands for any text. */
function fits(pattern: string, local: string): boolean {
  const star = pattern.indexOf('*');
  if (star === -1) return pattern === local;
  const [head, tail] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return local.length >= head.length + tail.length && local.startsWith(head) && local.endsWith(tail);
}

/** Which digest of the header the signature is over: -1 for none. */
function matching(s: SignatureRecord, key: NonNullable<KeyRecord['key']>): number {
  const signature = Buffer.from(s.signature, 'base64');
  const digests = s.digests.map((d) => Buffer.from(d.digest, 'base64'));
  if (key.kind === 'rsa') return signedDigest(key.rsa, signature, s.algorithm.endsWith('sha1') ? 'sha1' : 'sha256', digests);
  // RFC 8463 section 3: Ed25519 over the digest, not over the header.
  return signature.byteLength === 64 ? digests.findIndex((d) => verify(null, d, key.object, signature)) : -1;
}

const known = (s: SignatureRecord, fits: boolean): SignatureOutcome => {
  if (fits) return s.body.state === 'changed' ? 'body changed' : s.body.state === 'absent' ? 'headers verified, body absent' : 'verified';
  return s.body.state === 'changed' ? 'headers and body changed' : 'headers changed';
};

function keyNotes(key: DkimKey, record: KeyRecord, signedMs: number | null): string[] {
  const outside = signedMs !== null && ((key.from !== null && signedMs < key.from) || (key.until !== null && signedMs > key.until));
  return [
    ...(record.bits < LEAST_BITS && record.key?.kind === 'rsa' ? [`key of ${record.bits} bits`] : []),
    ...(record.testing ? ['key for testing'] : []),
    ...(key.source.startsWith(RECOVERED) ? ['key recovered from the corpus'] : []),
    ...(outside ? ['key dated otherwise'] : []),
  ];
}

const unique = (notes: readonly string[]): string[] => [...new Set(notes)];

/**
 * Checks one signature with every key of its name.
 * @param ownTime ms since 1970 when the message was on its way, by which `x=` is judged: not by today.
 */
export function checkSignature(s: SignatureRecord, ring: KeyRing, ownTime: number | null): Checked {
  const body = s.body.state === 'none' ? [] : [`body ${s.body.state}`, ...bodyNotes(s.body)];
  if (s.fault !== '') return { outcome: 'not checkable', notes: unique([s.fault, ...body]), bits: null };
  const signedMs = s.signedAt === null ? ownTime : s.signedAt * 1000;
  const expired = s.expiresAt !== null && ownTime !== null && ownTime > s.expiresAt * 1000 ? ['past its own expiry'] : [];
  const refused: string[] = [];
  let failed: Checked | null = null;
  for (const { key, record } of ring.of(s)) {
    const why = refusal(s, record);
    if (why !== '' || !record.key) {
      refused.push(why);
      continue;
    }
    const nth = matching(s, record.key);
    const notes = (undone: string): string[] =>
      unique([
        ...(undone === '' ? [] : [`undone: ${undone}`]),
        ...bodyNotes(s.body),
        ...expired,
        ...policyNotes(s, record),
        ...keyNotes(key, record, signedMs),
      ]);
    if (nth !== -1) return { outcome: known(s, true), notes: notes(s.digests[nth]?.undone ?? ''), bits: record.bits };
    failed ??= { outcome: known(s, false), notes: notes(''), bits: record.bits };
  }
  if (failed) return failed;
  return { outcome: 'key unknown', notes: unique([...body, ...expired, ...refused]), bits: null };
}

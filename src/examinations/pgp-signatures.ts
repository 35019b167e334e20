import type { Claim, Locator } from '../model/claim.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type Observation } from '../model/examination.ts';
import { idOfKey, type PgpKeyRecord, type PgpSignatureRecord, readPgpKey, readPgpSignature } from '../model/pgp.ts';
import type { ArtifactId } from '../model/provenance.ts';
import { stateText } from '../model/signature-state.ts';
import { type Fit, pgpFit, pgpKeyBits } from './shared/pgp-check.ts';

const READS = ['pgp.signature', 'pgp.key', 'pgp.keys', 'pgp.issuer'] as const;
type Read = (typeof READS)[number];

/** Different keys of one ID are a collision that somebody made; each costs a check a signature. */
const MOST_KEYS = 8;
const MOST_NAMES = 5;
/** RFC 9580 section 12.5 and RFC 8301: shorter ones can be broken. */
const LEAST_BITS = 1024;
const WEAK_DIGESTS = new Set(['md5', 'sha1', 'ripemd160']);

/** One key, wherever copies of it lie; the first is cited. */
interface Key {
  readonly record: PgpKeyRecord;
  readonly at: { readonly artifact: ArtifactId; readonly locator: Locator };
  readonly userIds: string[];
}

interface Signature {
  readonly about: ArtifactId;
  readonly claim: Pick<Claim, 'field' | 'locator'>;
  readonly record: PgpSignatureRecord;
}

const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);

function addKey(keys: Map<string, Key>, artifact: ArtifactId, locator: Locator, record: PgpKeyRecord): void {
  const name = `${record.fingerprint} ${record.numbers.join(' ')}`;
  let key = keys.get(name);
  if (!key) {
    if (keys.size >= MOST_KEYS) return;
    key = { record, at: { artifact, locator }, userIds: [] };
    keys.set(name, key);
  }
  for (const id of record.userIds) if (key.userIds.length < MOST_NAMES && !key.userIds.includes(id)) key.userIds.push(id);
}

/** Keys by their ID, of those IDs alone that some signature names. */
type KeyRing = ReadonlyMap<string, Map<string, Key>>;

function collectKeys(subject: Subject<Read>, ring: KeyRing): void {
  for (const c of subject.claims('pgp.key')) {
    const record = readPgpKey(c.value);
    const keys = record && ring.get(idOfKey(record));
    if (keys) addKey(keys, subject.artifact.id, c.locator, record);
  }
}

function* signaturesOf(subject: Subject<Read>, issuer: string): Iterable<Signature> {
  for (const c of subject.claims('pgp.signature')) {
    const record = readPgpSignature(c.value);
    if (record?.issuer === issuer) yield { about: subject.artifact.id, claim: { field: c.field, locator: c.locator }, record };
  }
}

interface Checked {
  readonly outcome: string;
  readonly notes: readonly string[];
  readonly key: Key | null;
}

/** The 16 bits that a signature gives of its digest (RFC 9580 section 5.2.3): anyone may write them, an honest edit does not. */
const showsContent = (s: PgpSignatureRecord): boolean =>
  s.digests.some((d) => Buffer.from(d.digest, 'base64').subarray(0, 2).toString('hex').toUpperCase() === s.check);

const contentNote = (s: PgpSignatureRecord): string[] =>
  s.digests.length === 0 ? [] : [showsContent(s) ? 'content fits its 16-bit check' : 'content differs by its 16-bit check'];

function keyNotes(s: PgpSignatureRecord, { record }: Key): string[] {
  const bits = pgpKeyBits(record);
  return [
    ...(WEAK_DIGESTS.has(s.hash) ? [`digest ${s.hash}`] : []),
    ...(bits < LEAST_BITS && (record.algorithm === 'rsa' || record.algorithm === 'dsa') ? [`key of ${bits} bits`] : []),
    ...(s.created !== null && s.created < record.created ? ['key younger than the signature'] : []),
  ];
}

function outcomeOf(s: PgpSignatureRecord, fit: Exclude<Fit, null>): Pick<Checked, 'outcome' | 'notes'> {
  if (fit === 'other digest') return { outcome: 'content changed', notes: [] };
  // Without a digest inside, a changed content and a wrong signature look the same but for the 16 bits.
  if (fit === 'none')
    return showsContent(s) ? { outcome: 'signature does not fit', notes: [] } : { outcome: 'content changed', notes: ['by its 16-bit check'] };
  const undone = s.digests[fit]?.undone ?? '';
  return { outcome: 'verified', notes: undone === '' ? [] : [`undone: ${undone}`] };
}

function checked(s: PgpSignatureRecord, keys: Iterable<Key>): Checked {
  let failed: Checked | null = null;
  let seen = false;
  for (const key of keys) {
    if (s.fingerprint !== '' && s.fingerprint !== key.record.fingerprint) continue;
    seen = true;
    const fit = pgpFit(s, key.record);
    if (fit === null) continue;
    const { outcome, notes } = outcomeOf(s, fit);
    const result = { outcome, notes: [...notes, ...keyNotes(s, key)], key };
    if (outcome === 'verified') return result;
    if (failed?.outcome !== 'content changed') failed = result;
  }
  if (failed) return failed;
  return { outcome: seen ? 'algorithm not supported' : 'key not in the dump', notes: contentNote(s), key: null };
}

function* observations({ about, claim, record }: Signature, keys: Iterable<Key>): Iterable<Observation> {
  const { outcome, notes, key } = checked(record, keys);
  const said = { basis: 'observed', field: claim.field, locator: claim.locator } as const;
  const state = stateText(outcome, notes);
  const other = key ? { other: key.at } : {};
  yield { about, claim: { ...said, attribute: 'signature.state', raw: state, value: state }, ...other };
  if (!key) return;
  const names = key.userIds.map(shortened);
  for (const name of names) yield { about, claim: { ...said, attribute: 'signature.signer', raw: name, value: name }, ...other };
  const called = names.length === 0 ? 'it names nobody' : `it names itself ${names.map((n) => `'${n}'`).join(', ')}`;
  const trust = `key ${key.record.fingerprint} lies in the dump; ${called}, and nobody here vouches for that`;
  yield { about, claim: { ...said, attribute: 'signature.trust', raw: trust.slice(0, 1024), value: trust }, ...other };
}

/**
 * Checks every OpenPGP signature over a document with the keys that lie anywhere in the dump: attached, written into letters,
 * in their headers, in key rings. Works on the records that reading left. Holds the keys that signatures name, and one
 * artifact at a time.
 */
export const pgpSignatures = examination({
  id: 'pgp-signatures',
  version: 1,
  reads: READS,
  async *examine(evidence) {
    const ring = new Map<string, Map<string, Key>>();
    for await (const { value } of evidence.groups('pgp.issuer', 1)) ring.set(value, new Map());
    if (ring.size === 0) return;
    for await (const subject of evidence.byValue('pgp.keys')) collectKeys(subject, ring);
    for await (const { value, members } of evidence.groups('pgp.issuer', 1)) {
      const keys = [...(ring.get(value)?.values() ?? [])];
      for await (const subject of members) for (const s of signaturesOf(subject, value)) yield* observations(s, keys);
    }
  },
});

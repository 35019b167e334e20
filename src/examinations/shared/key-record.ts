import { createPublicKey, type KeyObject } from 'node:crypto';
import { type RsaKey, readRsaKey } from './rsa.ts';

/** What a key's record says, as RFC 6376 section 3.6.1 and RFC 8463 section 4 have it. */
export interface KeyRecord {
  readonly key: { readonly kind: 'rsa'; readonly rsa: RsaKey } | { readonly kind: 'ed25519'; readonly object: KeyObject } | null;
  /** Why there is none: 'revoked' for an empty p=, or what is wrong with the record; '' where there is a key. */
  readonly fault: string;
  readonly bits: number;
  /** h=; empty where all are allowed. */
  readonly hashes: readonly string[];
  /** t=y. */
  readonly testing: boolean;
  /** t=s: i= must not name a subdomain. */
  readonly strict: boolean;
  /** s= lets it sign mail. */
  readonly forMail: boolean;
  /** g= of RFC 4871; '*' where none is written. */
  readonly granularity: string;
}

/** Of a raw Ed25519 key in a SubjectPublicKeyInfo (RFC 8410 section 4). */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const listOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(':')
    .map((s) => s.trim().toLowerCase())
    .filter((s) => s !== '');

function tagsOf(record: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  for (const piece of record.split(';')) {
    const equals = piece.indexOf('=');
    if (equals !== -1) tags.set(piece.slice(0, equals).trim(), piece.slice(equals + 1).trim());
  }
  return tags;
}

function keyOf(kind: string, bytes: Uint8Array): KeyRecord['key'] {
  if (kind === 'rsa') {
    const rsa = readRsaKey(bytes);
    return rsa && { kind, rsa };
  }
  if (kind !== 'ed25519' || bytes.byteLength !== 32) return null;
  return { kind, object: createPublicKey({ key: Buffer.concat([ED25519_PREFIX, bytes]), format: 'der', type: 'spki' }) };
}

/** Reads a record; what it cannot use it names in `fault`. Never throws. */
export function readKeyRecord(record: string): KeyRecord {
  const tags = tagsOf(record);
  const flags = listOf(tags.get('t'));
  const services = listOf(tags.get('s'));
  const kind = (tags.get('k') ?? 'rsa').toLowerCase();
  const p = tags.get('p')?.replace(/\s+/g, '');
  const version = tags.get('v');
  const rest = {
    hashes: listOf(tags.get('h')),
    testing: flags.includes('y'),
    strict: flags.includes('s'),
    forMail: services.length === 0 || services.includes('*') || services.includes('email'),
    granularity: tags.get('g') ?? '*',
  };
  const none = (fault: string): KeyRecord => ({ key: null, fault, bits: 0, ...rest });
  if (version !== undefined && version !== 'DKIM1') return none('is no key record');
  if (p === undefined) return none('has no p=');
  if (p === '') return none('revoked');
  const key = keyOf(kind, Buffer.from(p, 'base64'));
  if (!key) return none(kind === 'rsa' || kind === 'ed25519' ? 'has a p= that is no key' : `is of the unknown type '${kind.slice(0, 20)}'`);
  return { key, fault: '', bits: key.kind === 'rsa' ? key.rsa.bits : 256, ...rest };
}

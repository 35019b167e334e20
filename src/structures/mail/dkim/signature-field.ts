import type { SignatureKind } from '../../../model/dkim.ts';
import { domainOf } from '../../../model/mail-domain.ts';
import type { Canonicalization } from './canonical-body.ts';
import { parseTagList, type Tag } from './tag-list.ts';

/** A signature's field as far as it was understood. `fault` says why it cannot be checked, '' where it can. */
export interface SignatureField {
  readonly kind: SignatureKind;
  readonly instance: number;
  readonly domain: string;
  readonly selector: string;
  readonly algorithm: string;
  readonly digest: 'sha1' | 'sha256';
  readonly header: Canonicalization;
  readonly body: Canonicalization;
  readonly identity: string;
  readonly signedAt: number | null;
  readonly expiresAt: number | null;
  readonly length: number | null;
  readonly names: readonly string[];
  readonly signature: string;
  /** bh=; '' for a seal. */
  readonly bodyHash: string;
  /** Whether the body can be compared with it, whatever else is wrong. */
  readonly coversBody: boolean;
  readonly fault: string;
}

export const SIGNATURE_KINDS: ReadonlyMap<string, SignatureKind> = new Map([
  ['dkim-signature', 'dkim'],
  ['arc-message-signature', 'arc-message'],
  ['arc-seal', 'arc-seal'],
]);

const REQUIRED: Readonly<Record<SignatureKind, readonly string[]>> = {
  dkim: ['v', 'a', 'b', 'bh', 'd', 'h', 's'],
  'arc-message': ['i', 'a', 'b', 'bh', 'd', 'h', 's'],
  'arc-seal': ['i', 'a', 'b', 'cv', 'd', 's'],
};
const ALGORITHMS: ReadonlySet<string> = new Set(['rsa-sha1', 'rsa-sha256', 'ed25519-sha256']);
const FORMS = /^(simple|relaxed)(?:\/(simple|relaxed))?$/;
const MAX_NAMES = 500;
const MAX_NAME = 200;
/** RFC 1035 section 2.3.4; and what an RSA key of 16,384 bits or a SHA-256 digest needs in base64. */
const MAX_DOMAIN = 255;
const MAX_SIGNATURE = 4096;
const MAX_HASH = 64;

const compact = (text: string): string => text.replace(/\s+/g, '');
const numberIn = (tag: Tag | undefined, digits: number): number | null =>
  tag && /^\d+$/.test(tag.value) && tag.value.length <= digits ? Number(tag.value) : null;

function faultOf(kind: SignatureKind, tags: ReadonlyMap<string, Tag>, names: readonly string[], length: number | null): string {
  const value = (name: string): string => tags.get(name)?.value ?? '';
  const missing = REQUIRED[kind].filter((name) => value(name) === '');
  if (missing.length > 0) return `no ${missing.map((m) => `${m}=`).join(', ')}`;
  if (kind === 'dkim' && value('v') !== '1') return `version '${value('v').slice(0, 20)}'`;
  if (!ALGORITHMS.has(value('a').toLowerCase())) return `algorithm '${value('a').slice(0, 40)}'`;
  if (tags.has('c') && kind !== 'arc-seal' && !FORMS.test(value('c').toLowerCase())) return `canonicalization '${value('c').slice(0, 40)}'`;
  if (tags.has('l') && length === null) return 'l= is no number';
  if (kind !== 'arc-seal' && !names.includes('from')) return 'h= leaves out From';
  if (names.length > MAX_NAMES) return `more than ${MAX_NAMES} names in h=`;
  if (kind === 'dkim' && tags.has('i') && !isWithin(value('i'), value('d'))) return 'i= lies outside of d=';
  if (!/^[A-Za-z0-9+/=\s]+$/.test(value('b'))) return 'b= is no base64';
  if (compact(value('b')).length > MAX_SIGNATURE) return 'b= is longer than any signature';
  if (['d', 's', 'i'].some((name) => value(name).length > 2 * MAX_DOMAIN)) return 'd=, s= or i= is longer than any name';
  return '';
}

/** The AUID's domain is d= or below it (RFC 6376 section 3.5). */
const isWithin = (identity: string, domain: string): boolean => {
  const own = domainOf(identity).toLowerCase();
  return own === domain.toLowerCase() || own.endsWith(`.${domain.toLowerCase()}`);
};

const UNREADABLE: Omit<SignatureField, 'kind'> = {
  instance: 0,
  domain: '',
  selector: '',
  algorithm: '',
  digest: 'sha256',
  header: 'simple',
  body: 'simple',
  identity: '',
  signedAt: null,
  expiresAt: null,
  length: null,
  names: [],
  signature: '',
  bodyHash: '',
  coversBody: false,
  fault: 'its tags cannot be read',
};

/** `value` is everything behind the colon. RFC 6376 section 3.5, RFC 8617 section 4.1. */
export function parseSignature(kind: SignatureKind, value: string): SignatureField {
  const tags = parseTagList(value);
  if (!tags) return { kind, ...UNREADABLE };
  const text = (name: string): string => tags.get(name)?.value ?? '';
  const algorithm = text('a').toLowerCase();
  const forms = FORMS.exec(text('c').toLowerCase());
  const sealed = kind === 'arc-seal';
  const names = sealed
    ? []
    : compact(text('h'))
        .toLowerCase()
        .split(':')
        .filter((n) => n !== '');
  const length = numberIn(tags.get('l'), 15);
  return {
    kind,
    instance: kind === 'dkim' ? 0 : (numberIn(tags.get('i'), 4) ?? 0),
    domain: compact(text('d')).toLowerCase().slice(0, MAX_DOMAIN),
    selector: compact(text('s')).toLowerCase().slice(0, MAX_DOMAIN),
    algorithm: algorithm.slice(0, 40),
    digest: algorithm.endsWith('sha1') ? 'sha1' : 'sha256',
    header: sealed ? 'relaxed' : ((forms?.[1] ?? 'simple') as Canonicalization),
    body: (forms?.[2] ?? 'simple') as Canonicalization,
    identity: kind === 'dkim' ? compact(text('i')).slice(0, 2 * MAX_DOMAIN) : '',
    signedAt: numberIn(tags.get('t'), 12),
    expiresAt: numberIn(tags.get('x'), 12),
    length: sealed ? null : length,
    names: names.slice(0, MAX_NAMES).map((n) => n.slice(0, MAX_NAME)),
    signature: compact(text('b')).slice(0, MAX_SIGNATURE),
    bodyHash: sealed ? '' : compact(text('bh')).slice(0, MAX_HASH),
    coversBody:
      !sealed && text('bh') !== '' && ALGORITHMS.has(algorithm) && (forms !== null || !tags.has('c')) && (length !== null || !tags.has('l')),
    fault: faultOf(kind, tags, names, length),
  };
}

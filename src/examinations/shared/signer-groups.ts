import type { SignatureRecord } from '../../model/dkim.ts';
import { isAligned } from '../../model/mail-domain.ts';
import { bigintOf, encodeDigest } from './rsa.ts';

/** One RSA signature of the corpus: of its record what the arithmetic needs, because there may be a million of them. */
export interface Signed {
  /** The message, as a rendered provenance. */
  readonly path: string;
  readonly record: Pick<SignatureRecord, 'domain' | 'selector' | 'algorithm' | 'signature' | 'digests'>;
}

/** Signatures of one domain, selector and length: what one key may have made. Each value once, the likeliest to be unharmed first. */
export interface SignerGroup {
  readonly domain: string;
  readonly selector: string;
  /** Of the signature, and so of the modulus. */
  readonly bytes: number;
  /** At most {@link MOST_KEPT}. */
  readonly members: readonly Signed[];
  /** How many of the members are likely to be unharmed: they come first. */
  readonly likely: number;
  /** Whether it signs mail of its own domain, for the most part: its key then speaks for authors, and not for whoever passed the mail on. */
  readonly ofAuthors: boolean;
  /** How many distinct signatures there are, kept or not. */
  readonly all: number;
}

/** The two numbers of one signature: s, and m as EMSA-PKCS1-v1_5 of the header digest as it stands. In hex: they go to workers. */
export interface SignedPair {
  readonly s: string;
  readonly m: string;
}

/** Moduli from 512 to 4096 bits: smaller ones cannot hold SHA-256, larger ones are in no mail. */
const LEAST_BYTES = 64;
const MOST_BYTES = 512;
/** A signer of a million messages is known after these. */
const MOST_KEPT = 2_000;
/** Of a signature, to know it again. */
const ENOUGH_BYTES = 24;

/**
 * A seal signs ARC fields only, neither addressees nor text, which are what publishers black out: of the messages in
 * one public collection 75 of 91 seals were unharmed, and 14 of the 91 signatures of the same server over whole messages. Otherwise
 * the header is likelier to be as it was signed where the body is, where it names no addressee, and where nobody decoded it.
 */
function rankOf({ kind, body, fields }: SignatureRecord, { decoded, addressed }: MessageTraits): number {
  if (kind === 'arc-seal') return 0;
  if (decoded) return LAST_RANK;
  if (body.state === 'absent') return 4;
  if (body.state !== 'intact') return LAST_RANK;
  if (body.undone !== '') return 3;
  return addressed && fields.includes('to') ? 2 : 1;
}

const LAST_RANK = 5;

/** Ranks that promise: seals, and messages whose body is as it was signed. */
const LIKELY_RANKS = 4;

/** What the message says beside its signature. */
export interface MessageTraits {
  /** Fields that most signatures cover were written anew in letters beyond ASCII. */
  readonly decoded: boolean;
  /** It names somebody in To. */
  readonly addressed: boolean;
  /** The domain in From, in lower case; '' where there is none. */
  readonly authorDomain: string;
}

interface Gathered {
  readonly ranks: Signed[][];
  readonly seen: Set<string>;
  readonly record: Signed['record'];
  ofAuthors: number;
}

/** Gathers what one signer's messages bear: in the order of the evidence, which is that of paths. */
export class GroupsOfSigner {
  readonly #bySize = new Map<number, Gathered>();

  add(path: string, found: SignatureRecord, traits: MessageTraits): void {
    const value = Buffer.from(found.signature, 'base64');
    const bytes = value.byteLength;
    const usable = found.fault === '' && found.digests.length > 0 && /^rsa-sha(?:1|256)$/.test(found.algorithm);
    if (!usable || bytes < LEAST_BYTES || bytes > MOST_BYTES) return;
    const { domain, selector, algorithm, signature, digests } = found;
    const record = { domain, selector, algorithm, signature, digests };
    const group: Gathered = this.#bySize.get(bytes) ?? {
      ranks: Array.from({ length: LAST_RANK + 1 }, () => []),
      seen: new Set(),
      record,
      ofAuthors: 0,
    };
    this.#bySize.set(bytes, group);
    // A copy has the same number: paired with it, the common factor would be the number itself.
    const start = value.toString('latin1', 0, ENOUGH_BYTES);
    if (group.seen.has(start)) return;
    group.seen.add(start);
    if (found.kind === 'dkim' && traits.authorDomain !== '' && isAligned(traits.authorDomain, domain)) group.ofAuthors++;
    const rank = group.ranks[rankOf(found, traits)];
    if (rank && rank.length < MOST_KEPT) rank.push({ path, record });
  }

  groups(): SignerGroup[] {
    return [...this.#bySize]
      .sort(([a], [b]) => a - b)
      .map(([bytes, { ranks, seen, record, ofAuthors }]) => ({
        domain: record.domain,
        selector: record.selector,
        bytes,
        members: ranks.flat().slice(0, MOST_KEPT),
        likely: Math.min(MOST_KEPT, ranks.slice(0, LIKELY_RANKS).flat().length),
        ofAuthors: 2 * ofAuthors > seen.size,
        all: seen.size,
      }));
  }
}

export const hashOf = (record: Pick<SignatureRecord, 'algorithm'>): 'sha1' | 'sha256' => (record.algorithm.endsWith('sha1') ? 'sha1' : 'sha256');

/** Null for a digest of the wrong length. */
export function pairOf({ record }: Signed, bytes: number): SignedPair | null {
  const digest = Buffer.from(record.digests[0]?.digest ?? '', 'base64');
  if (digest.byteLength !== (hashOf(record) === 'sha1' ? 20 : 32)) return null;
  const m = encodeDigest(digest, hashOf(record), bytes);
  const s = bigintOf(Buffer.from(record.signature, 'base64'));
  return m === null || s < 2n ? null : { s: s.toString(16), m: m.toString(16) };
}

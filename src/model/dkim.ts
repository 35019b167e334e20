import { partsOfState } from './signature-state.ts';

/** Which field it is: DKIM-Signature (RFC 6376), ARC-Message-Signature or ARC-Seal (RFC 8617). */
export type SignatureKind = 'dkim' | 'arc-message' | 'arc-seal';

/** A digest of the signed header fields, in base64; `undone` names in words what was put back to get it, '' for the message as it stands. */
export interface HeaderDigest {
  readonly undone: string;
  readonly digest: string;
}

/**
 * What became of the signed body. 'intact' with `undone` where it fits after one change of transport is put back; 'none'
 * for a seal, which signs no body, and for a signature that names no hash of it; 'absent' where only the header was kept (Outlook's transport header).
 */
export interface SignedBody {
  readonly state: 'intact' | 'changed' | 'none' | 'absent';
  readonly undone: string;
  /** Bytes that `l=` covers, of how many canonical ones; null without `l=`. */
  readonly covers: readonly [bytes: number, of: number] | null;
}

/**
 * All that a later verification needs of one signature: with a key, and without the message. Written as compact JSON into
 * `dkim.signature`. Domain, selector, names of fields are in lower case.
 */
export interface SignatureRecord {
  readonly kind: SignatureKind;
  /** i= of an ARC set; 0 for DKIM. */
  readonly instance: number;
  readonly domain: string;
  readonly selector: string;
  /** 'rsa-sha1', 'rsa-sha256', 'ed25519-sha256'. */
  readonly algorithm: string;
  /** As it applies: 'relaxed/simple'. */
  readonly canonicalization: string;
  /** AUID, i= of DKIM; '' where none is written. */
  readonly identity: string;
  /** t= and x=, seconds since 1970, UTC; null where none or no number. */
  readonly signedAt: number | null;
  readonly expiresAt: number | null;
  /** h=, in order, repetitions kept. */
  readonly fields: readonly string[];
  /** b=, in base64 without blanks. */
  readonly signature: string;
  /** The first is of the message as it stands. Empty where `fault` says why. */
  readonly digests: readonly HeaderDigest[];
  readonly body: SignedBody;
  /** Why it cannot be checked, in words; '' where it can. */
  readonly fault: string;
}

export const writeSignature = (record: SignatureRecord): string => JSON.stringify(record);

/** Of a claim's value; null for what is no record of ours. */
export function readSignature(value: unknown): SignatureRecord | null {
  if (typeof value !== 'string' || !value.startsWith('{')) return null;
  return JSON.parse(value) as SignatureRecord;
}

/** 'example.org s=20161025': whose key, by domain and selector. */
export const signerOf = (r: Pick<SignatureRecord, 'domain' | 'selector'>): string => `${r.domain} s=${r.selector}`;

/** What checking a signature came to. Kept apart, because they mean different things (RFC 6376 section 6.1). */
export type SignatureOutcome =
  'verified' | 'body changed' | 'headers changed' | 'headers and body changed' | 'headers verified, body absent' | 'key unknown' | 'not checkable';

/** A state of one signature, as `dkim.state` has it. */
export function parseState(value: string): { outcome: SignatureOutcome; notes: readonly string[] } {
  const { outcome, notes } = partsOfState(value);
  return { outcome: outcome as SignatureOutcome, notes };
}

/** The body's state in words, for people and for rules: 'intact', 'intact (undone: list footer)', 'changed'. */
export function bodyText(body: SignedBody): string {
  const notes = bodyNotes(body);
  return notes.length === 0 ? body.state : `${body.state} (${notes.join('; ')})`;
}

export function bodyNotes({ undone, covers }: SignedBody): string[] {
  return [
    ...(undone === '' ? [] : [`undone: ${undone}`]),
    ...(covers === null || covers[0] >= covers[1] ? [] : [`covers ${covers[0]} of ${covers[1]} bytes`]),
  ];
}

import type { HeaderDigest, SignatureRecord, SignedBody } from '../../../model/dkim.ts';
import type { HeaderField } from '../mime-headers.ts';
import type { Mime } from '../mime.ts';
import { bodyReversals } from './body-reversals.ts';
import { type Canonicalization, digestBody, type WantedDigest } from './canonical-body.ts';
import { digestHeader, type RawField, rawField, selectFields } from './canonical-header.ts';
import { editedSegments } from './edits.ts';
import { headerReversals } from './header-reversals.ts';
import { parseSignature, SIGNATURE_KINDS, type SignatureField } from './signature-field.ts';

/** One signature of a message and the field it stands in. */
export interface MessageSignature {
  readonly field: HeaderField;
  readonly record: SignatureRecord;
}

export interface MessageSignatures {
  readonly signatures: readonly MessageSignature[];
  /** More were there; the rest was not looked at. */
  readonly more: boolean;
  /** Not all changes of transport were tried. */
  readonly gaveUp: boolean;
}

const MOST_SIGNATURES = 50;
/** Where the header is longer than any honest one, fewer are looked at and nothing is put back in it. */
const LONG_HEADER = 256 * 1024;
const MOST_OVER_LONG = 5;
/** Digests of one signature's header, and signatures for which more than the plain one is made. */
const MOST_DIGESTS = 16;
const MOST_VARIED = 10;
/** RFC 8617 section 4.2.1. */
const MOST_INSTANCES = 50;
/** Changes of transport tried on one body, and bytes hashed for them. */
const MOST_TRIES = 200;
const MOST_HASHED = 24 * 1024 ** 2;

interface Parsed {
  readonly field: HeaderField;
  readonly own: RawField;
  readonly signature: SignatureField;
}

interface Target {
  readonly wanted: WantedDigest;
  readonly form: Canonicalization;
  readonly hash: string;
  body: SignedBody | null;
}

const lineEndOf = (mime: Mime): 0x0a | 0x0d => (mime.bytes.indexOf(0x0a) === -1 ? 0x0d : 0x0a);
const bare = (base64: string): string => base64.replace(/(?<!=)=+$/, '');

/** One pass a form for all targets still open; those that fit are closed. */
function tryBody(targets: readonly Target[], segments: readonly Uint8Array[], undone: string, lineEnd: 0x0a | 0x0d): void {
  for (const form of ['relaxed', 'simple'] as const) {
    const open = targets.filter((t) => t.form === form && t.body === null);
    if (open.length === 0) continue;
    const { digests, length } = digestBody(
      segments,
      form,
      lineEnd,
      open.map((t) => t.wanted),
    );
    open.forEach((t, i) => {
      const { limit } = t.wanted;
      if (bare(digests[i] ?? '') !== bare(t.hash) || (limit !== null && limit > length)) return;
      t.body = { state: 'intact', undone, covers: limit === null ? null : [limit, length] };
    });
  }
}

/** Returns false where the limits ended the search. */
function examineBody(mime: Mime, targets: readonly Target[]): boolean {
  const lineEnd = lineEndOf(mime);
  const { offset } = mime.parts[0].body;
  const end = mime.bytes.byteLength;
  tryBody(targets, [mime.bytes.subarray(offset, end)], '', lineEnd);
  const open = (): boolean => targets.some((t) => t.body === null);
  if (!open()) return true;
  let tries = 0;
  let hashed = 0;
  for (const { undone, edits, within } of bodyReversals(mime)) {
    if (tries++ >= MOST_TRIES || hashed > MOST_HASHED) return false;
    const segments = within
      ? editedSegments(mime.bytes, within.offset, within.offset + within.length, edits)
      : editedSegments(mime.bytes, offset, end, edits);
    hashed += segments.reduce((sum, s) => sum + s.byteLength, 0) * targets.length;
    tryBody(targets, segments, undone, lineEnd);
    if (!open()) return true;
  }
  return true;
}

const targetOf = (s: SignatureField): Target => ({
  wanted: { algorithm: s.digest, limit: s.length },
  form: s.body,
  hash: s.bodyHash,
  body: null,
});

const keyOf = (s: SignatureField): string => `${s.body} ${s.digest} ${s.length ?? ''} ${s.bodyHash}`;

function digestsOf(mime: Mime, fields: readonly RawField[], { own, signature }: Parsed, varied: boolean): HeaderDigest[] {
  const rest = fields.filter((f) => f !== own);
  const digests: HeaderDigest[] = [];
  const add = (undone: string, from: readonly RawField[]): void => {
    const digest = digestHeader(selectFields(from, signature.names), own, signature.header, signature.digest);
    if (digests.length < MOST_DIGESTS && !digests.some((d) => d.digest === digest)) digests.push({ undone, digest });
  };
  add('', rest);
  if (varied) for (const r of headerReversals(mime, rest, signature)) add(r.undone, r.fields);
  return digests;
}

/** RFC 8617 section 5.1.1: the sets of headers up to this instance, each as results, message signature, seal. */
function sealDigests(all: readonly Parsed[], results: ReadonlyMap<number, readonly RawField[]>, seal: Parsed): HeaderDigest[] {
  const covered: RawField[] = [];
  const { instance, digest } = seal.signature;
  if (instance > MOST_INSTANCES) return [];
  for (let i = 1; i <= instance; i++) {
    const result = results.get(i) ?? [];
    const message = all.filter((p) => p.signature.kind === 'arc-message' && p.signature.instance === i);
    const seals = all.filter((p) => p.signature.kind === 'arc-seal' && p.signature.instance === i);
    const [aar, ams, as] = [result[0], message[0]?.own, seals[0]?.own];
    if (!aar || !ams || !as || result.length > 1 || message.length > 1 || seals.length > 1) return [];
    covered.push(aar, ams, ...(i < instance ? [as] : []));
  }
  return [{ undone: '', digest: digestHeader(covered, seal.own, 'relaxed', digest) }];
}

/** ARC-Authentication-Results by their instance. */
function resultsOf(fields: readonly RawField[]): ReadonlyMap<number, readonly RawField[]> {
  const byInstance = new Map<number, RawField[]>();
  for (const f of fields) {
    if (f.key !== 'arc-authentication-results') continue;
    const list = byInstance.get(instanceOf(f.value));
    if (list) list.push(f);
    else byInstance.set(instanceOf(f.value), [f]);
  }
  return byInstance;
}

const instanceOf = (value: string): number => Number(/^\s*i\s*=\s*(\d{1,4})\s*;/.exec(value)?.[1] ?? 0);

function recordOf({ signature: s }: Parsed, body: SignedBody, digests: readonly HeaderDigest[]): SignatureRecord {
  return {
    kind: s.kind,
    instance: s.instance,
    domain: s.domain,
    selector: s.selector,
    algorithm: s.algorithm,
    canonicalization: s.kind === 'arc-seal' ? 'relaxed' : `${s.header}/${s.body}`,
    identity: s.identity,
    signedAt: s.signedAt,
    expiresAt: s.expiresAt,
    fields: s.names,
    signature: s.signature,
    digests,
    body,
    fault: s.fault === '' && digests.length === 0 ? 'its set of headers is incomplete' : s.fault,
  };
}

const NO_BODY: SignedBody = { state: 'none', undone: '', covers: null };

/**
 * Every signature of a message with all that checking it later needs: digests of the header and the state of the body, over
 * the bytes as they stand and as they may have been before honest transport. No key is needed here.
 * @param hasBody false where only the header was kept.
 */
export function messageSignatures(mime: Mime, hasBody: boolean): MessageSignatures {
  const top = mime.parts[0];
  const signed = top.fields.filter((f) => SIGNATURE_KINDS.has(f.key));
  if (signed.length === 0) return { signatures: [], more: false, gaveUp: false };
  const raws = new Map(top.fields.map((f) => [f, rawField(mime.bytes, f)]));
  const fields = [...raws.values()];
  const isLong = top.header.length > LONG_HEADER;
  const most = isLong ? MOST_OVER_LONG : MOST_SIGNATURES;
  const parsed = signed.slice(0, most).flatMap((field): Parsed[] => {
    const own = raws.get(field);
    const kind = SIGNATURE_KINDS.get(field.key);
    return own && kind ? [{ field, own, signature: parseSignature(kind, own.value) }] : [];
  });
  const targets = new Map<string, Target>();
  for (const { signature: s } of parsed) if (s.coversBody) targets.set(keyOf(s), targets.get(keyOf(s)) ?? targetOf(s));
  const complete = !hasBody || targets.size === 0 || examineBody(mime, [...targets.values()]);
  const results = resultsOf(fields);
  const bodyOf = (s: SignatureField): SignedBody => {
    if (!s.coversBody) return NO_BODY;
    if (!hasBody) return { state: 'absent', undone: '', covers: null };
    return targets.get(keyOf(s))?.body ?? { state: 'changed', undone: '', covers: null };
  };
  const headerOf = (p: Parsed, nth: number): HeaderDigest[] => {
    if (p.signature.fault !== '') return [];
    if (p.signature.kind === 'arc-seal') return sealDigests(parsed, results, p);
    return digestsOf(mime, fields, p, !isLong && nth < MOST_VARIED);
  };
  const signatures = parsed.map((p, nth): MessageSignature => ({ field: p.field, record: recordOf(p, bodyOf(p.signature), headerOf(p, nth)) }));
  return { signatures, more: signed.length > most, gaveUp: !complete };
}

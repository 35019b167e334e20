import type { ProblemDraft } from '../../model/artifact.ts';
import type { Certainty, Input } from '../../model/input.ts';
import { childrenOf, type Der, derOf, type Element, elementAt, isContext, isExhausted, isUniversal, octetsOf, oidOf, TAG } from '../asn1/der.ts';
import { CMS } from '../asn1/oids.data.ts';
import { textOf } from '../asn1/values.ts';
import { wholeOf } from '../bytes.ts';
import { readPem } from '../pem.ts';
import { envelopeFacts } from './enveloped-data.ts';
import { type Fact, factOf, signedFacts } from './facts.ts';
import { contentInfoAt, type SignedData, signedContent, signedDataAt, stampOf } from './signed-data.ts';
import { contentIn, stampState } from './verify.ts';

/** A file of CMS, taken apart. */
export interface CmsFile {
  /** Content type, as an object identifier; '' where the file is none. */
  readonly type: string;
  readonly facts: readonly Fact[];
  readonly inner: InnerContent | null;
  readonly problems: readonly ProblemDraft[];
}

/** What is carried inside, still packed where `packed`. */
export interface InnerContent {
  readonly bytes: Uint8Array;
  readonly packed: boolean;
  /** As a time-stamped envelope gives it. */
  readonly name: string | null;
}

/** More is a disk image, not a message. */
const MAX_BYTES = 256 * 1024 ** 2;

interface Body {
  readonly der: Der;
  readonly placeOf: (fact: Fact) => Fact;
}

function bodyOf({ bytes }: Input): Body {
  const whole = wholeOf(bytes);
  const pem = whole[0] === 0x30 ? null : readPem(whole);
  if (!pem) return { der: derOf(whole), placeOf: (f) => f };
  return { der: derOf(pem.bytes), placeOf: (f) => ({ ...f, ...pem.placeOf(f.offset, f.length) }) };
}

const NAMES: ReadonlyMap<string, string> = new Map([
  [CMS.signed, 'signed'],
  [CMS.enveloped, 'enveloped'],
  [CMS.encrypted, 'encrypted'],
  [CMS.compressed, 'compressed'],
  [CMS.authEnveloped, 'authenticated and enveloped'],
  [CMS.timeStamped, 'time-stamped'],
]);

interface Read {
  readonly facts: Fact[];
  readonly inner: InnerContent | null;
  readonly problems: ProblemDraft[];
}

const nothing = (code: ProblemDraft['code'], message: string): Read => ({ facts: [], inner: null, problems: [{ code, message }] });

function readSigned(signed: SignedData | null): Read {
  if (!signed) return nothing('malformed', 'CMS: the signed data is damaged');
  const bytes = signedContent(signed);
  const facts = [...signedFacts(signed, bytes && contentIn(bytes))];
  // A token's statement is read here, and is no document.
  const inner = bytes && isUniversal(signed.content, TAG.octetString) && !stampOf(signed) ? { bytes, packed: false, name: null } : null;
  return { facts, inner, problems: [] };
}

/** RFC 3274: the content is that of an encapsulated string, packed by zlib. */
function readCompressed(der: Der, content: Element | null): Read {
  const [, algorithm, encapsulated] = childrenOf(der, content);
  if (oidOf(der, childrenOf(der, algorithm)[0]) !== CMS.zlib) return nothing('unsupported', 'CMS: packed by an algorithm that is not zlib');
  const [packed] = childrenOf(der, childrenOf(der, encapsulated)[1]);
  if (!isUniversal(packed, TAG.octetString)) return nothing('malformed', 'CMS: the compressed data is damaged');
  return { facts: [], inner: { bytes: octetsOf(der, packed), packed: true, name: null }, problems: [] };
}

const MAX_STAMPS = 50;

/** RFC 5544: the content, and tokens that stamp it; its file name stands in the metadata. */
function readTimeStamped(der: Der, whole: Element | null): Read {
  const parts = childrenOf(der, whole);
  const content = parts.find((e) => isUniversal(e, TAG.octetString));
  const metadata = parts.slice(1).find((e) => isUniversal(e, TAG.sequence));
  const name =
    childrenOf(der, metadata)
      .map((e) => (isUniversal(e, 12) ? textOf(der, e) : null))
      .find((t) => t !== null) ?? null;
  const evidence = parts.at(-1);
  const bytes = content ? octetsOf(der, content) : null;
  const stamped = bytes && contentIn(bytes);
  const facts: Fact[] = [];
  for (const [i, entry] of (isContext(evidence, 0) ? childrenOf(der, evidence) : []).slice(0, MAX_STAMPS).entries()) {
    const info = contentInfoAt(der, childrenOf(der, entry)[0]);
    const token = info?.type === CMS.signed ? signedDataAt(der, info.content) : null;
    const stamp = token && stampOf(token);
    if (!token || !stamp) continue;
    const field = (name: string): string => (i === 0 ? name : `${name} of token ${i + 1}`);
    const inside = signedContent(token);
    facts.push(...signedFacts(token, inside && contentIn(inside), field));
    // Later tokens stamp the earlier ones and their proofs, not the content.
    const state = stampState(stamp, i === 0 ? stamped : null);
    facts.push(factOf('signature.state', field('time-stamped content'), token.whole, state, state, 'observed'));
  }
  return {
    facts,
    inner: bytes && { bytes, packed: false, name },
    problems: facts.length === 0 ? [{ code: 'unsupported', message: 'CMS: no time-stamp token in a time-stamped file' }] : [],
  };
}

function readBody(der: Der): Read & { readonly type: string } {
  const top = elementAt(der, 0);
  const info = contentInfoAt(der, top);
  if (!info || !top)
    return { type: '', ...nothing(top === null ? 'truncated' : 'malformed', 'CMS: no content of a known form, or its end is missing') };
  const { type, content } = info;
  const named = factOf('signature.kind', 'contentType', childrenOf(der, top)[0] ?? top, type, 'cms');
  const kind = NAMES.get(type) ?? 'data';
  const read = ((): Read => {
    if (type === CMS.signed) return readSigned(signedDataAt(der, content));
    if (type === CMS.compressed) return readCompressed(der, content);
    if (type === CMS.timeStamped) return readTimeStamped(der, content);
    if (type === CMS.enveloped || type === CMS.authEnveloped || type === CMS.encrypted)
      return {
        facts: content ? [...envelopeFacts(der, content)] : [],
        inner: null,
        problems: [{ code: 'encrypted', message: `CMS: ${kind}, opens with a key only` }],
      };
    if (type === CMS.data && isUniversal(content, TAG.octetString))
      return { facts: [], inner: { bytes: octetsOf(der, content), packed: false, name: null }, problems: [] };
    return nothing('unsupported', `CMS: content of type ${type}`);
  })();
  return { ...read, type, facts: [named, ...read.facts] };
}

/** Call as input.once(readCms). Never throws; DER, BER and PEM. */
export function readCms(input: Input): CmsFile {
  if (input.bytes.size > MAX_BYTES) {
    const message = `CMS: ${input.bytes.size} bytes are more than ${MAX_BYTES}, not read`;
    return { type: '', facts: [], inner: null, problems: [{ code: 'limit-exceeded', message }] };
  }
  const { der, placeOf } = bodyOf(input);
  const read = readBody(der);
  const spent: ProblemDraft[] = isExhausted(der) ? [{ code: 'limit-exceeded', message: 'CMS: too many elements, the rest is not read' }] : [];
  if (der.cut) spent.push({ code: 'truncated', message: 'CMS: ends before its content does' });
  return { ...read, facts: read.facts.map(placeOf), problems: [...read.problems, ...spent] };
}

/** 06 09 2a 86 48 86 f7 0d 01 07 (PKCS #7) and 06 0b 2a 86 48 86 f7 0d 01 09 10 01 (S/MIME content types). */
const PKCS7 = Buffer.from('06092a864886f70d0107', 'hex');
const SMIME = Buffer.from('060b2a864886f70d01091001', 'hex');
const PKCS7_TYPES = new Set([1, 2, 3, 5, 6]);
const SMIME_TYPES = new Set([9, 23, 31]);

/** A sequence that begins with one of the content types. */
export function looksLikeCms(head: Uint8Array): Certainty {
  if (head[0] !== 0x30 || head[1] === undefined) return 'no';
  const at = head[1] <= 0x80 ? 2 : head[1] <= 0x86 ? 2 + (head[1] & 0x7f) : -1;
  if (at < 0) return 'no';
  const b = Buffer.from(head.buffer, head.byteOffset, head.byteLength).subarray(at, at + 16);
  const isOne =
    (b.indexOf(PKCS7) === 0 && PKCS7_TYPES.has(b[PKCS7.byteLength] ?? 0)) || (b.indexOf(SMIME) === 0 && SMIME_TYPES.has(b[SMIME.byteLength] ?? 0));
  return isOne ? 'certain' : 'no';
}

/** RFC 8551 section 3.2, RFC 3161 section 3.2, RFC 5955: by what is in it, and by whether what is signed is. */
export function cmsMediaType(input: Input): string {
  const { type, inner } = input.once(readCms);
  if (type === CMS.timeStamped) return 'application/timestamped-data';
  if (type !== CMS.signed) return 'application/pkcs7-mime';
  return inner ? 'application/pkcs7-mime' : 'application/pkcs7-signature';
}

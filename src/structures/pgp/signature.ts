import { createHash, type Hash } from 'node:crypto';
import { keyIdOf, NO_KEY_ID, type PgpDigest, type PgpSignatureRecord } from '../../model/pgp.ts';
import { DIGESTS, SIGNING } from './algorithms.data.ts';
import { hexOf, numbersAt } from './numbers.ts';
import type { Packet } from './packets.ts';
import { layoutOf, SUB } from './subpackets.ts';

/** Content in one of the forms it may have been signed in; `undone` as in {@link PgpDigest}. */
export interface SignedForm {
  readonly undone: string;
  pieces(): Iterable<Uint8Array>;
}

/** Digests kept of one signature, and bytes hashed for them. */
const MOST_DIGESTS = 8;
const MOST_HASHED = 128 * 1024 ** 2;

interface Parsed extends Omit<PgpSignatureRecord, 'digests'> {
  /** Hashed before the content, and behind it. */
  readonly salt: Buffer;
  readonly trailer: Buffer;
}

/** Over a binary document or over a text (RFC 9580 sections 5.2.1.1 and 5.2.1.2): those that bind names and keys are none. */
export const isOverDocument = ({ body }: Packet): boolean => {
  const type = body[body[0] === 3 ? 2 : 1];
  return type === 0 || type === 1;
};
export const isOverText = ({ body }: Packet): boolean => body[body[0] === 3 ? 2 : 1] === 1;

/** RFC 9580 section 5.2.2. */
function parseOld({ body }: Packet): Parsed | null {
  if (body.length < 20 || body[1] !== 5) return null;
  const algorithm = SIGNING[body[15] ?? 0] ?? '';
  return {
    version: 3,
    algorithm,
    hash: DIGESTS[body[16] ?? 0] ?? '',
    created: body.readUInt32BE(3),
    issuer: hexOf(body.subarray(7, 15)),
    fingerprint: '',
    check: hexOf(body.subarray(17, 19)),
    numbers: numbersAt(body, 19, algorithm, 'signature')?.numbers ?? [],
    salt: Buffer.alloc(0),
    trailer: body.subarray(2, 7),
  };
}

/** RFC 9580 sections 5.2.3 and 5.2.4. */
function parseNew(p: Packet): Parsed | null {
  const { body } = p;
  const version = body[0] ?? 0;
  const { hashedEnd, end, subpackets } = layoutOf(p);
  if (end + 2 > body.length) return null;
  const data = (type: number): Buffer | null => {
    const s = subpackets.find((x) => x.type === type);
    return s ? body.subarray(s.at, s.at + s.size) : null;
  };
  const saltSize = version === 6 ? (body[end + 2] ?? 0) : 0;
  const numbersFrom = end + 2 + (version === 6 ? 1 + saltSize : 0);
  const algorithm = SIGNING[body[2] ?? 0] ?? '';
  const created = data(SUB.created);
  const issuer = data(SUB.issuer);
  const print = data(SUB.issuerFingerprint);
  const fingerprint = print && print.length > 8 ? hexOf(print.subarray(1)) : '';
  const behind = Buffer.from([version, 0xff, 0, 0, 0, 0]);
  behind.writeUInt32BE(hashedEnd, 2);
  return {
    version,
    algorithm,
    hash: DIGESTS[body[3] ?? 0] ?? '',
    created: created?.length === 4 ? created.readUInt32BE(0) : null,
    issuer: issuer?.length === 8 ? hexOf(issuer) : fingerprint === '' ? NO_KEY_ID : keyIdOf(fingerprint),
    fingerprint,
    check: hexOf(body.subarray(end, end + 2)),
    numbers: numbersAt(body, numbersFrom, algorithm, 'signature')?.numbers ?? [],
    salt: body.subarray(end + 3, end + 3 + saltSize),
    trailer: Buffer.concat([body.subarray(0, hashedEnd), behind]),
  };
}

function hashNamed(name: string): Hash | null {
  try {
    return name === '' ? null : createHash(name);
  } catch {
    return null;
  }
}

/**
 * Digests of the content as it stands and, unless that has the 16 bits the signature gives, of further forms that have them:
 * who holds no key needs one pass for an intact document.
 */
function digestsOf(s: Parsed, forms: Iterable<SignedForm>): PgpDigest[] {
  const digests: PgpDigest[] = [];
  let hashed = 0;
  for (const form of forms) {
    const hash = hashNamed(s.hash);
    if (!hash || digests.length >= MOST_DIGESTS || hashed > MOST_HASHED) break;
    hash.update(s.salt);
    for (const piece of form.pieces()) {
      hash.update(piece);
      hashed += piece.byteLength;
    }
    const digest = hash.update(s.trailer).digest();
    const fits = hexOf(digest.subarray(0, 2)) === s.check;
    if (fits || digests.length === 0) digests.push({ undone: form.undone, digest: digest.toString('base64') });
    if (fits) break;
  }
  return digests;
}

/** What checking a signature over a document needs; null for any other signature and where the packet is damaged. `forms`: the likeliest first. */
export function signatureRecord(p: Packet, forms: Iterable<SignedForm>): PgpSignatureRecord | null {
  const version = p.body[0] ?? 0;
  if (!isOverDocument(p) || p.cut) return null;
  const parsed = version === 3 ? parseOld(p) : version === 4 || version === 6 ? parseNew(p) : null;
  if (!parsed) return null;
  const { salt: _salt, trailer: _trailer, ...record } = parsed;
  return { ...record, digests: digestsOf(parsed, forms) };
}

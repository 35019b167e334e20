import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { RSA_1024 } from './build-dkim.data.ts';
import { DSA_1024 } from './build-pgp.data.ts';
import { armor, packet, userId } from './build-pgp.ts';

// Written straight from RFC 9580 and RFC 4880, apart from the code it tests.

const u16 = (n: number): Buffer => Buffer.from([n >> 8, n & 0xff]);
const u32 = (n: number): Buffer => Buffer.concat([u16(n >>> 16), u16(n & 0xffff)]);
const seconds = (iso: string): Buffer => u32(Date.parse(iso) / 1000);

/** Section 3.2: the count of bits, and the octets without zeros in front. */
function mpi(octets: Uint8Array): Buffer {
  const b = Buffer.from(octets);
  let from = 0;
  while (from < b.length - 1 && b[from] === 0) from++;
  const rest = b.subarray(from);
  return Buffer.concat([u16(rest.length * 8 - Math.clz32(rest[0] ?? 0) + 24), rest]);
}

const pkcs8 = (text: string): KeyObject => createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
const CURVES = { 'P-256': '2a8648ce3d030107', 'P-384': '2b81040022', 'P-521': '2b81040023', secp256k1: '2b8104000a' } as const;
type Curve = keyof typeof CURVES;
const BRAINPOOL = '2b2403030208010107';
const ED25519_LEGACY = '2b06010401da470f01';

export type PgpKeyKind = 'rsa' | 'dsa' | 'eddsa' | 'ed25519' | 'ed448' | Curve | 'brainpoolP256r1';

export interface PgpKey {
  readonly kind: PgpKeyKind;
  readonly version: 3 | 4 | 6;
  /** Section 9.1. */
  readonly algorithm: number;
  readonly privateKey: KeyObject;
  /** Body of the public key packet. */
  readonly body: Buffer;
  readonly fingerprint: string;
  readonly keyId: string;
}

const ALGORITHM: Partial<Record<PgpKeyKind, number>> = { rsa: 1, dsa: 17, eddsa: 22, ed25519: 27, ed448: 28 };
const jwkOf = (key: KeyObject): Record<string, string> => createPublicKey(key).export({ format: 'jwk' }) as Record<string, string>;
const octets = (jwk: Record<string, string>, name: string): Buffer => Buffer.from(jwk[name] ?? '', 'base64url');
const sized = (hex: string): Buffer => Buffer.concat([Buffer.from([hex.length / 2]), Buffer.from(hex, 'hex')]);

function privateKeyOf(kind: PgpKeyKind): KeyObject {
  if (kind === 'rsa') return pkcs8(RSA_1024);
  if (kind === 'dsa') return pkcs8(DSA_1024);
  if (kind === 'eddsa' || kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey;
  if (kind === 'ed448') return generateKeyPairSync('ed448').privateKey;
  return generateKeyPairSync('ec', { namedCurve: kind }).privateKey;
}

/** The INTEGERs of DER, in order: p, q, g and y stand so in the key of DSA (RFC 3279 section 2.3.2). */
function integersIn(der: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 2 < der.length;) {
    const tag = der[at];
    let length = der[at + 1] ?? 0;
    let from = at + 2;
    if (length >= 0x80) {
      const count = length & 0x7f;
      length = der.readUIntBE(from, count);
      from += count;
    }
    if (tag === 0x02) found.push(der.subarray(from, from + length));
    // Into sequences and behind the zero of a bit string; over everything else.
    at = tag === 0x30 ? from : tag === 0x03 ? from + 1 : from + length;
  }
  return found;
}

function materialOf(kind: PgpKeyKind, key: KeyObject): Buffer {
  if (kind === 'rsa') return Buffer.concat([mpi(octets(jwkOf(key), 'n')), mpi(octets(jwkOf(key), 'e'))]);
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  if (kind === 'dsa') return Buffer.concat(integersIn(spki).map(mpi));
  if (kind === 'ed25519' || kind === 'ed448') return octets(jwkOf(key), 'x');
  if (kind === 'eddsa') return Buffer.concat([sized(ED25519_LEGACY), mpi(Buffer.concat([Buffer.from([0x40]), octets(jwkOf(key), 'x')]))]);
  // The point ends the SubjectPublicKeyInfo: '04', x, y.
  const point = spki.subarray(spki.lastIndexOf(Buffer.from([0x00, 0x04]), spki.length - 64) + 1);
  return Buffer.concat([sized(kind === 'brainpoolP256r1' ? BRAINPOOL : CURVES[kind]), mpi(point)]);
}

/** A key of any kind; version 3 is of RSA alone. */
export function pgpKey(kind: PgpKeyKind, created: string, version: 3 | 4 | 6 = 4): PgpKey {
  const privateKey = privateKeyOf(kind);
  const algorithm = ALGORITHM[kind] ?? 19;
  const material = materialOf(kind, privateKey);
  const counted = version === 6 ? Buffer.concat([u32(material.length), material]) : material;
  const body = Buffer.concat([Buffer.from([version]), seconds(created), version === 3 ? u16(0) : Buffer.alloc(0), Buffer.from([algorithm]), counted]);
  if (version === 3) {
    const [n, e] = [octets(jwkOf(privateKey), 'n'), octets(jwkOf(privateKey), 'e')];
    const fingerprint = createHash('md5').update(n).update(e).digest('hex').toUpperCase();
    return { kind, version, algorithm, privateKey, body, fingerprint, keyId: n.subarray(-8).toString('hex').toUpperCase() };
  }
  const head = version === 6 ? Buffer.concat([Buffer.from([0x9b]), u32(body.length)]) : Buffer.concat([Buffer.from([0x99]), u16(body.length)]);
  const print = createHash(version === 6 ? 'sha256' : 'sha1')
    .update(head)
    .update(body)
    .digest('hex')
    .toUpperCase();
  return { kind, version, algorithm, privateKey, body, fingerprint: print, keyId: version === 6 ? print.slice(0, 16) : print.slice(-16) };
}

/** The key and the names that whoever made the block wrote behind it. */
export const keyBlock = (key: PgpKey, ...names: readonly string[]): Buffer => Buffer.concat([packet(6, key.body), ...names.map(userId)]);

const HASHES = { sha1: 2, sha256: 8, sha384: 9, sha512: 10 } as const;
export interface SignedSpec {
  readonly created: string;
  /** 0: binary; 1: text. */
  readonly type?: 0 | 1;
  readonly hash?: keyof typeof HASHES;
}

function rawSignature(key: PgpKey, hash: string, signed: Buffer): Buffer {
  const { kind, privateKey } = key;
  if (kind === 'rsa') return mpi(sign(hash, signed, privateKey));
  if (kind === 'ed25519' || kind === 'ed448') return sign(null, createHash(hash).update(signed).digest(), privateKey);
  const pair =
    kind === 'eddsa'
      ? sign(null, createHash(hash).update(signed).digest(), privateKey)
      : sign(hash, signed, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return Buffer.concat([mpi(pair.subarray(0, pair.length / 2)), mpi(pair.subarray(pair.length / 2))]);
}

const subpacket = (type: number, data: Uint8Array): Buffer => Buffer.concat([Buffer.from([data.length + 1, type]), data]);

/** A signature packet over content that is in its signed form already. */
export function pgpSignature(key: PgpKey, content: Uint8Array, { created, type = 0, hash = 'sha256' }: SignedSpec): Buffer {
  const first = (trailer: Buffer, salt: Uint8Array = Buffer.alloc(0)): [Buffer, Buffer] => {
    const signed = Buffer.concat([salt, content, trailer]);
    return [createHash(hash).update(signed).digest().subarray(0, 2), rawSignature(key, hash, signed)];
  };
  if (key.version === 3) {
    const hashed = Buffer.concat([Buffer.from([type]), seconds(created)]);
    return packet(2, Buffer.from([3, 5]), hashed, Buffer.from(key.keyId, 'hex'), Buffer.from([key.algorithm, HASHES[hash]]), ...first(hashed));
  }
  const count = key.version === 6 ? u32 : u16;
  const print = Buffer.concat([Buffer.from([key.version]), Buffer.from(key.fingerprint, 'hex')]);
  const subpackets = Buffer.concat([subpacket(2, seconds(created)), subpacket(33, print)]);
  const hashed = Buffer.concat([Buffer.from([key.version, type, key.algorithm, HASHES[hash]]), count(subpackets.length), subpackets]);
  const trailer = Buffer.concat([hashed, Buffer.from([key.version, 0xff]), u32(hashed.length)]);
  if (key.version === 4) return packet(2, hashed, u16(0), ...first(trailer));
  const salt = Buffer.alloc(16, 0x5a);
  const [check, value] = first(trailer, salt);
  return packet(2, hashed, u32(0), check, Buffer.from([salt.length]), salt, value);
}

/** A text signed in the clear (section 7). */
export function signedClear(key: PgpKey, text: string, created: string): string {
  const signed = text
    .split('\n')
    .map((line) => line.replace(/[ \t]+$/, ''))
    .join('\r\n');
  const block = armor('SIGNATURE', pgpSignature(key, Buffer.from(signed), { created, type: 1 })).toString();
  return `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n${text.replace(/^-/gm, '- -')}\n${block}`;
}

/** A letter of one part and a signature over that (RFC 3156 section 5). `entity` has CRLF, as it is sent. */
export function signedLetter(key: PgpKey, entity: string, spec: SignedSpec, date = 'Wed, 1 Mar 2017 11:00:00 +0100'): string {
  return [
    'From: Claire Moreau <claire@campagne.example>',
    'To: paul@campagne.example',
    `Date: ${date}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256; boundary="b"',
    '',
    '--b',
    entity,
    '--b',
    'Content-Type: application/pgp-signature; name=signature.asc',
    '',
    armor('SIGNATURE', pgpSignature(key, Buffer.from(entity), spec))
      .toString()
      .replace(/\n/g, '\r\n'),
    '--b--',
    '',
  ].join('\r\n');
}

/** A letter with its signer's key in its header, signed, and a signed text behind it. */
export function pgpFixture(): Uint8Array {
  const key = pgpKey('rsa', '2015-03-04T12:00:00Z');
  const inline = signedClear(key, 'Bonjour,\n- une phrase.', '2017-03-01T10:00:00Z').replace(/\n/g, '\r\n');
  const entity = `Content-Type: text/plain; charset=utf-8\r\n\r\nVoici:\r\n${inline}`;
  const keydata = keyBlock(key, 'Claire Moreau').toString('base64');
  return Buffer.from(
    `Autocrypt: addr=claire@campagne.example; keydata=${keydata}\r\n${signedLetter(key, entity, { created: '2017-03-01T10:00:00Z' })}`,
  );
}

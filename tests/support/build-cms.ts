import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { AUTHORITY_KEY, CLAIRE_KEY } from './build-cms.data.ts';
import { context, generalizedTime, integer, nil, octets, oid, open, seq, set, tlv, utcTime, utf8 } from './build-der.ts';

const keyOf = (base64: string): KeyObject => createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
const KEYS = { claire: keyOf(CLAIRE_KEY), authority: keyOf(AUTHORITY_KEY) } as const;
export type KeyName = keyof typeof KEYS;

const SHA256 = seq(oid('2.16.840.1.101.3.4.2.1'), nil);
const RSA_SHA256 = seq(oid('1.2.840.113549.1.1.11'), nil);
const RSA = seq(oid('1.2.840.113549.1.1.1'), nil);
const TYPES = {
  data: '1.2.840.113549.1.7.1',
  signed: '1.2.840.113549.1.7.2',
  enveloped: '1.2.840.113549.1.7.3',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  compressed: '1.2.840.113549.1.9.16.1.9',
  timeStamped: '1.2.840.113549.1.9.16.1.31',
} as const;

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
/** Signs with one of the two keys of these tests, RSA and SHA-256. */
export const signWith = (key: KeyName, bytes: Uint8Array): Buffer => sign('sha256', bytes, KEYS[key]);
export const privateKeyOf = (key: KeyName): KeyObject => KEYS[key];
export const publicKeyOf = (key: KeyName): KeyObject => createPublicKey(KEYS[key]);

const NAME_TYPES = { C: '2.5.4.6', O: '2.5.4.10', CN: '2.5.4.3' } as const;
const isNameType = (key: string): key is keyof typeof NAME_TYPES => key in NAME_TYPES;

/** 'C=FR, O=Campagne, CN=Claire Moreau'. */
function nameOf(text: string): Buffer {
  const parts = text.split(', ').map((part) => {
    const [key = '', value = ''] = part.split('=');
    if (!isNameType(key)) throw new Error(`no name type ${key}`);
    return set(seq(oid(NAME_TYPES[key]), utf8(value)));
  });
  return seq(...parts);
}

export interface CertificateSpec {
  readonly subject: string;
  /** Default: itself. */
  readonly issuer?: string;
  readonly key?: KeyName;
  readonly issuerKey?: KeyName;
  /** Hexadecimal. */
  readonly serial?: string;
  readonly mail?: string;
  readonly notBefore?: string;
  readonly notAfter?: string;
}

export const CLAIRE: CertificateSpec = {
  subject: 'C=FR, O=Campagne, CN=Claire Moreau',
  issuer: 'O=Autorité, CN=Racine',
  issuerKey: 'authority',
  serial: '0a1b',
  mail: 'Claire@campagne.example',
};
export const AUTHORITY: CertificateSpec = { subject: 'O=Autorité, CN=Racine', key: 'authority', serial: '01' };

export function buildCertificate(spec: CertificateSpec): Buffer {
  const key = spec.key ?? 'claire';
  const names = spec.mail === undefined ? [] : [context(3, seq(seq(oid('2.5.29.17'), octets(seq(tlv(0x81, Buffer.from(spec.mail)))))))];
  const body = seq(
    context(0, integer('02')),
    integer(spec.serial ?? '01'),
    RSA_SHA256,
    nameOf(spec.issuer ?? spec.subject),
    seq(utcTime(spec.notBefore ?? '2014-01-01T00:00:00Z'), utcTime(spec.notAfter ?? '2019-01-01T00:00:00Z')),
    nameOf(spec.subject),
    publicKeyOf(key).export({ type: 'spki', format: 'der' }),
    ...names,
  );
  return seq(body, RSA_SHA256, tlv(0x03, Buffer.alloc(1), signWith(spec.issuerKey ?? key, body)));
}

const attribute = (type: string, value: Buffer): Buffer => seq(oid(type), set(value));
const contentInfo = (type: keyof typeof TYPES, content: Buffer): Buffer => seq(oid(TYPES[type]), context(0, content));

export interface SignedSpec {
  readonly content: Uint8Array;
  readonly contentType?: keyof typeof TYPES;
  /** The content stays outside. */
  readonly detached?: boolean;
  readonly signer?: CertificateSpec;
  /** Certificates inside; default: the signer's. */
  readonly certificates?: readonly CertificateSpec[];
  readonly signingTime?: string;
  /** Without attributes the content itself is signed. */
  readonly bare?: boolean;
  /** A time-stamp token over the signature, of that time. */
  readonly stamped?: string;
  /** Lengths left open and the content in two segments, as a streaming encoder writes. */
  readonly streamed?: boolean;
  /** Nobody signs: a bundle of certificates. */
  readonly unsigned?: boolean;
}

function signerInfo(spec: SignedSpec): Buffer {
  const who = spec.signer ?? CLAIRE;
  const attributes = [
    attribute('1.2.840.113549.1.9.3', oid(TYPES[spec.contentType ?? 'data'])),
    ...(spec.signingTime === undefined ? [] : [attribute('1.2.840.113549.1.9.5', utcTime(spec.signingTime))]),
    attribute('1.2.840.113549.1.9.4', octets(sha256(spec.content))),
  ];
  const signed = set(...attributes);
  const signature = signWith(who.key ?? 'claire', spec.bare ? spec.content : signed);
  const implicit = Buffer.from(signed);
  implicit[0] = 0xa0;
  return seq(
    integer('01'),
    seq(nameOf(who.issuer ?? who.subject), integer(who.serial ?? '01')),
    SHA256,
    ...(spec.bare ? [] : [implicit]),
    spec.bare ? RSA_SHA256 : RSA,
    octets(signature),
    ...(spec.stamped === undefined ? [] : [context(1, attribute('1.2.840.113549.1.9.16.2.14', buildToken(signature, spec.stamped)))]),
  );
}

/** SignedData of RFC 5652, or of PKCS #7. */
export function buildSigned(spec: SignedSpec): Buffer {
  const { content } = spec;
  const half = Math.ceil(content.length / 2);
  const inside = spec.streamed ? open(0x24, octets(content.subarray(0, half)), octets(content.subarray(half))) : octets(content);
  const wrap = spec.streamed ? open : tlv;
  const signed = wrap(
    0x30,
    integer('01'),
    set(SHA256),
    wrap(0x30, oid(TYPES[spec.contentType ?? 'data']), ...(spec.detached || spec.unsigned ? [] : [wrap(0xa0, inside)])),
    ...(spec.certificates?.length === 0 ? [] : [context(0, ...(spec.certificates ?? [spec.signer ?? CLAIRE]).map(buildCertificate))]),
    spec.unsigned ? set() : set(signerInfo(spec)),
  );
  return wrap(0x30, oid(TYPES.signed), wrap(0xa0, signed));
}

export const TIME_AUTHORITY: CertificateSpec = { subject: 'CN=Horodatage', key: 'authority', serial: '07' };

/** A time-stamp token (RFC 3161) over some bytes. */
export function buildToken(over: Uint8Array, time: string): Buffer {
  const info = seq(integer('01'), oid('1.2.3.4'), seq(SHA256, octets(sha256(over))), integer('2a'), generalizedTime(time));
  return buildSigned({ content: info, contentType: 'tstInfo', signer: TIME_AUTHORITY });
}

/** EnvelopedData for one certificate and, where asked for, a password; what it holds is no ciphertext of anything. */
export function buildEnveloped(recipient: CertificateSpec = CLAIRE, password = false): Buffer {
  const transport = seq(
    integer('00'),
    seq(nameOf(recipient.issuer ?? recipient.subject), integer(recipient.serial ?? '01')),
    RSA,
    octets(Buffer.alloc(16, 1)),
  );
  const byPassword = context(3, integer('00'), seq(oid('1.2.840.113549.1.9.16.3.9')), octets(Buffer.alloc(16, 1)));
  const cipher = seq(oid('2.16.840.1.101.3.4.1.42'), octets(Buffer.alloc(16)));
  const encrypted = seq(oid(TYPES.data), cipher, tlv(0x80, Buffer.alloc(32, 7)));
  return contentInfo('enveloped', seq(integer('00'), set(transport, ...(password ? [byPassword] : [])), encrypted));
}

/** CompressedData (RFC 3274). */
export const buildCompressed = (content: Uint8Array): Buffer =>
  contentInfo(
    'compressed',
    seq(integer('00'), seq(oid('1.2.840.113549.1.9.16.3.8')), seq(oid(TYPES.data), context(0, octets(deflateSync(content))))),
  );

/** TimeStampedData (RFC 5544) with one token. */
export const buildTimeStamped = (content: Uint8Array, name: string, time: string): Buffer =>
  contentInfo(
    'timeStamped',
    seq(integer('01'), seq(Buffer.from([1, 1, 0]), utf8(name)), octets(content), context(0, seq(buildToken(content, time)))),
  );

/** RFC 7468, 64 digits a line. */
export const pemOf = (label: string, bytes: Uint8Array): Buffer =>
  Buffer.from(
    `-----BEGIN ${label}-----\n${Buffer.from(bytes)
      .toString('base64')
      .replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`,
  );

import type { RsaKey } from './rsa.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;
const BIT_STRING = 0x03;

/** AlgorithmIdentifier of rsaEncryption with its NULL (RFC 8017 appendix A.1). */
const RSA_ENCRYPTION = Buffer.from('300d06092a864886f70d0101010500', 'hex');

function lengthOf(n: number): Buffer {
  if (n < 0x80) return Buffer.from([n]);
  const hex = n.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.byteLength]), bytes]);
}

const element = (tag: number, content: Uint8Array): Buffer => Buffer.concat([Buffer.from([tag]), lengthOf(content.byteLength), content]);

/** Of a positive number: a leading bit that is set would make it negative (X.690 section 8.3). */
function integer(n: bigint): Buffer {
  const hex = n.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  return element(INTEGER, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

/** A SubjectPublicKeyInfo in DER (RFC 5280 section 4.1). */
export function writeRsaKey({ n, e }: Pick<RsaKey, 'n' | 'e'>): Buffer {
  const pair = element(SEQUENCE, Buffer.concat([integer(n), integer(e)]));
  return element(SEQUENCE, Buffer.concat([RSA_ENCRYPTION, element(BIT_STRING, Buffer.concat([Buffer.from([0]), pair]))]));
}

/** As DNS would hold it (RFC 6376 section 3.6.1). */
export const recordOfKey = (key: Pick<RsaKey, 'n' | 'e'>): string => `v=DKIM1; k=rsa; p=${writeRsaKey(key).toString('base64')}`;

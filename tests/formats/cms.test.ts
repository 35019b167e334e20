import { describe, expect, it } from 'vitest';
import { cms } from '../../src/formats/cms.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { AUTHORITY, buildCompressed, buildEnveloped, buildSigned, buildTimeStamped, buildToken, CLAIRE, pemOf } from '../support/build-cms.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const LETTER = Buffer.from('Bonjour,\nune phrase.\n');
const TIME = '2015-03-04T12:00:00Z';
const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const states = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(cms, bytes)).values('signature.state');
/** One byte of the letter is another. */
const altered = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  copy[copy.indexOf('phrase')] = 0x50;
  return copy;
};
const stated = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(cms, bytes)).claims.map((c) => [
    c.attribute,
    c.field,
    c.raw,
    typeof c.value === 'object' && c.value && 'epochMs' in c.value ? new Date(c.value.epochMs).toISOString() : c.value,
  ]);

describe('signed data', () => {
  it('names its signer, the time and the state', async () => {
    const bytes = buildSigned({ content: LETTER, signingTime: TIME, certificates: [CLAIRE, AUTHORITY] });
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/pkcs7-mime', also: [] });
    expect(await stated(bytes)).toEqual([
      ['signature.kind', 'contentType', '1.2.840.113549.1.7.2', 'cms'],
      ['signature.signer', 'subject', 'C=FR, O=Campagne, CN=Claire Moreau', 'C=FR, O=Campagne, CN=Claire Moreau'],
      ['signature.signer', 'e-mail', 'Claire@campagne.example', 'claire@campagne.example'],
      ['signature.issuer', 'issuer', 'O=Autorité, CN=Racine', 'O=Autorité, CN=Racine'],
      ['time.valid-from', 'notBefore', '140101000000Z', '2014-01-01T00:00:00.000Z'],
      ['time.valid-until', 'notAfter', '190101000000Z', '2019-01-01T00:00:00.000Z'],
      ['time.signed', 'signingTime', '150304120000Z', '2015-03-04T12:00:00.000Z'],
      ['signature.digest', 'digestAlgorithm', '2.16.840.1.101.3.4.2.1', 'sha256'],
      ['signature.state', 'signature', 'verified', 'verified'],
      ['signature.trust', 'certificate', 'signed by the issuer inside, trust not checked', 'signed by the issuer inside, trust not checked'],
    ]);
    expect(await unreplayable(cms, bytes)).toEqual([]);
  });

  it('tells a changed content from a signature that does not fit', async () => {
    const bytes = buildSigned({ content: LETTER });
    expect(await states(bytes)).toEqual(['verified']);
    expect(await states(altered(bytes))).toEqual(['content changed']);
    const forged = Buffer.from(bytes);
    forged[forged.length - 5] = (forged[forged.length - 5] ?? 0) ^ 1;
    expect(await states(forged)).toEqual(['signature does not fit']);
  });

  it('checks a signature without attributes', async () => {
    const bytes = buildSigned({ content: LETTER, bare: true });
    expect(await states(bytes)).toEqual(['verified']);
    expect(await states(altered(bytes))).toEqual(['signature does not fit']);
  });

  it('says what is missing for a check', async () => {
    const detached = buildSigned({ content: LETTER, detached: true });
    expect(typeOf(detached)).toBe('application/pkcs7-signature');
    expect(await states(detached)).toEqual(['content not inside']);
    const nameless = buildSigned({ content: LETTER, certificates: [] });
    expect(await states(nameless)).toEqual(['certificate not inside']);
    expect((await readAll(cms, nameless)).values('signature.issuer')).toEqual(['O=Autorité, CN=Racine']);
  });

  it.each([
    [[CLAIRE], 'issuer not inside, trust not checked'],
    [[CLAIRE, { ...AUTHORITY, key: 'claire' as const }], 'not signed by the issuer inside'],
  ])('trusts nobody', async (certificates, trust) => {
    expect((await readAll(cms, buildSigned({ content: LETTER, certificates }))).values('signature.trust')).toEqual([trust]);
  });

  it('knows who vouches for itself', async () => {
    const signer = { subject: 'CN=Paul Petit' };
    expect((await readAll(cms, buildSigned({ content: LETTER, signer }))).values('signature.trust')).toEqual(['self-signed']);
  });

  it('reads open lengths and segments', async () => {
    const bytes = buildSigned({ content: LETTER, streamed: true, signingTime: TIME });
    expect(typeOf(bytes)).toBe('application/pkcs7-mime');
    expect(await states(bytes)).toEqual(['verified']);
    expect(await unreplayable(cms, bytes)).toEqual([]);
  });

  it('reads PEM, and says where in its digits a value stands', async () => {
    const bytes = pemOf('PKCS7', buildSigned({ content: LETTER, signingTime: TIME }));
    expect(typeOf(bytes)).toBe('application/pkcs7-mime');
    const read = await readAll(cms, bytes);
    expect(read.values('signature.state')).toEqual(['verified']);
    expect(await unreplayable(cms, bytes)).toEqual([]);
    const time = read.claims.find((c) => c.attribute === 'time.signed');
    const { offset, length } = time?.locator as { offset: number; length: number };
    const digits = bytes.toString('latin1', offset, offset + length).replace(/\s/g, '');
    // Digits come in fours: a value may begin within one.
    expect([0, 1, 2, 3].some((n) => Buffer.from(`${'A'.repeat(n)}${digits}`, 'base64').includes('150304120000Z'))).toBe(true);
  });
});

describe('time stamps', () => {
  it('are read beside the signature they stamp, and apart', async () => {
    const stamped = buildSigned({ content: LETTER, signingTime: TIME, stamped: '2015-03-04T12:00:09Z' });
    const read = await readAll(cms, stamped);
    expect(read.claims.filter((c) => c.attribute === 'time.signed').map((c) => [c.field, c.raw])).toEqual([
      ['signingTime', '150304120000Z'],
      ['signature time stamp', '20150304120009Z'],
    ]);
    expect(read.values('signature.state')).toEqual(['verified', 'verified']);
    const token = buildToken(LETTER, TIME);
    expect(typeOf(token)).toBe('application/pkcs7-signature');
    expect((await readAll(cms, token)).claims.filter((c) => c.attribute === 'time.signed').map((c) => c.field)).toEqual(['genTime']);
  });

  it('of a file are checked against the file', async () => {
    const bytes = buildTimeStamped(LETTER, 'lettre.txt', TIME);
    expect(typeOf(bytes)).toBe('application/timestamped-data');
    expect(await states(bytes)).toEqual(['verified', 'verified']);
    expect(await states(altered(bytes))).toEqual(['verified', 'content changed']);
    expect(await unreplayable(cms, bytes)).toEqual([]);
  });
});

describe('envelopes', () => {
  it('name recipients and cipher, and stay closed', async () => {
    const bytes = buildEnveloped(CLAIRE, true);
    const { claims, problems } = await readAll(cms, bytes);
    expect(claims.map((c) => [c.attribute, c.basis, c.value])).toEqual([
      ['signature.kind', 'asserted', 'cms'],
      ['envelope.recipient', 'asserted', 'serial 0a1b of O=Autorité, CN=Racine'],
      ['envelope.recipient', 'observed', 'whoever knows a password'],
      ['envelope.cipher', 'asserted', 'AES-256-CBC'],
    ]);
    expect(problems).toEqual([{ code: 'encrypted', message: 'CMS: enveloped, opens with a key only' }]);
    expect(await unreplayable(cms, bytes)).toEqual([]);
  });
});

it('reads a bundle of certificates that nobody signed', async () => {
  const read = await readAll(cms, buildSigned({ content: LETTER, unsigned: true, certificates: [CLAIRE, AUTHORITY] }));
  expect(read.values('certificate.subject')).toEqual(['C=FR, O=Campagne, CN=Claire Moreau', 'claire@campagne.example', 'O=Autorité, CN=Racine']);
  expect(read.values('signature.state')).toEqual([]);
});

it('says that a file breaks off', async () => {
  const bytes = buildSigned({ content: LETTER });
  expect((await readAll(cms, bytes.subarray(0, 300))).problems).toContainEqual({ code: 'truncated', message: 'CMS: ends before its content does' });
});

it.each([
  ['another sequence', Buffer.from('3003020101', 'hex')],
  ['a certificate', Buffer.from('308201', 'hex')],
  ['a text', Buffer.from('0 1 2')],
])('is not found in %s', (_, bytes) => expect(typeOf(bytes)).not.toContain('pkcs7'));

it('is found in compressed data', () => expect(typeOf(buildCompressed(LETTER))).toBe('application/pkcs7-mime'));

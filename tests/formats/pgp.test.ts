import { describe, expect, it } from 'vitest';
import { pgp } from '../../src/formats/pgp.ts';
import { recognise } from '../../src/structures/recognise.ts';
import {
  armor,
  cleartext,
  compressed,
  encryptedData,
  KEY_ID,
  literal,
  oldPacket,
  passwordKey,
  publicKey,
  sessionKey,
  signature,
  userId,
} from '../support/build-pgp.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const TIME = '2015-03-04T12:00:00Z';
const SECONDS = String(Date.UTC(2015, 2, 4, 12) / 1000);
const FINGERPRINT = `${'AB'.repeat(12)}${KEY_ID}`;
const LETTER = Buffer.from('Bonjour');
const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const stated = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(pgp, bytes)).claims.map((c) => [c.attribute, c.field, c.raw]);

describe('a message', () => {
  it('names who can open it, and stays closed', async () => {
    const bytes = Buffer.concat([sessionKey(), sessionKey('0000000000000000'), passwordKey(), encryptedData()]);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/pgp-encrypted', also: [] });
    const { claims, problems } = await readAll(pgp, bytes);
    expect(claims.map((c) => [c.attribute, c.raw, c.value])).toEqual([
      ['signature.kind', 'packets', 'pgp'],
      ['envelope.recipient', KEY_ID, `key ${KEY_ID}`],
      ['envelope.recipient', '0000000000000000', 'a key that is not named'],
      ['envelope.recipient', 'password', 'whoever knows a password'],
      ['envelope.cipher', '9', 'AES-256'],
    ]);
    expect(problems).toEqual([{ code: 'encrypted', message: 'OpenPGP: encrypted, opens with a key only' }]);
    expect(await unreplayable(pgp, bytes)).toEqual([]);
  });

  it('in armor says what wrote it', async () => {
    const bytes = armor('MESSAGE', Buffer.concat([sessionKey(), encryptedData()]), { Version: 'GnuPG v2', Comment: 'réservé' });
    expect(typeOf(bytes)).toBe('application/pgp-encrypted');
    expect(await stated(bytes)).toEqual([
      ['signature.kind', 'armor', 'MESSAGE'],
      ['tool.application', 'armor Version', 'GnuPG v2'],
      ['signature.remark', 'armor Comment', 'réservé'],
      ['envelope.recipient', 'key id', KEY_ID],
    ]);
    expect(await unreplayable(pgp, bytes)).toEqual([]);
  });

  it('tells of a signature that is packed with what it signs', async () => {
    const bytes = armor('MESSAGE', compressed(Buffer.concat([literal(LETTER, 'a.txt', TIME), signature(TIME)])));
    const { claims } = await readAll(pgp, bytes);
    expect(claims.filter((c) => c.attribute === 'time.signed').map((c) => [c.basis, c.raw])).toEqual([['observed', SECONDS]]);
  });
});

describe('a signature', () => {
  it.each([
    ['armored', armor('SIGNATURE', signature(TIME)), 'application/pgp-signature'],
    ['binary', signature(TIME), 'application/pgp-encrypted'],
  ])('%s', async (_, bytes, type) => {
    expect(typeOf(bytes)).toBe(type);
    const [, ...rest] = await stated(bytes);
    expect(rest).toEqual([
      ['time.signed', 'created', SECONDS],
      ['signature.signer', 'issuer fingerprint', FINGERPRINT],
      ['signature.signer', 'issuer key', KEY_ID],
      ['signature.digest', 'hash algorithm', '8'],
      ['signature.state', 'signature', 'not checked'],
    ]);
    expect(await unreplayable(pgp, bytes)).toEqual([]);
  });

  it('below a text in the clear', async () => {
    const bytes = cleartext('Bonjour,\n- une phrase.', TIME);
    expect(typeOf(bytes)).toBe('application/pgp-encrypted');
    expect((await readAll(pgp, bytes)).values('time.signed')).toEqual([
      { kind: 'instant', epochMs: Date.UTC(2015, 2, 4, 12), offsetMinutes: 0, precisionMs: 1000 },
    ]);
  });

  it('of the third version', async () => {
    const body = Buffer.concat([
      Buffer.from([3, 5, 0]),
      Buffer.from('54f6ef40', 'hex'),
      Buffer.from(KEY_ID, 'hex'),
      Buffer.from([1, 2]),
      Buffer.alloc(12),
    ]);
    const bytes = oldPacket(2, body);
    expect((await stated(bytes)).slice(1, 4)).toEqual([
      ['time.signed', 'created', String(0x54f6ef40)],
      ['signature.signer', 'issuer key', KEY_ID],
      ['signature.digest', 'hash algorithm', '2'],
    ]);
    expect(await unreplayable(pgp, bytes)).toEqual([]);
  });
});

it('reads whose key it is, and not who certified that', async () => {
  const bytes = armor('PUBLIC KEY BLOCK', Buffer.concat([publicKey(TIME), userId('Claire Moreau <claire@campagne.example>'), signature(TIME, 0x13)]));
  expect(typeOf(bytes)).toBe('application/pgp-keys');
  expect(await stated(bytes)).toEqual([
    ['signature.kind', 'armor', 'PUBLIC KEY BLOCK'],
    ['certificate.subject', 'key fingerprint', expect.stringMatching(/^[0-9A-F]{40}$/)],
    ['time.valid-from', 'key created', SECONDS],
    ['certificate.subject', 'user id', 'Claire Moreau <claire@campagne.example>'],
    ['pgp.key', 'OpenPGP key', expect.stringMatching(/^[0-9A-F]{40}$/)],
    ['pgp.keys', 'OpenPGP keys', '1'],
  ]);
  expect(await unreplayable(pgp, bytes)).toEqual([]);
});

it('is found where all of it is packed', () => {
  expect(typeOf(compressed(literal(LETTER, 'a.txt', TIME)))).toBe('application/pgp-encrypted');
  expect(typeOf(compressed(LETTER))).toBe('application/octet-stream');
});

it.each([
  ['a lone byte', Buffer.from([0x85])],
  ['noise', Buffer.from('850102ffffffffffffffffffffffffffffffff', 'hex')],
  ['Latin-1 letters', Buffer.from('éàèùç ôîï', 'latin1')],
])('is not found in %s', (_, bytes) => expect(typeOf(bytes)).not.toContain('pgp'));

import { expect, it } from 'vitest';
import { pgpSignatures } from '../../src/examinations/pgp-signatures.ts';
import { eml } from '../../src/formats/eml.ts';
import { pgp } from '../../src/formats/pgp.ts';
import { armor, compressed, literal } from '../support/build-pgp.ts';
import { keyBlock, type PgpKey, pgpKey, type PgpKeyKind, pgpSignature, signedClear, signedLetter } from '../support/build-pgp-signed.ts';
import type { TestClaim } from '../support/claims.ts';
import { examine } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { readAll } from '../support/read.ts';

const MADE = '2015-03-04T12:00:00Z';
const SIGNED = '2017-03-01T10:00:00Z';
const CLAIRE = 'Claire Moreau <claire@campagne.example>';
const ENTITY = ['Content-Type: text/plain; charset=utf-8', '', 'Bonjour,', '- une phrase.  ', 'From demain: 12,000 EUR', ''].join('\r\n');
const TEXT = 'Bonjour,\n- une phrase.  \nFrom demain: 12,000 EUR';

/** What reading left: the examination sees no file. */
async function docOf(name: string, bytes: string | Uint8Array): Promise<TestDoc> {
  const isMail = name.endsWith('.eml');
  const { claims } = await readAll(isMail ? eml : pgp, Buffer.from(bytes as string));
  return { name, mediaType: isMail ? 'message/rfc822' : 'application/pgp-keys', claims: claims.map((c): TestClaim => ({ ...c, reader: 'eml@4' })) };
}

async function seen(files: Readonly<Record<string, string | Uint8Array>>): Promise<Record<string, unknown[]>> {
  const docs = await Promise.all(Object.entries(files).map(([name, bytes]) => docOf(name, bytes)));
  const result: Record<string, unknown[]> = {};
  for (const s of (await examine(pgpSignatures, docs)).seen) (result[s.about] ??= []).push(s.attribute === 'signature.state' ? s.value : s);
  return result;
}

const stateOf = async (file: string, bytes: string | Uint8Array, ...keys: readonly PgpKey[]): Promise<unknown> =>
  (await seen({ [file]: bytes, ...Object.fromEntries(keys.map((k, i) => [`k${i}.asc`, keyBlock(k, CLAIRE)])) }))[file]?.[0];

it('says who the key says it is, where it lies, and that nobody vouches for it', async () => {
  const key = pgpKey('rsa', MADE);
  const letter = signedLetter(key, ENTITY, { created: SIGNED });
  expect(await seen({ 'a.eml': letter, 'keys.asc': keyBlock(key, CLAIRE, 'C. M.') })).toEqual({
    'a.eml': [
      'verified',
      { about: 'a.eml', attribute: 'signature.signer', value: CLAIRE, other: 'keys.asc' },
      { about: 'a.eml', attribute: 'signature.signer', value: 'C. M.', other: 'keys.asc' },
      {
        about: 'a.eml',
        attribute: 'signature.trust',
        value: `key ${key.fingerprint} lies in the dump; it names itself '${CLAIRE}', 'C. M.', and nobody here vouches for that`,
        other: 'keys.asc',
      },
    ],
  });
});

const KINDS: readonly [PgpKeyKind, (3 | 4 | 6)?][] = [
  ['rsa'],
  ['rsa', 3],
  ['rsa', 6],
  ['dsa'],
  ['P-256'],
  ['P-384'],
  ['P-521'],
  ['secp256k1'],
  ['brainpoolP256r1'],
  ['eddsa'],
  ['ed25519', 6],
  ['ed448', 6],
];

it.each(KINDS)('checks %s, version %s', async (kind, version = 4) => {
  const key = pgpKey(kind, MADE, version);
  const letter = signedLetter(key, ENTITY, { created: SIGNED, hash: 'sha512' });
  const changed = letter.replace('12,000', '92,000');
  // RSA tells what was signed; of the others the first 16 bits of the digest do.
  expect([await stateOf('a.eml', letter, key), await stateOf('a.eml', changed, key)]).toEqual([
    'verified',
    kind === 'rsa' ? 'content changed' : 'content changed (by its 16-bit check)',
  ]);
});

it('finds keys that are an attachment, a block in a letter or a header of one', async () => {
  const key = pgpKey('P-256', MADE);
  const letter = signedLetter(key, ENTITY, { created: SIGNED });
  const head = 'From: claire@campagne.example\r\nDate: Wed, 1 Mar 2017 11:00:00 +0100\r\n';
  const written = `${head}\r\nMa clef:\r\n${armor('PUBLIC KEY BLOCK', keyBlock(key, CLAIRE)).toString()}`;
  const autocrypt = `${head}Autocrypt: addr=claire@campagne.example; keydata=\r\n ${keyBlock(key, CLAIRE)
    .toString('base64')
    .replace(/.{60}/g, '$&\r\n ')}\r\n\r\nBonjour\r\n`;
  for (const [name, bytes] of [
    ['k.pgp', keyBlock(key, CLAIRE)],
    ['w.eml', written],
    ['h.eml', autocrypt],
  ] as const)
    expect((await seen({ 'a.eml': letter, [name]: bytes }))['a.eml']?.slice(0, 2)).toEqual([
      'verified',
      { about: 'a.eml', attribute: 'signature.signer', value: CLAIRE, other: name },
    ]);
});

it('without a key says what the signature itself shows', async () => {
  const letter = signedLetter(pgpKey('P-256', MADE), ENTITY, { created: SIGNED });
  expect(await seen({ 'a.eml': letter, 'b.eml': letter.replace('12,000', '92,000') })).toEqual({
    'a.eml': ['key not in the dump (content fits its 16-bit check)'],
    'b.eml': ['key not in the dump (content differs by its 16-bit check)'],
  });
});

it('takes no other key for it', async () => {
  const letter = signedLetter(pgpKey('P-256', MADE), ENTITY, { created: SIGNED });
  expect(await stateOf('a.eml', letter, pgpKey('P-256', MADE))).toBe('key not in the dump (content fits its 16-bit check)');
});

it.each([
  ['that lost its CRs', (mail: string) => mail.replace(/\r\n/g, '\n'), 'verified'],
  ['from an mbox', (mail: string) => mail.replace('\r\nFrom demain', '\r\n>From demain'), 'verified (undone: mbox >From)'],
  ['with another subject, which nobody signed', (mail: string) => `Subject: x\r\n${mail}`, 'verified'],
  ['with another header of the part', (mail: string) => mail.replace('charset=utf-8', 'charset=latin1'), 'content changed'],
])('on a letter %s', async (_, change, state) => {
  const key = pgpKey('rsa', MADE);
  expect(await stateOf('a.eml', change(signedLetter(key, ENTITY, { created: SIGNED })), key)).toBe(state);
});

it('puts back what signers leave out or take in', async () => {
  const key = pgpKey('rsa', MADE);
  const letter = signedLetter(key, ENTITY, { created: SIGNED });
  const over = (signed: string): string => {
    const [head = ''] = letter.split('-----BEGIN');
    return `${head}${armor('SIGNATURE', pgpSignature(key, Buffer.from(signed), { created: SIGNED })).toString()}\r\n--b--\r\n`;
  };
  expect(await stateOf('a.eml', over(ENTITY.replace(/[ ]+\r\n/g, '\r\n')), key)).toBe('verified (undone: blanks at line ends)');
  expect(await stateOf('a.eml', over(`${ENTITY}\r\n`), key)).toBe('verified (undone: last line end)');
});

it.each(['a.asc', 'a.eml'])('checks a text signed in the clear, in %s', async (file) => {
  const key = pgpKey('eddsa', MADE);
  const head = file === 'a.eml' ? 'From: claire@campagne.example\nDate: Wed, 1 Mar 2017 11:00:00 +0100\n\nVoici:\n' : '';
  const text = `${head}${signedClear(key, TEXT, SIGNED)}`;
  expect(await stateOf(file, text, key)).toBe('verified');
  expect(await stateOf(file, text.replace(/\n/g, '\r\n'), key)).toBe('verified');
  expect(await stateOf(file, text.replace('12,000', '92,000'), key)).toBe('content changed (by its 16-bit check)');
});

it('says nothing of a signed text that an answer quotes', async () => {
  const key = pgpKey('eddsa', MADE);
  const quoted = signedClear(key, TEXT, SIGNED).replace(/^/gm, '> ');
  const answer = `From: paul@campagne.example\nDate: Thu, 2 Mar 2017 11:00:00 +0100\n\nClaire a écrit :\n${quoted}`;
  expect(await seen({ 'a.eml': answer, 'k.asc': keyBlock(key, CLAIRE) })).toEqual({});
});

it('checks what is signed and packed in one', async () => {
  const key = pgpKey('dsa', MADE);
  const content = Buffer.from('12,000 EUR\n');
  const packed = (inside: Buffer): Buffer =>
    compressed(Buffer.concat([literal(inside, 'a.txt', SIGNED), pgpSignature(key, content, { created: SIGNED, hash: 'sha1' })]));
  expect(await stateOf('a.pgp', packed(content), key)).toBe('verified (digest sha1)');
  expect(await stateOf('a.pgp', packed(Buffer.from('92,000 EUR\n')), key)).toBe('content changed (by its 16-bit check; digest sha1)');
});

it('names a key that is younger than what it signed', async () => {
  const key = pgpKey('P-256', '2018-01-01T00:00:00Z');
  expect(await stateOf('a.eml', signedLetter(key, ENTITY, { created: SIGNED }), key)).toBe('verified (key younger than the signature)');
});

it('tells a damaged signature from a changed content', async () => {
  const key = pgpKey('P-256', MADE);
  const good = pgpSignature(key, Buffer.from('Bonjour'), { created: SIGNED });
  const damaged = Buffer.from(good);
  damaged.writeUInt8(damaged.readUInt8(damaged.length - 1) ^ 1, damaged.length - 1);
  const whole = (signature: Buffer): Buffer => Buffer.concat([signature, literal(Buffer.from('Bonjour'), '', MADE)]);
  expect(await stateOf('a.pgp', whole(good), key)).toBe('verified');
  expect(await stateOf('a.pgp', whole(damaged), key)).toBe('signature does not fit');
});

it('tells keys of one ID apart by their fingerprints', async () => {
  const key = pgpKey('rsa', MADE);
  // The same numbers made at another time are another key; the old form of signatures cannot tell which was meant.
  const twin = pgpKey('rsa', '2016-01-01T00:00:00Z');
  const letter = signedLetter(key, ENTITY, { created: SIGNED });
  expect(await stateOf('a.eml', letter, twin)).toBe('key not in the dump (content fits its 16-bit check)');
  expect(await stateOf('a.eml', letter, twin, key)).toBe('verified');
});

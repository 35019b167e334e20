import { expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildSigned, CLAIRE } from '../support/build-cms.ts';
import { pgpKey, signedLetter } from '../support/build-pgp-signed.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const ENTITY = ['Content-Type: text/plain; charset=utf-8', '', 'Bonjour,', 'une phrase.'].join('\r\n');

/** Signs what is sent; `stored` is the line end of the file. */
function signedMail(type = 'application/pkcs7-signature', stored = '\r\n', certificates = [CLAIRE]): string {
  const signature = buildSigned({ content: Buffer.from(ENTITY), detached: true, signingTime: '2017-03-01T10:00:00Z', certificates });
  return [
    'From: Claire Moreau <claire@campagne.example>',
    'To: paul@campagne.example',
    'Date: Wed, 1 Mar 2017 11:00:00 +0100',
    'MIME-Version: 1.0',
    `Content-Type: multipart/signed; protocol="${type}"; micalg=sha-256; boundary="b"`,
    '',
    '--b',
    ENTITY,
    '--b',
    `Content-Type: ${type}; name=smime.p7s`,
    'Content-Transfer-Encoding: base64',
    '',
    signature.toString('base64').replace(/.{1,64}/g, '$&\r\n'),
    '--b--',
    '',
  ]
    .join('\r\n')
    .replace(/\r\n/g, stored);
}
const told = async (mail: string): Promise<unknown[]> =>
  (await readAll(eml, Buffer.from(mail))).claims
    .filter((c) => /^(?:signature\.|mark\.signature)/.test(c.attribute))
    .map((c) => [c.attribute, c.field, c.value]);
const field = 'S/MIME signature 2';

it('checks a signature beside what it signs', async () => {
  expect(await told(signedMail())).toEqual([
    ['signature.signer', field, 'C=FR, O=Campagne, CN=Claire Moreau'],
    ['signature.signer', field, 'claire@campagne.example'],
    ['mark.signature-coverage', field, 'part 1, not the header of the message'],
    ['signature.state', field, 'verified'],
    ['signature.trust', field, 'issuer not inside, trust not checked'],
  ]);
});

it.each([
  ['a changed body', signedMail().replace('une phrase', 'une Phrase'), 'content changed'],
  ['a changed header of the part', signedMail().replace('charset=utf-8', 'charset=UTF-8'), 'content changed'],
  ['a changed subject, which nobody signed', `Subject: x\r\n${signedMail()}`, 'verified'],
  ['a file that lost its CRs', signedMail('application/pkcs7-signature', '\n'), 'verified'],
  ['the older name of the type', signedMail('application/x-pkcs7-signature'), 'verified'],
  ['no certificate', signedMail('application/pkcs7-signature', '\r\n', []), 'certificate not inside'],
])('on %s', async (_, mail, state) => {
  expect((await readAll(eml, Buffer.from(mail))).values('signature.state')).toEqual([state]);
});

const AT_TEN = { kind: 'instant', epochMs: Date.UTC(2017, 2, 1, 10), offsetMinutes: 0, precisionMs: 1000 };

it('says when it was made, by the signer', async () => {
  const { claims } = await readAll(eml, Buffer.from(signedMail()));
  expect(claims.filter((c) => c.attribute === 'time.signed').map((c) => [c.field, c.value])).toEqual([[`${field} signingTime`, AT_TEN]]);
});

it('leaves what checking an OpenPGP signature needs, and reads the rest of it', async () => {
  const key = pgpKey('rsa', '2015-03-04T12:00:00Z');
  const bytes = Buffer.from(signedLetter(key, ENTITY, { created: '2017-03-01T10:00:00Z' }));
  const { claims } = await readAll(eml, bytes);
  expect(
    claims.filter((c) => /^(?:signature\.|mark\.signature|time\.signed|pgp\.)/.test(c.attribute)).map((c) => [c.attribute, c.field, c.raw]),
  ).toEqual([
    ['mark.signature-coverage', 'OpenPGP signature 2', 'part 1, not the header of the message'],
    ['time.signed', 'OpenPGP signature 2 created', String(Date.UTC(2017, 2, 1, 10) / 1000)],
    ['signature.signer', 'OpenPGP signature 2 issuer fingerprint', key.fingerprint],
    ['signature.digest', 'OpenPGP signature 2 hash algorithm', '8'],
    ['pgp.signature', 'OpenPGP signature', key.fingerprint],
    ['pgp.issuer', 'OpenPGP signature', key.keyId],
  ]);
  expect(claims.find((c) => c.attribute === 'time.signed')?.value).toEqual(AT_TEN);
  expect(await unreplayable(eml, bytes)).toEqual([]);
});

it('says nothing of a mail without one', async () => {
  expect(await told(signedMail('application/pgp-signature'))).toEqual([]);
});

it.each([
  ['a signed part alone', ENTITY, 'message/rfc822'],
  ['a note that begins like it', 'Content-Type: see above\n\nx', 'text/plain'],
  ['a list of words', 'content: a\nform: b\n\nx', 'text/plain'],
])('takes %s for what it is', (_, text, type) => expect(recognise(inputFrom(Buffer.from(text))).mediaType).toBe(type));

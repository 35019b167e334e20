import { expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { msg } from '../../src/formats/msg.ts';
import { readSignature } from '../../src/model/dkim.ts';
import { sealMail, signMail, testKey } from '../support/build-dkim.ts';
import { RSA_1024 } from '../support/build-dkim.data.ts';
import { buildMsg } from '../support/build-msg.ts';
import { readAll } from '../support/read.ts';

const key = testKey(RSA_1024);
const LETTER = [
  'From: claire@example.org',
  'To: paul@example.net',
  'Subject: Lettre',
  'Date: Mon, 27 Mar 2017 14:41:05 +0200',
  '',
  'Bonjour',
  '',
].join('\r\n');
const read = (mail: string): ReturnType<typeof readAll> => readAll(eml, Buffer.from(mail, 'latin1'));

it('a record, a signer and a body for each signature, at the field it stands in', async () => {
  const { claims, problems } = await read(sealMail(signMail(LETTER, { key, tags: ['t=1490618465'] }), { key, selector: 'seal' }, 1));
  expect(problems).toEqual([]);
  const told = claims.filter((c) => c.attribute.startsWith('dkim.'));
  expect(told.map((c) => [c.attribute, c.field, c.attribute === 'dkim.signature' ? readSignature(c.value)?.kind : c.value])).toEqual([
    ['dkim.signature', 'ARC-Seal', 'arc-seal'],
    ['dkim.signer', 'ARC-Seal', 'example.org s=seal'],
    ['dkim.signature', 'ARC-Message-Signature', 'arc-message'],
    ['dkim.signer', 'ARC-Message-Signature', 'example.org s=seal'],
    ['dkim.body', 'ARC-Message-Signature', 'intact'],
    ['dkim.signature', 'DKIM-Signature', 'dkim'],
    ['dkim.signer', 'DKIM-Signature', 'example.org s=s1'],
    ['dkim.body', 'DKIM-Signature', 'intact'],
  ]);
  expect(told.every((c) => c.basis === 'observed' && c.locator.in === 'header')).toBe(true);
  expect(readSignature(told[5]?.value)).toMatchObject({
    signedAt: 1490618465,
    expiresAt: null,
    fields: ['from', 'to', 'subject', 'date'],
    fault: '',
  });
});

it('a long signature is kept whole in the record', async () => {
  const { claims } = await read(`DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=a; h=from; bh=AAAA; b=${'A'.repeat(2000)}\r\n${LETTER}`);
  const record = claims.find((c) => c.attribute === 'dkim.signature');
  expect(record?.raw).toHaveLength(1024);
  expect(readSignature(record?.value)?.signature).toHaveLength(2000);
});

it('says that a message is unsigned', async () => {
  const { claims } = await read(LETTER);
  expect(claims.filter((c) => c.attribute.startsWith('dkim.')).map((c) => [c.attribute, c.value])).toEqual([['dkim.body', 'unsigned']]);
});

it('names a signature that cannot be read', async () => {
  const { claims, problems } = await read(`DKIM-Signature: nonsense\r\n${LETTER}`);
  expect(problems).toEqual([{ code: 'malformed', message: 'DKIM-Signature: its tags cannot be read' }]);
  expect(claims.filter((c) => c.attribute === 'dkim.signer')).toEqual([]);
});

it('the header that Outlook kept is enough for the header', async () => {
  const [headers = ''] = signMail(LETTER, { key }).split('\r\n\r\n');
  const outlook = buildMsg({
    subject: 'Lettre',
    body: 'Bonjour',
    from: { name: 'Claire', mailbox: 'claire@example.org' },
    to: [],
    headers: `${headers}\r\n\r\n`,
  });
  const told = (await readAll(msg, outlook)).claims.filter((c) => c.attribute.startsWith('dkim.'));
  expect(told.map((c) => c.attribute)).toEqual(['dkim.signature', 'dkim.signer', 'dkim.body']);
  expect(told[2]?.value).toBe('absent');
  const whole = (await read(signMail(LETTER, { key }))).claims.find((c) => c.attribute === 'dkim.signature');
  expect(readSignature(told[0]?.value)?.digests[0]).toEqual(readSignature(whole?.value)?.digests[0]);
});

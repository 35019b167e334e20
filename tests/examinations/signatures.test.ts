import { expect, it } from 'vitest';
import { keysByName } from '../../src/examinations/shared/dkim-keys.ts';
import { signatures } from '../../src/examinations/signatures.ts';
import { eml } from '../../src/formats/eml.ts';
import type { DkimKeys } from '../../src/model/dkim-key.ts';
import { signMail, testKey } from '../support/build-dkim.ts';
import { RSA_1024 } from '../support/build-dkim.data.ts';
import type { TestClaim } from '../support/claims.ts';
import { idOf, memoryEvidence, type TestDoc } from '../support/memory-evidence.ts';
import { readAll } from '../support/read.ts';

const key = testKey(RSA_1024);
const KEYS = keysByName([{ name: 's1._domainkey.example.org', record: key.record, from: null, until: null, source: '' }]);
const RECOVERED = keysByName([{ name: 's1._domainkey.example.org', record: key.record, from: null, until: null, source: 'recovered from a and b' }]);

/** A signed letter of that day of March 2017. */
const letter = (day: number, body = `Bonjour ${day}`): string =>
  signMail(
    ['From: claire@example.org', 'To: paul@example.net', `Subject: ${day}`, `Date: ${day} Mar 2017 10:00:00 +0000`, '', body, ''].join('\r\n'),
    { key, tags: [`t=${Date.UTC(2017, 2, day, 10) / 1000}`] },
  );

/** What reading left of it: the examination sees no message. */
async function docOf(name: string, mail: string): Promise<TestDoc> {
  const { claims } = await readAll(eml, Buffer.from(mail, 'latin1'));
  return { name, mediaType: 'message/rfc822', claims: claims.map((c): TestClaim => ({ ...c, reader: 'eml@2' })) };
}

async function observed(mails: Readonly<Record<string, string>>, keys?: DkimKeys): Promise<Record<string, string>> {
  const docs = await Promise.all(Object.entries(mails).map(([name, mail]) => docOf(name, mail)));
  const names = new Map(docs.map((d) => [idOf(d) as string, d.name]));
  const seen: Record<string, string> = {};
  for await (const o of signatures.examine(memoryEvidence(docs, signatures.reads), { known: new Set(), ...(keys ? { dkimKeys: keys } : {}) })) {
    if ('problem' in o) throw new Error(o.problem.message);
    const name = names.get(o.about) ?? '';
    seen[name] = [seen[name], `${o.claim.attribute.slice(5)}=${o.claim.raw}`].filter(Boolean).join(', ');
  }
  return seen;
}

it('checks with the keys of the operator, and counts how the neighbours fared', async () => {
  const mails = {
    'a.eml': letter(1),
    'b.eml': letter(2).replace('Bonjour', 'Bonsoir'),
    'c.eml': letter(3).replace('Subject: 3', 'Subject: 8'),
    'd.eml': letter(30),
  };
  expect(await observed(mails, KEYS)).toEqual({
    'a.eml': 'state=verified, key-bits=1024, neighbours=2, neighbours-unchanged=0',
    'b.eml': 'state=body changed, key-bits=1024, neighbours=2, neighbours-unchanged=1',
    'c.eml': 'state=headers changed, key-bits=1024, neighbours=2, neighbours-unchanged=1',
    'd.eml': 'state=verified, key-bits=1024',
  });
});

it('without a key goes by the bodies', async () => {
  expect(await observed({ 'a.eml': letter(1), 'b.eml': letter(2).replace('Bonjour', 'Bonsoir'), 'c.eml': letter(3) })).toEqual({
    'a.eml': 'state=key unknown (body intact), neighbours=2, neighbours-unchanged=1',
    'b.eml': 'state=key unknown (body changed), neighbours=2, neighbours-unchanged=2',
    'c.eml': 'state=key unknown (body intact), neighbours=2, neighbours-unchanged=1',
  });
});

it('counts copies of one message once, and none as its own neighbour', async () => {
  const changed = letter(2).replace('Bonjour', 'Bonsoir');
  expect(await observed({ 'a.eml': letter(1), 'a2.eml': letter(1), 'b.eml': changed, 'b2.eml': changed }, KEYS)).toEqual({
    'a.eml': 'state=verified, key-bits=1024, neighbours=1, neighbours-unchanged=0',
    'a2.eml': 'state=verified, key-bits=1024, neighbours=1, neighbours-unchanged=0',
    'b.eml': 'state=body changed, key-bits=1024, neighbours=1, neighbours-unchanged=1',
    'b2.eml': 'state=body changed, key-bits=1024, neighbours=1, neighbours-unchanged=1',
  });
});

it('says of a recovered key that it is one', async () =>
  expect(await observed({ 'a.eml': letter(1) }, RECOVERED)).toEqual({
    'a.eml': 'state=verified (key recovered from the corpus), key-bits=1024',
  }));

it('tries each key of a name', async () => {
  const other = { name: 's1._domainkey.example.org', record: 'v=DKIM1; p=', from: null, until: null, source: '' };
  const [right] = KEYS.get('s1._domainkey.example.org') ?? [];
  if (!right) throw new Error('no key');
  const dated = keysByName([other, { ...right, until: Date.UTC(2016, 0, 1) }]);
  expect(await observed({ 'a.eml': letter(1) }, dated)).toEqual({ 'a.eml': 'state=verified (key dated otherwise), key-bits=1024' });
});

/** A letter that its first server stamped so many minutes after the time in its signature. */
const early = (day: number, minutes: number): string => {
  const stamp = new Date(Date.UTC(2017, 2, day, 10, minutes)).toUTCString().replace('GMT', '+0000');
  return `Received: from a by b.example.net; ${stamp}\r\n${letter(day)}`;
};

it('counts who else of the signer is early by as much: a clock that is wrong is wrong for all', async () => {
  const seen = await observed({
    'a.eml': early(1, 50),
    'a2.eml': early(1, 50),
    'b.eml': early(2, 55),
    'c.eml': early(3, 200),
    'd.eml': early(4, 1),
    'e.eml': early(5, 1),
  });
  const told = Object.entries(seen).map(([name, text]) => [name, /early-alike=(\d+)/.exec(text)?.[1]]);
  expect(told).toEqual([
    ['a.eml', '1'],
    ['a2.eml', '1'],
    ['b.eml', '1'],
    ['c.eml', undefined],
    ['d.eml', undefined],
    ['e.eml', undefined],
  ]);
});

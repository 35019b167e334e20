import { describe, expect, it } from 'vitest';
import { attemptsOf, candidatesOf } from '../../src/examinations/shared/key-attempts.ts';
import { modulusIn, recoveredKey } from '../../src/examinations/shared/recovered-key.ts';
import { readRsaKey, rsaKey } from '../../src/examinations/shared/rsa.ts';
import { recordOfKey, writeRsaKey } from '../../src/examinations/shared/rsa-spki.ts';
import { GroupsOfSigner, pairOf, type SignerGroup } from '../../src/examinations/shared/signer-groups.ts';
import { eml } from '../../src/formats/eml.ts';
import { readSignature, type SignatureRecord } from '../../src/model/dkim.ts';
import { testKey } from '../support/build-dkim.ts';
import { OTHER_RSA_1024, RSA_1024, RSA_512 } from '../support/build-dkim.data.ts';
import { RSA_512_E3 } from '../support/recover-keys.data.ts';
import { signedLetter } from '../support/recover-keys.ts';
import { readAll } from '../support/read.ts';

const derOf = (record: string): Buffer => Buffer.from(/p=(\S+)/.exec(record)?.[1] ?? '', 'base64');

async function recordOf(mail: string): Promise<SignatureRecord> {
  const { claims } = await readAll(eml, Buffer.from(mail, 'latin1'));
  const record = claims.flatMap((c) => (c.attribute === 'dkim.signature' ? [readSignature(c.value)] : []))[0];
  if (!record) throw new Error('no signature');
  return record;
}

const OF_AUTHOR = { decoded: false, addressed: false, authorDomain: 'example.org' };

async function groupsOf(mails: Readonly<Record<string, string>>): Promise<SignerGroup[]> {
  const groups = new GroupsOfSigner();
  for (const [path, mail] of Object.entries(mails)) groups.add(path, await recordOf(mail), OF_AUTHOR);
  return groups.groups();
}

describe('a public key written from its two numbers', () => {
  it.each([
    ['1024 bits', RSA_1024],
    ['512 bits', RSA_512],
    ['exponent 3', RSA_512_E3],
  ])('is what OpenSSL writes: %s', (_, pkcs8) => {
    const { record } = testKey(pkcs8);
    const key = readRsaKey(derOf(record));
    expect(key && recordOfKey(key)).toBe(record);
  });

  it('is short where the numbers are', () => {
    expect(writeRsaKey({ n: 0x7fn, e: 3n }).toString('hex')).toBe('301a300d06092a864886f70d0101010500030900300602017f020103');
  });
});

describe('the modulus in a common factor', () => {
  // Mersenne's: 2^127 - 1, 2^521 - 1 and 2^607 - 1 are primes.
  const n = (2n ** 521n - 1n) * (2n ** 607n - 1n);
  const bytes = 1128 / 8;

  it.each<readonly [string, bigint, bigint | null]>([
    ['as it is', n, n],
    ['with small factors', n * 2n ** 7n * 3n * 65_521n, n],
    ['squared', n * n * 6n, n],
    ['of another length', 2n ** 521n - 1n, null],
    ['longer by a large prime', n * (2n ** 127n - 1n), null],
    ['none', 12n, null],
  ])('%s', (_, factor, wanted) => expect(modulusIn(factor, bytes)).toBe(wanted));
});

describe('tries', () => {
  it.each<readonly [number, string]>([
    [0, ''],
    [1, ''],
    [2, '0:1'],
    [3, '0:1,2 1:2'],
    [5, '0:1,2 1:2,3,4 2:3,4 3:4 0:3,4'],
  ])('of %i candidates', (count, wanted) => {
    expect(
      attemptsOf(count)
        .map((a) => `${a.anchor}:${a.others.join(',')}`)
        .join(' '),
    ).toBe(wanted);
  });

  it('meet no pair twice, and end', () => {
    const attempts = attemptsOf(24);
    const pairs = attempts.flatMap((a) => a.others.map((o) => `${a.anchor} ${o}`));
    expect(attempts).toHaveLength(12);
    expect(new Set(pairs).size).toBe(pairs.length);
  });
});

describe('groups of a signer', () => {
  const key = testKey(RSA_1024);

  it('hold a copy once, unharmed bodies first, lengths apart', async () => {
    const changed = signedLetter(1, { key }).replace('Lettre', 'Epitre');
    const groups = await groupsOf({
      'a.eml': changed,
      'b.eml': signedLetter(2, { key }),
      'c.eml': signedLetter(3, { key }),
      'c2.eml': signedLetter(3, { key }),
      'd.eml': signedLetter(4, { key: testKey(RSA_512) }),
    });
    expect(groups.map((g) => [g.bytes, g.all, g.members.map((m) => m.path)])).toEqual([
      [64, 1, ['d.eml']],
      [128, 3, ['b.eml', 'c.eml', 'a.eml']],
    ]);
  });

  it('put seals first: neither addressees nor text are signed by them', async () => {
    const [letter, seal, changed] = await Promise.all([2, 3, 4].map((n) => recordOf(signedLetter(n, { key }))));
    const groups = new GroupsOfSigner();
    if (!letter || !seal || !changed) throw new Error('no signature');
    groups.add('a.eml', { ...changed, body: { state: 'changed', undone: '', covers: null } }, OF_AUTHOR);
    groups.add('b.eml', letter, OF_AUTHOR);
    groups.add('c.eml', { ...seal, kind: 'arc-seal', body: { state: 'none', undone: '', covers: null } }, OF_AUTHOR);
    expect(groups.groups().map((g) => [g.likely, g.all, g.members.map((m) => m.path)])).toEqual([[2, 3, ['c.eml', 'b.eml', 'a.eml']]]);
  });

  it('put messages last whose From or Subject was decoded, seals apart', async () => {
    const [first, second, third] = await Promise.all([2, 3, 4].map((n) => recordOf(signedLetter(n, { key }))));
    const groups = new GroupsOfSigner();
    if (!first || !second || !third) throw new Error('no signature');
    groups.add('a.eml', first, { ...OF_AUTHOR, decoded: true });
    groups.add('b.eml', second, { ...OF_AUTHOR, decoded: false });
    groups.add('c.eml', { ...third, kind: 'arc-seal' }, { ...OF_AUTHOR, decoded: true });
    expect(groups.groups().map((g) => [g.likely, g.members.map((m) => m.path)])).toEqual([[2, ['c.eml', 'b.eml', 'a.eml']]]);
  });

  it('put messages first that name no addressee, where one would be signed', async () => {
    const [first, second, third] = await Promise.all([2, 3, 4].map((n) => recordOf(signedLetter(n, { key }))));
    const groups = new GroupsOfSigner();
    if (!first || !second || !third) throw new Error('no signature');
    groups.add('a.eml', { ...first, fields: ['from', 'to'] }, { ...OF_AUTHOR, addressed: true });
    groups.add('b.eml', { ...second, fields: ['from', 'to'] }, OF_AUTHOR);
    groups.add('c.eml', { ...third, fields: ['from'] }, { ...OF_AUTHOR, addressed: true });
    expect(groups.groups().map((g) => [g.likely, g.members.map((m) => m.path)])).toEqual([[3, ['b.eml', 'c.eml', 'a.eml']]]);
  });

  it.each([
    ['of the domain', 'example.org', true],
    ['of a domain within it', 'bureau.example.org', true],
    ['of another one', 'example.net', false],
    ['of one whose name only ends alike', 'notexample.org', false],
    ['of none', '', false],
  ])('speak for authors where most of the mail is %s', async (_, authorDomain, ofAuthors) => {
    const groups = new GroupsOfSigner();
    groups.add('a.eml', await recordOf(signedLetter(1, { key })), { decoded: false, addressed: false, authorDomain });
    expect(groups.groups().map((g) => g.ofAuthors)).toEqual([ofAuthors]);
  });

  it('pair one digest with itself never, though two keys signed it', async () => {
    const record = await recordOf(signedLetter(1, { key }));
    const { signature } = await recordOf(signedLetter(1, { key: testKey(OTHER_RSA_1024) }));
    const groups = new GroupsOfSigner();
    groups.add('a.eml', record, OF_AUTHOR);
    groups.add('b.eml', { ...record, signature }, OF_AUTHOR);
    const [group] = groups.groups();
    expect(group?.all).toBe(2);
    expect(group && candidatesOf(group).map((c) => c.member)).toEqual([0]);
  });

  it('leave out what no RSA key made and what says nothing', async () => {
    const record = await recordOf(signedLetter(1, { key }));
    const groups = new GroupsOfSigner();
    for (const other of [{ algorithm: 'ed25519-sha256' }, { fault: 'names no domain' }, { digests: [] }, { signature: 'AA==' }])
      groups.add('a.eml', { ...record, ...other }, OF_AUTHOR);
    expect(groups.groups()).toEqual([]);
    expect(pairOf({ path: 'a.eml', record: { ...record, digests: [{ undone: '', digest: 'AA==' }] } }, 128)).toBeNull();
  });
});

describe('a key found', () => {
  const key = testKey(RSA_1024);
  const n = readRsaKey(derOf(key.record))?.n ?? 0n;
  const mails = {
    'a.eml': signedLetter(1, { key }),
    'b.eml': signedLetter(2, { key }).replace('Subject: Envoi 2', 'Subject: Envoi 8'),
    'c.eml': signedLetter(3, { key }).replace('Lettre', 'Epitre'),
    'd.eml': signedLetter(4, { key }).replace('Subject: ', 'Subject: [liste] '),
  };

  it('names the two messages that gave it and what else it verifies, a subject prefix of a list put back', async () => {
    const [group] = await groupsOf(mails);
    expect(group?.members.map((m) => m.path)).toEqual(['a.eml', 'b.eml', 'd.eml', 'c.eml']);
    expect(group && recoveredKey(group, n, 65_537, [0, 1, 3])).toEqual({
      record: key.record,
      bits: 1024,
      exponent: 65_537,
      source: 'recovered from messages a.eml and c.eml, verifies 3 of 4',
      verifies: 3,
      of: 4,
    });
  });

  it('says where both signatures stand in one message', async () => {
    const [group] = await groupsOf(mails);
    const same = group && { ...group, members: group.members.map((m) => ({ ...m, path: 'a.eml' })) };
    expect(same && recoveredKey(same, n, 65_537, [0, 3])?.source).toBe('recovered from two signatures of message a.eml, verifies 3 of 4');
  });

  it('is none where it does not fit the two', async () => {
    const [group] = await groupsOf(mails);
    expect(group && recoveredKey(group, n, 65_537, [1, 0])).toBeNull();
    expect(group && recoveredKey(group, n, 65_537, [0, 1])).toBeNull();
    expect(group && recoveredKey(group, n + 2n, 65_537, [0, 3])).toBeNull();
    expect(group && recoveredKey(group, rsaKey(n, 3n).n, 3, [0, 3])).toBeNull();
  });
});

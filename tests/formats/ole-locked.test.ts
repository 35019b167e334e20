import { describe, expect, it } from 'vitest';
import { ole } from '../../src/formats/ole.ts';
import type { ClaimDraft } from '../../src/model/claim.ts';
import { xorMask } from '../../src/structures/ole/xor-obfuscation.ts';
import { buildDoc, buildXls } from '../support/build-ole.ts';
import { buildPpt } from '../support/build-ppt.ts';
import { lockedDoc, lockedPpt, lockedXls, md5Lock, obscuredXls, providerLock } from '../support/lock-ole.ts';
import { inputWith } from '../support/locked.ts';
import { readAll } from '../support/read.ts';

const budget = {
  author: 'Claire Moreau',
  writeAccess: 'Rozhkov',
  sheets: {
    Budget: [
      ['Poste', 'Montant'],
      ['Salle', 12000],
    ],
  },
};
const memo = { author: 'Claire Moreau', paragraphs: ['Réunion à 10 h', 'Записка '.repeat(200)], savedBy: [['Paul Petit', 'C:\\memo.doc']] as const };
const show = { author: 'Claire Moreau', currentUser: 'Paul Petit', slides: [['Titre', 'Texte'], ['Привет']] };

async function told(bytes: Uint8Array, ...texts: string[]): Promise<{ claims: ClaimDraft[]; text: string[]; problems: string[] }> {
  const [claims, text, problems]: [ClaimDraft[], string[], string[]] = [[], [], []];
  for await (const item of ole.read(inputWith(bytes, ...texts))) {
    if (item.t === 'claim') claims.push(item.claim);
    else if (item.t === 'passage') text.push(item.passage.text);
    else problems.push(item.problem.message);
  }
  return { claims, text, problems };
}

const words = (claims: readonly ClaimDraft[]): unknown[] =>
  claims.filter((c) => !['time.directory', 'mark.password', 'content.text'].includes(c.attribute)).map((c) => [c.attribute, c.raw]);

describe.each([
  ['an xls under RC4 of 40 bits', lockedXls(budget, md5Lock('gehéim')), buildXls(budget), 'RC4 with a key of 40 bits'],
  ['an xls under a provider', lockedXls(budget, providerLock('gehéim')), buildXls(budget), 'RC4 with a key of 128 bits by Invented Provider'],
  ['a doc under RC4 of 40 bits', lockedDoc(memo, md5Lock('gehéim')), buildDoc(memo), 'RC4 with a key of 40 bits'],
  [
    'a doc under a provider of 40 bits',
    lockedDoc(memo, providerLock('gehéim', 40)),
    buildDoc(memo),
    'RC4 with a key of 40 bits by Invented Provider',
  ],
  ['a ppt under a provider', lockedPpt(show, providerLock('gehéim')), buildPpt(show), 'RC4 with a key of 128 bits by Invented Provider'],
] as const)('%s', (_, locked, clear, visible) => {
  it('is read with a password of the list as if it had none', async () => {
    const [open, honest] = [await told(locked, 'falsch', 'gehéim'), await told(clear)];
    expect(open.problems).toEqual([]);
    expect(open.text).toEqual(honest.text);
    expect(open.text.length).toBeGreaterThan(1);
    expect(words(open.claims).sort()).toEqual(words(honest.claims).sort());
    expect(open.claims.filter((c) => c.attribute === 'mark.password').map((c) => c.value)).toEqual(['line 2 of the password file']);
    expect(honest.claims.filter((c) => c.attribute === 'mark.password')).toEqual([]);
  });

  it('replays with that password', async () => {
    const { claims } = await told(locked, 'gehéim');
    for (const c of claims.filter((x) => x.basis === 'asserted')) expect(await ole.replay(inputWith(locked, 'gehéim'), c.locator)).toBe(c.raw);
  });

  it('tells without it what can be seen', async () => {
    const problem = `the text is encrypted (${visible}); only what stands outside of it was read`;
    expect(await told(locked)).toMatchObject({ problems: [problem], text: [] });
    expect(await told(locked, 'falsch', 'verkehrt')).toMatchObject({
      problems: [`${problem}; none of the 2 passwords of the list opens it`],
      text: [],
    });
  });
});

it('a workbook that everybody may read opens with the password that Excel asks nobody for', async () => {
  const { text, problems, claims } = await told(lockedXls(budget, md5Lock('VelvetSweatshop')));
  expect([text, problems]).toEqual([['Poste', 'Montant', 'Salle', '12000'], []]);
  expect(claims.filter((c) => c.attribute === 'mark.password')).toEqual([]);
});

describe('a workbook under XOR obfuscation', () => {
  it('is read with the password, and not without', async () => {
    expect((await told(obscuredXls(budget), 'abd', 'abc')).text).toEqual(['Poste', 'Montant', 'Salle', '12000']);
    expect(await told(obscuredXls(budget), 'abd')).toMatchObject({
      text: [],
      problems: ['the text is encrypted (XOR obfuscation); only what stands outside of it was read; the one password of the list does not open it'],
    });
  });

  it('checks both words of the file', () => {
    const abc = { line: 1, text: 'abc' };
    expect(xorMask(abc, 20_810, 52_250)).not.toBeNull();
    expect([xorMask(abc, 20_811, 52_250), xorMask(abc, 20_810, 52_251), xorMask({ line: 1, text: '' }, 0, 0)]).toEqual([null, null, null]);
  });
});

it('a lock that is damaged or of an unknown kind is named no cipher', async () => {
  const problems = async (head: Uint8Array): Promise<unknown> => (await readAll(ole, buildXls({ ...budget, lockHead: head }))).problems;
  const unknown = [{ code: 'encrypted', message: 'the text is encrypted; only what stands outside of it was read' }];
  expect(await problems(Buffer.from([1, 0, 9, 0, 9, 0]))).toEqual(unknown);
  expect(await problems(Buffer.concat([Buffer.from([1, 0]), md5Lock('x').head.subarray(0, 40)]))).toEqual(unknown);
});

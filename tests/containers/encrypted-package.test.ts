import { expect, it, describe } from 'vitest';
import { encryptedPackage } from '../../src/containers/encrypted-package.ts';
import type { Child, OpeningProblem } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildAgile, buildStandard } from '../support/build-encrypted-package.ts';
import { buildDocx } from '../support/build-ooxml.ts';
import { inputWith } from '../support/locked.ts';
import { inputFrom } from '../support/read.ts';

const docx = buildDocx({ author: 'Claire Moreau', paragraphs: Array.from({ length: 400 }, (_, i) => `Ligne ${i * i}`) });

const opened = (bytes: Uint8Array, ...texts: string[]): (Child | OpeningProblem)[] => [
  ...(encryptedPackage.open(inputWith(bytes, ...texts)) as Iterable<Child | OpeningProblem>),
];

const told = (items: (Child | OpeningProblem)[]): unknown[] =>
  items.map((c) => ('problem' in c ? c.problem.message : [c.key, Buffer.compare(c.bytes.slice(0, c.bytes.size), docx), c.says.map((s) => s.value)]));

describe.each([
  ['agile', buildAgile, 'AES-256, 100 rounds of SHA512, agile encryption'],
  ['standard', buildStandard, 'AES-128, 50000 rounds of SHA1, standard encryption by Invented Provider'],
] as const)('a document under %s encryption', (_, build, visible) => {
  const locked = build(docx, 'gehéim');

  it('opens with a password of the list', () => {
    expect(recognise(inputFrom(locked)).mediaType).toBe('application/x-ole-encrypted-package');
    expect(told(opened(locked, 'falsch', 'gehéim'))).toEqual([['EncryptedPackage', 0, ['line 2 of the password file']]]);
  });

  it('tells what can be seen without one', () => {
    expect(told(opened(locked))).toEqual([`the document is encrypted (${visible})`]);
    expect(told(opened(locked, 'falsch', 'verkehrt'))).toEqual([
      `the document is encrypted (${visible}); none of the 2 passwords of the list opens it`,
    ]);
  });

  it.each(['VelvetSweatshop', '/01Hannes Ruescher/01'])('opens without any where the password is %s, for which nobody is asked', (password) => {
    expect(told(opened(build(docx, password)))).toEqual([['EncryptedPackage', 0, []]]);
  });
});

it('gives what is there of a package that breaks off', () => {
  const cut = buildAgile(docx, 'geheim');
  const size = Buffer.from(cut).indexOf(Buffer.from(Uint32Array.of(docx.byteLength, 0).buffer));
  cut[size + 2] = 1;
  const [problem, child] = opened(cut, 'geheim');
  expect(problem).toMatchObject({ problem: { code: 'truncated' } });
  expect(child).toMatchObject({ key: 'EncryptedPackage' });
});

it('says so where the description is damaged', () => {
  const broken = buildAgile(docx, 'geheim');
  broken.fill(0x20, Buffer.from(broken).indexOf('<keyData'), Buffer.from(broken).indexOf('<keyData') + 8);
  expect(told(opened(broken, 'geheim'))).toEqual([
    'the document is encrypted, and how is not told: its EncryptionInfo is damaged or of an unknown kind',
  ]);
});

import { describe, expect, it } from 'vitest';
import { rar } from '../../src/containers/rar.ts';
import { buildRar4, buildRar5, packedAb, packedLetters, packedMatches, type RarEntry, type RarOptions } from '../support/build-rar.ts';
import { buildRarOfMethods } from '../support/build-rar-packed.ts';
import { joinOf } from '../../src/model/bytes.ts';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

const text = (child: Parameters<typeof bytesOfChild>[0]): string => Buffer.from(bytesOfChild(child)).toString();
type Build = (entries: readonly RarEntry[], options?: RarOptions) => Uint8Array;

describe.each<readonly [number, Build]>([
  [4, buildRar4],
  [5, buildRar5],
])('rar container, version %i', (_, build) => {
  it('opens stored members in place', async () => {
    const { children, problems } = await openAll(
      rar,
      build([{ name: 'board/' }, { name: 'board/réunion.txt', content: 'hello' }, { name: 'x', content: '1' }, { name: 'x', content: '2' }]),
    );
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, c.role, text(c)])).toEqual([
      ['board/réunion.txt', 'réunion.txt', 'document', 'hello'],
      ['x', 'x', 'document', '1'],
      ['x#2', 'x', 'document', '2'],
    ]);
  });

  it('keeps encrypted members and those of other volumes as closed ones, with name and time', async () => {
    const { children, problems } = await openAll(
      rar,
      build(
        [
          { name: 'secret.doc', content: 'xx', encrypted: true },
          { name: 'part.doc', content: 'yy', split: true },
          { name: 'fine', content: 'z' },
        ],
        { volume: true },
      ),
    );
    expect(problems).toEqual([{ code: 'truncated', message: 'this is one volume of a split archive' }]);
    expect(children.map((c) => (c.bytes === null ? [c.key, c.why, c.problem.code] : text(c)))).toEqual([
      ['secret.doc', 'encrypted', 'encrypted'],
      ['part.doc', 'unreadable', 'truncated'],
      'z',
    ]);
    expect(children[0]?.says.map((s) => s.attribute)).toEqual(['name.file', 'time.stored']);
  });

  it('says that the list of members is encrypted', async () => {
    expect(await openAll(rar, build([], { encryptedHeaders: true }))).toEqual({
      children: [],
      problems: [{ code: 'encrypted', message: 'the list of members is encrypted' }],
    });
  });

  it('tells another checksum, a name that climbs, and where it breaks off', async () => {
    const wrong = await openAll(rar, build([{ name: '../a', content: 'hello', crc32: 1 }]));
    expect([wrong.children.map(text), wrong.problems.map((p) => [p.code, p.message])]).toEqual([
      ['hello'],
      [
        ['unsafe-path', "'../a' climbs with '..'"],
        ['malformed', "'../a' has another checksum than it says"],
      ],
    ]);
    const bytes = build([{ name: 'a', content: 'x'.repeat(1000) }]);
    const cut = await openAll(rar, bytes.subarray(0, 500));
    expect(cut.children.map((c) => c.bytes?.size)).toHaveLength(1);
    expect(cut.problems.map((p) => p.code)).toEqual(['truncated']);
    const many = await openAll(rar, build([{ name: 'a' }, { name: 'b' }]), { maxChildren: 1 });
    expect([many.children.length, many.problems.map((p) => p.code)]).toEqual([1, ['limit-exceeded']]);
  });
});

describe('rar container', () => {
  it('keeps the wall time of version 4 and the UTC of version 5', async () => {
    const stored = async (bytes: Uint8Array): Promise<unknown> => (await openAll(rar, bytes)).children[0]?.says[1];
    expect(await stored(buildRar4([{ name: 'a', local: '2017-03-27T14:41:08' }]))).toMatchObject({
      field: 'FTIME',
      raw: '24757b4a',
      value: { kind: 'wall', local: '2017-03-27T14:41:08', precisionMs: 2000 },
    });
    expect(await stored(buildRar5([{ name: 'a', instant: '2017-03-27T12:41:07Z' }]))).toMatchObject({
      field: 'mtime',
      raw: '6308d958',
      value: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 7) },
    });
  });

  it('lists links without following them', async () => {
    const { children } = await openAll(rar, buildRar5([{ name: 'up', target: '..' }]));
    expect(children.map((c) => c.bytes === null && [c.why, c.problem.message])).toEqual([['unreadable', "'up' is a link to '..'"]]);
  });

  it('does not unpack what libarchive takes for something else', async () => {
    // The method says compressed, the content is not.
    const bytes = Buffer.from(buildRar4([{ name: 'a', content: 'hello'.repeat(20) }]));
    bytes[7 + 13 + 25] = 0x33;
    const { children } = await openAll(rar, bytes);
    expect(children.map((c) => c.bytes === null && c.why)).toEqual(['unreadable']);
  });
});

describe('rar container, version 4, packed members', () => {
  const packed = (count: number): NonNullable<RarEntry['packed']> => ({ bytes: packedLetters(count), version: 29 });

  it('unpacks them', async () => {
    const { children, problems } = await openAll(rar, buildRar4([{ name: 'a', content: 'a'.repeat(50), packed: packed(50) }]));
    expect([problems, children.map(text)]).toEqual([[], ['a'.repeat(50)]]);
  });

  it('unpacks them behind a service block that is marked as solid, each as an archive of its own', async () => {
    const { children, problems } = await openAll(
      rar,
      buildRar4([
        { name: 'CMT', content: 'remark', service: true },
        { name: 'a', content: 'a'.repeat(50), packed: packed(50) },
        { name: 'b', content: 'a'.repeat(70), packed: packed(70) },
      ]),
    );
    expect([problems, children.map((c) => [c.key, text(c)])]).toEqual([
      [],
      [
        ['a', 'a'.repeat(50)],
        ['b', 'a'.repeat(70)],
      ],
    ]);
  });

  it('unpacks solid members with the help of those before them', async () => {
    const { children, problems } = await openAll(
      rar,
      buildRar4([
        { name: 'a', content: 'a'.repeat(50), packed: packed(50) },
        { name: 'note', content: 'stored' },
        { name: 'b', content: 'a'.repeat(31), packed: { bytes: packedMatches(10), version: 29 }, solid: true },
        { name: 'c', content: 'a'.repeat(4), packed: { bytes: packedMatches(1), version: 29 }, solid: true },
        { name: 'd', content: 'a'.repeat(7), packed: packed(7) },
      ]),
    );
    expect([problems, children.map((c) => [c.key, text(c)])]).toEqual([
      [],
      [
        ['a', 'a'.repeat(50)],
        ['note', 'stored'],
        ['b', 'a'.repeat(31)],
        ['c', 'aaaa'],
        ['d', 'a'.repeat(7)],
      ],
    ]);
  });

  it('unpacks what is not to be opened where others are packed with its help', async () => {
    const { children } = await openAll(
      rar,
      buildRar4([
        { name: 'link', content: 'a'.repeat(50), packed: packed(50), link: true },
        { name: 'b', content: 'a'.repeat(31), packed: { bytes: packedMatches(10), version: 29 }, solid: true },
        { name: 'locked', content: 'aaaa', packed: { bytes: packedMatches(1), version: 29 }, solid: true, encrypted: true },
        { name: 'c', content: 'aaaa', packed: { bytes: packedMatches(1), version: 29 }, solid: true },
        { name: 'd', content: 'a'.repeat(7), packed: packed(7) },
      ]),
    );
    expect(children.map((c) => (c.bytes === null ? c.problem.message : text(c)))).toEqual([
      "'link' is a link",
      'a'.repeat(31),
      "'locked' is encrypted (AES-128, 4 bytes)",
      "'c': the members that help to unpack it are missing",
      'a'.repeat(7),
    ]);
  });

  it('unpacks what each method packed', async () => {
    const { children, problems } = await openAll(rar, buildRarOfMethods());
    expect([problems, children.map((c) => [c.key, text(c)])]).toEqual([
      [],
      [
        ['letters', 'a'.repeat(50)],
        ['matches', 'a'.repeat(31)],
        ['text', 'aaaaa'],
        ['sound', '\u0001\u0002\u0003\u0005'],
        ['old', 'abcabc'],
      ],
    ]);
  });

  it('says why solid members are closed: damaged, or behind such a one, or behind nothing', async () => {
    const solid = (name: string, bytes: Uint8Array): RarEntry => ({ name, content: 'aaaa', packed: { bytes, version: 29 }, solid: true });
    const told = async (entries: readonly RarEntry[]): Promise<unknown[]> =>
      (await openAll(rar, buildRar4(entries))).children.map((c) => (c.bytes === null ? c.problem.message : text(c)));
    const first = { name: 'a', content: 'a'.repeat(50), packed: packed(50) };
    expect(await told([first, solid('b', Buffer.alloc(20, 0xff)), solid('c', packedMatches(1))])).toEqual([
      'a'.repeat(50),
      "'b': the content is damaged",
      "'c': the content is damaged",
    ]);
    expect(await told([solid('c', packedMatches(1))])).toEqual(["'c': a match reaches in front of the content"]);
  });

  it('names the methods that are not read', async () => {
    const { children } = await openAll(rar, buildRar4([{ name: 'a', content: 'hello', packed: { bytes: Buffer.alloc(20, 0x5a), version: 15 } }]));
    expect(children.map((c) => c.bytes === null && [c.why, c.problem])).toEqual([
      ['unreadable', { code: 'unsupported', message: "'a': not supported: packed by the method of RAR 1.5" }],
    ]);
  });
});

/** What a split set gives, its volumes one behind another. */
async function openedSet(volumes: readonly Uint8Array[]): Promise<unknown[]> {
  const parts = volumes.map((v) => bytesOf(v));
  const told: unknown[] = [];
  for await (const item of rar.open(inputOf(joinOf(parts), DEFAULT_LIMITS, { volumes: parts })))
    told.push('key' in item ? [item.key, item.bytes === null ? item.problem.message : text(item)] : item.problem);
  return told;
}

describe('rar container, packed members over several volumes', () => {
  const bits = Array.from({ length: 4000 }, (_, i) => 'ab'.charAt((i * i * 7 + (i >> 3)) % 2)).join('');
  const letters = 'a'.repeat(4000);

  it.each<readonly [number, Build, string, Uint8Array, number]>([
    [4, buildRar4, letters, packedLetters(4000), 29],
    [5, buildRar5, bits, packedAb(bits), 50],
  ])('puts together what version %i packed before it cut it', async (_, build, content, squeezed, version) => {
    const cut = [squeezed.subarray(0, 100), squeezed.subarray(100, 333), squeezed.subarray(333)];
    const volumes = cut.map((bytes, i) =>
      build(
        [
          ...(i === 0 ? [{ name: 'first', content: 'stored' }] : []),
          { name: 'packed', content, packed: { bytes, version }, split: i < 2, splitBefore: i > 0 },
          ...(i === 2 ? [{ name: 'last', content: 'aaa', packed: { bytes: version === 50 ? packedAb('aaa') : packedLetters(3), version } }] : []),
        ],
        { volume: true },
      ),
    );
    expect(await openedSet(volumes)).toEqual([
      ['first', 'stored'],
      ['packed', content],
      ['last', 'aaa'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { rar } from '../../src/containers/rar.ts';
import { rar as rarReader } from '../../src/formats/rar.ts';
import { buildLockedRar4, buildLockedRar5 } from '../support/build-locked-rar.ts';
import { packedAb, packedLetters } from '../support/build-rar.ts';
import { inputWith, line, openedWith } from '../support/locked.ts';

const opened = (bytes: Uint8Array, ...texts: string[]): Promise<unknown[]> => openedWith(rar, bytes, ...texts);
const [A, AB] = ['a'.repeat(50), 'ab'.repeat(300)];

describe.each([
  [4, buildLockedRar4, 'AES-128', { content: A, packed: packedLetters(50) }],
  [5, buildLockedRar5, 'AES-256', { content: AB, packed: packedAb(AB) }],
] as const)('a RAR of version %i with locked content', (_, build, cipher, squeezed) => {
  it('opens what is stored and what is packed with a password of the list, and says which', async () => {
    const locked = build([
      { name: 'note.txt', content: 'first', password: 'gehéim' },
      { name: 'open.txt', content: 'plain' },
      { name: 'packed', ...squeezed, password: 'gehéim' },
      { name: 'again', ...squeezed, password: 'gehéim' },
      { name: 'not locked', ...squeezed },
    ]);
    expect(await opened(locked, 'falsch', 'gehéim')).toEqual([
      ['note.txt', 'first', line(2)],
      ['open.txt', 'plain'],
      ['packed', squeezed.content, line(2)],
      ['again', squeezed.content, line(2)],
      ['not locked', squeezed.content],
    ]);
  });

  it('tells what can be seen without one, and what was tried', async () => {
    const locked = build([{ name: 'note.txt', content: 'first', password: 'gehéim' }]);
    const visible = `'note.txt' is encrypted (${cipher}, 5 bytes)`;
    expect(await opened(locked)).toEqual([['note.txt', 'encrypted', visible]]);
    expect(await opened(locked, 'falsch')).toEqual([['note.txt', 'encrypted', `${visible}; the one password of the list does not open it`]]);
  });

  it('opens a list of members that is locked as well', async () => {
    const locked = build(
      [
        { name: 'réunion.txt', content: 'first', password: 'gehéim' },
        { name: 'empty', content: '', password: 'gehéim' },
        { name: 'packed', ...squeezed, password: 'gehéim' },
      ].map((e) => ({ ...e, name: e.name.replace('é', 'e') })),
      'gehéim',
    );
    expect(await opened(locked, 'falsch', 'gehéim')).toEqual([
      ['reunion.txt', 'first', line(2)],
      ['empty', '', line(2)],
      ['packed', squeezed.content, line(2)],
    ]);
    expect(await opened(locked)).toEqual([['encrypted', 'the list of members is encrypted']]);
    expect(await opened(locked, 'falsch', 'verkehrt')).toEqual([
      ['encrypted', 'the list of members is encrypted; none of the 2 passwords of the list opens it'],
    ]);
  });

  it('quotes nothing from a list that was locked', () => {
    const locked = inputWith(build([{ name: 'a', content: 'x' }], 'gehéim'), 'gehéim');
    const claims = [...(rarReader.read(locked) as Iterable<{ t: string; claim: { raw: string } }>)];
    expect(claims.map((c) => c.claim.raw.slice(0, 12))).toEqual(['526172211a07']);
  });

  it('tells that a member is damaged although the password is right', async () => {
    const locked = Buffer.from(
      build([
        { name: 'whole', content: 'first', password: 'gehéim' },
        { name: 'damaged', content: 'second', password: 'gehéim', crc32: 1 },
      ]),
    );
    const told = await opened(locked, 'gehéim');
    expect(told[0]).toEqual(['whole', 'first', line(1)]);
    expect(told.slice(1)).toEqual([
      ['malformed', "'damaged' has another checksum than it says"],
      ['damaged', 'second', line(1)],
    ]);
  });
});

describe('a RAR of version 5', () => {
  it('is proven by checksums where it keeps no check, mixed with the key or not', async () => {
    const member = { content: AB, packed: packedAb(AB), unchecked: true };
    const locked = buildLockedRar5([
      { name: 'plain', ...member, password: 'one' },
      { name: 'mixed', ...member, password: 'two', mixed: true },
      { name: 'checked', content: 'first', password: 'two', mixed: true },
      { name: 'damaged', content: 'first', password: 'two', unchecked: true, crc32: 1 },
    ]);
    expect(await opened(locked, 'falsch', 'two', 'one')).toEqual([
      ['plain', AB, line(3)],
      ['mixed', AB, line(2)],
      ['checked', 'first', line(2)],
      ['malformed', "'damaged' has another checksum than it says"],
      ['damaged', 'first', line(2)],
    ]);
  });
});

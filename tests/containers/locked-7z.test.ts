import { describe, expect, it } from 'vitest';
import { archive } from '../../src/containers/archive.ts';
import { HELLO_LZMA } from '../support/build-compressed.data.ts';
import { buildLocked7z } from '../support/build-locked-7z.ts';
import { line, openedWith } from '../support/locked.ts';

const HELLO = 'hello\n'.repeat(1000);
/** The stream behind the 13 bytes of header. */
const lzma = { bytes: HELLO_LZMA.subarray(13), method: '030101', properties: '5d00008000' };
const LOCK = 'AES-256, 2^6 rounds of SHA-256';

const opened = (bytes: Uint8Array, ...texts: string[]): Promise<unknown[]> => openedWith(archive, bytes, ...texts);

describe('a 7z with locked content', () => {
  const files = [
    { name: 'note.txt', content: 'first' },
    { name: 'план.txt', content: 'second file' },
  ];

  it('opens with a password of the list, and says which', async () => {
    expect(await opened(buildLocked7z([{ files, password: 'gehéim' }]), 'falsch', 'gehéim')).toEqual([
      ['note.txt', 'first', line(2)],
      ['план.txt', 'second file', line(2)],
    ]);
  });

  it('opens what is packed beneath the lock', async () => {
    const locked = buildLocked7z([{ files: [{ name: 'hello.txt', content: HELLO }], password: 'gehéim', packed: lzma }]);
    expect(await opened(locked, 'falsch', 'gehéim')).toEqual([['hello.txt', HELLO, line(2)]]);
  });

  it('tells what can be seen without one, and what was tried', async () => {
    const locked = buildLocked7z([{ files, password: 'gehéim' }]);
    expect(await opened(locked)).toEqual([
      ['note.txt', 'encrypted', `'note.txt' is encrypted (${LOCK})`],
      ['план.txt', 'encrypted', `'план.txt' is encrypted (${LOCK})`],
    ]);
    expect((await opened(locked, 'falsch', 'verkehrt'))[0]).toEqual([
      'note.txt',
      'encrypted',
      `'note.txt' is encrypted (${LOCK}); none of the 2 passwords of the list opens it`,
    ]);
  });

  it('tries each password on each lock, and leaves alone what has none', async () => {
    const locked = buildLocked7z([
      { files: [{ name: 'a', content: 'aaa' }], password: 'one' },
      { files: [{ name: 'open', content: 'plain' }] },
      { files: [{ name: 'b', content: HELLO }], password: 'two', packed: lzma },
      { files: [{ name: 'c', content: 'ccc' }], password: 'three' },
      { files: [{ name: 'd', content: 'ddd' }], password: 'one' },
    ]);
    expect(await opened(locked, 'two', 'one')).toEqual([
      ['a', 'aaa', line(2)],
      ['open', 'plain'],
      ['b', HELLO, line(1)],
      ['c', 'encrypted', `'c' is encrypted (${LOCK}); none of the 2 passwords of the list opens it`],
      ['d', 'ddd', line(2)],
    ]);
  });

  it('takes no password for right that nothing proves, and none for wrong', async () => {
    expect(await opened(buildLocked7z([{ files, password: 'gehéim', unchecked: true }]), 'gehéim')).toEqual([
      ['note.txt', 'encrypted', `'note.txt' is encrypted (${LOCK})`],
      ['план.txt', 'encrypted', `'план.txt' is encrypted (${LOCK})`],
    ]);
  });

  it('knows the key that is the password itself', async () => {
    expect(await opened(buildLocked7z([{ files, password: 'gehéim' }], { power: 63 }), 'gehéim')).toEqual([
      ['note.txt', 'first', line(1)],
      ['план.txt', 'second file', line(1)],
    ]);
  });

  it('does not begin where the key would take hours', async () => {
    expect(await opened(buildLocked7z([{ files, password: 'gehéim' }], { announcedPower: 60 }), 'gehéim')).toEqual([
      [
        'note.txt',
        'encrypted',
        "'note.txt' is encrypted (AES-256, 2^60 rounds of SHA-256); not all passwords of the list were tried: it would take too long",
      ],
      [
        'план.txt',
        'encrypted',
        "'план.txt' is encrypted (AES-256, 2^60 rounds of SHA-256); not all passwords of the list were tried: it would take too long",
      ],
    ]);
  });

  it('tells that a member is damaged although the password is right', async () => {
    const locked = buildLocked7z([{ files: [...files, { name: 'long', content: 'x'.repeat(100) }], password: 'gehéim' }]);
    locked[32 + 64] = (locked[32 + 64] ?? 0) ^ 1;
    expect(await opened(locked, 'gehéim')).toEqual([
      ['note.txt', 'first', line(1)],
      ['план.txt', 'second file', line(1)],
      ['long', 'unreadable', expect.stringContaining("'long': 7-Zip bad CRC")],
    ]);
  });
});

describe('a 7z whose list of members is locked', () => {
  const files = [{ name: 'note.txt', content: 'first' }];

  it('opens with a password of the list', async () => {
    const locked = buildLocked7z([{ files, password: 'gehéim' }], { listPassword: 'gehéim' });
    expect(await opened(locked, 'falsch', 'gehéim')).toEqual([['note.txt', 'first', line(2)]]);
  });

  it('says by which line the list opened where the content needs none, and where it needs another', async () => {
    expect(await opened(buildLocked7z([{ files }], { listPassword: 'list' }), 'list')).toEqual([['note.txt', 'first', line(1)]]);
    const both = buildLocked7z([{ files, password: 'content' }], { listPassword: 'list' });
    expect(await opened(both, 'list', 'content')).toEqual([['note.txt', 'first', line(2)]]);
    expect(await opened(both, 'list')).toEqual([
      ['note.txt', 'encrypted', `'note.txt' is encrypted (${LOCK}); the one password of the list does not open it`],
    ]);
  });

  it('says that it is, and what was tried', async () => {
    const locked = buildLocked7z([{ files, password: 'gehéim' }], { listPassword: 'gehéim' });
    expect(await opened(locked)).toEqual([['encrypted', `the list of members is encrypted (${LOCK})`]]);
    expect(await opened(locked, 'falsch')).toEqual([
      ['encrypted', `the list of members is encrypted (${LOCK}); the one password of the list does not open it`],
    ]);
  });
});

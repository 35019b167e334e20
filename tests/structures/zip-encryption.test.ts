import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zip } from '../../src/containers/zip.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';
import { type Child, type ClosedChild, DEFAULT_LIMITS, type Scratch } from '../../src/model/input.ts';
import { aesMember, aesZip, ZIP_CRYPTO } from '../support/lock-zip.ts';
import { inputWith, passwordsOf } from '../support/locked.ts';
import { buildZip } from '../support/build-zip.ts';

function opened(archive: Uint8Array, ...texts: string[]): (Child | ClosedChild)[] {
  const items = zip.open(inputWith(archive, ...texts)) as Iterable<Child | ClosedChild>;
  return [...items].filter((c) => 'key' in c);
}

const told = (c: Child | ClosedChild | undefined): unknown =>
  c?.bytes
    ? [Buffer.from(c.bytes.slice(0, c.bytes.size)).toString(), c.says.find((s) => s.attribute === 'mark.password')?.value]
    : [c?.why, c?.problem.code, c?.problem.message];

const LETTER = Buffer.from('Bonjour, Claire.\n'.repeat(30));

describe('members locked by ZipCrypto', () => {
  it('open with a password of the list, and say by which line', () => {
    expect(opened(ZIP_CRYPTO, 'falsch', 'geheim').map(told)).toEqual([['Bonjour, Claire.\n', 'line 2 of the password file']]);
  });

  it('tell name, method and size without one', () => {
    const [member] = opened(ZIP_CRYPTO);
    expect(told(member)).toEqual(['encrypted', 'encrypted', "'a.txt' is encrypted (ZipCrypto, 17 bytes)"]);
    expect(member?.says.map((s) => s.attribute)).toEqual(['name.file', 'time.stored']);
  });

  it('stay closed to every wrong password, also to those that the one check byte lets through', () => {
    const wrong = Array.from({ length: 2000 }, (_, i) => `wrong ${i}`);
    expect(opened(ZIP_CRYPTO, ...wrong).map(told)).toEqual([
      ['encrypted', 'encrypted', "'a.txt' is encrypted (ZipCrypto, 17 bytes); none of the 2000 passwords of the list opens it"],
    ]);
    expect(told(opened(ZIP_CRYPTO, ...wrong, 'geheim')[0])).toEqual(['Bonjour, Claire.\n', 'line 2001 of the password file']);
  });
});

describe('members locked by WinZip AES', () => {
  it.each([
    [128, 1],
    [192, 2],
    [256, 2],
  ] as const)('open at %i bits, AE-%i', (bits, version) => {
    const member = aesMember({ name: 'a.txt', content: LETTER, password: 'geheim', bits, version });
    const crc = version === 1 ? { crc32: crc32(LETTER) } : {};
    const archive = buildZip([{ ...member, override: { ...member.override, ...crc } }], '7-zip');
    expect(opened(archive, 'falsch', 'geheim').map(told)).toEqual([[LETTER.toString(), 'line 2 of the password file']]);
    expect(opened(archive).map(told)).toEqual([['encrypted', 'encrypted', `'a.txt' is encrypted (WinZip AES-${bits}, 510 bytes)`]]);
  });

  it('open when stored, and with a password written one byte a letter', () => {
    const archive = aesZip({ name: 'a.txt', content: LETTER, password: Buffer.from('fermé', 'latin1'), store: true });
    expect(opened(archive, 'fermé').map(told)).toEqual([[LETTER.toString(), 'line 1 of the password file']]);
  });

  it('do not open where the authentication code is another', () => {
    const archive = aesZip({ name: 'a.txt', content: LETTER, password: 'geheim' });
    archive[80] = (archive[80] ?? 0) ^ 1;
    expect(told(opened(archive, 'geheim')[0])).toEqual([
      'encrypted',
      'encrypted',
      "'a.txt' is encrypted (WinZip AES-256, 510 bytes); the one password of the list does not open it",
    ]);
  });

  it('stop trying before a long list takes minutes', () => {
    const archive = aesZip(...Array.from({ length: 40 }, (_, i) => ({ name: `${i}`, content: LETTER, password: 'geheim' })));
    let alive = 0;
    const list = passwordsOf(Array.from({ length: 100 }, (_, i) => `wrong ${i}`));
    const items = zip.open(inputOf(bytesOf(archive), DEFAULT_LIMITS, { passwords: list, alive: () => void alive++ })) as Iterable<
      Child | ClosedChild
    >;
    const last = [...items].at(-1);
    expect(told(last)).toEqual([
      'encrypted',
      'encrypted',
      "'39' is encrypted (WinZip AES-256, 510 bytes); not all passwords of the list were tried: it would take too long",
    ]);
    expect(alive).toBeGreaterThan(50);
  });
});

it('puts what is too big for memory into the scratch room', () => {
  const content = Buffer.alloc(70 * 1024 ** 2, 'réunion ');
  const parts: Uint8Array[] = [];
  const scratch = (): Scratch => ({ write: (b) => void parts.push(b.slice()), done: () => bytesOf(Buffer.concat(parts)) });
  const archive = buildZip([{ name: 'big.txt', content }], 'info-zip');
  const [big] = [...(zip.open(inputOf(bytesOf(archive), DEFAULT_LIMITS, { scratch })) as Iterable<Child | ClosedChild>)];
  expect(parts.length).toBeGreaterThan(0);
  expect(big?.bytes && Buffer.compare(big.bytes.slice(0, big.bytes.size), content)).toBe(0);
});

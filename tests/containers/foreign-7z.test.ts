import { brotliCompressSync, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archive } from '../../src/containers/archive.ts';
import { buildLocked7z } from '../support/build-locked-7z.ts';
import { inputWith } from '../support/locked.ts';
import { bytesOfChild } from '../support/read.ts';

async function opened(bytes: Uint8Array, ...texts: string[]): Promise<unknown[]> {
  const told: unknown[] = [];
  for await (const item of archive.open(inputWith(bytes, ...texts)))
    told.push(
      'key' in item ? [item.key, item.bytes === null ? item.problem.message : Buffer.from(bytesOfChild(item)).toString()] : item.problem.message,
    );
  return told;
}

const TEXT = 'abc'.repeat(7);
const files = [
  { name: 'a.txt', content: TEXT.slice(0, 10) },
  { name: 'b.txt', content: TEXT.slice(10) },
];
const both = [
  ['a.txt', 'abcabcabca'],
  ['b.txt', 'bcabcabcabc'],
];

/** 7-Zip-zstd's frame around one brotli stream. */
function framed(packed: Uint8Array): Buffer {
  const head = Buffer.from('502a4d180800000000000000425201 00'.replace(' ', ''), 'hex');
  head.writeUInt32LE(packed.byteLength, 8);
  return Buffer.concat([head, packed]);
}

const METHODS: readonly (readonly [name: string, method: string, bytes: Uint8Array])[] = [
  // A frame of one block that is stored.
  ['zstd', '04f71101', Buffer.concat([Buffer.from('28b52ffd2015a90000', 'hex'), Buffer.from(TEXT)])],
  // One block: three literals, a match of 13 from three back, five literals (the last five always are).
  [
    'lz4',
    '04f71104',
    Buffer.concat([
      Buffer.from('04224d18604082', 'hex'),
      Buffer.from('0c000000', 'hex'),
      Buffer.from('39', 'hex'),
      Buffer.from('abc'),
      Buffer.from('0300', 'hex'),
      Buffer.from('50', 'hex'),
      Buffer.from('bcabc'),
      Buffer.alloc(4),
    ]),
  ],
  ['brotli', '04f71102', brotliCompressSync(TEXT)],
  ['brotli in frames', '04f71102', Buffer.concat([framed(brotliCompressSync(TEXT.slice(0, 5))), framed(brotliCompressSync(TEXT.slice(5)))])],
  ['Deflate64', '040109', deflateRawSync(TEXT)],
];

describe.each(METHODS)('a 7z packed by %s', (_, method, bytes) => {
  const packed = { bytes, method, properties: '' };

  it('is opened', async () => {
    expect(await opened(buildLocked7z([{ files, packed }, { files: [{ name: 'c', content: 'plain' }] }]))).toEqual([...both, ['c', 'plain']]);
  });

  it('is opened with a password', async () => {
    expect(await opened(buildLocked7z([{ files, packed, password: 'geheim' }]), 'falsch', 'geheim')).toEqual(both);
  });

  it('is told where it is cut', async () => {
    const told = await opened(buildLocked7z([{ files, packed: { ...packed, bytes: bytes.subarray(0, 5) } }]));
    expect(told).toEqual([['a.txt', "'a.txt': Damaged 7-Zip archive"], expect.stringMatching(/^the list of members ends after 1: /)]);
  });
});

describe('a locked 7z', () => {
  const visible = "'a.txt' is encrypted (AES-256, 2^6 rounds of SHA-256)";

  it('says that no password opens it where a right one would have shown', async () => {
    const locked = buildLocked7z([{ files: files.slice(0, 1), password: 'geheim' }]);
    expect(await opened(locked, 'falsch')).toEqual([['a.txt', `${visible}; the one password of the list does not open it`]]);
  });

  it.each<readonly [string, object]>([
    ['without checksums', { unchecked: true }],
    ['packed by an unknown method', { packed: { bytes: Buffer.alloc(16), method: '04f711ff', properties: '' } }],
  ])('says nothing about the passwords %s', async (_, more) => {
    const locked = buildLocked7z([{ files: files.slice(0, 1), password: 'geheim', ...more }]);
    expect(await opened(locked, 'geheim')).toEqual([['a.txt', visible]]);
  });
});

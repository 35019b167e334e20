import { describe, expect, it } from 'vitest';
import { compressed } from '../../src/containers/compressed.ts';
import { HELLO_BZ2, HELLO_LZ4, HELLO_LZ4_LEGACY, HELLO_LZIP, HELLO_LZMA, HELLO_XZ, HELLO_Z, HELLO_ZST } from '../support/build-compressed.data.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

const HELLO = 'hello\n'.repeat(1000);

describe.each([
  ['bzip2', HELLO_BZ2],
  ['xz', HELLO_XZ],
  ['zstd', HELLO_ZST],
  ['lz4', HELLO_LZ4],
  ['lz4, legacy', HELLO_LZ4_LEGACY],
  ['lzip', HELLO_LZIP],
] as const)('compressed container: %s', (_, bytes) => {
  it('unpacks the one file in it, which has neither name nor time', async () => {
    const { children, problems } = await openAll(compressed, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, c.says])).toEqual([['content', undefined, []]]);
    expect(Buffer.from(bytesOfChild(children[0])).toString()).toBe(HELLO);
  });

  it('takes streams in a row for one file', async () => {
    const { children } = await openAll(compressed, Buffer.concat([bytes, bytes, bytes]));
    expect(Buffer.from(bytesOfChild(children[0])).toString()).toBe(HELLO.repeat(3));
  });

  it('stops at the limit', async () => {
    const { children } = await openAll(compressed, bytes, { maxArtifactBytes: 5999 });
    expect(children.map((c) => c.bytes === null && c.why)).toEqual(['over-limit']);
    expect((await openAll(compressed, bytes, { maxArtifactBytes: 6000 })).children[0]?.bytes?.size).toBe(6000);
  });

  it('tells of a stream that is damaged', async () => {
    const damaged = bytes.byteLength > 60 ? Uint8Array.from(bytes, (b, i) => (i === 40 ? b ^ 0xff : b)) : bytes.subarray(0, -6);
    const { children, problems } = await openAll(compressed, damaged);
    expect([...problems, ...children.flatMap((c) => (c.bytes === null ? [c.problem] : []))].map((p) => p.code)).toHaveLength(1);
    for (let end = 0; end < bytes.byteLength; end += 9) await openAll(compressed, bytes.subarray(0, end));
  });
});

describe.each([
  ['lzma', HELLO_LZMA],
  ['compress', HELLO_Z],
] as const)('compressed container: %s, of which one file has one stream', (_, bytes) => {
  it('unpacks it', async () => {
    const { children, problems } = await openAll(compressed, bytes);
    expect([problems, children.map((c) => [c.key, Buffer.from(bytesOfChild(c)).toString()])]).toEqual([[], [['content', HELLO]]]);
  });
});

describe('compressed container: what is not read', () => {
  it.each([
    ['lzop', '\u0089LZO\u0000\r\n\u001a\n'],
    ['lrzip', 'LRZI\u0000\u0006'],
    ['grzip', 'GRZipII\u0000'],
  ])('%s is named', async (name, magic) => {
    const { children, problems } = await openAll(compressed, Buffer.from(`${magic}and so on`, 'latin1'));
    expect([problems, children.map((c) => c.bytes === null && [c.key, c.why, c.problem])]).toEqual([
      [],
      [['content', 'unreadable', { code: 'unsupported', message: `packed with ${name}, which is not read here` }]],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { compressed } from '../../src/containers/compressed.ts';
import { HELLO_BZ2, HELLO_XZ } from '../support/build-compressed.data.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

const HELLO = 'hello\n'.repeat(1000);

describe.each([
  ['bzip2', HELLO_BZ2],
  ['xz', HELLO_XZ],
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
    const damaged = Uint8Array.from(bytes, (b, i) => (i === 40 ? b ^ 0xff : b));
    const { children, problems } = await openAll(compressed, damaged);
    expect([...problems, ...children.flatMap((c) => (c.bytes === null ? [c.problem] : []))].map((p) => p.code)).toHaveLength(1);
    for (let end = 0; end < bytes.byteLength; end += 9) await openAll(compressed, bytes.subarray(0, end));
  });
});

import { describe, expect, it } from 'vitest';
import { macBinary } from '../../src/containers/mac-binary.ts';
import { buildMacBinary } from '../support/build-residue.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

describe('forks in MacBinary', () => {
  const bytes = buildMacBinary({ name: 'Lettre', data: Buffer.from('Bonjour'), resources: Buffer.from('fork') });
  it('are children, the data under the name of the file', async () => {
    const { children, problems } = await openAll(macBinary, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, c.role, Buffer.from(bytesOfChild(c)).toString()])).toEqual([
      ['data', 'Lettre', 'document', 'Bonjour'],
      ['resources', undefined, 'part', 'fork'],
    ]);
    expect(macBinary.openOne?.(inputFrom(bytes), 'resources')?.bytes?.size).toBe(4);
  });
  it('say that they break off', async () =>
    expect((await openAll(macBinary, bytes.subarray(0, 130))).problems.map((p) => p.code)).toEqual(['truncated']));
});

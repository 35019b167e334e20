import { describe, expect, it } from 'vitest';
import { appleDouble } from '../../src/containers/apple-double.ts';
import { buildAppleDouble } from '../support/build-residue.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

describe('forks of a Macintosh file', () => {
  it('both of AppleSingle', async () => {
    const bytes = buildAppleDouble({ data: Buffer.from('text'), resources: Buffer.from('fork') });
    const { children } = await openAll(appleDouble, bytes);
    expect(children.map((c) => [c.key, c.role, Buffer.from(bytesOfChild(c)).toString()])).toEqual([
      ['data', 'document', 'text'],
      ['resources', 'part', 'fork'],
    ]);
    expect(appleDouble.openOne?.(inputFrom(bytes), 'data')?.bytes?.size).toBe(4);
  });
  it('none of a file that has only notes', async () => expect((await openAll(appleDouble, buildAppleDouble({}))).children).toEqual([]));
});

import { describe, expect, it } from 'vitest';
import { mobi } from '../../src/containers/mobi.ts';
import { buildMobi } from '../support/build-ebook.ts';
import { inputFrom, openAll } from '../support/read.ts';

describe('pictures of a Mobipocket book', () => {
  const bytes = buildMobi({ created: 1, modified: 1, title: 'a', records: [Buffer.from('text'), Buffer.from([0xff, 0xd8, 0xff, 0xd9])] });
  it('are records of their own', async () => {
    expect((await openAll(mobi, bytes)).children.map((c) => [c.key, c.role, c.bytes?.size])).toEqual([['record 2', 'part', 4]]);
    expect(mobi.openOne?.(inputFrom(bytes), 'record 2')?.bytes?.size).toBe(4);
    expect(mobi.openOne?.(inputFrom(bytes), 'record 1')).toBeNull();
  });
});

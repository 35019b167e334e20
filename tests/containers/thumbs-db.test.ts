import { describe, expect, it } from 'vitest';
import { thumbsDb } from '../../src/containers/thumbs-db.ts';
import { buildThumbsDb } from '../support/build-residue.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

describe('small pictures of Thumbs.db', () => {
  const picture = Buffer.from([0xff, 0xd8, 0xff, 0xd9]);
  const bytes = buildThumbsDb(Array.from({ length: 12 }, (_, i) => ({ name: `${i}.jpg`, modified: '2006-07-01T10:00:00Z', picture })));
  it('are parts, each under the name of its picture', async () => {
    const { children } = await openAll(thumbsDb, bytes);
    expect(children.map((c) => [c.key, c.label]).slice(8)).toEqual([
      ['9', '8.jpg'],
      ['01', '9.jpg'],
      ['11', '10.jpg'],
      ['21', '11.jpg'],
    ]);
    expect(Buffer.from(bytesOfChild(children[9]))).toEqual(picture);
    expect(thumbsDb.openOne?.(inputFrom(bytes), '21')?.bytes?.size).toBe(4);
  });
});

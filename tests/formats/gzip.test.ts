import { describe, expect, it } from 'vitest';
import { gzip } from '../../src/formats/gzip.ts';
import { buildGzip } from '../support/build-gzip.ts';
import { inputFrom, readAll } from '../support/read.ts';

describe('gzip reader', () => {
  it.each([
    [3, 'gzip-unix'],
    [11, 'gzip-ntfs'],
    [255, 'gzip'],
  ])('tells the system %i', async (system, value) => {
    const bytes = buildGzip({ content: 'x', system });
    const { claims, problems } = await readAll(gzip, bytes);
    const raw = `00${system.toString(16).padStart(2, '0')}`;
    expect(problems).toEqual([]);
    expect(claims).toEqual([
      { basis: 'observed', attribute: 'tool.container', field: 'XFL, OS', raw, value, locator: { in: 'bytes', offset: 8, length: 2 } },
    ]);
    expect(gzip.replay(inputFrom(bytes), { in: 'bytes', offset: 8, length: 2 })).toBe(raw);
  });

  it('says nothing where the header is damaged', async () => {
    expect((await readAll(gzip, buildGzip({ content: 'x' }).subarray(0, 9))).claims).toEqual([]);
    expect(gzip.replay(inputFrom(new Uint8Array(9)), { in: 'bytes', offset: 8, length: 2 })).toBeNull();
  });
});

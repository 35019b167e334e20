import { describe, expect, it } from 'vitest';
import { tar } from '../../src/formats/tar.ts';
import { buildTar } from '../support/build-tar.ts';
import { inputFrom, readAll } from '../support/read.ts';

const entry = { name: 'a', content: 'x', mtime: '2017-03-27T12:41:07.250Z' };

describe('tar reader', () => {
  it.each([
    ['gnu', 'gnu-tar', '7573746172202000'],
    ['pax', 'pax', '7573746172003030'],
    ['ustar', 'ustar', '7573746172003030'],
    ['v7', 'v7-tar', '0000000000000000'],
  ] as const)('tells the dialect %s', async (dialect, value, raw) => {
    const bytes = buildTar([entry], dialect);
    const { claims } = await readAll(tar, bytes);
    expect(claims).toEqual([
      { basis: 'observed', attribute: 'tool.container', field: 'magic', raw, value, locator: { in: 'bytes', offset: 257, length: 8 } },
    ]);
    expect(tar.replay(inputFrom(bytes), { in: 'bytes', offset: 257, length: 8 })).toBe(raw);
  });

  it('says nothing where there is no member', async () => {
    expect((await readAll(tar, buildTar([]))).claims).toEqual([]);
    expect((await readAll(tar, buildTar([entry]).subarray(0, 300))).claims).toEqual([]);
  });
});

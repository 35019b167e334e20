import { describe, expect, it } from 'vitest';
import { zip } from '../../src/formats/zip.ts';
import { buildZip } from '../support/build-zip.ts';
import { readAll, unreplayable } from '../support/read.ts';

describe('zip reader', () => {
  const bytes = buildZip(
    [
      { name: 'b.txt', content: 'b', local: '2017-03-28T09:00:00' },
      { name: 'a.txt', content: 'a', local: '2017-03-27T14:41:08' },
      { name: 'c.txt', content: 'c', local: '2017-03-28T09:00:01' },
    ],
    'info-zip',
    { prefix: new Uint8Array(10) },
  );

  it('says who packed it and the distinct times, oldest first', async () => {
    const { claims, problems } = await readAll(zip, bytes);
    expect(problems).toEqual([]);
    expect(claims.map((c) => [c.basis, c.attribute, c.value])).toEqual([
      ['observed', 'tool.container', 'info-zip'],
      ['asserted', 'time.member', { kind: 'wall', local: '2017-03-27T14:41:08', precisionMs: 2000 }],
      ['asserted', 'time.member', { kind: 'wall', local: '2017-03-28T09:00:00', precisionMs: 2000 }],
    ]);
    expect(claims[2]).toMatchObject({ raw: '00487c4a', locator: { in: 'bytes', offset: 20, length: 4 } });
    expect(await unreplayable(zip, bytes)).toEqual([]);
  });

  it('tells the range of many times by its ends', async () => {
    const many = Array.from({ length: 100 }, (_, i) => ({
      name: `${i}`,
      local: `2017-03-${String(1 + (i % 28)).padStart(2, '0')}T${String(Math.trunc(i / 28)).padStart(2, '0')}:00:00`,
    }));
    const read = await readAll(zip, buildZip(many, 'python-zipfile'));
    const times = read.values('time.member') as { local: string }[];
    expect([times.length, times[0]?.local, times.at(-1)?.local]).toEqual([64, '2017-03-01T00:00:00', '2017-03-28T02:00:00']);
  });

  it('keeps a constant as present and without value', async () => {
    const { claims } = await readAll(
      zip,
      buildZip(
        [
          { name: 'a', content: 'a' },
          { name: 'b', content: 'b' },
        ],
        'microsoft-office',
      ),
    );
    expect(claims.filter((c) => c.attribute === 'time.member').map((c) => [c.raw, c.value])).toEqual([['00002100', null]]);
  });

  it('says nothing of an empty archive and survives broken ones', async () => {
    expect((await readAll(zip, buildZip([], 'info-zip'))).claims).toEqual([]);
    for (let i = 0; i < 64; i++) {
      const cut = bytes.subarray(0, Math.trunc((bytes.byteLength * i) / 64));
      await readAll(zip, cut);
      expect(
        await unreplayable(
          zip,
          Uint8Array.from(bytes, (b, at) => (at % 64 === i ? b ^ 0xff : b)),
        ),
      ).toEqual([]);
    }
  });
});

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzip } from '../../src/containers/gzip.ts';
import { buildGzip } from '../support/build-gzip.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const text = (child: Parameters<typeof bytesOfChild>[0]): string => Buffer.from(bytesOfChild(child)).toString();
const LONG = 'Minutes of the meeting. '.repeat(50);

describe('gzip container', () => {
  it('opens the file by the name and the time its header keeps', async () => {
    const { children, problems } = await openAll(
      gzip,
      buildGzip({ content: LONG, name: 'minutes é.txt', mtime: '2017-03-27T12:41:00Z', comment: 'weekly' }),
    );
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, text(c)])).toEqual([['minutes é.txt', 'minutes é.txt', LONG]]);
    expect(children[0]?.says).toEqual([
      {
        basis: 'asserted',
        attribute: 'name.file',
        field: 'file name',
        raw: 'minutes é.txt',
        value: 'minutes é.txt',
        locator: { in: 'parent', key: 'name' },
      },
      {
        basis: 'asserted',
        attribute: 'time.stored',
        field: 'MTIME',
        raw: '1490618460',
        value: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 0), offsetMinutes: 0, precisionMs: 1000 },
        locator: { in: 'parent', key: 'modified' },
      },
    ]);
  });

  it('opens what has no name and no time, and what zlib itself writes', async () => {
    const { children } = await openAll(gzip, buildGzip({ content: 'x' }));
    expect(children.map((c) => [c.key, c.label, c.says.map((s) => [s.raw, s.value])])).toEqual([['content', undefined, [['0', null]]]]);
    expect(text((await openAll(gzip, gzipSync(LONG))).children[0])).toBe(LONG);
    expect(text(gzip.openOne?.(inputFrom(gzipSync(LONG)), 'content') ?? undefined)).toBe(LONG);
  });

  it('takes members in a row for one file, and zeros behind them for padding', async () => {
    const bytes = Buffer.concat([buildGzip({ content: 'a', name: 'x' }, { content: 'b' }, { content: '' }, { content: 'c' }), Buffer.alloc(100)]);
    const { children, problems } = await openAll(gzip, bytes);
    expect([problems, children.map((c) => [c.key, text(c)])]).toEqual([[], [['x', 'abc']]]);
  });

  it('tells what is wrong and keeps what came out', async () => {
    const outcome = async (bytes: Uint8Array): Promise<unknown> => {
      const { children, problems } = await openAll(gzip, bytes);
      return [children.map((c) => c.bytes?.size), problems.map((p) => `${p.code}: ${p.message}`)];
    };
    const whole = buildGzip({ content: LONG });
    expect(await outcome(Buffer.concat([whole, Buffer.from('tail')]))).toEqual([
      [1200],
      ['malformed: 4 bytes behind the last member are not unpacked'],
    ]);
    expect(await outcome(whole.subarray(0, whole.length - 3))).toEqual([[1200], ['truncated: member 1 lacks its checksum']]);
    expect(await outcome(buildGzip({ content: LONG, crc32: 1 }))).toEqual([
      [1200],
      ['malformed: member 1 has another checksum or size than it says'],
    ]);
    expect(await outcome(whole.subarray(0, 5))).toEqual([[], ['malformed: the header is damaged']]);
    expect((await openAll(gzip, whole.subarray(0, 30))).problems.map((p) => p.code)).toEqual(['truncated']);
  });

  it('stops a bomb at the limit, over all members', async () => {
    const half = { content: Buffer.alloc(600) };
    const { children } = await openAll(gzip, buildGzip(half, half), { maxArtifactBytes: 1000 });
    expect(children.map((c) => c.bytes === null && [c.why, c.problem.message])).toEqual([['over-limit', 'unpacks to more than 1000 bytes']]);
    const many = await openAll(gzip, buildGzip(half, half, half), { maxChildren: 2 });
    expect([many.children[0]?.bytes?.size, many.problems.map((p) => p.code)]).toEqual([1200, ['limit-exceeded']]);
  });

  it('tells a name that climbs', async () => {
    expect((await openAll(gzip, buildGzip({ content: 'x', name: '../x' }))).problems.map((p) => p.code)).toEqual(['unsafe-path']);
  });
});

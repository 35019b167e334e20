import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzip } from '../../src/containers/gzip.ts';
import { type Bytes, type Child, type ClosedChild, DEFAULT_LIMITS, type Limits, type OpeningProblem } from '../../src/model/input.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';
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

const MIB = 1024 ** 2;

/** What the container gives where there is room outside of memory: told, the bytes, the most that one write brought there, signs of life. */
function openWithRoom(packed: Uint8Array, limits: Partial<Limits> = {}) {
  const seen = { rooms: 0, written: 0, alive: 0, told: [] as unknown[], bytes: null as Bytes | null };
  const scratch = () => {
    seen.rooms++;
    const parts: Buffer[] = [];
    return {
      write: (chunk: Uint8Array) => {
        seen.written += chunk.byteLength;
        parts.push(Buffer.from(chunk));
      },
      done: () => bytesOf(Buffer.concat(parts)),
    };
  };
  const input = inputOf(bytesOf(packed), { ...DEFAULT_LIMITS, ...limits }, { scratch, alive: () => void seen.alive++ });
  for (const item of gzip.open(input) as Iterable<Child | ClosedChild | OpeningProblem>) {
    if (!('key' in item)) seen.told.push(`${item.problem.code}: ${item.problem.message}`);
    else if (item.bytes === null) seen.told.push([item.why, item.problem.message]);
    else {
      seen.told.push(item.bytes.size);
      seen.bytes = item.bytes;
    }
  }
  return seen;
}

/** 72 MiB that end in what nothing else does. */
const BIG = Buffer.concat([Buffer.alloc(72 * MIB, 'Minutes of the meeting. '), Buffer.from('END')]);
const PACKED = Buffer.from(buildGzip({ content: BIG }));

describe('gzip container, what is too big for memory', () => {
  it('takes small members to memory and large ones outside of it, with the same bytes', () => {
    const small = openWithRoom(buildGzip({ content: LONG }, { content: LONG }));
    expect([small.rooms, small.told]).toEqual([0, [2400]]);
    const large = openWithRoom(Buffer.concat([buildGzip({ content: 'first' }), PACKED, buildGzip({ content: 'last' }), Buffer.alloc(100)]));
    expect([large.rooms, large.written, large.told]).toEqual([1, BIG.length + 9, [BIG.length + 9]]);
    const whole = Buffer.from(large.bytes?.slice(0, BIG.length + 9) ?? []);
    expect(whole.equals(Buffer.concat([Buffer.from('first'), BIG, Buffer.from('last')]))).toBe(true);
    expect(large.alive).toBeGreaterThan(0);
  });

  it('takes many small members there once they are large together', () => {
    const half = Buffer.alloc(36 * MIB, 'x');
    const { rooms, told } = openWithRoom(buildGzip({ content: half }, { content: half }));
    expect([rooms, told]).toEqual([1, [72 * MIB]]);
  });

  it('reads a member whose packed bytes alone are more than is held at once', () => {
    const stored = deflateRawSync(BIG, { level: 0 });
    const trailer = PACKED.subarray(-8);
    const one = Buffer.concat([PACKED.subarray(0, 10), stored, trailer]);
    const { rooms, told, bytes } = openWithRoom(Buffer.concat([one, buildGzip({ content: 'behind' })]));
    expect([rooms, told]).toEqual([1, [BIG.length + 6]]);
    expect(Buffer.from(bytes?.slice(BIG.length - 3, 9) ?? []).toString()).toBe('ENDbehind');
  });

  it('tells of a large member what it tells of a small one', () => {
    const cut = openWithRoom(PACKED.subarray(0, PACKED.length - 3));
    expect(cut.told).toEqual(['truncated: member 1 lacks its checksum', BIG.length]);
    const wrong = Buffer.from(PACKED);
    wrong[wrong.length - 8] = (wrong[wrong.length - 8] ?? 0) ^ 1;
    expect(openWithRoom(wrong).told).toEqual(['malformed: member 1 has another checksum or size than it says', BIG.length]);
    const [problem, size] = openWithRoom(PACKED.subarray(0, PACKED.length - 20)).told;
    expect(problem).toBe(`truncated: member 1 breaks off after ${String(size)} bytes`);
    expect(size).toBeGreaterThan(71 * MIB);
  });

  it('keeps nothing of a large member that turns out to be damaged, and what came before it', () => {
    // A block of the kind that there is not, behind blocks that are left open.
    const open = deflateRawSync(BIG, { finishFlush: 2 });
    const damaged = Buffer.concat([PACKED.subarray(0, 10), open, Buffer.from([0x07]), Buffer.alloc(8)]);
    const { told, bytes } = openWithRoom(Buffer.concat([buildGzip({ content: 'first' }), damaged]));
    expect(told).toEqual(['malformed: member 2 is no valid deflate stream', 5]);
    expect(Buffer.from(bytes?.slice(0, 9) ?? []).toString()).toBe('first');
  });

  it('stops a bomb at the limit there too', () => {
    const { told, written } = openWithRoom(PACKED, { maxArtifactBytes: 70 * MIB });
    expect(told).toEqual([['over-limit', `unpacks to more than ${70 * MIB} bytes`]]);
    expect(written).toBeLessThanOrEqual(70 * MIB);
  });
});

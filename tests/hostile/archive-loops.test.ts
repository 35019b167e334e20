import { describe, expect, it } from 'vitest';
import { archive } from '../../src/containers/archive.ts';
import { compressed } from '../../src/containers/compressed.ts';
import { rar } from '../../src/containers/rar.ts';
import { type Container, DEFAULT_LIMITS } from '../../src/model/input.ts';
import { bytesOf, inputOf } from '../../src/structures/bytes.ts';
import { COPYING, ENORMOUS, nestedList, oddSevenZip, oddXz } from '../support/build-hostile-archives.ts';
import { buildLocked7z } from '../support/build-locked-7z.ts';
import { HELLO_LZMA } from '../support/build-compressed.data.ts';
import { buildLockedRar4, buildLockedRar5 } from '../support/build-locked-rar.ts';
import { packedAb } from '../support/build-rar.ts';
import { passwordsOf } from '../support/locked.ts';
import { seeded } from '../support/seeded.ts';

const MOST_MILLIS = 2000;
/** What a list of passwords may cost one artifact (`structures/passwords.ts`), on a slow machine. */
const MOST_TRYING_MILLIS = 60_000;

interface Told {
  readonly open: readonly string[];
  readonly closed: readonly string[];
  readonly problems: readonly string[];
}

async function opened(container: Container, bytes: Uint8Array, texts: readonly string[] = []): Promise<Told> {
  const told = { open: [] as string[], closed: [] as string[], problems: [] as string[] };
  const start = performance.now();
  for await (const item of container.open(inputOf(bytesOf(bytes), DEFAULT_LIMITS, { passwords: passwordsOf(texts) }))) {
    if (!('key' in item)) told.problems.push(`${item.problem.code}: ${item.problem.message}`);
    else if (item.bytes === null) told.closed.push(`${item.problem.code}: ${item.problem.message}`);
    else told.open.push(Buffer.from(item.bytes.slice(0, 100)).toString());
  }
  expect(performance.now() - start).toBeLessThan(texts.length > 2 ? MOST_TRYING_MILLIS : MOST_MILLIS);
  return told;
}

/** A tenth of the bytes is cut off now and then, a few are changed. */
function mutated(whole: Uint8Array, random: () => number): Uint8Array {
  const bytes = whole.slice(0, random() < 0.2 ? Math.floor(random() * whole.length) : whole.length);
  for (let n = 1 + Math.floor(random() * 8); n > 0; n--) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return bytes;
}

const bytes = (...values: number[]): Buffer => Buffer.from(values);
/** A hundred folders; that each holds a million files costs three bytes a folder. */
const MANY = 100;

describe('a 7z whose directory runs in circles or announces what cannot be', () => {
  it('is read where nothing is wrong', async () => {
    expect(await opened(archive, oddSevenZip({}))).toEqual({ open: ['hello'], closed: [], problems: [] });
  });

  it.each([
    [
      'a coder that feeds itself',
      { folder: Buffer.concat([bytes(2), COPYING.subarray(1), COPYING.subarray(1), bytes(0, 0)]), unpackSizes: bytes(5, 5) },
    ],
    [
      'two coders that feed each other',
      {
        folder: Buffer.concat([bytes(3), COPYING.subarray(1), COPYING.subarray(1), COPYING.subarray(1), bytes(0, 1, 1, 0)]),
        unpackSizes: bytes(5, 5, 5),
      },
    ],
    [
      'a stream that is taken twice',
      { folder: Buffer.concat([bytes(3), ...[1, 2, 3].map(() => COPYING.subarray(1)), bytes(0, 1, 0, 1)]), unpackSizes: bytes(5, 5, 5) },
    ],
    ['2^60 files', { files: ENORMOUS }],
    ['2^60 folders', { folders: ENORMOUS }],
    ['2^60 packed streams', { packStreams: ENORMOUS }],
    ['2^60 coders', { folder: Buffer.concat([ENORMOUS, COPYING.subarray(1)]) }],
    ['2^60 bytes of properties', { folder: Buffer.concat([bytes(1, 0x21, 0x00), ENORMOUS]) }],
    ['2^60 files in a folder', { subStreams: Buffer.concat([bytes(0x08, 0x0d), ENORMOUS, bytes(0x0a, 0x01)]) }],
    [
      'a million files in each folder, none with a size',
      {
        packStreams: bytes(MANY),
        folders: bytes(MANY),
        folder: Buffer.concat(Array.from({ length: MANY }, () => COPYING)),
        unpackSizes: Buffer.alloc(MANY, 5),
        subStreams: Buffer.concat([bytes(0x08, 0x0d), ...Array.from({ length: MANY }, () => bytes(0xcf, 0x40, 0x42)), bytes(0x0a, 0x01, 0x00)]),
      },
    ],
  ])('%s', async (_, parts) => {
    const { open, closed, problems } = await opened(archive, oddSevenZip(parts));
    expect(open).toEqual([]);
    expect([...closed, ...problems]).toHaveLength(1);
  });

  it('lists of members that unpack to lists of members, or to themselves', async () => {
    for (const depth of [1, 2, 5]) {
      const { open, closed, problems } = await opened(archive, nestedList(depth), ['a', 'b']);
      expect([open, closed, problems]).toEqual([[], [], [expect.stringContaining('malformed: ')]]);
    }
  });
});

describe('an xz whose sizes cannot be', () => {
  it('is read where nothing is wrong', async () => {
    expect(await opened(compressed, oddXz({}))).toEqual({ open: ['hello'], closed: [], problems: [] });
  });

  it.each([
    ['2^60 records in the index', { index: 'records' }],
    ['2^60 bytes in the index', { index: 'size' }],
    ['2^60 bytes in the block', { announced: true }],
  ] as const)('%s', async (_, odd) => {
    const { open, closed, problems } = await opened(compressed, oddXz(odd));
    expect([...closed, ...problems]).toHaveLength(1);
    expect(open.every((text) => 'hello'.startsWith(text))).toBe(true);
  });
});

describe('locks that would take for ever', { timeout: 3 * MOST_TRYING_MILLIS }, () => {
  const long = Array.from({ length: 200_000 }, (_, i) => `wrong ${i}`);
  const untried = expect.stringContaining('; not all passwords of the list were tried: it would take too long') as unknown;

  it('a key of 7z that costs 2^24 rounds', async () => {
    const files = [{ name: 'a', content: 'aaa' }];
    const content = buildLocked7z([{ files, password: 'x' }], { announcedPower: 24 });
    expect(await opened(archive, content, long.slice(0, 9))).toEqual({ open: [], closed: [untried], problems: [] });
  });

  it('many cheap locks and a long list', async () => {
    const folders = Array.from({ length: 300 }, (_, i) => ({ files: [{ name: `${i}`, content: 'aaa' }], password: `p${i}` }));
    const { closed } = await opened(archive, buildLocked7z(folders, { power: 0 }), long.slice(0, 300));
    expect(closed).toHaveLength(300);
    const members = Array.from({ length: 300 }, (_, i) => ({ name: `${i}`, content: 'aaa', password: `p${i}` }));
    const five = await opened(rar, buildLockedRar5(members), long.slice(0, 300));
    expect(five.closed).toHaveLength(300);
    expect(five.closed.at(-1)).toEqual(untried);
  });

  it('a key of RAR 5 that costs 2^24 rounds is not begun', async () => {
    const locked = buildLockedRar5([{ name: 'a', content: 'aaa', password: 'x', announcedPower: 24 }]);
    expect(await opened(rar, locked, ['wrong'])).toEqual({ open: [], closed: [untried], problems: [] });
  });

  it('RAR 4 and a long list', async () => {
    expect((await opened(rar, buildLockedRar4([{ name: 'a', content: 'aaa', password: 'x' }]), long)).closed).toEqual([untried]);
  });
});

describe('locked archives that are damaged, and the right password', { timeout: 300_000 }, () => {
  const hello = 'hello\n'.repeat(1000);
  const packed = { bytes: HELLO_LZMA.subarray(13), method: '030101', properties: '5d00008000' };
  const folder = { files: [{ name: 'a', content: hello }], password: 'x', packed };
  const member = { content: 'ab'.repeat(99), packed: packedAb('ab'.repeat(99)), password: 'x' };
  const members = [
    { name: 'a', content: 'first', password: 'x' },
    { name: 'b', ...member },
  ];

  it.each<readonly [string, Container, Uint8Array, number]>([
    ['7z', archive, buildLocked7z([folder, { files: [{ name: 'b', content: 'bbb' }], password: 'x' }]), 150],
    ['7z with a locked list', archive, buildLocked7z([folder], { listPassword: 'x' }), 150],
    ['RAR 5', rar, buildLockedRar5(members), 150],
    ['RAR 5 with a locked list', rar, buildLockedRar5(members, 'x'), 150],
    ['RAR 4', rar, buildLockedRar4([members[0] ?? { name: '', content: '' }]), 40],
    ['RAR 4 with a locked list', rar, buildLockedRar4([members[0] ?? { name: '', content: '' }], 'x'), 40],
  ])('%s', async (_, container, whole, times) => {
    const random = seeded(20_170_327);
    expect((await opened(container, whole, ['x'])).open.length).toBeGreaterThan(0);
    for (let n = 0; n < times; n++) await opened(container, mutated(whole, random), ['x']);
  });
});

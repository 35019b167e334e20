import { expect, it } from 'vitest';
import { bytesOf } from '../../src/structures/bytes.ts';
import { openArchive } from '../../src/structures/archive/libarchive.ts';
import { Ppmd } from '../../src/structures/archive/ppmd.ts';
import { RarRanges } from '../../src/structures/archive/ppmd-ranges.ts';
import { Bits } from '../../src/structures/archive/rar-bits.ts';
import { archiveOfOne } from '../../src/structures/archive/sevenzip-copy.ts';
import { dreamt, RarRangeWriter, SevenZipRangeWriter, writtenBy } from '../support/ppmd-dream.ts';

/** What libarchive, whose model is another's, makes of bytes that 7-Zip's PPMd is said to have packed. */
async function byLibarchive(packed: Uint8Array, order: number, memory: number, size: number): Promise<Uint8Array> {
  const properties = Buffer.alloc(5);
  properties[0] = order;
  properties.writeUInt32LE(memory, 1);
  const raw = Buffer.concat([Buffer.from([0x23, 0x03, 0x04, 0x01, 0x05]), properties]);
  const coder = { method: '030401', properties, ins: 1, outs: 1, raw };
  const folder = { coders: [coder], pairs: [], packed: [0], unpackSizes: [size], crc: null };
  const archive = await openArchive(archiveOfOne({ folder, streams: [bytesOf(packed)] }, size));
  return archive.next()?.read(size).bytes ?? new Uint8Array(0);
}

// The small memories are full many times over: pieces are joined, contexts die, the model begins anew.
it.each([
  [2, 2 ** 11, 20_000, 1],
  [4, 2 ** 14, 100_000, 2],
  [6, 2 ** 16, 100_000, 3],
  [16, 50_000, 200_000, 4],
  [64, 2 ** 18, 200_000, 5],
  [5, 2 ** 20, 200_000, 6],
])('learns as the model of libarchive does: order %i, %i bytes of memory', async (order, memory, count, seed) => {
  const writer = new SevenZipRangeWriter();
  const text = dreamt(order, memory, count, seed, writer.write);
  expect(Buffer.from(await byLibarchive(writer.bytes(), order, memory, count)).equals(text)).toBe(true);
});

it('reads what the range coder of RAR wrote', () => {
  const writer = new RarRangeWriter();
  const text = dreamt(8, 2 ** 20, 50_000, 7, writer.write);
  // Its memory may have more than it is said to.
  const model = new Ppmd(2 ** 21);
  model.begin(8, 2 ** 20);
  const ranges = new RarRanges(new Bits(writer.bytes()));
  expect(Buffer.from(Array.from(text, () => model.read(ranges))).equals(text)).toBe(true);
});

it('reads a text that was meant', () => {
  const text = [...Buffer.from('abracadabra, said the abracadabra to the cadabra')];
  const writer = new RarRangeWriter();
  writtenBy(4, 2 ** 16, text, writer.write);
  const packed = writer.bytes();
  const model = new Ppmd(2 ** 16);
  model.begin(4, 2 ** 16);
  const ranges = new RarRanges(new Bits(packed));
  expect(Buffer.from(text.map(() => model.read(ranges))).toString()).toBe('abracadabra, said the abracadabra to the cadabra');
  expect(packed.byteLength).toBeLessThan(text.length);
});

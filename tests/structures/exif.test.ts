import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/model/bytes.ts';
import { exifTime, gpsTime, iptcTime, photoshopBlock, readIptc, tagText } from '../../src/structures/image/exif.ts';
import { numbersOf, readTiff } from '../../src/structures/image/tiff.ts';
import { tiffWith } from '../support/build-images.ts';
import { keepsZone } from '../support/zone.ts';

keepsZone();

const wall = (local: string, precisionMs = 1000) => ({ kind: 'wall', local, precisionMs });

describe('exifTime', () => {
  it.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])('stays zone-less without an offset, under TZ=%s', (zone) => {
    process.env['TZ'] = zone;
    expect(exifTime('2015:03:04 12:00:00', null, null)).toEqual(wall('2015-03-04T12:00:00'));
  });

  it.each([
    ['+01:00', Date.UTC(2015, 2, 4, 11), 60],
    ['-05:30', Date.UTC(2015, 2, 4, 17, 30), -330],
    ['Z', Date.UTC(2015, 2, 4, 12), 0],
  ])('is an instant with the offset %s', (offset, epochMs, offsetMinutes) => {
    expect(exifTime('2015:03:04 12:00:00', offset, null)).toEqual({ kind: 'instant', epochMs, offsetMinutes, precisionMs: 1000 });
  });

  it.each([
    ['7', '2015-03-04T12:00:00.700', 100],
    ['07', '2015-03-04T12:00:00.070', 10],
    ['123456', '2015-03-04T12:00:00.123', 1],
    ['   ', '2015-03-04T12:00:00', 1000],
  ])('is as fine as the digits of the fraction %j', (subsec, local, precisionMs) => {
    expect(exifTime('2015:03:04 12:00:00', null, subsec)).toEqual(wall(local, precisionMs));
  });

  it.each(['0000:00:00 00:00:00', '    :  :     :  :  ', '2015:02:30 12:00:00', '2015:03:04', '', 'yesterday'])('is null for %j', (raw) => {
    expect(exifTime(raw, '+01:00', '1')).toBeNull();
  });

  it('takes a blank offset for none', () => expect(exifTime('2015:03:04 12:00:00', '   :  ', null)).toEqual(wall('2015-03-04T12:00:00')));
});

describe('gpsTime', () => {
  it('is UTC', () =>
    expect(gpsTime('2017:03:27', [10, 1, 41, 1, 11, 2])).toEqual({
      kind: 'instant',
      epochMs: Date.UTC(2017, 2, 27, 10, 41, 5, 500),
      offsetMinutes: 0,
      precisionMs: 1,
    }));
  it.each([[[]], [[10, 1, 41, 1]], [[10, 0, 41, 1, 5, 1]], [[25, 1, 0, 1, 0, 1]]])('is null for %j', (rationals) =>
    expect(gpsTime('2017:03:27', rationals)).toBeNull(),
  );
});

describe('IPTC', () => {
  const datasets = (...sets: [number, string, number?][]) =>
    Buffer.concat(
      sets.map(([n, text, length]) => Buffer.concat([Buffer.from([0x1c, 2, n, 0, length ?? Buffer.byteLength(text)]), Buffer.from(text)])),
    );

  it('reads the datasets of each number, in UTF-8 and Latin-1', async () => {
    const {
      datasets: found,
      further,
      error,
    } = await readIptc(
      photoshopBlock(Buffer.concat([datasets([55, '20170327'], [80, 'Zoé'], [80, 'Bert']), Buffer.from([0x1c, 2, 90, 0, 1, 0xe9])])),
    );
    expect([...found, error]).toEqual([[55, '20170327'], [80, 'Zoé'], [90, 'é'], null]);
    expect([...further]).toEqual([[80, ['Bert']]]);
  });

  it('gives back nothing that is not in the file', async () => {
    const cut = await readIptc(photoshopBlock(datasets([55, '20170327'], [80, 'abc', 5])));
    expect([...cut.datasets]).toEqual([[55, '20170327']]);
    const far = await readIptc(photoshopBlock(datasets([55, '20170327'], [80, 'abc', 200])));
    expect(far.datasets.size).toBe(0);
    expect(far.error).toMatch(/^IPTC: /);
  });

  it('joins date and time', () => {
    expect(iptcTime('20170327', '124105+0200')).toEqual({
      kind: 'instant',
      epochMs: Date.UTC(2017, 2, 27, 10, 41, 5),
      offsetMinutes: 120,
      precisionMs: 1000,
    });
    expect(iptcTime('20170327', undefined)).toEqual(wall('2017-03-27T00:00:00', 86_400_000));
    expect(iptcTime('20170000', undefined)).toBeNull();
  });
});

describe('readTiff', () => {
  const SPEC = {
    ifd0: { 0x0131: 'GIMP 2.10', 0x0132: '2017:03:28 12:41:05' },
    exif: { 0x9003: '2017:03:27 12:41:05' },
    gps: {
      0x07: [
        [10, 1],
        [41, 1],
        [5, 1],
      ] as const,
    },
    ifd1: { 0x0131: 'thumb' },
  };
  const read = (b: Uint8Array) => readTiff(bytesOf(b));

  it.each([{}, { byteOrder: 'MM' as const }, { big: true }, { big: true, byteOrder: 'MM' as const }])('finds the directories of %j', (dialect) => {
    const tiff = read(tiffWith({ ...SPEC, ...dialect }));
    expect(tiff.problems).toEqual([]);
    expect(tagText(tiff, 'ifd0', 0x0131)).toBe('GIMP 2.10');
    expect(tagText(tiff, 'exif', 0x9003)).toBe('2017:03:27 12:41:05');
    expect(tagText(tiff, 'gps', 0x07)).toBe('10/1 41/1 5/1');
    expect(numbersOf(tiff, 'gps', 0x07)).toEqual([10, 1, 41, 1, 5, 1]);
    expect(tagText(tiff, 'ifd1', 0x0131)).toBe('thumb');
    expect(tagText(tiff, 'exif', 0x0131)).toBeNull();
  });

  it('keeps blanks, and what hides behind a NUL', () => {
    const tiff = read(tiffWith({ ifd0: { 0x0131: 'a\0b  ' } }));
    expect(tagText(tiff, 'ifd0', 0x0131)).toBe('a\0b  ');
  });

  it('does not follow a directory that points to itself', () => {
    const tiff = read(tiffWith({ ifd0: { 0x8769: 8, 0x8825: 8, 0x0131: 'loop' } }));
    expect(tagText(tiff, 'ifd0', 0x0131)).toBe('loop');
    expect(tiff.problems.map((p) => p.message)).toEqual([
      'exif: points back to a directory already read',
      'gps: points back to a directory already read',
    ]);
  });

  it('tells of values that lie outside', () => {
    const tiff = read(
      tiffWith({
        ifd0: {
          0x0131: { type: 2, count: 0xffff_ffff, bytes: Buffer.alloc(8) },
          0x0110: { type: 77, count: 1, bytes: Buffer.alloc(4) },
          0x013b: 'Ann',
        },
      }),
    );
    expect(tagText(tiff, 'ifd0', 0x013b)).toBe('Ann');
    expect(tiff.problems).toEqual([{ code: 'malformed', message: 'ifd0: 2 of 3 entries have an unknown type or lie outside the file' }]);
  });

  it('survives every truncation', () => {
    const whole = tiffWith(SPEC);
    for (let at = 0; at < whole.byteLength - 1; at++) expect(read(whole.subarray(0, at)).problems.length, `cut at ${at}`).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import { heif } from '../../src/formats/heif.ts';
import { jpeg } from '../../src/formats/jpeg.ts';
import { png } from '../../src/formats/png.ts';
import { tiff } from '../../src/formats/tiff.ts';
import { webp } from '../../src/formats/webp.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { exifBlock, heicWith, jpegWith, type PictureSpec, pngWith, tiffWith, webpWith, xmpPacket } from '../support/build-images.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';
import { keepsZone } from '../support/zone.ts';

keepsZone();

const PICTURE: PictureSpec = {
  make: 'Canon',
  model: 'Canon EOS 5D',
  serial: '0320',
  software: 'GIMP 2.10 ',
  artist: 'Anne',
  captured: '2017:03:27 12:41:05',
  digitized: '2017:03:27 12:41:06',
  modified: '0000:00:00 00:00:00',
  offset: '+02:00',
  gpsTime: { date: '2017:03:27', time: [10, 41, 4] },
  exif: { 0x9291: '50' },
  xmp: xmpPacket({ 'xmp:CreateDate': '2017-03-27T12:41:05', 'xmp:CreatorTool': 'Lightroom', 'dc:creator': ['Anne', 'Bert'], 'dc:title': 'Harbour' }),
};
const AT = Date.UTC(2017, 2, 27, 10, 41);
const instant = (epochMs: number, offsetMinutes: number, precisionMs = 1000) => ({ kind: 'instant', epochMs, offsetMinutes, precisionMs });

const EXIF_CLAIMS = [
  ['time.captured', 'DateTimeOriginal', '2017:03:27 12:41:05', instant(AT + 5500, 120, 10)],
  ['time.digitized', 'DateTimeDigitized', '2017:03:27 12:41:06', instant(AT + 6000, 120)],
  ['time.modified', 'DateTime', '0000:00:00 00:00:00', null],
  ['time.gps', 'GPSDateStamp', '2017:03:27', instant(AT + 4000, 0)],
  ['tool.application', 'Software', 'GIMP 2.10 ', 'GIMP 2.10'],
  ['party.author', 'Artist', 'Anne', 'Anne'],
  ['tool.camera-serial', 'BodySerialNumber', '0320', '0320'],
  ['tool.camera', 'Model', 'Canon EOS 5D', 'Canon EOS 5D'],
];
const XMP_CLAIMS = [
  ['tool.toolkit', 'x:xmptk', 'XMP Core 5.1.2', 'XMP Core 5.1.2'],
  ['time.created', 'xmp:CreateDate', '2017-03-27T12:41:05', { kind: 'wall', local: '2017-03-27T12:41:05', precisionMs: 1000 }],
  ['tool.application', 'xmp:CreatorTool', 'Lightroom', 'Lightroom'],
  ['party.author', 'dc:creator', 'Anne', 'Anne'],
  ['party.author', 'dc:creator', 'Bert', 'Bert'],
  ['name.title', 'dc:title', 'Harbour', 'Harbour'],
];

/** A TIFF carries its packet in a tag, not beside the block. */
const tiffPicture = (p: PictureSpec): Buffer =>
  exifBlock({ ...p, ifd0: { ...p.ifd0, ...(p.xmp === undefined ? {} : { 0x02bc: Buffer.from(p.xmp) }) } }) ?? tiffWith({});

const CARRIERS: [name: string, reader: FormatReader, build: (p: PictureSpec) => Buffer][] = [
  ['jpeg', jpeg, jpegWith],
  ['tiff', tiff, tiffPicture],
  ['png', png, pngWith],
  ['png, metadata behind the pixels', png, (p) => pngWith({ ...p, behind: true })],
  ['webp', webp, webpWith],
  ['heic', heif, heicWith],
  ['heic, items in idat', heif, (p) => heicWith({ ...p, items: 'idat' })],
  ['avif', heif, (p) => heicWith({ ...p, brand: 'avif' })],
];

describe.each(CARRIERS)('%s', (_, reader, build) => {
  it.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])('reads Exif and XMP, under TZ=%s', async (zone) => {
    process.env['TZ'] = zone;
    const { claims, problems } = await readAll(reader, build(PICTURE));
    expect(claims.map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual([...EXIF_CLAIMS, ...XMP_CLAIMS]);
    expect(problems).toEqual([]);
  });

  it('gives locators that replay', async () => expect(await unreplayable(reader, build(PICTURE))).toEqual([]));

  it('replays what no claim was made of, and nothing that is not there', async () => {
    const input = inputFrom(build(PICTURE));
    expect(await reader.replay(input, { in: 'tag', block: 'gps', tag: 7 })).toBe('10/1 41/1 4/1');
    expect(await reader.replay(input, { in: 'tag', block: 'ifd0', tag: 1 })).toBeNull();
    expect(await reader.replay(input, { in: 'xml', part: 'xmp-2', element: 'dc:title', nth: 0 })).toBeNull();
    expect(await reader.replay(input, { in: 'parent', key: 'name' })).toBeNull();
  });

  it('has nothing to say of a picture that says nothing', async () => {
    const { claims, problems } = await readAll(reader, build({}));
    expect([claims, problems]).toEqual([[], []]);
  });

  it('survives truncation and garbage', async () => {
    const whole = build(PICTURE);
    for (let at = 12; at < whole.byteLength; at += 13) {
      const cut = await readAll(reader, whole.subarray(0, at));
      expect(cut.claims.length, `cut at ${at}`).toBeLessThanOrEqual(EXIF_CLAIMS.length + XMP_CLAIMS.length);
      const garbled = Buffer.from(whole);
      garbled.fill(0xff, at, Math.min(at + 4, whole.byteLength));
      await expect(readAll(reader, garbled), `garbled at ${at}`).resolves.toBeDefined();
    }
  });
});

describe('cameras', () => {
  const camera = async (p: PictureSpec) => (await readAll(jpeg, jpegWith(p))).claims.map((c) => [c.field, c.value]);
  it('names the maker once', async () => {
    expect(await camera({ make: 'Apple', model: 'iPhone 6' })).toEqual([['Model', 'Apple iPhone 6']]);
    expect(await camera({ make: 'SONY', model: 'Sony A7' })).toEqual([['Model', 'Sony A7']]);
    expect(await camera({ make: 'Apple' })).toEqual([['Make', 'Apple']]);
  });
});

describe('jpeg', () => {
  it('reads IPTC, apart from Exif', async () => {
    const bytes = jpegWith({ artist: 'Anne', iptc: { 55: '20170327', 60: '124105+0200', 80: 'Bert' } });
    expect((await readAll(jpeg, bytes)).claims.map((c) => [c.field, c.value])).toEqual([
      ['Artist', 'Anne'],
      ['IPTC DateCreated', instant(AT + 5000, 120)],
      ['IPTC By-line', 'Bert'],
    ]);
    expect(await unreplayable(jpeg, bytes)).toEqual([]);
  });

  it('reads each of several by-lines and keywords', async () => {
    const bytes = jpegWith({
      artist: 'Anne',
      iptc: { 25: ['salle', 'plan'], 80: ['Claire Moreau', 'Paul Petit', 'Claire Moreau'], 90: ['Lyon', 'Paris'] },
    });
    const { claims } = await readAll(jpeg, bytes);
    expect(claims.slice(1).map((c) => [c.attribute, c.field, c.value, c.locator])).toEqual([
      ['party.author', 'IPTC By-line', 'Claire Moreau', { in: 'tag', block: 'iptc', tag: 80 }],
      ['party.author', 'IPTC By-line', 'Paul Petit', { in: 'tag', block: 'iptc 2', tag: 80 }],
      ['party.author', 'IPTC By-line', 'Claire Moreau', { in: 'tag', block: 'iptc 3', tag: 80 }],
      ['property.custom', 'IPTC Keywords', 'salle', { in: 'tag', block: 'iptc', tag: 25 }],
      ['property.custom', 'IPTC Keywords', 'plan', { in: 'tag', block: 'iptc 2', tag: 25 }],
    ]);
    expect(await unreplayable(jpeg, bytes)).toEqual([]);
    expect(await jpeg.replay(inputFrom(bytes), { in: 'tag', block: 'iptc 4', tag: 80 })).toBeNull();
  });

  it('reads the extension of a packet', async () => {
    const guid = 'A'.repeat(32);
    const bytes = jpegWith({
      xmp: xmpPacket({ 'xmpNote:HasExtendedXMP': guid }),
      extendedXmp: { guid, packet: xmpPacket({ 'pdf:Producer': 'Lightroom' }) },
    });
    expect((await readAll(jpeg, bytes)).values('tool.producer')).toEqual(['Lightroom']);
    expect(await unreplayable(jpeg, bytes)).toEqual([]);
  });

  it('says when there is more than it reads', async () => {
    const long = await readAll(jpeg, jpegWith({ software: 'x'.repeat(2000) }));
    expect([long.claims[0]?.raw.length, long.problems]).toEqual([
      1024,
      [{ code: 'limit-exceeded', message: 'Software: 2000 characters, the first 1024 kept as raw' }],
    ]);
    const packet = await readAll(jpeg, jpegWith({ xmp: xmpPacket({}) }), { maxTextBytes: 100 });
    expect(packet.problems).toMatchObject([{ code: 'limit-exceeded' }]);
  });

  it('does not look at the pixels', async () => {
    const { claims } = await readAll(jpeg, Buffer.concat([jpegWith(), jpegWith({ software: 'inside' })]));
    expect(claims).toEqual([]);
  });
});

describe('tiff', () => {
  it('keeps its blocks where it carries IPTC too', async () => {
    const iim = Buffer.from('\u001c\u0002\u0037\0\u000820170327', 'latin1');
    const bytes = tiffWith({ ifd0: { 0x0131: 'Scan', 0x83bb: iim } });
    expect((await readAll(tiff, bytes)).claims.map((c) => [c.field, c.raw])).toEqual([
      ['Software', 'Scan'],
      ['IPTC DateCreated', '20170327'],
    ]);
    expect(await unreplayable(tiff, bytes)).toEqual([]);
  });
});

describe('png', () => {
  it('reads text and time chunks', async () => {
    const bytes = pngWith({
      text: { Software: 'gnome-screenshot', 'Creation Time': 'Mon, 27 Mar 2017 12:41:05 +0200', Comment: 'not read' },
      compressed: { Author: 'Anne' },
      international: { Title: 'Größe' },
      time: [2017, 3, 27, 10, 41, 6],
    });
    expect((await readAll(png, bytes)).claims.map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual([
      ['tool.application', 'Software', 'gnome-screenshot', 'gnome-screenshot'],
      ['time.created', 'Creation Time', 'Mon, 27 Mar 2017 12:41:05 +0200', instant(AT + 5000, 120)],
      ['party.author', 'Author', 'Anne', 'Anne'],
      ['name.title', 'Title', 'Größe', 'Größe'],
      ['time.modified', 'tIME', '2017-03-27 10:41:06', instant(AT + 6000, 0)],
    ]);
    expect(await unreplayable(png, bytes)).toEqual([]);
  });

  it.each([
    ['2017-03-27T12:41:05+02:00', instant(AT + 5000, 120)],
    ['2017:03:27 12:41:05', { kind: 'wall', local: '2017-03-27T12:41:05', precisionMs: 1000 }],
    ['27 Mar 2017 10:41 GMT', instant(AT, 0, 60_000)],
    ['last spring', null],
  ])('understands the creation time %j', async (text, value) => {
    expect((await readAll(png, pngWith({ text: { 'Creation Time': text } }))).values('time.created')).toEqual([value]);
  });

  it('keeps a tIME that no calendar holds', async () => {
    const { claims } = await readAll(png, pngWith({ time: [2017, 13, 27, 10, 41, 6] }));
    expect(claims.map((c) => [c.raw, c.value])).toEqual([['2017-13-27 10:41:06', null]]);
  });

  it('tells of a chunk changed under its checksum', async () => {
    const bytes = pngWith({ text: { Software: 'GIMP' } });
    bytes.write('LIMP', bytes.indexOf('GIMP'));
    const { claims, problems } = await readAll(png, bytes);
    expect([claims[0]?.value, problems]).toEqual(['LIMP', [{ code: 'malformed', message: 'PNG: the checksum of tEXt at 41 does not hold' }]]);
  });

  it('does not inflate a bomb', async () => {
    const { claims, problems } = await readAll(png, pngWith({ compressed: { Author: 'a'.repeat(5000) } }), { maxTextBytes: 4096 + 2000 });
    expect([claims.length, problems]).toEqual([1, [{ code: 'limit-exceeded', message: 'PNG Author: 5000 characters, the first 1024 kept as raw' }]]);
    const bomb = await readAll(png, pngWith({ compressed: { Author: 'a'.repeat(5000) } }), { maxTextBytes: 4999 });
    expect([bomb.claims, bomb.problems.map((p) => p.code)]).toEqual([[], ['limit-exceeded']]);
  });
});

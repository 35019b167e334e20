import { describe, expect, it } from 'vitest';
import { cr3 } from '../../src/formats/cr3.ts';
import { matroska } from '../../src/formats/matroska.ts';
import { movie } from '../../src/formats/movie.ts';
import { mp3 } from '../../src/formats/mp3.ts';
import { riff } from '../../src/formats/riff.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { filmWith, id3Tag, isoBox, matroskaWith, mp3With, waveWith } from '../support/build-media.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const instant = (iso: string, precisionMs = 1000, offsetMinutes = 0) => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes, precisionMs });
const wall = (local: string, precisionMs = 1000) => ({ kind: 'wall', local, precisionMs });
const DAY = 86_400_000;

const rows = async (reader: FormatReader, bytes: Uint8Array) => {
  const { claims, problems } = await readAll(reader, bytes);
  expect(await unreplayable(reader, bytes)).toEqual([]);
  return { claims: claims.map((c) => [c.attribute, c.field, c.raw, c.value]), problems: problems.map((p) => [p.code, p.message]) };
};
const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;

describe('movie', () => {
  it('reads the clocks of the film, and those of a track where they differ', async () => {
    const film = filmWith({ created: '2017-03-27T10:41:05Z', modified: '2017-04-01T08:00:00Z', trackModified: '2017-03-27T10:41:05Z' });
    expect(await rows(movie, film)).toEqual({
      claims: [
        ['time.created', 'mvhd creation', '3573456065', instant('2017-03-27T10:41:05Z')],
        ['time.modified', 'mvhd modification', '3573878400', instant('2017-04-01T08:00:00Z')],
        ['time.modified', 'tkhd modification', '3573456065', instant('2017-03-27T10:41:05Z')],
      ],
      problems: [],
    });
  });
  it('reads 64-bit clocks alike', async () => {
    const spec = { created: '2017-03-27T10:41:05Z', modified: '2017-04-01T08:00:00Z' };
    expect(await rows(movie, filmWith({ ...spec, wide: true }))).toEqual(await rows(movie, filmWith(spec)));
  });
  it('keeps a time of 0 as present and unsaid', async () => {
    expect((await rows(movie, filmWith())).claims).toEqual([
      ['time.created', 'mvhd creation', '0', null],
      ['time.modified', 'mvhd modification', '0', null],
    ]);
  });
  it('reads the tags of QuickTime, old and new, of iTunes, and XMP', async () => {
    const { claims, problems } = await rows(
      movie,
      filmWith({
        created: '2017-03-27T10:41:05Z',
        modified: '2017-03-27T10:41:05Z',
        handlerName: 'Core Media Video',
        classic: { '©swr': 'QuickTime 7.6', '©mak': 'Canon', '©mod': 'EOS 5D' },
        itunes: { '©too': 'HandBrake 1.0', '©nam': 'Discours', '©day': '2017', '©cmt': 'essai' },
        keys: {
          'com.apple.quicktime.make': 'Apple',
          'com.apple.quicktime.model': 'iPhone 6',
          'com.apple.quicktime.creationdate': '2017-03-27T12:41:05+0200',
        },
        xmp: xmpPacket({ 'xmp:CreatorTool': 'Premiere' }),
      }),
    );
    expect(problems).toEqual([]);
    expect(claims.slice(2)).toEqual([
      ['tool.part-application', 'hdlr name', 'Core Media Video', 'Core Media Video'],
      ['tool.application', '©swr', 'QuickTime 7.6', 'QuickTime 7.6'],
      ['tool.camera', '©mod', 'EOS 5D', 'Canon EOS 5D'],
      ['tool.producer', '©too', 'HandBrake 1.0', 'HandBrake 1.0'],
      ['name.title', '©nam', 'Discours', 'Discours'],
      ['time.created', '©day', '2017', wall('2017-01-01T00:00:00', 366 * DAY)],
      ['tool.camera', 'com.apple.quicktime.model', 'iPhone 6', 'Apple iPhone 6'],
      ['time.captured', 'com.apple.quicktime.creationdate', '2017-03-27T12:41:05+0200', instant('2017-03-27T10:41:05Z', 1000, 120)],
      ['tool.toolkit', 'x:xmptk', 'XMP Core 5.1.2', 'XMP Core 5.1.2'],
      ['tool.application', 'xmp:CreatorTool', 'Premiere', 'Premiere'],
    ]);
  });
  it('keeps a comment as a note', async () => {
    expect((await readAll(movie, filmWith({ itunes: { '©cmt': 'essai' } }))).passages.map((p) => [p.role, p.label, p.text])).toEqual([
      ['note', 'comment of the film', 'essai'],
    ]);
  });
  it('says where a header is missing, cut or too long', async () => {
    const film = filmWith({ created: '2017-03-27T10:41:05Z', modified: '2017-03-27T10:41:05Z' });
    expect((await rows(movie, film.subarray(0, 30))).problems).toEqual([['truncated', "Film: box 'moov' ends beyond what is around it"]]);
    expect((await rows(movie, isoBox('ftyp', Buffer.from('isom')))).problems).toEqual([['malformed', 'Film: no movie header']]);
    const many = isoBox('moov', ...Array.from({ length: 65 }, () => isoBox('trak')));
    expect((await rows(movie, many)).problems).toEqual([['limit-exceeded', 'Film: 65 tracks, the first 64 read']]);
  });
  it('is recognised by its brand, and without one by its first box', () => {
    expect(['isom', 'qt  ', 'M4A ', '3gp5', 'crx '].map((brand) => typeOf(filmWith({ brand })))).toEqual([
      'video/mp4',
      'video/quicktime',
      'audio/mp4',
      'video/3gpp',
      'image/x-canon-cr3',
    ]);
    expect(typeOf(filmWith().subarray(16))).toBe('video/quicktime');
    expect(typeOf(Buffer.concat([isoBox('ftyp', Buffer.from('mif3'), Buffer.alloc(4), Buffer.from('mif1')), isoBox('meta')]))).toBe('image/heif');
  });
});

describe('cr3', () => {
  it('joins the directories of its boxes, so that a time finds its offset', async () => {
    const stamp = '2018-02-21T12:08:56Z';
    const raw = filmWith({
      brand: 'crx ',
      created: stamp,
      modified: stamp,
      canon: {
        ifd0: { 0x0110: 'Canon EOS M50', 0x0132: '2018:02:21 13:08:56' },
        exif: { 0x9003: '2018:02:21 13:08:56', 0x9010: '+01:00', 0x9011: '+01:00' },
      },
    });
    expect(await rows(cr3, raw)).toEqual({
      claims: [
        ['time.captured', 'DateTimeOriginal', '2018:02:21 13:08:56', instant(stamp, 1000, 60)],
        ['time.modified', 'DateTime', '2018:02:21 13:08:56', instant(stamp, 1000, 60)],
        ['tool.camera', 'Model', 'Canon EOS M50', 'Canon EOS M50'],
        ['time.created', 'mvhd creation', '3602059736', instant(stamp)],
        ['time.modified', 'mvhd modification', '3602059736', instant(stamp)],
      ],
      problems: [],
    });
  });
  it('says where the directories are missing', async () => {
    expect((await rows(cr3, filmWith({ brand: 'crx ' }))).problems).toEqual([['malformed', 'CR3: no directories']]);
  });
});

describe('mp3', () => {
  const frames = { TIT2: 'Réunion', TDRC: '2017-03-27T12:41', TSSE: 'Lavf57', TENC: 'Audacity', COMM: 'à garder' };
  const claims = [
    ['name.title', 'TIT2', 'Réunion', 'Réunion'],
    ['time.captured', 'TDRC', '2017-03-27T12:41', wall('2017-03-27T12:41:00', 60_000)],
    ['tool.producer', 'TSSE', 'Lavf57', 'Lavf57'],
    ['tool.application', 'TENC', 'Audacity', 'Audacity'],
  ];
  it.each([
    ['ID3v2.4, UTF-8', { version: 4, frames }],
    ['ID3v2.4, UTF-16', { version: 4, frames, wide: true }],
    ['ID3v2.3, UTF-16', { version: 3, frames }],
  ] as const)('reads %s', async (_, id3) => {
    const sound = mp3With({ id3 });
    const found = await rows(mp3, sound);
    expect(found.problems).toEqual([]);
    expect(found.claims).toEqual(claims);
    expect((await readAll(mp3, sound)).passages.map((p) => p.text)).toEqual(['à garder']);
  });
  it("reads the encoder's signature and the old tag", async () => {
    expect(await rows(mp3, mp3With({ encoder: 'LAME3.98r', v1: { title: 'Discours  ', artist: 'Anne', year: '2003' } }))).toEqual({
      claims: [
        ['tool.producer', 'LAME tag', 'LAME3.98r', 'LAME3.98r'],
        ['name.title', 'ID3v1 title', 'Discours  ', 'Discours'],
        ['party.author', 'ID3v1 artist', 'Anne', 'Anne'],
        ['time.captured', 'ID3v1 year', '2003', wall('2003-01-01T00:00:00', 366 * DAY)],
      ],
      problems: [],
    });
    expect((await rows(mp3, mp3With())).claims).toEqual([]);
  });
  it('says what it does not read', async () => {
    const tag = id3Tag({ frames: { TIT2: 'Réunion' } });
    const compressed = Buffer.from(tag);
    compressed[19] = 0x08;
    expect(await rows(mp3, compressed)).toEqual({
      claims: [],
      problems: [['unsupported', 'ID3: frame TIT2 is compressed, encrypted or unsynchronised']],
    });
    expect((await rows(mp3, tag.subarray(0, 22))).problems).toEqual([
      ['truncated', 'ID3: the tag ends beyond the file'],
      ['truncated', 'ID3: frame TIT2 ends beyond the file'],
    ]);
    const unsynchronised = id3Tag({ version: 3, frames: { TIT2: '\u0100' } });
    unsynchronised[5] = 0x80;
    unsynchronised.set([0xff, 0x00, 0xfe], 21);
    expect((await rows(mp3, unsynchronised)).problems).toEqual([['unsupported', 'ID3: an unsynchronised tag is not read']]);
  });
  it('is recognised with and without a tag', () => {
    expect([mp3With({ id3: { frames } }), mp3With()].map(typeOf)).toEqual(['audio/mpeg', 'audio/mpeg']);
    expect(typeOf(Buffer.from('\ufeffÿû', 'utf16le'))).toBe('text/plain');
  });
});

describe('riff', () => {
  it('reads the INFO list, the broadcast extension, ID3 and XMP of a WAV', async () => {
    const sound = waveWith({
      info: { ISFT: 'Sound Forge 4.5', ICRD: '2001-02-21', INAM: ' ' },
      broadcast: { originator: 'Zoom H4', date: '2017:03:27', time: '12-41-05' },
      id3: { frames: { TPE1: 'Anne' } },
      xmp: xmpPacket({ 'xmp:CreatorTool': 'Audition' }, 'Toolkit'),
    });
    expect(typeOf(sound)).toBe('audio/wav');
    expect(await rows(riff, sound)).toEqual({
      claims: [
        ['tool.application', 'bext Originator', 'Zoom H4', 'Zoom H4'],
        ['time.created', 'bext OriginationDate', '2017:03:2712-41-05', wall('2017-03-27T12:41:05')],
        ['party.author', 'TPE1', 'Anne', 'Anne'],
        ['tool.application', 'ISFT', 'Sound Forge 4.5', 'Sound Forge 4.5'],
        ['time.created', 'ICRD', '2001-02-21', wall('2001-02-21T00:00:00', DAY)],
        ['tool.toolkit', 'x:xmptk', 'Toolkit', 'Toolkit'],
        ['tool.application', 'xmp:CreatorTool', 'Audition', 'Audition'],
      ],
      problems: [],
    });
  });
  it.each([
    ['Mon Mar 10 15:04:43 2003', wall('2003-03-10T15:04:43')],
    ['2009/10/27 12:14:34', wall('2009-10-27T12:14:34')],
    ['yesterday', null],
  ])('reads the camera date of an AVI: %s', async (idit, value) => {
    const film = waveWith({ form: 'AVI ', idit });
    expect(typeOf(film)).toBe('video/x-msvideo');
    expect((await rows(riff, film)).claims).toEqual([['time.captured', 'IDIT', `${idit}\n`, value]]);
  });
  it('says where a chunk breaks off', async () => {
    expect((await rows(riff, waveWith({ info: { ISFT: 'x' } }).subarray(0, 50))).problems).toEqual([
      ['truncated', 'RIFF: chunk at 36 ends beyond what is around it'],
    ]);
  });
});

describe('matroska', () => {
  const spec = {
    title: 'Discours',
    date: '2016-11-10T13:55:43.250Z',
    muxer: 'libebml v0.7.9',
    writer: 'mkvmerge v3.1.0',
    tags: { ENCODER: 'Lavc59', OTHER: 'x', CREATION_TIME: 'UTC 2010-01-01 10:20:30' },
  };
  it.each([false, true])('reads the account and the tags of a segment (live: %s)', async (live) => {
    const film = matroskaWith({ ...spec, live });
    expect(typeOf(film)).toBe('video/x-matroska');
    expect(await rows(matroska, film)).toEqual({
      claims: [
        ['time.created', 'DateUTC', '500478943250000000', instant('2016-11-10T13:55:43.250Z', 1)],
        ['name.title', 'Title', 'Discours', 'Discours'],
        ['tool.producer', 'MuxingApp', 'libebml v0.7.9', 'libebml v0.7.9'],
        ['tool.application', 'WritingApp', 'mkvmerge v3.1.0', 'mkvmerge v3.1.0'],
        ['tool.producer', 'Tag ENCODER', 'Lavc59', 'Lavc59'],
        ['time.created', 'Tag CREATION_TIME', 'UTC 2010-01-01 10:20:30', instant('2010-01-01T10:20:30Z')],
      ],
      problems: [],
    });
  });
  it('says where it breaks off', async () => {
    const film = matroskaWith({ writer: 'mkvmerge' });
    expect((await rows(matroska, film.subarray(0, film.byteLength - 1))).problems.map(([code]) => code)).toContain('truncated');
    expect((await rows(matroska, Buffer.concat([film, Buffer.alloc(8)]))).problems).toEqual([
      ['malformed', `Matroska: no element at ${film.byteLength}`],
    ]);
  });
});

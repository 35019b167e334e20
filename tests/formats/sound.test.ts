import { describe, expect, it } from 'vitest';
import { aiff } from '../../src/formats/aiff.ts';
import { ape } from '../../src/formats/ape.ts';
import { asf } from '../../src/formats/asf.ts';
import { flac } from '../../src/formats/flac.ts';
import { flv } from '../../src/formats/flv.ts';
import { mie } from '../../src/formats/mie.ts';
import { mpeg } from '../../src/formats/mpeg.ts';
import { ogg } from '../../src/formats/ogg.ts';
import { realmedia } from '../../src/formats/realmedia.ts';
import { swf } from '../../src/formats/swf.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { mp3With } from '../support/build-media.ts';
import {
  adtsWith,
  aiffWith,
  asfWith,
  flacWith,
  flvWith,
  mieWith,
  monkeysWith,
  mpegWith,
  oggWith,
  realMediaWith,
  swfWith,
} from '../support/build-sound.ts';
import { tiffWith } from '../support/build-tiff.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const instant = (iso: string, precisionMs = 1000) => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs });
const wall = (local: string, precisionMs = 1000) => ({ kind: 'wall', local, precisionMs });
const YEAR = 366 * 86_400_000;
const DAY = 86_400_000;

const rows = async (reader: FormatReader, bytes: Uint8Array) => {
  const { claims, problems } = await readAll(reader, bytes);
  expect(await unreplayable(reader, bytes)).toEqual([]);
  return { claims: claims.map((c) => [c.attribute, c.field, c.raw, c.value]), problems: problems.map((p) => [p.code, p.message]) };
};
const notes = async (reader: FormatReader, bytes: Uint8Array) => (await readAll(reader, bytes)).passages.map((p) => [p.label, p.text]);
const typeOf = (bytes: Uint8Array) => recognise(inputFrom(bytes));

const xmp = xmpPacket({ 'xmp:CreatorTool': 'Premiere' }, 'Toolkit');
const XMP = [
  ['tool.toolkit', 'x:xmptk', 'Toolkit', 'Toolkit'],
  ['tool.application', 'xmp:CreatorTool', 'Premiere', 'Premiere'],
];

describe('recognised by their bytes, and as nothing else', () => {
  it.each([
    ['audio/ogg', oggWith()],
    ['audio/flac', flacWith()],
    ['audio/aiff', aiffWith()],
    ['video/x-ms-asf', asfWith()],
    ['audio/x-ape', monkeysWith()],
    ['audio/aac', adtsWith()],
    ['application/vnd.rn-realmedia', realMediaWith()],
    ['video/mpeg', mpegWith()],
    ['video/x-flv', flvWith()],
    ['application/x-shockwave-flash', swfWith({ packed: true })],
    ['application/x-mie', mieWith()],
  ] as const)('%s', (mediaType, bytes) => expect(typeOf(bytes)).toEqual({ mediaType, also: [] }));
  it.each([
    ['FORM a line, AIFF', 'text/plain'],
    ['MAC addresses of the office', 'text/plain'],
    ['FWS 2017, a list', 'text/plain'],
    ['Exif is a standard', 'text/plain'],
  ])('%s is text', (text, mediaType) => expect(typeOf(Buffer.from(text)).mediaType).toBe(mediaType));
  it('a sound behind other bytes, by three frames in a row', () => {
    const frame = mp3With().subarray(0, 417);
    const hidden = (...frames: Buffer[]): string => typeOf(Buffer.concat([Buffer.from('un canard\0'), ...frames])).mediaType;
    expect(hidden(frame, frame, frame)).toBe('audio/mpeg');
    expect(hidden(frame, frame)).toBe('application/octet-stream');
  });
});

describe('those that say nothing are read without a word', () => {
  it.each([
    ['aiff', aiff, aiffWith()],
    ['ape', ape, monkeysWith()],
    ['aac', ape, adtsWith()],
    ['flv', flv, flvWith()],
    ['mie', mie, mieWith()],
    ['mpeg', mpeg, mpegWith()],
    ['realmedia', realmedia, realMediaWith()],
    ['swf', swf, swfWith()],
  ] as const)('%s', async (_, reader, bytes) => expect(await rows(reader, bytes)).toEqual({ claims: [], problems: [] }));
});

describe('ogg and flac', () => {
  const said = { vendor: 'Xiph libVorbis', comments: { Encoder: 'Lavc57', ARTIST: 'Claire Moreau', DATE: '2017-03-27', COMMENT: 'essai', X: 'y' } };
  it.each([
    ['ogg', ogg, oggWith(said)],
    ['opus', ogg, oggWith({ ...said, codec: 'opus' })],
    ['flac', flac, flacWith(said)],
  ] as const)('%s', async (_, reader, bytes) => {
    expect(await rows(reader, bytes)).toEqual({
      claims: [
        ['tool.producer', 'vendor', 'Xiph libVorbis', 'Xiph libVorbis'],
        ['tool.application', 'ENCODER', 'Lavc57', 'Lavc57'],
        ['party.author', 'ARTIST', 'Claire Moreau', 'Claire Moreau'],
        ['time.captured', 'DATE', '2017-03-27', wall('2017-03-27T00:00:00', DAY)],
      ],
      problems: [],
    });
    expect(await notes(reader, bytes)).toEqual([['comment of the recording', 'essai']]);
  });
  it('joins a comment that goes on in the next page', async () => {
    const title = 'Discours '.repeat(60).trim();
    const { claims } = await readAll(ogg, oggWith({ comments: { TITLE: title }, split: 1 }));
    expect(claims[1]?.value).toBe(title);
    expect(claims[1]?.locator).toMatchObject({ in: 'bytes', length: title.length + 29 });
  });
  it('says where the comments break off', async () => {
    expect((await rows(flac, flacWith(said).subarray(0, 70))).problems).toEqual([['truncated', 'FLAC: ends before its sound']]);
    expect((await rows(ogg, oggWith(said).subarray(0, 70))).problems.map(([code]) => code)).toContain('truncated');
  });
});

describe('aiff', () => {
  it('reads texts, comments with their times, ID3 and XMP', async () => {
    const sound = aiffWith({
      texts: { NAME: 'Discours', AUTH: 'Claire Moreau', ANNO: 'essai' },
      comment: { text: 'remarque', time: '2017-03-27T10:41:05Z' },
      id3: { frames: { TSSE: 'LAME' } },
      xmp,
    });
    expect(await rows(aiff, sound)).toEqual({
      claims: [
        ['name.title', 'NAME', 'Discours', 'Discours'],
        ['party.author', 'AUTH', 'Claire Moreau', 'Claire Moreau'],
        ['time.metadata', 'COMT time', '3573456065', instant('2017-03-27T10:41:05Z')],
        ['tool.producer', 'TSSE', 'LAME', 'LAME'],
        ...XMP,
      ],
      problems: [],
    });
    expect(await notes(aiff, sound)).toEqual([
      ['comment of the recording', 'essai'],
      ['comment of the recording', 'remarque'],
    ]);
  });
  it('says where it is cut', async () => {
    expect((await rows(aiff, aiffWith({ texts: { NAME: 'Discours' } }).subarray(0, 24))).problems).toEqual([
      ['truncated', "AIFF: chunk 'NAME' ends beyond what is around it"],
    ]);
  });
});

describe('asf', () => {
  it('reads the clock, descriptions old and new, and XMP', async () => {
    const film = asfWith({
      created: '2017-03-27T10:41:05Z',
      title: 'Discours',
      author: 'Claire Moreau',
      extended: { 'WM/ToolName': 'Movie Maker', 'WM/EncodingTime': 131350776650000000n, 'WM/Genre': 'x' },
      library: { WMFSDKVersion: '11.0.6' },
      xmp,
    });
    const { claims, problems } = await rows(asf, film);
    expect(problems).toEqual([]);
    expect(claims).toEqual([
      ['time.created', 'File Properties creation', '131350848650000000', instant('2017-03-27T10:41:05Z', 1)],
      ['name.title', 'Title', 'Discours', 'Discours'],
      ['party.author', 'Author', 'Claire Moreau', 'Claire Moreau'],
      ['tool.application', 'WM/ToolName', 'Movie Maker', 'Movie Maker'],
      ['time.created', 'WM/EncodingTime', '131350776650000000', instant('2017-03-27T08:41:05Z', 1)],
      ['tool.producer', 'WMFSDKVersion', '11.0.6', 'Windows Media Format SDK 11.0.6'],
      ...XMP,
    ]);
  });
  it('takes neither zero nor the beginning of 1970 for a time', async () => {
    expect((await rows(asf, asfWith())).claims).toEqual([['time.created', 'File Properties creation', '0', null]]);
    expect((await rows(asf, asfWith({ created: '1970-01-01T00:00:00Z' }))).claims[0]?.[3]).toBeNull();
  });
});

describe('ape', () => {
  it("reads APE items and the signature of AAC's encoder", async () => {
    expect((await rows(ape, monkeysWith({ Title: 'Discours', Artist: 'Claire Moreau', Year: '2017', 'Tool Name': 'Foobar' }))).claims).toEqual([
      ['name.title', 'APE TITLE', 'Discours', 'Discours'],
      ['party.author', 'APE ARTIST', 'Claire Moreau', 'Claire Moreau'],
      ['time.captured', 'APE YEAR', '2017', wall('2017-01-01T00:00:00', YEAR)],
      ['tool.application', 'APE TOOL NAME', 'Foobar', 'Foobar'],
    ]);
    expect((await rows(ape, adtsWith('Lavc57.107.100'))).claims).toEqual([
      ['tool.producer', 'signature of the encoder', 'Lavc57.107.100', 'Lavc57.107.100'],
    ]);
  });
});

describe('realmedia', () => {
  it('reads the content and the file, month first', async () => {
    const film = realMediaWith({
      title: 'Discours',
      author: 'Claire Moreau',
      properties: { 'Generated By': 'RealProducer', 'Creation Date': '3/27/2017 12:41:05', 'Modification Date': '27/3/2017 12:41:05' },
    });
    expect(await rows(realmedia, film)).toEqual({
      claims: [
        ['name.title', 'Title', 'Discours', 'Discours'],
        ['party.author', 'Author', 'Claire Moreau', 'Claire Moreau'],
        ['tool.application', 'Generated By', 'RealProducer', 'RealProducer'],
        ['time.created', 'Creation Date', '3/27/2017 12:41:05', wall('2017-03-27T12:41:05')],
        ['time.modified', 'Modification Date', '27/3/2017 12:41:05', null],
      ],
      problems: [],
    });
  });
});

describe('mpeg', () => {
  it("reads user data and x264's message", async () => {
    const film = mpegWith('made of clay', 'x264 - core 148 r2643 5c65704 - H.264/MPEG-4 AVC codec');
    expect((await rows(mpeg, film)).claims).toEqual([
      ['tool.producer', 'signature of the encoder', 'x264 - core 148 r2643 5c65704', 'x264 - core 148 r2643 5c65704'],
    ]);
    expect(await notes(mpeg, film)).toEqual([['user data of the film', 'made of clay']]);
  });
});

describe('flash', () => {
  it('reads what the scripts of a video say, lists and numbers between', async () => {
    const film = flvWith({
      onMetaData: {
        duration: 12,
        keyframes: { times: [0, 1, 2] },
        creationdate: 'Mon Mar 27 12:41:05 2017\n',
        metadatadate: new Date('2017-03-27T10:41:05Z'),
        metadatacreator: 'Recorder 2',
      },
      onXMPData: { liveXML: xmp },
    });
    expect(await rows(flv, film)).toEqual({
      claims: [
        ['time.created', 'onMetaData creationdate', 'Mon Mar 27 12:41:05 2017\n', wall('2017-03-27T12:41:05')],
        ['time.metadata', 'onMetaData metadatadate', '1490611265000', instant('2017-03-27T10:41:05Z', 1)],
        ['tool.application', 'onMetaData metadatacreator', 'Recorder 2', 'Recorder 2'],
        ...XMP,
      ],
      problems: [],
    });
  });
  it.each([true, false])("reads the compiler's clock and XMP of a film, packed: %s", async (packed) => {
    expect(await rows(swf, swfWith({ compiled: '2017-03-27T10:41:05Z', xmp, packed }))).toEqual({
      claims: [['time.created', 'ProductInfo compilation date', '1490611265000', instant('2017-03-27T10:41:05Z', 1)], ...XMP],
      problems: [],
    });
  });
  it('does not unpack beyond the limit', async () => {
    const { claims, problems } = await readAll(swf, swfWith({ xmp: xmp + ' '.repeat(100_000), packed: true }), { maxTextBytes: 10_000 });
    expect(claims).toEqual([]);
    expect(problems).toEqual([{ code: 'limit-exceeded', message: 'SWF: its beginning unpacks beyond the limit' }]);
  });
});

describe('mie', () => {
  it('reads its own tags, Exif and XMP', async () => {
    const file = mieWith({
      texts: { Make: 'Canon', Model: 'EOS 5D', Software: 'Paint', OriginalDate: '2017:03:27 12:41:05' },
      exif: tiffWith({ ifd0: { 0x013b: 'Claire Moreau' } }),
      xmp,
    });
    expect(await rows(mie, file)).toEqual({
      claims: [
        ['tool.camera', 'Model', 'EOS 5D', 'Canon EOS 5D'],
        ['tool.application', 'Software', 'Paint', 'Paint'],
        ['time.captured', 'OriginalDate', '2017:03:27 12:41:05', wall('2017-03-27T12:41:05')],
        ['party.author', 'Artist', 'Claire Moreau', 'Claire Moreau'],
        ...XMP,
      ],
      problems: [],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { bitmap } from '../../src/formats/bitmap.ts';
import { bpg } from '../../src/formats/bpg.ts';
import { crw } from '../../src/formats/crw.ts';
import { dicom } from '../../src/formats/dicom.ts';
import { djvu } from '../../src/formats/djvu.ts';
import { exif } from '../../src/formats/exif.ts';
import { fits } from '../../src/formats/fits.ts';
import { metafile } from '../../src/formats/metafile.ts';
import { miff } from '../../src/formats/miff.ts';
import { mrw } from '../../src/formats/mrw.ts';
import { openexr } from '../../src/formats/openexr.ts';
import { postscript } from '../../src/formats/postscript.ts';
import { raf } from '../../src/formats/raf.ts';
import { x3f } from '../../src/formats/x3f.ts';
import { xcf } from '../../src/formats/xcf.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import {
  app1With,
  bmpWith,
  bpgWith,
  crwWith,
  dicomWith,
  djvuWith,
  emfWith,
  epsWith,
  exrWith,
  fitsWith,
  iconWith,
  miffWith,
  mrwWith,
  rafWith,
  x3fWith,
  xcfWith,
} from '../support/build-pictures.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const wall = (local: string, precisionMs = 1000) => ({ kind: 'wall', local, precisionMs });
const rows = async (reader: FormatReader, bytes: Uint8Array) => {
  const { claims, problems } = await readAll(reader, bytes);
  expect(await unreplayable(reader, bytes)).toEqual([]);
  return { claims: claims.map((c) => [c.attribute, c.field, c.raw, c.value]), problems: problems.map((p) => [p.code, p.message]) };
};
const notes = async (reader: FormatReader, bytes: Uint8Array) => (await readAll(reader, bytes)).passages.map((p) => [p.label, p.text]);
const typeOf = (bytes: Uint8Array) => recognise(inputFrom(bytes));

const packet = xmpPacket({ 'xmp:CreatorTool': 'Lightroom' }, 'Toolkit');
const picture = { model: 'EOS 5D', captured: '2017:03:27 12:41:05', xmp: packet };
const EXIF = [
  ['time.captured', 'DateTimeOriginal', '2017:03:27 12:41:05', wall('2017-03-27T12:41:05')],
  ['tool.camera', 'Model', 'EOS 5D', 'EOS 5D'],
];
const XMP = [
  ['tool.toolkit', 'x:xmptk', 'Toolkit', 'Toolkit'],
  ['tool.application', 'xmp:CreatorTool', 'Lightroom', 'Lightroom'],
];

describe('recognised by their bytes, and as nothing else', () => {
  it.each([
    ['image/bmp', bmpWith()],
    ['image/vnd.microsoft.icon', iconWith()],
    ['image/emf', emfWith()],
    ['image/wmf', Buffer.from('d7cdc69a00000000', 'hex')],
    ['image/wmf', Buffer.from('010009000003321200000600161000000000', 'hex')],
    ['image/x-icns', Buffer.concat([Buffer.from('icns'), Buffer.from([0, 0, 0, 8])])],
    ['image/x-canon-crw', crwWith()],
    ['image/x-fuji-raf', rafWith()],
    ['image/x-minolta-mrw', mrwWith()],
    ['image/x-sigma-x3f', x3fWith()],
    ['application/x-exif', app1With(picture)],
    ['image/bpg', bpgWith()],
    ['image/x-exr', exrWith()],
    ['application/dicom', dicomWith()],
    ['application/postscript', epsWith()],
    ['application/postscript', epsWith({ preview: true })],
    ['image/fits', fitsWith()],
    ['image/x-miff', miffWith()],
    ['image/x-xcf', xcfWith()],
    ['image/vnd.djvu', djvuWith()],
    ['image/jxl', Buffer.from('ff0a001010', 'hex')],
    ['image/jxr', Buffer.from('4949bc0120000000', 'hex')],
    ['image/x-panasonic-rw2', Buffer.from('4949550018000000', 'hex')],
    ['image/x-olympus-orf', Buffer.from('4949524f08000000', 'hex')],
  ] as const)('%s', (mediaType, bytes) => expect(typeOf(bytes)).toEqual({ mediaType, also: [] }));
  it('no icon whose picture lies beyond the file', () => {
    expect(typeOf(iconWith().subarray(0, 40)).mediaType).toBe('application/octet-stream');
  });
});

describe('carriers of Exif and XMP', () => {
  it.each([
    ['bpg', bpg, bpgWith(picture), [...EXIF, ...XMP]],
    ['raf', raf, rafWith(picture), [...EXIF, ...XMP]],
    ['miff', miff, miffWith(picture), [['tool.producer', 'id', 'ImageMagick', 'ImageMagick'], ...EXIF, ...XMP]],
    ['x3f', x3f, x3fWith({}, picture), [...EXIF, ...XMP]],
    ['mrw', mrw, mrwWith(picture), EXIF],
    ['exif', exif, app1With(picture), EXIF],
    ['xcf', xcf, xcfWith({ 'exif-data': app1With(picture), 'gimp-metadata': `GIMP_XMP_1${packet}` }), [...EXIF, ...XMP]],
  ] as const)('%s', async (_, reader, bytes, claims) => expect(await rows(reader, bytes)).toEqual({ claims, problems: [] }));
  it.each([
    ['bitmap', bitmap, bmpWith()],
    ['icon', bitmap, iconWith()],
    ['metafile', metafile, emfWith()],
    ['bpg', bpg, bpgWith()],
    ['crw', crw, crwWith()],
    ['x3f', x3f, x3fWith()],
    ['mrw', mrw, mrwWith()],
    ['openexr', openexr, exrWith()],
    ['dicom', dicom, dicomWith()],
    ['postscript', postscript, epsWith()],
    ['fits', fits, fitsWith()],
    ['xcf', xcf, xcfWith()],
    ['djvu', djvu, djvuWith()],
  ] as const)('%s without any says nothing', async (_, reader, bytes) => expect(await rows(reader, bytes)).toEqual({ claims: [], problems: [] }));
  it.each([
    ['bpg', bpg, bpgWith(picture).subarray(0, 60)],
    ['raf', raf, rafWith(picture).subarray(0, 120)],
    ['miff', miff, miffWith(picture).subarray(0, 120)],
    ['x3f', x3f, x3fWith({}, picture).subarray(0, 120)],
    ['mrw', mrw, mrwWith(picture).subarray(0, 60)],
    ['openexr', openexr, exrWith({ owner: 'Claire' }).subarray(0, 20)],
    ['dicom', dicom, dicomWith({ '0008,1010': 'POSTE-12' }).subarray(0, 220)],
    ['fits', fits, fitsWith().subarray(0, 82)],
    ['xcf', xcf, xcfWith({ 'gimp-comment': 'essai' }).subarray(0, 50)],
    ['djvu', djvu, djvuWith('(metadata (Title "a"))').subarray(0, 50)],
    ['metafile', metafile, emfWith('Visio').subarray(0, 110)],
  ] as const)('%s cut off says so', async (_, reader, bytes) => expect((await rows(reader, bytes)).problems.map(([c]) => c)).toContain('truncated'));
});

describe('bitmap and metafile', () => {
  it('reads the path of a linked profile', async () => {
    expect((await rows(bitmap, bmpWith('C:\\Users\\claire\\ecran.icc'))).claims).toEqual([
      ['machine.path', 'linked colour profile', 'C:\\Users\\claire\\ecran.icc', 'C:\\Users\\claire\\ecran.icc'],
    ]);
  });
  it('reads program and title of an enhanced metafile', async () => {
    expect((await rows(metafile, emfWith('Visio', 'Organigramme'))).claims).toEqual([
      ['tool.application', 'description: application', 'Visio', 'Visio'],
      ['name.title', 'description: title', 'Organigramme', 'Organigramme'],
    ]);
  });
});

describe('raw formats of cameras', () => {
  it("reads Canon's heaps", async () => {
    const raw = crwWith({ make: 'Canon', model: 'Canon EOS', owner: 'Claire Moreau', serial: 560018150, captured: 1_490_618_465 });
    expect((await rows(crw, raw)).claims).toEqual([
      ['tool.camera', 'model', 'Canon EOS', 'Canon EOS'],
      ['party.owner', 'owner', 'Claire Moreau', 'Claire Moreau'],
      ['tool.camera-serial', 'body serial', '560018150', '560018150'],
      ['time.captured', 'captured', '1490618465', wall('2017-03-27T12:41:05')],
    ]);
  });
  it("reads Sigma's properties", async () => {
    const raw = x3fWith({ CAMMANUF: 'SIGMA', CAMMODEL: 'SD10', CAMSERIAL: '02001234', FIRMVERS: '2.0', TIME: '1490618465', FOCUS: 'AF' });
    expect((await rows(x3f, raw)).claims).toEqual([
      ['tool.camera', 'CAMMODEL', 'SD10', 'SIGMA SD10'],
      ['tool.camera-serial', 'CAMSERIAL', '02001234', '02001234'],
      ['tool.application', 'FIRMVERS', '2.0', 'Firmware 2.0'],
      ['time.captured', 'TIME', '1490618465', wall('2017-03-27T12:41:05')],
    ]);
  });
  it("names Fujifilm's camera where the JPEG does not", async () => {
    expect((await rows(raf, rafWith())).claims).toEqual([['tool.camera', 'model', 'FinePix S5Pro', 'FinePix S5Pro']]);
  });
});

describe('openexr', () => {
  it('reads a local time with what must be added to it', async () => {
    const { claims } = await rows(
      openexr,
      exrWith({ capDate: '2017:03:27 12:41:05', utcOffset: -7200, owner: 'Claire Moreau', Hostname: 'poste-12' }),
    );
    expect(claims).toEqual([
      [
        'time.captured',
        'capdate',
        '2017:03:27 12:41:05',
        { kind: 'instant', epochMs: Date.parse('2017-03-27T10:41:05Z'), offsetMinutes: 120, precisionMs: 1000 },
      ],
      ['party.author', 'owner', 'Claire Moreau', 'Claire Moreau'],
      ['machine.name', 'hostname', 'poste-12', 'poste-12'],
    ]);
  });
  it('leaves it a wall time without that', async () => {
    expect((await rows(openexr, exrWith({ capDate: '2017:03:27 12:41:05' }))).claims[0]?.[3]).toEqual(wall('2017-03-27T12:41:05'));
  });
});

describe('dicom', () => {
  const elements = {
    '0008,0012': '20170327',
    '0008,0013': '124105.5',
    '0008,0070': 'Siemens',
    '0008,1010': 'POSTE-12',
    '0008,1090': 'Somatom8',
    '0010,0010': 'Petit^Paul',
    '0018,1000': '4711',
  };
  it.each(['explicit', 'implicit'] as const)('reads the device, its place and its clock, no patient: %s', async (syntax) => {
    expect(await rows(dicom, dicomWith(elements, syntax))).toEqual({
      claims: [
        ['time.created', 'InstanceCreationDate', '20170327', wall('2017-03-27T12:41:05.500', 1)],
        ['machine.name', 'StationName', 'POSTE-12', 'POSTE-12'],
        ['tool.camera', 'ManufacturerModelName', 'Somatom8', 'Siemens Somatom8'],
        ['tool.camera-serial', 'DeviceSerialNumber', '4711', '4711'],
      ],
      problems: [],
    });
  });
  it('knows the instant where the zone is written', async () => {
    const { claims } = await rows(dicom, dicomWith({ '0008,0012': '20170327', '0008,0013': '124105', '0008,0201': '+0200' }));
    expect(claims[0]?.[3]).toEqual({ kind: 'instant', epochMs: Date.parse('2017-03-27T10:41:05Z'), offsetMinutes: 120, precisionMs: 1000 });
  });
});

describe('postscript', () => {
  it.each([true, false])('reads structuring comments, XMP and IPTC, preview: %s', async (preview) => {
    const comments = { Creator: '(Illustrator \\(TM\\) 10)', For: '(Claire Moreau) ()', Title: 'Affiche', CreationDate: '(3/27/17 2:41 PM)' };
    expect(await rows(postscript, epsWith({ comments, xmp: packet, byLine: 'Claire', preview }))).toEqual({
      claims: [
        ['tool.application', 'Creator', '(Illustrator \\(TM\\) 10)', 'Illustrator (TM) 10'],
        ['party.author', 'For', '(Claire Moreau) ()', 'Claire Moreau'],
        ['name.title', 'Title', 'Affiche', 'Affiche'],
        ['time.created', 'CreationDate', '(3/27/17 2:41 PM)', wall('2017-03-27T14:41:00', 60_000)],
        ...XMP,
        ['party.author', 'IPTC By-line', 'Claire', 'Claire'],
      ],
      problems: [],
    });
  });
  it.each([
    ['Mon Mar 27 12:41:05 2017', wall('2017-03-27T12:41:05')],
    ['2017-03-27T12:41:05', wall('2017-03-27T12:41:05')],
    ['D:20170327124105', wall('2017-03-27T12:41:05')],
    ['27/3/17 14:41', null],
    ['yesterday', null],
  ])('reads the date %s', async (date, value) => {
    expect((await rows(postscript, epsWith({ comments: { CreationDate: date } }))).claims[0]?.[3]).toEqual(value);
  });
  it("leaves a document inside to its own program, and '(atend)' to the end", async () => {
    const outer = epsWith({ comments: { Creator: 'Word', Title: '(atend)' } });
    const whole = Buffer.concat([outer, epsWith({ comments: { Creator: 'Excel' } }), Buffer.from('%%Trailer\r\n%%Title: Affiche\r\n')]);
    expect((await rows(postscript, whole)).claims).toEqual([
      ['tool.application', 'Creator', 'Word', 'Word'],
      ['name.title', 'Title', 'Affiche', 'Affiche'],
    ]);
  });
});

describe('fits, miff, xcf, djvu', () => {
  it('reads the cards of FITS', async () => {
    const file = fitsWith({ 'DATE-OBS': '2017-03-27T12:41:05', OBSERVER: "Paul d''Arc", SOFTWARE: 'Siril' }, ['flat field applied']);
    expect((await rows(fits, file)).claims).toEqual([
      ['time.captured', 'DATE-OBS', '2017-03-27T12:41:05', wall('2017-03-27T12:41:05')],
      ['party.author', 'OBSERVER', "Paul d''Arc", "Paul d''Arc"],
      ['tool.application', 'SOFTWARE', 'Siril', 'Siril'],
    ]);
    expect(await notes(fits, file)).toEqual([['comment of the picture', 'flat field applied']]);
  });
  it("keeps a MIFF's comment", async () => {
    expect(await notes(miff, miffWith({ comment: 'à revoir demain' }))).toEqual([['comment of the picture', 'à revoir demain']]);
  });
  it("reads GIMP's comment and the metadata of its newer versions", async () => {
    const metadata =
      '<metadata><tag name="Exif.Image.DateTime">2017:03:27 12:41:05</tag><tag name="Xmp.GIMP.TimeStamp">1490611265000000</tag>' +
      '<tag name="Exif.Photo.UserComment" encoding="base64">eA==</tag></metadata>';
    expect((await rows(xcf, xcfWith({ 'gimp-comment': 'Created with GIMP', 'gimp-image-metadata': metadata }, 'v011'))).claims).toEqual([
      ['tool.application', 'gimp-comment', 'Created with GIMP', 'GIMP'],
      ['time.modified', 'Exif.Image.DateTime', '2017:03:27 12:41:05', wall('2017-03-27T12:41:05')],
      ['time.modified', 'Xmp.GIMP.TimeStamp', '1490611265000000', { kind: 'instant', epochMs: 1490611265000, offsetMinutes: 0, precisionMs: 1 }],
    ]);
    expect(await notes(xcf, xcfWith({ 'gimp-comment': 'à revoir' }))).toEqual([['comment of the picture', 'à revoir']]);
  });
  it("reads DjVu's plain annotations and says that it does not read packed ones", async () => {
    const plain = djvuWith(`(metadata (Author "Claire Moreau") (CreationDate "D:20170327124105+02'00'"))(xmp "${packet.replaceAll('"', '\\"')}")`);
    expect(await rows(djvu, plain)).toEqual({
      claims: [
        ['party.author', 'Author', 'Claire Moreau', 'Claire Moreau'],
        [
          'time.created',
          'CreationDate',
          "D:20170327124105+02'00'",
          { kind: 'instant', epochMs: Date.parse('2017-03-27T10:41:05Z'), offsetMinutes: 120, precisionMs: 1000 },
        ],
        ...XMP,
      ],
      problems: [],
    });
    expect(await rows(djvu, djvuWith('xxxx', true))).toEqual({ claims: [], problems: [['unsupported', 'DjVu: 1 packed annotation not read']] });
  });
});

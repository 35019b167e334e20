import { describe, expect, it } from 'vitest';
import { exif } from '../../src/formats/exif.ts';
import { jpeg } from '../../src/formats/jpeg.ts';
import { mp3 } from '../../src/formats/mp3.ts';
import { png } from '../../src/formats/png.ts';
import { riff } from '../../src/formats/riff.ts';
import { text } from '../../src/formats/text.ts';
import { tiff } from '../../src/formats/tiff.ts';
import { xmp } from '../../src/formats/xmp.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { exifBlock, jpegWith, pngWith } from '../support/build-images.ts';
import { mp3With } from '../support/build-media.ts';
import { app1With } from '../support/build-pictures.ts';
import { psdWith } from '../support/build-stills.ts';
import { apeTag } from '../support/build-sound.ts';
import { tiffWith, type Tags } from '../support/build-tiff.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { be32, le16, le32 } from '../support/bytes.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const rows = async (reader: FormatReader, bytes: Uint8Array) => {
  const { claims, problems } = await readAll(reader, bytes);
  expect(await unreplayable(reader, bytes)).toEqual([]);
  return { claims: claims.map((c) => [c.attribute, c.field, c.raw, c.value]), problems: problems.map((p) => [p.code, p.message]) };
};
const rawProfile = (name: string, content: Uint8Array): string =>
  `\n${name}\n${String(content.byteLength).padStart(8)}\n${Buffer.from(content).toString('hex').replace(/.{72}/g, '$&\n')}\n`;

describe('raw profiles of a PNG', () => {
  const block = exifBlock({ artist: 'Claire Moreau' }) ?? Buffer.alloc(0);
  const ARTIST = ['party.author', 'Artist', 'Claire Moreau', 'Claire Moreau'];
  const packet = xmpPacket({ 'xmp:CreatorTool': 'Lightroom' }, 'Toolkit');
  it.each([
    ['exif', Buffer.concat([Buffer.from('Exif\0\0'), block])],
    ['APP1', Buffer.concat([Buffer.from('Exif\0\0'), block])],
    ['exif', block],
  ])('Exif under %s', async (name, content) => {
    const picture = pngWith({ compressed: { [`Raw profile type ${name}`]: rawProfile(name, content) } });
    expect(await rows(png, picture)).toEqual({ claims: [ARTIST], problems: [] });
  });
  it('XMP and IPTC', async () => {
    const photoshop = psdWith({ iptc: { 80: 'Claire' } });
    const resource = photoshop.subarray(34, photoshop.byteLength - 7);
    const picture = pngWith({
      text: { 'Raw profile type xmp': rawProfile('xmp', Buffer.from(packet, 'latin1')), 'Raw profile type iptc': rawProfile('iptc', resource) },
    });
    expect((await rows(png, picture)).claims).toEqual([
      ['tool.toolkit', 'x:xmptk', 'Toolkit', 'Toolkit'],
      ['tool.application', 'xmp:CreatorTool', 'Lightroom', 'Lightroom'],
      ['party.author', 'IPTC By-line', 'Claire', 'Claire'],
    ]);
  });
  it('gives way to the chunk of the standard, and is no second block', async () => {
    const other = exifBlock({ artist: 'Paul Petit' }) ?? Buffer.alloc(0);
    expect(await rows(png, pngWith({ artist: 'Claire Moreau', text: { 'Raw profile type exif': rawProfile('exif', other) } }))).toEqual({
      claims: [ARTIST],
      problems: [],
    });
  });
  it('is nothing where it is no hex', async () => {
    expect((await rows(png, pngWith({ text: { 'Raw profile type exif': 'exif 12 zz' } }))).claims).toEqual([]);
  });
});

describe('tags beyond the common ones', () => {
  it('names the machine, the printer, the camera and its owner', async () => {
    const wide = Buffer.from('Claire Moreau\0', 'utf16le');
    const ifd0: Tags = {
      0x010d: 'plan.doc',
      0x013c: 'POSTE-12',
      0x0151: 'Bureau',
      0x9c9d: { type: 1, count: wide.byteLength, bytes: wide },
      0xc62f: '4711',
    };
    expect((await rows(tiff, tiffWith({ ifd0, exif: { 0xa430: 'Paul Petit' } }))).claims).toEqual([
      ['party.author', 'XPAuthor', 'Claire Moreau', 'Claire Moreau'],
      ['name.title', 'DocumentName', 'plan.doc', 'plan.doc'],
      ['machine.name', 'HostComputer', 'POSTE-12', 'POSTE-12'],
      ['machine.printer', 'TargetPrinter', 'Bureau', 'Bureau'],
      ['party.owner', 'CameraOwnerName', 'Paul Petit', 'Paul Petit'],
      ['tool.camera-serial', 'CameraSerialNumber', '4711', '4711'],
    ]);
  });
  it('keeps what was written about the picture as notes, and the words of Explorer', async () => {
    const wide = (t: string) => ({ type: 1, count: 2 * t.length, bytes: Buffer.from(t, 'utf16le') });
    const picture = tiffWith({
      ifd0: { 0x010e: 'La salle, vue du fond', 0x9c9c: wide('remarque'), 0x9c9e: wide('salle;plan'), 0x9c9f: wide('Visite') },
    });
    expect((await rows(tiff, picture)).claims).toEqual([
      ['property.custom', 'XPKeywords', 'salle;plan', 'salle;plan'],
      ['property.custom', 'XPSubject', 'Visite', 'Visite'],
    ]);
    expect((await readAll(tiff, picture)).passages).toEqual([
      { role: 'note', address: { in: 'tag', block: 'ifd0', tag: 0x010e }, label: 'ImageDescription', text: 'La salle, vue du fond' },
      { role: 'note', address: { in: 'tag', block: 'ifd0', tag: 0x9c9c }, label: 'XPComment', text: 'remarque' },
    ]);
    expect((await readAll(tiff, tiffWith({ ifd0: { 0x010e: '   ' } }))).passages).toEqual([]);
  });

  it('reads what a fax machine wrote of a call', async () => {
    expect((await rows(tiff, tiffWith({ ifd0: { 0x885d: '4711', 0x885e: '37', 0x885f: '00 46 78 00' } }))).claims).toEqual([
      ['property.custom', 'FaxSubAddress', '4711', '4711'],
      ['property.custom', 'FaxRecvTime', '37', '37'],
      ['property.custom', 'FaxDcs', '00 46 78 00', '00 46 78 00'],
    ]);
  });
  it("reads IPTC of Photoshop's resources in a TIFF", async () => {
    const photoshop = psdWith({ iptc: { 80: 'Claire' } });
    const resources = photoshop.subarray(34, photoshop.byteLength - 7);
    expect((await rows(tiff, tiffWith({ ifd0: { 0x8649: resources } }))).claims).toEqual([['party.author', 'IPTC By-line', 'Claire', 'Claire']]);
  });
});

/** A directory of texts and LONGs, little-endian, its values behind it; offsets count from `base` in front of it. */
function directory(tags: Readonly<Record<number, string | number>>, base: number): Buffer {
  const entries = Object.entries(tags);
  let free = base + 2 + 12 * entries.length + 4;
  const values: Buffer[] = [];
  const table = entries.map(([tag, v]) => {
    const head = Buffer.concat([le16(Number(tag)), le16(typeof v === 'number' ? 4 : 2), le32(typeof v === 'number' ? 1 : v.length + 1)]);
    if (typeof v === 'number') return Buffer.concat([head, le32(v)]);
    const at = free;
    values.push(Buffer.from(`${v}\0`));
    free += v.length + 1;
    return Buffer.concat([head, le32(at)]);
  });
  return Buffer.concat([le16(entries.length), ...table, le32(0), ...values]);
}

describe("makers' notes", () => {
  const SERIAL = 'tool.camera-serial';
  const cases: readonly (readonly [name: string, note: (at: number) => Buffer, claims: unknown[]])[] = [
    [
      'Canon EOS',
      (at) => directory({ 0x0009: 'Claire Moreau', 0x000c: 560018150, 0x0096: 'GD15153' }, at),
      [
        ['party.owner', 'Canon OwnerName', 'Claire Moreau', 'Claire Moreau'],
        [SERIAL, 'Canon SerialNumber', '560018150', '560018150'],
        [SERIAL, 'Canon InternalSerialNumber', 'GD15153', 'GD15153'],
      ],
    ],
    [
      'NIKON',
      () => Buffer.concat([Buffer.from('Nikon\0\u0002\u0010\0\0II*\0'), le32(8), directory({ 0x001d: '8048677', 0x00a0: 'NO= 20025585   ' }, 8)]),
      [
        [SERIAL, 'Nikon SerialNumber', '8048677', '8048677'],
        [SERIAL, 'Nikon SerialNO', 'NO= 20025585   ', '20025585'],
      ],
    ],
    [
      'OLYMPUS',
      () => {
        const equipment = directory({ 0x0101: 'BHP242330' }, 12 + 18);
        return Buffer.concat([Buffer.from('OLYMPUS\0II\u0003\0'), directory({ 0x2010: 30 }, 12), equipment]);
      },
      [[SERIAL, 'Olympus SerialNumber', 'BHP242330', 'BHP242330']],
    ],
    [
      'Panasonic',
      (at) => Buffer.concat([Buffer.from('Panasonic\0\0\0'), directory({ 0x0025: 'F541005110191' }, at + 12)]),
      [[SERIAL, 'Panasonic InternalSerialNumber', 'F541005110191', 'F541005110191']],
    ],
    [
      'FUJIFILM',
      () => Buffer.concat([Buffer.from('FUJIFILM'), le32(12), directory({ 0x0010: 'FPX20582698' }, 12)]),
      [[SERIAL, 'FujiFilm InternalSerialNumber', 'FPX20582698', 'FPX20582698']],
    ],
    [
      'PENTAX',
      (at) => Buffer.concat([Buffer.from('AOC\0II'), directory({ 0x0229: '4364069' }, at + 6)]),
      [[SERIAL, 'Pentax SerialNumber', '4364069', '4364069']],
    ],
  ];
  /** The note's own place must be known before it is built: the picture is built twice. */
  function noted(make: string, note: (at: number) => Buffer): Buffer {
    const build = (n: Buffer): Buffer => app1With({ make, exif: { 0x927c: n } });
    const size = note(0).byteLength;
    const marked = build(Buffer.alloc(size, 0xab));
    return build(note(marked.indexOf(Buffer.alloc(size, 0xab)) - 6));
  }
  it.each(cases)('%s', async (make, note, claims) => {
    const bytes = noted(make, note);
    expect(await rows(exif, bytes)).toEqual({ claims: [['tool.camera', 'Make', make, make], ...claims], problems: [] });
  });
  it('of others are not read, and broken ones are no problem', async () => {
    const other = noted('Casio', () => Buffer.from('QVC\0 something of its own'));
    expect(await rows(exif, other)).toEqual({ claims: [['tool.camera', 'Make', 'Casio', 'Casio']], problems: [] });
    const moved = noted('Canon', () => directory({ 0x0009: 'Claire Moreau', 0x000c: 0 }, 1_000_000));
    expect(await rows(exif, moved)).toEqual({ claims: [['tool.camera', 'Make', 'Canon', 'Canon']], problems: [] });
  });
  it('are the same in a JPEG', async () => {
    const block = noted('FUJIFILM', () => Buffer.concat([Buffer.from('FUJIFILM'), le32(12), directory({ 0x0010: 'FPX20582698' }, 12)]));
    const plain = jpegWith({ jfif: false });
    const segment = Buffer.concat([Buffer.from([0xff, 0xe1]), be32(block.byteLength + 2).subarray(2), block]);
    const picture = Buffer.concat([plain.subarray(0, 2), segment, plain.subarray(2)]);
    expect((await rows(jpeg, picture)).claims.slice(1)).toEqual([[SERIAL, 'FujiFilm InternalSerialNumber', 'FPX20582698', 'FPX20582698']]);
  });
});

describe('history of XMP', () => {
  it('is told step by step, oldest first, with what it came from', async () => {
    const step = (action: string, when: string, id: string): string =>
      `<rdf:li rdf:parseType="Resource"><stEvt:action>${action}</stEvt:action><stEvt:instanceID>${id}</stEvt:instanceID>` +
      `<stEvt:when>${when}</stEvt:when><stEvt:softwareAgent>Photoshop</stEvt:softwareAgent></rdf:li>`;
    const packet =
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description' +
      ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"' +
      ' xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:aux="http://ns.adobe.com/exif/1.0/aux/" aux:SerialNumber="4711">' +
      `<xmpMM:History><rdf:Seq>${step('created', '2017-03-27T12:41:05+02:00', 'iid:1')}${step('saved', 'later', 'iid:2')}</rdf:Seq></xmpMM:History>` +
      '<xmpMM:DerivedFrom stRef:documentID="did:0"/></rdf:Description></rdf:RDF></x:xmpmeta>';
    expect((await rows(xmp, Buffer.from(packet))).claims).toEqual([
      ['tool.camera-serial', 'aux:SerialNumber', '4711', '4711'],
      ['history.instance', 'xmpMM:History/stEvt:instanceID', 'iid:1', 'iid:1'],
      [
        'history.saved',
        'xmpMM:History/stEvt:when',
        '2017-03-27T12:41:05+02:00',
        { kind: 'instant', epochMs: Date.parse('2017-03-27T10:41:05Z'), offsetMinutes: 120, precisionMs: 1000 },
      ],
      ['history.saved-with', 'xmpMM:History/stEvt:softwareAgent', 'Photoshop', 'Photoshop'],
      ['history.instance', 'xmpMM:History/stEvt:instanceID', 'iid:2', 'iid:2'],
      ['history.saved', 'xmpMM:History/stEvt:when', 'later', null],
      ['history.saved-with', 'xmpMM:History/stEvt:softwareAgent', 'Photoshop', 'Photoshop'],
      ['history.instance', 'xmpMM:DerivedFrom/stRef:documentID', 'did:0', 'did:0'],
    ]);
  });
});

describe('tags of MPEG audio and of sound discs', () => {
  it('reads XMP in a private frame, and APE items at the end', async () => {
    const packet = xmpPacket({ 'xmp:CreatorTool': 'Audition' }, 'Toolkit');
    const content = Buffer.from(`XMP\0${packet}`, 'latin1');
    const size = content.byteLength + 10;
    const tag = Buffer.concat([
      Buffer.from('ID3\u0003\0\0'),
      Buffer.from([0, 0, size >> 7, size & 127]),
      Buffer.from('PRIV'),
      be32(content.byteLength),
      Buffer.alloc(2),
      content,
    ]);
    expect(await rows(mp3, Buffer.concat([tag, mp3With(), apeTag({ Title: 'Discours' })]))).toEqual({
      claims: [
        ['name.title', 'APE TITLE', 'Discours', 'Discours'],
        ['tool.toolkit', 'x:xmptk', 'Toolkit', 'Toolkit'],
        ['tool.application', 'xmp:CreatorTool', 'Audition', 'Audition'],
      ],
      problems: [],
    });
  });
  it("reads the disc's serial of a CDA", async () => {
    const chunk = Buffer.concat([Buffer.from('fmt '), le32(24), le16(1), le16(8), le32(0x00085c48), Buffer.alloc(16)]);
    const track = Buffer.concat([Buffer.from('RIFF'), le32(36), Buffer.from('CDDA'), chunk]);
    expect(recognise(inputFrom(track))).toEqual({ mediaType: 'audio/x-cda', also: [] });
    expect(await rows(riff, track)).toEqual({ claims: [['machine.hardware', 'disc serial', '0008-5C48', '0008-5C48']], problems: [] });
  });
});

describe('text that has a name of its own', () => {
  it.each([
    ['{"a": "é"}', 'application/json', '{"a": "é"}'],
    ['<?xml version="1.0"?><a>é</a>', 'application/xml', '<?xml version="1.0"?><a>é</a>'],
  ])('%s', async (source, mediaType, line) => {
    const bytes = Buffer.from(source);
    expect(recognise(inputFrom(bytes)).mediaType).toBe(mediaType);
    expect(text.mediaTypes).toContain(mediaType);
    expect((await readAll(text, bytes)).passages.map((p) => p.text)).toEqual([line]);
  });
  it('is decoded as its XML declaration says', async () => {
    const bytes = Buffer.concat([Buffer.from('<?xml version="1.0" encoding="windows-1251"?>\n'), Buffer.from([0xcf, 0xf0, 0xe8])]);
    expect((await readAll(text, bytes)).passages.map((p) => p.text).join(' ')).toContain('При');
  });
});

import { describe, expect, it } from 'vitest';
import { exv } from '../../src/formats/exv.ts';
import { gif } from '../../src/formats/gif.ts';
import { jp2 } from '../../src/formats/jp2.ts';
import { jxl } from '../../src/formats/jxl.ts';
import { psd } from '../../src/formats/psd.ts';
import { svg } from '../../src/formats/svg.ts';
import { xmp } from '../../src/formats/xmp.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { xmpPacket } from '../support/build-xmp.ts';
import { exvWith, gifWith, jp2With, jxlWith, psdWith, svgWith } from '../support/build-stills.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const rows = async (reader: FormatReader, bytes: Uint8Array) => {
  const { claims, problems } = await readAll(reader, bytes);
  expect(await unreplayable(reader, bytes)).toEqual([]);
  return { claims: claims.map((c) => [c.attribute, c.field, c.raw, c.value]), problems: problems.map((p) => [p.code, p.message]) };
};
const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const wall = (local: string, precisionMs = 1000) => ({ kind: 'wall', local, precisionMs });

const packet = xmpPacket({ 'xmp:CreateDate': '2017-03-27T12:41:05', 'xmp:CreatorTool': 'Lightroom' }, 'Toolkit');
const picture = { model: 'EOS 5D', captured: '2017:03:27 12:41:05', xmp: packet };
const EXIF = [
  ['time.captured', 'DateTimeOriginal', '2017:03:27 12:41:05', wall('2017-03-27T12:41:05')],
  ['tool.camera', 'Model', 'EOS 5D', 'EOS 5D'],
];
const XMP = [
  ['tool.toolkit', 'x:xmptk', 'Toolkit', 'Toolkit'],
  ['time.created', 'xmp:CreateDate', '2017-03-27T12:41:05', wall('2017-03-27T12:41:05')],
  ['tool.application', 'xmp:CreatorTool', 'Lightroom', 'Lightroom'],
];

describe('carriers of Exif and XMP', () => {
  it.each([
    ['psd', psd, psdWith(picture), 'image/vnd.adobe.photoshop'],
    ['jp2', jp2, jp2With(picture), 'image/jp2'],
    ['jxl', jxl, jxlWith(picture), 'image/jxl'],
    ['jxl, packed', jxl, jxlWith({ ...picture, packed: true }), 'image/jxl'],
    ['exv', exv, exvWith(picture), 'image/x-exv'],
  ] as const)('%s', async (_, reader, bytes, mediaType) => {
    expect(typeOf(bytes)).toBe(mediaType);
    expect(await rows(reader, bytes)).toEqual({ claims: [...EXIF, ...XMP], problems: [] });
  });
  it.each([
    ['psd', psd, psdWith()],
    ['jp2', jp2, jp2With()],
    ['jxl', jxl, jxlWith()],
    ['exv', exv, exvWith()],
    ['gif', gif, gifWith()],
    ['svg', svg, svgWith()],
  ] as const)('%s without any says nothing', async (_, reader, bytes) => {
    expect(await rows(reader, bytes)).toEqual({ claims: [], problems: [] });
  });
  it.each([
    ['psd', psd, psdWith(picture).subarray(0, 80), 'truncated'],
    ['jp2', jp2, jp2With(picture).subarray(0, 80), 'truncated'],
    ['jxl', jxl, jxlWith(picture).subarray(0, 80), 'truncated'],
    ['gif', gif, gifWith({ xmp: packet }).subarray(0, 80), 'truncated'],
    ['exv', exv, exvWith(picture).subarray(0, 40), 'truncated'],
  ] as const)('%s cut off says so', async (_, reader, bytes, code) => {
    expect((await rows(reader, bytes)).problems.map(([c]) => c)).toContain(code);
  });
});

describe('psd', () => {
  it('reads IPTC and the writer', async () => {
    expect(await rows(psd, psdWith({ writer: 'Adobe Photoshop', iptc: { 55: '20170327', 80: 'Anne' } }))).toEqual({
      claims: [
        ['tool.producer', 'writer name', 'Adobe Photoshop', 'Adobe Photoshop'],
        ['time.captured', 'IPTC DateCreated', '20170327', wall('2017-03-27T00:00:00', 86_400_000)],
        ['party.author', 'IPTC By-line', 'Anne', 'Anne'],
      ],
      problems: [],
    });
  });
});

describe('jxl', () => {
  it('does not unpack beyond the limit', async () => {
    const { claims, problems } = await readAll(jxl, jxlWith({ xmp: packet + ' '.repeat(100_000), packed: true }), { maxTextBytes: 10_000 });
    expect(claims).toEqual([]);
    expect(problems).toEqual([{ code: 'limit-exceeded', message: "JPEG XL: the packed box 'xml' unpacks to more than 10000 bytes" }]);
  });
});

describe('gif', () => {
  it('reads the program a comment names, and XMP', async () => {
    const found = await rows(gif, gifWith({ comments: ['Created with GIMP'], xmp: packet }));
    expect(found).toEqual({ claims: [['tool.application', 'comment', 'Created with GIMP', 'GIMP'], ...XMP], problems: [] });
  });
  it('keeps other comments as notes, however many blocks they take', async () => {
    const long = 'à revoir '.repeat(60).trim();
    const { claims, passages } = await readAll(gif, gifWith({ comments: [long, ' '] }));
    expect(claims).toEqual([]);
    expect(passages.map((p) => [p.role, p.label, p.text])).toEqual([['note', 'comment of the picture', long]]);
  });
});

describe('svg', () => {
  it("reads the title, the program's comment, Inkscape's marks and the work", async () => {
    const drawing = svgWith({
      comment: ' Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In ',
      title: 'Affiche & tract',
      inkscape: { version: '0.92.3 (2405546, 2018-03-11)', exportFilename: 'C:\\Users\\anne\\a.png' },
      work: { title: 'Affiche', date: '2017-03-27', creator: 'Anne' },
    });
    expect(typeOf(drawing)).toBe('image/svg+xml');
    expect(await rows(svg, drawing)).toEqual({
      claims: [
        ['tool.application', 'comment', ' Generator: Adobe Illustrator 16.0.0, SVG Export Plug-In ', 'Adobe Illustrator 16.0.0, SVG Export Plug-In'],
        ['tool.application', 'inkscape:version', '0.92.3 (2405546, 2018-03-11)', 'Inkscape 0.92.3 (2405546, 2018-03-11)'],
        ['machine.path', 'inkscape:export-filename', 'C:\\Users\\anne\\a.png', 'C:\\Users\\anne\\a.png'],
        ['name.title', 'svg:title', 'Affiche & tract', 'Affiche & tract'],
        ['name.title', 'dc:title', 'Affiche', 'Affiche'],
        ['time.created', 'dc:date', '2017-03-27', wall('2017-03-27T00:00:00', 86_400_000)],
        ['party.author', 'dc:creator', 'Anne', 'Anne'],
      ],
      problems: [],
    });
  });
  it('reads XMP inside', async () => {
    expect((await rows(svg, svgWith({ xmp: packet.replace(/<\?xpacket[^>]*\?>/g, '') }))).claims).toEqual(XMP);
  });
  it('says once what is not well-formed', async () => {
    expect((await rows(svg, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><title>a</title><g>'))).problems.map(([code]) => code)).toEqual([
      'malformed',
    ]);
  });
  it('takes no other comment for a program', async () => {
    expect((await rows(svg, svgWith({ comment: ' the tool was created by hand ' }))).claims).toEqual([]);
  });
});

describe('xmp', () => {
  it('reads a sidecar, framed or bare', async () => {
    const bare = packet.replace(/<\?xpacket[^>]*\?>/g, '');
    for (const text of [packet, bare, `<?xml version="1.0"?>\n${bare}`]) {
      expect(typeOf(Buffer.from(text))).toBe('application/rdf+xml');
      expect(await rows(xmp, Buffer.from(text))).toEqual({ claims: XMP, problems: [] });
    }
  });
  it('does not read beyond the limit', async () => {
    expect(await readAll(xmp, Buffer.from(packet), { maxTextBytes: 100 })).toMatchObject({ claims: [], problems: [{ code: 'limit-exceeded' }] });
  });
});

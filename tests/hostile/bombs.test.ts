import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { crcOfZeros, deflated, flate, gzipped, packedZip, pdfByXrefStream, rawPdf, streamObject, updatedPdf } from '../support/build-bombs.ts';
import { scanDump } from '../support/scan-dump.ts';

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
let dir = '';

beforeAll(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'bombs-'));
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

describe('what unpacks to gigabytes stops at its limit and is told once', { timeout: 300_000 }, () => {
  it('ten megabytes of zip that hold ten gigabytes, announced or not, in one member or in ten', () => {
    const whole = deflated(10 * 1024);
    const tenth = deflated(1024);
    const crc = crcOfZeros(1024);
    const told = scanDump(dir, 'zip', {
      'one.zip': packedZip([{ name: 'z', method: 8, packed: whole, size: 10 * GIB, crc32: 0 }]),
      'liar.zip': packedZip([{ name: 'z', method: 8, packed: whole, size: 1000, crc32: 0 }]),
      'ten.zip': packedZip(Array.from({ length: 10 }, (_, i) => ({ name: `z${i}`, method: 8, packed: tenth, size: GIB, crc32: crc }) as const)),
    });
    expect(told.code).toBe(4);
    expect(told.problems).toEqual([
      ['liar.zip!/zip:z', 'limit-exceeded', "'z' unpacks to more than 1073741824 bytes"],
      ['one.zip!/zip:z', 'limit-exceeded', "'z' has 10737418240 bytes, more than 1073741824 bytes"],
      ['ten.zip', 'limit-exceeded', 'unpacks to more than 200 times its size; the rest was not opened'],
      ['ten.zip!/zip:z0', 'limit-exceeded', "'z0' has 1073741824 bytes, more than 268435456 bytes"],
      ['ten.zip!/zip:z1', 'limit-exceeded', "'z1' has 1073741824 bytes, more than 268435456 bytes"],
    ]);
    expect(told.outcomes['honest.txt']).toBe('read');
  });

  it('thirty thousand entries that share one content', () => {
    const packed = deflated(300);
    const entry = { name: 'z', method: 8, packed, size: 300 * MIB, crc32: crcOfZeros(300) } as const;
    const small = { ...entry, packed: deflated(1), size: MIB, crc32: crcOfZeros(1) };
    const told = scanDump(dir, 'overlap', {
      'large.zip': packedZip(Array<typeof entry>(30_000).fill(entry), true),
      'small.zip': packedZip(Array<typeof entry>(30_000).fill(small), true),
    });
    const cut = 'unpacks to more than 200 times its size; the rest was not opened';
    expect(told.problems).toEqual([
      ['large.zip', 'limit-exceeded', cut],
      ['large.zip', 'malformed', "members overlap: 29999, first 'z'"],
      ['large.zip!/zip:z', 'limit-exceeded', "'z' has 314572800 bytes, more than 268435456 bytes"],
      ['large.zip!/zip:z#2', 'limit-exceeded', "'z' has 314572800 bytes, more than 268435456 bytes"],
      ['small.zip', 'limit-exceeded', cut],
      ['small.zip', 'malformed', "members overlap: 29999, first 'z'"],
    ]);
    expect(told.outcomes['honest.txt']).toBe('read');
  });

  it('five levels of sixteen archives each', () => {
    let inner: Uint8Array = packedZip([{ name: '0', method: 8, packed: deflated(1024), size: GIB, crc32: crcOfZeros(1024) }]);
    for (let level = 0; level < 5; level++) {
      const packed = inner;
      const members = Array.from({ length: 16 }, (_, i) => ({ name: `${i}.zip`, method: 0, packed, size: packed.byteLength, crc32: 0 }) as const);
      // The innermost is stored once for all: what is large here is what comes out.
      inner = packedZip(members, true);
    }
    const { problems, outcomes } = scanDump(dir, 'levels', { 'levels.zip': inner });
    expect(problems.length).toBeLessThan(60);
    expect(new Set(problems.map(([, code]) => code))).toEqual(new Set(['limit-exceeded', 'malformed']));
    expect(outcomes['honest.txt']).toBe('read');
  });

  it('gzip in gzip', () => {
    const bomb = gzipped(10 * 1024);
    const told = scanDump(dir, 'gzip', { 'one.gz': bomb, 'two.gz.gz': gzipSync(bomb, { level: 9 }) });
    expect(told.problems).toEqual([
      ['one.gz!/gzip:content', 'limit-exceeded', 'unpacks to more than 1073741824 bytes'],
      ['two.gz.gz!/gzip:content!/gzip:content', 'limit-exceeded', 'unpacks to more than 1073741824 bytes'],
    ]);
    expect(told.outcomes['honest.txt']).toBe('read');
  });
});

const CATALOG = '<< /Type /Catalog /Pages 2 0 R >>';
const FONT = '<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>';
const hello = streamObject('', Buffer.from('BT /F1 12 Tf (hello) Tj ET'));
const onePage = [
  CATALOG,
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources ${FONT} >>`,
  hello,
];
const OPERATORS = 'BT /F1 12 Tf (hello you) Tj ET q Q ';
const BY_SCANNING = 'PDF without a usable cross-reference section: objects were found by scanning, revisions cannot be told apart';

describe('a PDF that unpacks to gigabytes or runs in circles', { timeout: 300_000 }, () => {
  it('streams of two gigabytes: of a page, of a packet, of objects, of cross-references', () => {
    const told = scanDump(dir, 'flate', {
      'page.pdf': updatedPdf(onePage, 4, streamObject('/Filter /FlateDecode', flate(2048, OPERATORS))),
      'xmp.pdf': rawPdf([
        '<< /Type /Catalog /Pages 2 0 R /Metadata 3 0 R >>',
        '<< /Type /Pages /Kids [] /Count 0 >>',
        streamObject('/Type /Metadata /Subtype /XML /Filter /FlateDecode', flate(2048)),
      ]),
      'xref.pdf': pdfByXrefStream('/Size 400000000 /W [1 3 1] /Filter /FlateDecode', flate(2048)),
      'honest.pdf': updatedPdf(onePage, 4, streamObject('/Filter /FlateDecode', flate(1, ' '))),
    });
    expect(told.problems).toEqual([
      ['page.pdf', 'limit-exceeded', 'page 1 draws more than is compared'],
      ['xmp.pdf', 'limit-exceeded', 'the XMP packet of revision 1 cannot be decoded (FlateDecode)'],
      ['xref.pdf', 'malformed', BY_SCANNING],
    ]);
    expect(told.outcomes['honest.pdf']).toBe('read');
  });

  it('two thousand pages of one stream of ten megabytes', () => {
    const pages = Array.from({ length: 2000 }, () => onePage[2] ?? '');
    const kids = pages.map((_, i) => `${i + 5} 0 R`).join(' ');
    const objects = [CATALOG, `<< /Type /Pages /Kids [${kids}] /Count 2000 >>`, 'null', hello, ...pages];
    const told = scanDump(dir, 'pages', { 'pages.pdf': updatedPdf(objects, 4, streamObject('/Filter /FlateDecode', flate(10, OPERATORS))) });
    expect(told.problems).toEqual([
      ['pages.pdf', 'limit-exceeded', 'further pages draw more than is compared'],
      ['pages.pdf', 'limit-exceeded', 'page 4 draws more than is compared'],
      ['pages.pdf', 'limit-exceeded', 'streams unpack to more than 268435456 bytes; the rest is left out'],
    ]);
  });

  it('page trees, outlines, forms and sections that lead back to themselves', () => {
    const empty = '<< /Type /Pages /Kids [] /Count 0 >>';
    const plain = rawPdf([CATALOG, empty]);
    const section = plain.lastIndexOf('\nxref') + 1;
    const told = scanDump(dir, 'circles', {
      'tree.pdf': updatedPdf(
        [CATALOG, '<< /Type /Pages /Kids [2 0 R 3 0 R 4 0 R] /Count 3 >>', '<< /Type /Pages /Kids [2 0 R] >>', '<< /Type /Pages /Kids [3 0 R] >>'],
        4,
        '<< /Type /Pages /Kids [4 0 R 2 0 R] >>',
      ),
      'deep.pdf': rawPdf([CATALOG, ...Array.from({ length: 150_000 }, (_, i) => `<< /Type /Pages /Kids [${i + 3} 0 R] /Count 1 >>`)]),
      'outline.pdf': rawPdf([
        '<< /Type /Catalog /Pages 2 0 R /Outlines 3 0 R /Names << /EmbeddedFiles 5 0 R >> /AcroForm << /Fields [6 0 R] >> >>',
        empty,
        '<< /First 4 0 R /Last 4 0 R >>',
        '<< /Title (x) /Next 4 0 R /First 3 0 R >>',
        '<< /Kids [5 0 R 5 0 R] >>',
        '<< /T (a) /Kids [6 0 R 6 0 R] /Parent 6 0 R >>',
      ]),
      'packed.pdf': rawPdf([CATALOG, empty, streamObject('/Type /ObjStm /N 1 /First 4 /Extends 3 0 R', Buffer.from('3 0 null'))]),
      'previous.pdf': rawPdf([CATALOG, empty], `/Prev ${section} `),
      'reference.pdf': rawPdf([CATALOG, '3 0 R', '4 0 R', '2 0 R']),
    });
    expect(told.problems).toEqual([
      ['previous.pdf', 'malformed', 'cross-reference sections refer to each other in a circle'],
      ['reference.pdf', 'malformed', BY_SCANNING],
    ]);
    expect(told.outcomes['honest.txt']).toBe('read');
  });
});

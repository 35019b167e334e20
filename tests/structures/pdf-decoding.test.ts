import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/structures/bytes.ts';
import { openCipher } from '../../src/structures/pdf/crypt.ts';
import { asciiHex, ascii85, lzw, runLength } from '../../src/structures/pdf/filters-old.ts';
import { decodeFilters } from '../../src/structures/pdf/filters.ts';
import { parseCMap } from '../../src/structures/pdf/fonts.ts';
import { ghostscriptTime } from '../../src/structures/pdf/ghostscript.ts';
import { textOfGlyph } from '../../src/structures/pdf/glyphs.data.ts';
import { decodeTextString, parsePdfDate } from '../../src/structures/pdf/strings.ts';
import { pageTexts } from '../../src/structures/pdf/text.ts';
import type { PdfDict, PdfName, PdfString, PdfValue } from '../../src/structures/pdf/values.ts';
import { rc4 } from '../../src/structures/rc4.ts';
import { buildPdf } from '../support/build-pdf.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const name = (n: string): PdfName => ({ kind: 'name', name: n });
const hex = (s: string): PdfString => ({ kind: 'string', bytes: Uint8Array.from(Buffer.from(s, 'hex')) });

describe('filters', () => {
  const steps = (...filters: string[]) => filters.map((filter) => ({ filter, parameters: null }));
  const decoded = (bytes: Uint8Array, ...filters: string[]): string | false => {
    const d = decodeFilters(bytes, steps(...filters), 1000);
    return d.ok && Buffer.from(d.bytes).toString('latin1');
  };

  it('undoes the old ones', () => {
    expect(Buffer.from(asciiHex(latin1('48 65 6C6c 6F>zz'))).toString()).toBe('Hello');
    expect(Buffer.from(ascii85(latin1('87cURD]i,"Ebo80~>'))).toString()).toBe('Hello World!');
    expect(Buffer.from(runLength(Uint8Array.of(2, 65, 66, 67, 254, 68, 128, 1), 100)).toString()).toBe('ABCDDD');
    // ISO 32000-2 7.4.4.2, example 2.
    expect([...lzw(Uint8Array.of(0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01), 1, 100)]).toEqual([45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
  });

  it('inflates what is cut short or has a damaged checksum', () => {
    const whole = deflateSync(latin1('some text '.repeat(20)));
    expect(decoded(whole, 'FlateDecode')).toBe('some text '.repeat(20));
    expect(decoded(whole.subarray(0, whole.length - 4), 'FlateDecode')).toBe('some text '.repeat(20));
    expect(decoded(latin1(whole.toString('hex')), 'ASCIIHexDecode', 'FlateDecode')).toBe('some text '.repeat(20));
  });

  it('stops at the limit, and leaves pictures alone', () => {
    const bomb = deflateSync(Buffer.alloc(50_000_000));
    expect(decodeFilters(bomb, steps('FlateDecode'), 1_000_000)).toEqual({ ok: false, why: 'limit', filter: 'FlateDecode' });
    expect(decodeFilters(bomb, steps('DCTDecode'), 1_000_000)).toEqual({ ok: false, why: 'opaque', filter: 'DCTDecode' });
    expect(decodeFilters(latin1('no deflate'), steps('FlateDecode'), 1000)).toMatchObject({ ok: false, why: 'malformed' });
  });
});

describe('cipher with the empty password', () => {
  const ID = hex('fce2fe96b7e142b4a0576f61e2e9c441');
  const dict = (entries: Record<string, PdfValue>): PdfDict =>
    new Map<string, PdfValue>([['Filter', name('Standard')], ['P', -4], ...Object.entries(entries)]);
  const crypt = (cfm: string): PdfDict => new Map([['StdCF', new Map([['CFM', name(cfm)]])]]);
  const AES = { StmF: name('StdCF'), StrF: name('StdCF') };
  const R2 = dict({
    V: 1,
    R: 2,
    O: hex('278569a267d4a5f79078261ff3ed970e58beecaeac1f042cd15f1f2b65036ebe'),
    U: hex('3fa4913c476b3c8602b977b168964753f7ebfdfe9aeb9d4c05f0682b24f3f7b3'),
  });
  const R4 = dict({
    ...AES,
    V: 4,
    R: 4,
    Length: 128,
    P: -1324,
    CF: crypt('AESV2'),
    O: hex('59e287bae69df850f3f3060c505cbe99b8452ece15a2540eb7b715e0d894d1dd'),
    U: hex('f5a1be3ea8040a0287b2076c0d25a06228bf4e5e4e758a4164004e56fffa0108'),
  });
  const R5 = dict({
    ...AES,
    V: 5,
    R: 5,
    CF: crypt('AESV3'),
    U: hex('fa27a9be84b5e10707ae639198b4e53f9fe68bbab4608e1bd5ecf3a42f489eccaafc0832ff9e7dca161898614ed4f0af'),
    UE: hex('827ec1a98a66e3cf19930e26d3ea713807fc7aeb36c7051163d99e4f32f225d7'),
  });
  const R6 = dict({
    ...AES,
    V: 5,
    R: 6,
    CF: crypt('AESV3'),
    U: hex('f01c780f34a7cc4b792ee877788164fdd71891b401e1c03151b1a1a80de0dfbafb5027d05adf1ce01a1c5a5d42db52ea'),
    UE: hex('49d3b8ad9f5cb28e02405eb32ff2f73ba25daa9c94adf7e1b593afc6e63ce671'),
  });

  it('knows RC4', () => {
    // RFC 6229, key 0102030405, offset 0.
    expect(Buffer.from(rc4(Uint8Array.of(1, 2, 3, 4, 5), new Uint8Array(8))).toString('hex')).toBe('b2396305f03dc027');
  });

  it.each([
    ['RC4, 40 bits', R2, ID, 2, '46bf05011251fe26ca73', 'WPS Writer'],
    [
      'AES, 128 bits',
      R4,
      hex('d034de62220e1cbc2642ac517f0fe9c7'),
      63,
      '80666ff0014a1527dce08fed05b5faa293eec229a9d5bda98a2c642fa4a9e286',
      'Aspose Ltd.',
    ],
    ['AES, 256 bits, revision 5', R5, ID, 2, '9ea5368dfefe14c17a3bb42dc3bda9eb1125f640b52651177253559815e112b9', 'WPS Writer'],
    ['AES, 256 bits, revision 6', R6, ID, 2, 'd85b2431b973ff9de1698b6f3705c27d8293d6b89e80be97ebdfee8f780a83a5', 'WPS Writer'],
  ])('opens %s', (_, encrypt, id, object, ciphered, plain) => {
    const cipher = openCipher(encrypt, id);
    expect(
      cipher &&
        Buffer.from(cipher.string(Buffer.from(ciphered, 'hex'), object, 0))
          .toString('latin1')
          .replace(/^\xfe\xff/, '')
          .replaceAll('\0', ''),
    ).toBe(plain);
  });

  it('stays closed where a password is needed or the handler is another', () => {
    expect(openCipher(R4, ID)).toBeNull();
    expect(openCipher(new Map([...R5, ['U', hex('00'.repeat(48))]]), ID)).toBeNull();
    expect(openCipher(new Map([...R2, ['Filter', name('Adobe.PubSec')]]), ID)).toBeNull();
    expect(openCipher(dict({ V: 5, R: 6 }), undefined)).toBeNull();
  });
});

describe('text strings and dates', () => {
  it.each([
    [latin1('caf\xe9 \x84 \xa0'), 'café — €'],
    [Buffer.from('feff0411', 'hex'), 'Б'],
    [Buffer.from('fffe1104', 'hex'), 'Б'],
    [Buffer.from('\ufeffБ'), 'Б'],
  ])('%s', (bytes, text) => {
    expect(decodeTextString(bytes)).toBe(text);
  });

  const instant = (iso: string, offsetMinutes: number, precisionMs = 1000) => ({
    kind: 'instant',
    epochMs: Date.parse(iso),
    offsetMinutes,
    precisionMs,
  });
  it.each([
    ["D:20170327124105+02'00'", instant('2017-03-27T10:41:05Z', 120)],
    ['D:20170327124105-0330', instant('2017-03-27T16:11:05Z', -210)],
    ["D:20170327124105Z00'00'", instant('2017-03-27T12:41:05Z', 0)],
    ["D:201703271241+02'", instant('2017-03-27T10:41:00Z', 120, 60_000)],
    ['20170327124105', { kind: 'wall', local: '2017-03-27T12:41:05', precisionMs: 1000 }],
    ['D:20170327', { kind: 'wall', local: '2017-03-27T00:00:00', precisionMs: 86_400_000 }],
    ['2017-03-27T12:41:05+02:00', instant('2017-03-27T10:41:05Z', 120)],
    ['D:20170231120000Z', null],
    ['', null],
    ['yesterday', null],
    ["D:20180604123424+18'30'", null],
  ])('%s', (text, expected) => {
    expect(parsePdfDate(text)).toEqual(expected);
  });
});

describe('ghostscriptTime', () => {
  it('decodes builds for Unix and for Windows, whose clock begins in 1980', () => {
    const unix = ghostscriptTime('uuid:b3731086-cb9c-11f0-0000-d82b517c3e1c', Date.parse('2015-11-25T14:23:52Z'));
    const windows = ghostscriptTime('uuid:1b7a6089-4de9-11e7-0000-8a84e8d483e9', Date.parse('2017-06-07T14:28:43Z'));
    expect(unix).toEqual({ kind: 'instant', epochMs: Date.parse('2015-11-25T14:23:52Z'), offsetMinutes: 0, precisionMs: 1000 });
    expect(windows).toEqual({ kind: 'instant', epochMs: Date.parse('2017-06-07T14:28:43Z'), offsetMinutes: 0, precisionMs: 1000 });
  });

  it('takes the reading that contradicts a rewritten date least', () => {
    expect(ghostscriptTime('uuid:b3731086-cb9c-11f0-0000-d82b517c3e1c', Date.parse('2012-05-04T00:00:00Z'))?.epochMs).toBe(
      Date.parse('2015-11-25T14:23:52Z'),
    );
  });

  it('leaves every other identifier alone', () => {
    expect(ghostscriptTime('uuid:b3731086-cb9c-11f0-8123-d82b517c3e1c', null)).toBeNull();
    expect(ghostscriptTime('uuid:00000000-0000-1000-0000-000000000000', null)).toBeNull();
    expect(ghostscriptTime('xmp.did:0180117407206811', null)).toBeNull();
  });
});

describe('fonts', () => {
  it('reads ToUnicode maps', () => {
    const map = parseCMap(
      latin1(
        '1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0003> <0020> endbfchar 2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0042> <00660069>] endbfrange',
      ),
      1,
    );
    expect(map.width).toBe(2);
    expect([...map.text]).toEqual([
      [3, ' '],
      [16, 'A'],
      [17, 'B'],
      [18, 'C'],
      [32, 'B'],
      [33, 'fi'],
    ]);
  });

  it('bounds a range made to fill memory', () => {
    expect(parseCMap(latin1('1 beginbfrange <00000000> <ffffffff> <0041> endbfrange'), 1).text.size).toBeLessThan(70_010);
  });

  it.each([
    ['eacute', 'é'],
    ['A', 'A'],
    ['uni20AC', '€'],
    ['one.oldstyle', '1'],
    ['afii10017', 'А'],
    ['afii10023', 'Ё'],
    ['afii10049', 'Я'],
    ['afii10065', 'а'],
    ['afii10097', 'я'],
    ['g17', null],
  ])('%s', (glyph, text) => {
    expect(textOfGlyph(glyph)).toBe(text);
  });
});

it('has pdf.js read what we cannot', async () => {
  expect(await pageTexts(bytesOf(buildPdf({ pages: ['One', 'Two'] })))).toEqual(['One', 'Two']);
  expect(await pageTexts(bytesOf(latin1('no PDF')))).toBeNull();
});

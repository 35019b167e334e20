import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openCipher, rc4 } from '../../src/structures/pdf-crypt.ts';
import { asciiHex, ascii85, lzw, runLength } from '../../src/structures/pdf-filters-old.ts';
import { decodeFilters } from '../../src/structures/pdf-filters.ts';
import { latestOf, openPdf } from '../../src/structures/pdf-file.ts';
import { parseCMap } from '../../src/structures/pdf-fonts.ts';
import { ghostscriptTime } from '../../src/structures/pdf-ghostscript.ts';
import { textOfGlyph } from '../../src/structures/pdf-glyphs.data.ts';
import { catalogOf } from '../../src/structures/pdf-objects.ts';
import { quoteChange } from '../../src/structures/pdf-quote.ts';
import { parsePdfDate, decodeTextString } from '../../src/structures/pdf-strings.ts';
import { readValue } from '../../src/structures/pdf-syntax.ts';
import { cursorAt } from '../../src/structures/pdf-tokens.ts';
import { pageTexts } from '../../src/structures/pdf-text.ts';
import { isString, type PdfDict, type PdfName, type PdfString, type PdfValue } from '../../src/structures/pdf-values.ts';
import { buildPdf, linearizedLike } from '../support/build-pdf.ts';
import { appendRevision } from '../support/build-pdf-update.ts';
import { inputFrom } from '../support/read.ts';

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const value = (text: string): PdfValue => readValue(cursorAt(latin1(text)));
const name = (n: string): PdfName => ({ kind: 'name', name: n });
const string = (s: string): PdfString => ({ kind: 'string', bytes: Uint8Array.from(latin1(s)) });
const hex = (s: string): PdfString => ({ kind: 'string', bytes: Uint8Array.from(Buffer.from(s, 'hex')) });
const open = (pdf: Uint8Array) => openPdf(inputFrom(pdf));
const replaced = (pdf: Uint8Array, from: string, to: string): Buffer => latin1(Buffer.from(pdf).toString('latin1').replace(from, to));

function infoText(pdf: Uint8Array, key: string): string | null {
  const { view } = latestOf(open(pdf));
  const info = view.resolve(view.trailer.get('Info'));
  const v = info instanceof Map ? (info as PdfDict).get(key) : undefined;
  return isString(v) ? decodeTextString(v.bytes) : null;
}

describe('objects', () => {
  it.each<[string, PdfValue]>([
    ['true', true],
    ['null', null],
    ['-.5', -0.5],
    ['+17', 17],
    ['4.', 4],
    ['--5', -5],
    ['12 0 R', { kind: 'ref', object: 12, generation: 0 }],
    ['/A#20B', name('A B')],
    ['(a\\(b\\)\\101\\n(c))', string('a(b)A\n(c)')],
    ['(a\\\r\nb\r\nc)', string('ab\nc')],
    ['<48 6 9 7>', string('Hip')],
    ['[1 2 0 R 3 4]', [1, { kind: 'ref', object: 2, generation: 0 }, 3, 4]],
    ['% note\r\n7', 7],
    [
      '<< /A 1 /B [/C] /A 2 >>',
      new Map<string, PdfValue>([
        ['A', 2],
        ['B', [name('C')]],
      ]),
    ],
    [
      '<< /A 1 7 /B 2 >>',
      new Map<string, PdfValue>([
        ['A', 1],
        ['B', 2],
      ]),
    ],
    ['<< /A [1 2 endobj', new Map<string, PdfValue>([['A', [1, 2]]])],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('gives up on arrays deeper than any document has, without recursion', () => {
    expect(value('['.repeat(10_000) + ']'.repeat(10_000))).toBeNull();
    expect(value('['.repeat(400) + ']'.repeat(400))).not.toBeNull();
  });
});

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

it('quotes a change by its lines, or by its words where the line is long', () => {
  expect(quoteChange('To: Bank\nEUR 12,000\nSigned', 'To: Bank\nEUR 92,000\nSigned')).toBe("'EUR 12,000' -> 'EUR 92,000'");
  const long = (sum: string): string => `${'The parties agree on terms. '.repeat(4)}The price is ${sum} in total, ${'payable at once. '.repeat(4)}`;
  expect(quoteChange(long('12,000'), long('92,000'))).toBe("'price is 12,000 in total,' -> 'price is 92,000 in total,'");
});

describe('openPdf', () => {
  const info = { Title: 'Budget', Author: 'Anne Example' };

  it.each([
    ['a table', buildPdf({ info })],
    ['a stream', buildPdf({ info, xref: 'stream' })],
    ['a linearised file', linearizedLike({ info })],
    ['something in front', Buffer.concat([latin1('HTTP/1.1 200 OK\r\n\r\n'), buildPdf({ info })])],
  ])('reads by %s: one revision, no problems', (_, pdf) => {
    const opened = open(pdf);
    expect(opened.problems).toEqual([]);
    expect(opened.revisions.length).toBe(1);
    expect(infoText(pdf, 'Title')).toBe('Budget');
    expect(latestOf(opened).end).toBe(opened.source.bytes.size);
  });

  it('knows each update for a revision, with its bytes', () => {
    const first = buildPdf({ info });
    const second = appendRevision(first, { info: { Title: 'Changed' } });
    const third = appendRevision(second, { info: { Title: 'Again' } });
    const opened = open(third);
    expect(opened.revisions.map((r) => [r.number, r.start, r.end, r.changed])).toEqual([
      [1, 0, first.length, []],
      [2, first.length, second.length, [3]],
      [3, second.length, third.length, [3]],
    ]);
    expect(infoText(third, 'Title')).toBe('Again');
  });

  it('takes an update of a linearised file for one revision more, not two', () => {
    const pdf = appendRevision(linearizedLike({ info }), { info: { Title: 'Changed' } });
    expect(open(pdf).revisions.map((r) => r.changed)).toEqual([[], [3]]);
  });

  it('takes the empty second section that Word ends its files with for the same save', () => {
    const first = Buffer.from(buildPdf({ info })).toString('latin1');
    const at = Number(/startxref\n(\d+)/.exec(first)?.[1]);
    const size = /\/Size (\d+)/.exec(first)?.[1] ?? '';
    const hidden = `20 0 obj\n<< /Type /XRef /W [1 2 1] /Index [3 1] /Size ${size} /Length 4 >>\nstream\n\u0001\u0000\u00ff\u0000\nendstream\nendobj\n`;
    const body = first.slice(0, at) + hidden + first.slice(at).replace(`startxref\n${at}`, `startxref\n${at + hidden.length}`);
    const word = `${body}xref\n0 0\ntrailer\n<< /Size ${size} /Root 1 0 R /Info 3 0 R /Prev ${at + hidden.length} /XRefStm ${at} >>\nstartxref\n${body.length}\n%%EOF\n`;
    expect(open(latin1(word)).revisions.length).toBe(1);
    expect(infoText(latin1(word), 'Title')).toBe('Budget');
  });

  it('finds objects by scanning where the cross-reference section is missing or wrong', () => {
    const pdf = buildPdf({ info });
    const cut = pdf.subarray(0, Buffer.from(pdf).lastIndexOf('xref\n0'));
    expect(open(cut).problems.map((p) => p.code)).toEqual(['truncated']);
    expect(catalogOf(latestOf(open(cut)).view)?.get('Type')).toEqual(name('Catalog'));
    const shifted = replaced(pdf, 'startxref\n', 'startxref\n9');
    expect(open(shifted).problems.map((p) => p.code)).toEqual(['malformed']);
    expect(infoText(shifted, 'Title')).toBe('Budget');
  });

  it('finds packed objects by scanning, too', () => {
    const pdf = replaced(buildPdf({ info, xref: 'stream' }), 'startxref\n', 'startxref\n9');
    expect(open(pdf).problems.map((p) => p.code)).toEqual(['malformed']);
    expect(infoText(pdf, 'Author')).toBe('Anne Example');
  });

  it('says so where bytes behind the last revision look like another', () => {
    const second = appendRevision(buildPdf({ info }), { info: { Title: 'Changed' } });
    const first = buildPdf({ info });
    const rolledBack = latin1(
      `${Buffer.from(second).toString('latin1')}startxref\n${/startxref\n(\d+)/.exec(Buffer.from(first).toString('latin1'))?.[1] ?? ''}\n%%EOF\n`,
    );
    expect(infoText(rolledBack, 'Title')).toBe('Budget');
    expect(open(rolledBack).problems.map((p) => p.message)).toEqual([
      `bytes ${first.length} to ${rolledBack.length} look like a revision and belong to none`,
    ]);
  });
});

describe('hostile files', () => {
  const trailerOf = (pdf: Uint8Array, extra: string): Buffer => replaced(pdf, 'trailer\n<<', `trailer\n<< ${extra}`);

  it('ends on cross-reference sections that refer to each other in a circle', () => {
    const pdf = buildPdf({});
    const at = /startxref\n(\d+)/.exec(Buffer.from(pdf).toString('latin1'))?.[1] ?? '';
    expect(open(trailerOf(pdf, `/Prev ${at}`)).problems).toEqual([
      { code: 'malformed', message: 'cross-reference sections refer to each other in a circle' },
    ]);
  });

  it('survives a length that is its own stream, a page tree that is its own kid, and a root that is a loop of references', () => {
    const loops = latin1(
      '%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields 2 0 R >> >>\nendobj\n2 0 obj\n<< /Kids [2 0 R 3 0 R] >>\nendobj\n' +
        '3 0 obj\n<< /Length 3 0 R /Contents 3 0 R >>\nstream\nBT (x) Tj ET\nendstream\nendobj\n4 0 obj\n5 0 R\nendobj\n5 0 obj\n4 0 R\nendobj\ntrailer\n<< /Root 1 0 R /Info 4 0 R >>\n',
    );
    const opened = open(loops);
    expect(opened.problems.map((p) => p.code)).toEqual(['truncated']);
    expect(latestOf(opened).view.resolve({ kind: 'ref', object: 4, generation: 0 })).toBeNull();
  });

  it('does not unpack a cross-reference stream made to fill memory', () => {
    const bomb = deflateSync(Buffer.alloc(40_000_000));
    const pdf = latin1(
      `%PDF-1.5\n1 0 obj\n<< /Type /XRef /W [1 2 1] /Size 9 /Root 2 0 R /Filter /FlateDecode /Length ${bomb.length} >>\nstream\n${bomb.toString('latin1')}\nendstream\nendobj\nstartxref\n9\n%%EOF\n`,
    );
    const opened = openPdf(inputFrom(pdf, { expansionFloorBytes: 1_000_000 }));
    expect(opened.problems.length).toBeGreaterThan(0);
  });

  it('takes a count of a thousand million objects for what it is', () => {
    const pdf = replaced(buildPdf({ info: { Title: 'Budget' } }), 'xref\n0 ', 'xref\n0 100000000');
    expect(infoText(pdf, 'Title')).toBe('Budget');
    expect([...(open(appendRevision(pdf, { info: { Title: 'x' } })).revisions[1]?.changed ?? [])]).toEqual([3]);
  });

  it('opens every beginning of a file, and every file with one byte changed, without throwing', () => {
    const pdf = Buffer.from(appendRevision(buildPdf({ info: { Title: 'x' }, xref: 'table' }), { replacePage: { page: 1, text: 'y' } }));
    for (let cut = 0; cut < pdf.length; cut += 7) expect(open(pdf.subarray(0, cut)).revisions.length).toBeGreaterThan(0);
    for (let at = 0; at < pdf.length; at += 3) {
      const changed = Buffer.from(pdf);
      changed[at] = (changed[at] ?? 0) ^ 0x15;
      expect(open(changed).revisions.length).toBeGreaterThan(0);
    }
  });
});

it('has pdf.js read what we cannot', async () => {
  expect(await pageTexts(buildPdf({ pages: ['One', 'Two'] }))).toEqual(['One', 'Two']);
  expect(await pageTexts(latin1('no PDF'))).toBeNull();
});

import { describe, expect, it } from 'vitest';
import { chm } from '../../src/formats/chm.ts';
import { epub } from '../../src/formats/epub.ts';
import { lrf } from '../../src/formats/lrf.ts';
import { mobi } from '../../src/formats/mobi.ts';
import { snb } from '../../src/formats/snb.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildChm, buildEpub, buildLrf, buildMobi, buildSnb, LRF_INFO } from '../support/build-ebook.ts';
import { SNB_BOOK_BZ2 } from '../support/build-ebook.data.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): unknown => recognise(inputFrom(bytes));
const asserted = async (reader: FormatReader, bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(reader, bytes)).claims
    .filter((c) => c.basis === 'asserted' && c.attribute !== 'time.member')
    .map((c) => [c.attribute, c.field, c.value]);
const instant = (iso: string, precisionMs = 1000): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs });
const wall = (local: string, precisionMs: number): unknown => ({ kind: 'wall', local, precisionMs });
const DAY = 86_400_000;

describe('EPUB', () => {
  it('says what its package document says', async () => {
    const bytes = buildEpub(
      '<dc:title>Discours</dc:title><dc:creator opf:role="aut">Claire Moreau</dc:creator><dc:contributor opf:role="bkp">calibre (0.9.0)</dc:contributor><dc:contributor opf:role="edt">Paul Petit</dc:contributor>' +
        '<dc:date opf:event="modification">2015-03-05</dc:date><dc:date>2015-03-04</dc:date><dc:language>fr</dc:language><dc:identifier>urn:uuid:1</dc:identifier><meta name="calibre:timestamp" content="2015-03-06T22:22:06+00:00"/>',
    );
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/epub+zip', also: [] });
    expect(await asserted(epub, bytes)).toEqual([
      ['name.title', 'dc:title', 'Discours'],
      ['party.author', 'dc:creator', 'Claire Moreau'],
      ['tool.application', 'dc:contributor bkp', 'calibre (0.9.0)'],
      ['time.modified', 'dc:date modification', wall('2015-03-05T00:00:00', DAY)],
      ['time.created', 'dc:date', wall('2015-03-04T00:00:00', DAY)],
      ['locale.text', 'dc:language', 'fr'],
      ['id.document', 'dc:identifier', 'urn:uuid:1'],
      ['time.hidden', 'meta calibre:timestamp', instant('2015-03-06T22:22:06Z')],
    ]);
    expect(await unreplayable(epub, bytes)).toEqual([]);
  });
});

describe('Mobipocket', () => {
  const book = {
    created: 1_425_463_200,
    modified: 0xd1000000,
    title: 'Discours',
    notes: { 100: 'Claire Moreau', 106: '1905-01-01', 108: 'calibre (0.9.0)', 112: 'calibre:1', 524: 'fr' },
  };
  it('has two clocks: seconds since 1970 in UTC, and since 1904 on the wall', async () => {
    const bytes = buildMobi(book);
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/x-mobipocket-ebook', also: [] });
    expect(await asserted(mobi, bytes)).toEqual([
      ['time.created', 'PDB created', instant('2015-03-04T10:00:00Z')],
      ['time.modified', 'PDB modified', wall('2015-02-10T18:35:44', 1000)],
      ['name.title', 'MOBI full name', 'Discours'],
      ['party.author', 'EXTH author', 'Claire Moreau'],
      ['property.custom', 'EXTH publishing date', '1905-01-01'],
      ['tool.application', 'EXTH contributor', 'calibre (0.9.0)'],
      ['id.document', 'EXTH source', 'calibre:1'],
      ['locale.text', 'EXTH language', 'fr'],
    ]);
    expect(await unreplayable(mobi, bytes)).toEqual([]);
  });
  it('takes a translator for no program', async () => {
    const r = await readAll(mobi, buildMobi({ ...book, notes: { 108: 'Paul Petit' } }));
    expect(r.values('tool.application')).toEqual([]);
  });
});

describe('Compiled HTML Help', () => {
  it('says when, with what and in which language', async () => {
    const bytes = buildChm({ title: 'Aide', compiler: 'HHA Version 4.74.8702', compiled: '2009-05-20T05:38:29Z', language: 0x40c });
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/vnd.ms-htmlhelp', also: [] });
    expect(await asserted(chm, bytes)).toEqual([
      ['locale.created', 'ITSF language', 'en'],
      ['tool.producer', '#SYSTEM compiler', 'HHA Version 4.74.8702'],
      ['time.created', '#SYSTEM timestamp', instant('2009-05-20T05:38:29Z', 1)],
      ['locale.text', '#SYSTEM language', 'fr-FR'],
      ['name.title', '#SYSTEM title', 'Aide'],
    ]);
    expect(await unreplayable(chm, bytes)).toEqual([]);
  });
});

describe("readers of Sony and Shanda's", () => {
  it('LRF', async () => {
    const bytes = buildLrf(LRF_INFO);
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/x-sony-bbeb', also: [] });
    expect(await asserted(lrf, bytes)).toEqual([
      ['name.title', 'BookInfo/Title', 'Discours'],
      ['party.author', 'BookInfo/Author', 'Claire Moreau'],
      ['locale.text', 'DocInfo/Language', 'fr'],
      ['time.created', 'DocInfo/CreationDate', wall('2012-09-28T00:00:00', DAY)],
      ['tool.producer', 'DocInfo/Producer', 'calibre v0.9.0'],
    ]);
    expect(await unreplayable(lrf, bytes)).toEqual([]);
  });
  it('SNB', async () => {
    const bytes = buildSnb(SNB_BOOK_BZ2);
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/x-snb-ebook', also: [] });
    expect(await asserted(snb, bytes)).toEqual([
      ['name.title', 'head/name', 'Discours'],
      ['party.author', 'head/author', 'Claire Moreau'],
      ['locale.text', 'head/language', 'FR'],
      ['tool.application', 'head/generator', 'calibre 0.9.0'],
      ['time.created', 'head/created', wall('2012-09-28T00:00:00', DAY)],
    ]);
    expect(await unreplayable(snb, bytes)).toEqual([]);
  });
  it('say what cannot be unpacked', async () => {
    expect((await readAll(lrf, buildLrf(LRF_INFO).fill(0, 0x58))).problems.map((p) => p.code)).toEqual(['malformed']);
    expect((await readAll(snb, buildSnb(new Uint8Array(9)))).problems.map((p) => p.code)).toEqual(['malformed']);
  });
});

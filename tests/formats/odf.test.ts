import { describe, expect, it } from 'vitest';
import { odf } from '../../src/formats/odf.ts';
import { ooxml } from '../../src/formats/ooxml.ts';
import type { ClaimDraft } from '../../src/model/claim.ts';
import { buildOdp, buildOds, buildOdt } from '../support/build-odf.ts';
import { buildDocx, buildXlsx } from '../support/build-ooxml.ts';
import { type Read, readAll, unreplayable } from '../support/read.ts';

const read = (bytes: Uint8Array, limits = {}): Promise<Read> => readAll(odf, bytes, limits);
const of = (r: Read, attribute: string): Pick<ClaimDraft, 'field' | 'raw' | 'value'>[] =>
  r.claims.filter((c) => c.attribute === attribute).map(({ field, raw, value }) => ({ field, raw, value }));
const wall = (local: string, precisionMs = 1000): unknown => ({ kind: 'wall', local, precisionMs });

const LETTER = buildOdt({
  author: 'Ada Example',
  lastAuthor: 'B. Clerk',
  created: '2017-03-01T09:12:00.250000000',
  modified: '2017-03-02T10:30:05Z',
  printed: '2017-03-02T10:00:00',
  title: 'Letter',
  language: 'fr-FR',
  revision: 4,
  editingDuration: 'P1DT2H3M59S',
  template: 'file:///C:/Users/clerk/Templates/letter.ott',
  printer: 'Office 2nd floor',
  textLanguage: ['fr', 'FR'],
  packed: '2017-03-02T10:30:06',
  paragraphs: ['Dear  Sir,', '', 'the amount is 12\u00a0000.'],
});

describe('properties', () => {
  it('reads who, when and with what', async () => {
    const r = await read(LETTER);
    expect(r.problems).toEqual([]);
    expect([
      r.values('party.author'),
      r.values('party.last-author'),
      r.values('name.title'),
      r.values('count.revision'),
      r.values('count.editing-minutes'),
    ]).toEqual([['Ada Example'], ['B. Clerk'], ['Letter'], [4], [1563]]);
    expect(of(r, 'time.created')).toEqual([
      { field: 'meta:creation-date', raw: '2017-03-01T09:12:00.250000000', value: wall('2017-03-01T09:12:00.250', 1) },
    ]);
    expect(r.values('time.modified')).toEqual([
      { kind: 'instant', epochMs: Date.parse('2017-03-02T10:30:05Z'), offsetMinutes: 0, precisionMs: 1000 },
    ]);
    expect(r.values('time.printed')).toEqual([wall('2017-03-02T10:00:00')]);
    expect([r.values('tool.application'), r.values('tool.producer')]).toEqual([
      ['LibreOffice'],
      ['LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2'],
    ]);
    expect([r.values('machine.printer'), r.values('machine.path')]).toEqual([['Office 2nd floor'], ['C:/Users/clerk/Templates/letter.ott']]);
    expect(of(r, 'locale.text')).toEqual([
      { field: 'dc:language', raw: 'fr-FR', value: 'fr-FR' },
      { field: 'style:default-style fo:language', raw: 'fr', value: 'fr-FR' },
    ]);
    expect(r.values('tool.container')).toEqual(['libreoffice']);
    expect(r.values('time.member')).toEqual([{ kind: 'instant', epochMs: Date.parse('2017-03-02T10:30:06Z'), offsetMinutes: 0, precisionMs: 2000 }]);
    expect(await unreplayable(odf, LETTER)).toEqual([]);
  });
  it('keeps what it does not understand, and says nothing where nothing is said', async () => {
    const r = await read(
      buildOdt({ created: 'yesterday', editingDuration: 'P1M', author: ' ', textLanguage: ['zxx', 'none'], template: 'https://example.org/a.ott' }),
    );
    expect([...of(r, 'time.created'), ...of(r, 'count.editing-minutes')]).toEqual([
      { field: 'meta:creation-date', raw: 'yesterday', value: null },
      { field: 'meta:editing-duration', raw: 'P1M', value: null },
    ]);
    expect([r.values('party.author'), r.values('locale.text'), r.values('machine.path')]).toEqual([[], [], []]);
  });
  it('knows the language of names that programs give to sheets, and leaves those of people open', async () => {
    expect(of(await read(buildOds({ sheets: { Tabelle1: [], Tabelle2: [] } })), 'locale.created')).toEqual([
      { field: 'table:table@table:name', raw: 'Tabelle1', value: 'de' },
    ]);
    expect(of(await read(buildOds({ sheets: { Budget: [] } })), 'locale.created')).toEqual([]);
  });
  it('says that parts are encrypted, and does not read ciphertext', async () => {
    const r = await read(
      buildOdt({
        author: 'Ada Example',
        paragraphs: ['secret'],
        parts: { 'content.xml': Buffer.from([1, 2, 3]) },
        encrypted: ['content.xml', 'styles.xml'],
      }),
    );
    expect(r.problems).toEqual([
      { code: 'encrypted', message: '2 parts are encrypted, first content.xml; only what stands outside of them was read' },
    ]);
    expect([r.passages, r.values('content.text'), r.values('party.author')]).toEqual([[], [], ['Ada Example']]);
  });
  it('reads the setup of the printer where it says more than its name', async () => {
    const file = buildOdt({ printer: 'Bureau', printerSetup: ['Bureau', 'LaserWriter IIg'] });
    const r = await read(file);
    expect([of(r, 'machine.printer'), of(r, 'property.custom')]).toEqual([
      [{ field: 'config:config-item PrinterName', raw: 'Bureau', value: 'Bureau' }],
      [{ field: 'PrinterSetup driver', raw: 'LaserWriter IIg', value: 'LaserWriter IIg' }],
    ]);
    expect(await unreplayable(odf, file)).toEqual([]);
    const other = await read(buildOdt({ printer: 'Bureau', printerSetup: ['Cuisine', ''] }));
    expect(other.values('machine.printer')).toEqual(['Bureau', 'Cuisine']);
    const empty = '<office:settings><config:config-item config:name="PrinterSetup">ugD+/wAA</config:config-item></office:settings>';
    expect((await read(buildOdt({ parts: { 'settings.xml': empty } }))).values('machine.printer')).toEqual([]);
  });
  it('tells of broken XML', async () => {
    const r = await read(buildOdt({ parts: { 'meta.xml': '<a><dc:creator>x</dc:creator>' } }));
    expect(r.problems.map((p) => p.code)).toEqual(['malformed']);
  });
});

describe('text', () => {
  it('keeps the order of mixed content and leaves out what was deleted, notes and comments', async () => {
    const body =
      '<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:h>One <text:span>two<text:s text:c="2"/></text:span>three<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note><office:annotation><dc:creator>C</dc:creator><text:p>comment</text:p></office:annotation> four</text:h>';
    expect((await read(buildOdt({ body }))).passages.map((p) => [p.label, p.text])).toEqual([['paragraph 1', 'One two three four']]);
  });
  it('gives a copy in the format of Word the same digest, and another text another', async () => {
    const paragraphs = ['Dear Sir,', 'the amount is 12 000.'];
    const word = await readAll(ooxml, buildDocx({ paragraphs }));
    expect((await read(buildOdt({ paragraphs }))).values('content.text')).toEqual(word.values('content.text'));
    expect((await read(buildOdt({ paragraphs: ['Dear Sir,', 'the amount is 92 000.'] }))).values('content.text')).not.toEqual(
      word.values('content.text'),
    );
  });
  it('gives cells as the reader of Excel does', async () => {
    const rows = [
      ['Item', 'EUR', null],
      ['Rent', 1250.5, true],
      ['two\nlines', 0.1, 12000],
    ];
    const excel = await readAll(ooxml, buildXlsx({ sheets: { Budget: rows } }));
    const r = await read(buildOds({ sheets: { Budget: rows } }));
    expect(r.passages.map((p) => [p.label, p.text])).toEqual(excel.passages.map((p) => [p.label, p.text]));
    expect(r.values('content.text')).toEqual(excel.values('content.text'));
    expect(r.passages[3]).toMatchObject({ role: 'cell', label: 'Budget!B2', text: '1250.5' });
  });
  it('writes dates and times as serial numbers and unfolds repetitions', async () => {
    const r = await read(
      buildOds({
        sheets: {
          A: [
            [{ date: '2017-03-27' }, { date: '2017-03-27T12:00:00' }, { time: 'PT36H00M00S' }],
            [
              { repeat: 3, cell: null },
              { repeat: 2, cell: 'x' },
            ],
          ],
        },
      }),
    );
    expect(r.passages.map((p) => [p.label, p.text])).toEqual([
      ['A!A1', '42821'],
      ['A!B1', '42821.5'],
      ['A!C1', '1.5'],
      ['A!D2', 'x'],
      ['A!E2', 'x'],
    ]);
  });
  it('is not exhausted by repetitions, and leaves out cells of other files', async () => {
    const cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>';
    const bomb = `<table:table table:name="B"><table:table-row table:number-rows-repeated="1048576">${cell}</table:table-row></table:table>`;
    const r = await read(buildOds({ tables: bomb }), { maxTextBytes: 100_000 });
    expect(r.problems.map((p) => p.code)).toEqual(['limit-exceeded']);
    expect(r.values('content.text')).toEqual([]);
    expect((await read(buildOds({ sheets: { "'file:///C:/other.ods'#$Sheet1": [['other']] } }))).passages).toEqual([]);
  });
  it('reads slides without notes', async () => {
    expect((await read(buildOdp({ slides: [['Title', 'One'], ['Two']] }))).passages.map((p) => [p.label, p.text])).toEqual([
      ['slide 1', 'Title'],
      ['slide 1', 'One'],
      ['slide 2', 'Two'],
    ]);
  });
});

it('tells who commented and changed, and takes none of them for an author', async () => {
  const bytes = buildOdt({
    author: 'Claire Moreau',
    body:
      '<text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:creator>Egor Rozhkov</dc:creator><dc:date>2017-03-02T09:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>' +
      '<text:p>Bonjour<office:annotation><dc:creator>Paul Petit</dc:creator><dc:date>2017-03-02T10:00:00</dc:date><text:p>oui</text:p></office:annotation></text:p>',
  });
  const r = await read(bytes);
  expect(of(r, 'party.reviewer').map((c) => [c.field, c.value])).toEqual([
    ['office:change-info dc:creator', 'Egor Rozhkov'],
    ['office:annotation dc:creator', 'Paul Petit'],
  ]);
  expect(r.values('time.reviewed')).toEqual([wall('2017-03-02T09:00:00'), wall('2017-03-02T10:00:00')]);
  expect([r.values('party.author'), r.values('party.last-author'), r.passages.map((p) => p.text)]).toEqual([['Claire Moreau'], [], ['Bonjour']]);
  expect(await unreplayable(odf, bytes)).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { xmlDocument } from '../../src/formats/xml-document.ts';
import { recognise } from '../../src/structures/recognise.ts';
import {
  annotation,
  buildAbiWord,
  buildFictionBook,
  buildFlatOdf,
  buildSpreadsheetMl,
  buildWordMl,
  pictureFrame,
} from '../support/build-xml-document.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array | string): string => recognise(inputFrom(Buffer.from(bytes))).mediaType;
const wall = (local: string, precisionMs = 1000): unknown => ({ kind: 'wall', local, precisionMs });
const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1000 });

describe('flat OpenDocument', () => {
  const letter = buildFlatOdf({
    author: 'Claire Moreau',
    lastAuthor: 'Paul Petit',
    created: '2015-03-04T09:00:00',
    modified: '2015-03-05T10:30:00Z',
    printer: 'Bureau',
    body: `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Egor Rozhkov</dc:creator><dc:date>2015-03-05T09:00:00</dc:date></office:change-info><text:p>supprimé</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>Bonjour${annotation('Paul Petit', '2015-03-05T10:00:00', 'oui')}</text:p><text:p>${pictureFrame}Fin</text:p>`,
  });

  it('says what a package of it says, and no more authors than those of the document', async () => {
    expect(recognise(inputFrom(letter))).toEqual({ mediaType: 'application/vnd.oasis.opendocument.text-flat-xml', also: [] });
    const r = await readAll(xmlDocument, letter);
    expect(r.problems).toEqual([]);
    expect([r.values('party.author'), r.values('party.last-author'), r.values('machine.printer')]).toEqual([
      ['Claire Moreau'],
      ['Paul Petit'],
      ['Bureau'],
    ]);
    expect([r.values('time.created'), r.values('time.modified')]).toEqual([[wall('2015-03-04T09:00:00')], [instant('2015-03-05T10:30:00Z')]]);
    expect([r.values('party.reviewer'), r.values('time.reviewed')]).toEqual([
      ['Egor Rozhkov', 'Paul Petit'],
      [wall('2015-03-05T09:00:00'), wall('2015-03-05T10:00:00')],
    ]);
    expect([r.values('tool.application'), r.values('locale.text')]).toEqual([['LibreOffice'], ['fr-FR']]);
    expect(r.passages.map((p) => p.text)).toEqual(['Bonjour', 'Fin']);
    expect(await unreplayable(xmlDocument, letter)).toEqual([]);
  });

  it('has the cells of a spreadsheet', async () => {
    const bytes = buildFlatOdf({
      kind: 'spreadsheet',
      body: '<table:table table:name="Feuille1"><table:table-row><table:table-cell office:value-type="float" office:value="12000"><text:p>12 000</text:p></table:table-cell></table:table-row></table:table>',
    });
    expect(typeOf(bytes)).toBe('application/vnd.oasis.opendocument.spreadsheet-flat-xml');
    const r = await readAll(xmlDocument, bytes);
    expect(r.passages.map((p) => [p.label, p.text])).toEqual([['Feuille1!A1', '12000']]);
    expect(r.values('locale.created')).toEqual(['fr']);
    expect(await unreplayable(xmlDocument, bytes)).toEqual([]);
  });
});

describe("Office's XML of 2003", () => {
  it.each([
    ['application/vnd.ms-wordml', buildWordMl()],
    ['application/vnd.ms-spreadsheetml', buildSpreadsheetMl()],
  ])('%s has the properties of a document', async (mediaType, bytes) => {
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType, also: [] });
    const r = await readAll(xmlDocument, bytes);
    expect(r.problems).toEqual([]);
    expect([r.values('name.title'), r.values('party.author'), r.values('party.last-author'), r.values('party.company')]).toEqual([
      ['Réunion'],
      ['Claire Moreau'],
      ['Paul Petit'],
      ['Campagne'],
    ]);
    expect([r.values('time.created'), r.values('time.modified'), r.values('count.editing-minutes'), r.values('tool.version')]).toEqual([
      [instant('2015-03-04T09:00:00Z')],
      [instant('2015-03-05T10:30:00Z')],
      [7],
      ['11.9999'],
    ]);
    expect(r.values('party.reviewer')).toEqual(['Paul Petit']);
    expect(await unreplayable(xmlDocument, bytes)).toEqual([]);
  });

  it('has the text that is shown, without comments', async () => {
    const word = await readAll(xmlDocument, buildWordMl());
    expect(word.passages.map((p) => p.text)).toEqual(['Bonjour à tous']);
    expect([word.values('machine.path'), word.values('id.rsid-root')]).toEqual([['C:\\Modeles\\lettre.dot'], ['00A1B2C3']]);
    const excel = await readAll(xmlDocument, buildSpreadsheetMl());
    expect(excel.passages.map((p) => [p.label, p.text])).toEqual([
      ['Feuil1!A2', 'Salle'],
      ['Feuil1!C2', '12000'],
      ['Feuil1!C3', '42067.5'],
    ]);
    expect(excel.values('locale.created')).toEqual(['fr']);
  });
});

describe('other documents of one XML file', () => {
  it('AbiWord', async () => {
    const bytes = buildAbiWord();
    expect(typeOf(bytes)).toBe('application/x-abiword');
    const r = await readAll(xmlDocument, bytes);
    expect([r.values('party.author'), r.values('tool.application'), r.values('time.modified')]).toEqual([
      ['Claire Moreau'],
      ['AbiWord'],
      [wall('2015-03-05T10:30:00')],
    ]);
    expect(r.passages.map((p) => p.text)).toEqual(['Bonjour à tous']);
    expect(await unreplayable(xmlDocument, bytes)).toEqual([]);
  });

  it('FictionBook in the encoding it declares', async () => {
    const bytes = buildFictionBook();
    expect(typeOf(bytes)).toBe('application/x-fictionbook+xml');
    const r = await readAll(xmlDocument, bytes);
    expect([r.values('party.author'), r.values('party.last-author'), r.values('tool.application'), r.values('time.created')]).toEqual([
      ['Р'],
      ['claire'],
      ['Editor 2'],
      [wall('2015-03-04T00:00:00', 86_400_000)],
    ]);
    expect(r.passages.map((p) => p.text)).toEqual(['Bonjour']);
    expect(await unreplayable(xmlDocument, bytes)).toEqual([]);
  });

  it('are told from other XML', () => {
    expect(typeOf('<?xml version="1.0"?><document office:mimetype="text/plain"/>')).toBe('application/xml');
    expect(typeOf('<?xml version="1.0"?><Workbook xmlns="urn:other"/>')).toBe('application/xml');
    expect(typeOf('<?xml version="1.0"?><!-- <abiword xmlns="http://www.abisource.com/awml.dtd"> --><a/>')).toBe('application/xml');
    expect(typeOf('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('image/svg+xml');
  });

  it('keeps what stands before a flaw, and says so', async () => {
    const r = await readAll(xmlDocument, buildFlatOdf({ author: 'Claire Moreau', body: '<text:p>Bonjour</text:q>' }));
    expect(r.values('party.author')).toEqual(['Claire Moreau']);
    expect(r.problems.map((p) => p.code)).toEqual(['malformed']);
  });
});

import { describe, expect, it } from 'vitest';
import { iwork } from '../../src/formats/iwork.ts';
import { xmlDocument } from '../../src/formats/xml-document.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildIwork, buildPages09, iwork09 } from '../support/build-ebook.ts';
import { author, buildIwa, change, changeSession, chunk, comment, dataList, type IwaObject, snapped, storage } from '../support/build-iwa.ts';
import { buildZip } from '../support/build-zip.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const pages = { documentId: '304022E4-FD08', versionId: 'C5ED6463-575C', builds: ['Template: Blank (2015-09-16 11:33)', 'M9.0.1-7030'] };

describe('iWork since 2013', () => {
  it.each(['pages', 'numbers', 'keynote'] as const)('%s by its first message, or its slides', (program) =>
    expect(typeOf(buildIwork({ ...pages, program }))).toBe(`application/vnd.apple.${program}`),
  );
  it('has identifiers and the builds that saved it', async () => {
    const bytes = buildIwork({ ...pages, program: 'pages' });
    const r = await readAll(iwork, bytes);
    expect(r.problems).toEqual([]);
    expect([r.values('id.document'), r.values('id.instance'), r.values('tool.build'), r.values('type.version')]).toEqual([
      ['304022E4-FD08', '304022E4-FD08'],
      ['C5ED6463-575C'],
      ['Template: Blank (2015-09-16 11:33)', 'M9.0.1-7030'],
      ['2.0.24'],
    ]);
    expect(await unreplayable(iwork, bytes)).toEqual([]);
  });
});

describe('objects of iWork since 2013', () => {
  const pageOf = (parts: Record<string, Uint8Array>, ...objects: IwaObject[]) => buildIwork({ ...pages, program: 'pages', objects, parts });
  const passages = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(iwork, bytes)).passages.map((p) => [p.role, p.text]);

  it('are its paragraphs and the strings of its tables, without those of its theme', async () => {
    const bytes = pageOf(
      {
        'Index/Tables/DataList-10.iwa': buildIwa(dataList(11, 1, 'Salle')),
        'Index/Tables/DataList-9.iwa': buildIwa(dataList(9, 1, 'Poste', 'Montant'), dataList(10, 2, 'Format')),
        'Index/TemplateSlide-1.iwa': buildIwa(storage(12, 'Texte du titre')),
      },
      storage(2, 'Bonjour,\nRéunion\ufffc demain.\n'),
      storage(3, ''),
    );
    expect(await passages(bytes)).toEqual(['Bonjour,', 'Réunion demain.', 'Poste', 'Montant', 'Salle'].map((t) => ['paragraph', t]));
    expect((await readAll(iwork, bytes)).values('content.text')).toHaveLength(1);
  });

  it('are its comments, with author and time', async () => {
    const bytes = pageOf(
      { 'Index/AnnotationAuthorStorage.iwa': buildIwa(author(8, 'Claire Moreau'), author(9, 'Paul Petit')) },
      comment(2, 'Ici ?', '2017-03-27T12:41:05.250Z', 8),
      comment(3, '', '2017-03-28T12:41:05Z', 77),
    );
    const { claims } = await readAll(iwork, bytes);
    expect(claims.filter((c) => /review/.test(c.attribute)).map((c) => [c.attribute, c.value])).toEqual([
      ['party.reviewer', 'Claire Moreau'],
      ['time.reviewed', { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 5, 250), offsetMinutes: 0, precisionMs: 1 }],
      ['time.reviewed', { kind: 'instant', epochMs: Date.UTC(2017, 2, 28, 12, 41, 5), offsetMinutes: 0, precisionMs: 1 }],
    ]);
    expect(await passages(bytes)).toEqual([['note', 'Ici ?']]);
    expect(await unreplayable(iwork, bytes)).toEqual([]);
  });

  it('are its tracked changes: who made them in a session, and when each was made', async () => {
    const at = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1 });
    const bytes = pageOf(
      {},
      author(8, 'Paul Petit'),
      changeSession(9, 8, '2017-03-27T12:40:00Z'),
      change(10, 1, 9, '2017-03-27T12:41:05Z'),
      change(11, 2, 9, '2017-03-27T12:42:00Z'),
      changeSession(12, 77, '2017-03-28T08:00:00Z'),
    );
    const { claims } = await readAll(iwork, bytes);
    expect(claims.filter((c) => /review/.test(c.attribute)).map((c) => [c.field, c.value])).toEqual([
      ['change session author', 'Paul Petit'],
      ['change session date', at('2017-03-27T12:40:00Z')],
      ['insertion date', at('2017-03-27T12:41:05Z')],
      ['deletion date', at('2017-03-27T12:42:00Z')],
      ['change session date', at('2017-03-28T08:00:00Z')],
    ]);
    expect(await unreplayable(iwork, bytes)).toEqual([]);
  });

  it('that are damaged are told once a part, what came before them is kept, and no digest is made of the rest', async () => {
    const whole = buildIwa(storage(2, 'Bonjour'));
    const bytes = pageOf({
      'Index/A.iwa': Buffer.concat([whole, Buffer.from([1, 2, 3])]),
      'Index/B.iwa': Buffer.concat([whole, chunk(Buffer.from([100, 0xff, 0xff]))]),
      'Index/C.iwa': chunk(snapped(Buffer.from([5, 8, 1]))),
    });
    const r = await readAll(iwork, bytes);
    expect(r.problems).toEqual([
      { code: 'malformed', message: `Index/A.iwa: no chunk at byte ${whole.byteLength}` },
      { code: 'malformed', message: `Index/B.iwa: the chunk at byte ${whole.byteLength} is damaged` },
      { code: 'malformed', message: 'Index/C.iwa: no object at byte 0' },
    ]);
    expect(r.passages.map((p) => p.text)).toEqual(['Bonjour', 'Bonjour']);
    expect(r.values('content.text')).toEqual([]);
  });
});

describe("iWork '09", () => {
  it('has dates with a zone, authors and text, placeholders left out', async () => {
    const bytes = buildPages09();
    expect(typeOf(bytes)).toBe('application/vnd.apple.pages');
    const r = await readAll(iwork, bytes);
    expect(r.values('time.created')).toEqual([
      { kind: 'instant', epochMs: Date.parse('2012-04-12T16:32:48-07:00'), offsetMinutes: -420, precisionMs: 1000 },
    ]);
    expect([r.values('time.modified').length, r.values('party.author'), r.passages.map((p) => p.text)]).toEqual([1, ['Claire Moreau'], ['Bonjour']]);
    expect(await unreplayable(iwork, bytes)).toEqual([]);
  });
  const table = (...cells: string[]): string =>
    `<sf:tabular-model><sf:grid><sf:datasource>${cells.join('')}</sf:datasource></sf:grid></sf:tabular-model>`;
  const cell = (text: string, id = 'x'): string => `<sf:t sfa:ID="${id}"><sf:ct sfa:s="${text}"/></sf:t>`;
  const menu = `<sf:pm><sf:menu-choices>${cell('oui', 'c1')}${cell('non', 'c2')}</sf:menu-choices><sf:proxied-cell-ref sfa:IDREF="c2"/></sf:pm>`;
  const keynote = (inside: string): Uint8Array => buildZip([{ name: 'index.apxl', content: iwork09('key:presentation', inside) }], 'info-zip');

  it('has the cells of its tables, numbers as they stand, and of a menu what was chosen', async () => {
    const formula = '<sf:f><sf:fo sf:fs="=A1+1"/><sf:r><sf:rn sf:v="12001"/></sf:r></sf:f>';
    const bytes = keynote(
      `<sf:p>Avant</sf:p>${table(cell('Salle'), '<sf:n sf:v="12000"/>', formula, '<sf:d sf:cell-date="278035200"/>', menu)}<sf:p>Fin</sf:p>`,
    );
    expect(typeOf(bytes)).toBe('application/vnd.apple.keynote');
    const r = await readAll(iwork, bytes);
    expect(r.passages.map((p) => p.text)).toEqual(['Avant', 'Salle', '12000', '12001', 'non', 'Fin']);
    expect(r.passages[1]?.address).toEqual({ in: 'xml', part: 'index.apxl', element: 'sf:ct', attribute: 'sfa:s', nth: 0 });
    for (const p of r.passages) expect(await iwork.replay(inputFrom(bytes), p.address)).toBe(p.text);
  });
  it('has no cells of its styles, and none of a menu from which nothing was chosen', async () => {
    const r = await readAll(
      iwork,
      keynote(`<key:stylesheet>${cell('Style')}</key:stylesheet>${menu.replace(/<sf:prox[^>]*>/, '')}<key:n sf:v="7"/>`),
    );
    expect(r.passages).toEqual([]);
  });
  it.each(['sl:document', 'ls:document', 'key:presentation'] as const)('is read where its package is a folder: %s', async (root) => {
    const bytes = Buffer.from(
      iwork09(root, `<sf:metadata><sf:authors><sf:string sfa:string="Claire Moreau"/></sf:authors></sf:metadata>${table(cell('Salle'))}`),
    );
    expect(typeOf(bytes)).toBe('application/x-iwork-document+xml');
    const r = await readAll(xmlDocument, bytes);
    expect([r.values('party.author'), r.passages.map((p) => p.text)]).toEqual([['Claire Moreau'], ['Salle']]);
    expect(await unreplayable(xmlDocument, bytes)).toEqual([]);
  });
  it('is no document of another namespace', () =>
    expect(typeOf(Buffer.from('<?xml version="1.0"?><document xmlns="urn:x">a</document>'))).toBe('application/xml'));
  it('is told from a zip with an index', () =>
    expect(typeOf(buildZip([{ name: 'index.xml', content: '<sl:document/>' }], 'info-zip'))).toBe('application/zip'));
});

import { describe, expect, it } from 'vitest';
import { ooxml } from '../../src/formats/ooxml.ts';
import type { ClaimDraft } from '../../src/model/claim.ts';
import { buildDocx, buildPptx, buildXlsx, type DocxSpec, type XlsxSpec } from '../support/build-ooxml.ts';
import { inputFrom, type Read, readAll, unreplayable } from '../support/read.ts';

const utc = (iso: string, precisionMs = 1000): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs });
const read = (bytes: Uint8Array, limits = {}): Promise<Read> => readAll(ooxml, bytes, limits);
const of = (r: Read, attribute: string): Pick<ClaimDraft, 'field' | 'raw' | 'value'>[] =>
  r.claims.filter((c) => c.attribute === attribute).map(({ field, raw, value }) => ({ field, raw, value }));

const LETTER: DocxSpec = {
  author: 'Ada Example',
  lastAuthor: 'B. Clerk',
  created: '2017-03-01T09:12:00Z',
  modified: '2017-03-02T10:30:00Z',
  printed: '2017-03-02T10:00:00Z',
  title: 'Letter',
  revision: 4,
  editingMinutes: 37,
  company: 'Example & Sons',
  manager: 'C. Head',
  language: 'fr',
  template: 'Normal.dotm',
  words: 9,
  pages: 1,
  uiLanguageCreated: 'fr',
  rsids: ['00AB12CD', '00ab12ce'],
  docId: '{0B7B21E2-7C0A-4A3B-8E3D-2C5C0B0A9D11}',
  paragraphs: ['Dear  Sir,', '', 'the amount is 12\u00a0000.'],
  table: [['Total', '12 000']],
};
const BUDGET: XlsxSpec = {
  author: 'Ada Example',
  lastAuthor: 'B. Clerk',
  created: '2016-09-16T08:00:01Z',
  modified: '2017-03-27T12:41:05Z',
  uiLanguageCreated: 'fr',
  uiLanguageSaved: 'ru',
  absPath: 'C:\\Users\\clerk\\Desktop\\',
  printer: '\\\\print\\2nd floor',
  sheets: {
    Feuil1: [
      ['Item', 'EUR'],
      ['Rent', 1250.5],
      [true, null, { error: '#REF!' }],
    ],
    Feuil2: [
      [
        { formula: 'Feuil1!B2*2', value: 2501 },
        { formula: 'A1&""', value: 'x' },
      ],
    ],
  },
};

describe('properties', () => {
  it('reads who and when, minutes where Word wrote', async () => {
    const r = await read(buildDocx(LETTER));
    expect(r.problems).toEqual([]);
    expect(of(r, 'party.author')).toEqual([{ field: 'dc:creator', raw: 'Ada Example', value: 'Ada Example' }]);
    expect(r.values('party.last-author')).toEqual(['B. Clerk']);
    expect(of(r, 'time.created')).toEqual([{ field: 'dcterms:created', raw: '2017-03-01T09:12:00Z', value: utc('2017-03-01T09:12:00Z', 60_000) }]);
    expect(r.values('time.modified')).toEqual([utc('2017-03-02T10:30:00Z', 60_000)]);
    expect(r.values('time.printed')).toEqual([utc('2017-03-02T10:00:00Z', 60_000)]);
    expect([
      r.values('name.title'),
      r.values('count.revision'),
      r.values('count.editing-minutes'),
      r.values('count.words'),
      r.values('count.pages'),
    ]).toEqual([['Letter'], [4], [37], [9], [1]]);
    expect([r.values('party.company'), r.values('party.manager'), r.values('tool.application'), r.values('tool.version')]).toEqual([
      ['Example & Sons'],
      ['C. Head'],
      ['Microsoft Office Word'],
      ['16.0000'],
    ]);
    expect(r.values('machine.path')).toEqual([]);
  });
  it('keeps the seconds that Excel writes, and those that Word does not', async () => {
    expect((await read(buildXlsx(BUDGET))).values('time.modified')).toEqual([utc('2017-03-27T12:41:05Z')]);
    expect((await read(buildXlsx({ created: '2017-03-27T12:41:00Z' }))).values('time.created')).toEqual([utc('2017-03-27T12:41:00Z')]);
    expect((await read(buildDocx({ created: '2017-03-27T12:41:05Z' }))).values('time.created')).toEqual([utc('2017-03-27T12:41:05Z')]);
  });
  it('keeps what it does not understand, without a value', async () => {
    const r = await read(buildDocx({ created: 'yesterday', modified: '2017-02-31T10:00:00Z' }));
    expect([...of(r, 'time.created'), ...of(r, 'time.modified')]).toEqual([
      { field: 'dcterms:created', raw: 'yesterday', value: null },
      { field: 'dcterms:modified', raw: '2017-02-31T10:00:00Z', value: null },
    ]);
  });
  it('says nothing where nothing is said', async () => {
    const r = await read(buildDocx({ author: '', lastAuthor: ' ' }));
    expect([r.values('party.author'), r.values('party.last-author'), r.values('time.created')]).toEqual([[], [], []]);
  });
  it('cuts an endless value and says so', async () => {
    const r = await read(buildDocx({ author: 'x'.repeat(5000) }));
    expect(r.values('party.author')).toEqual(['x'.repeat(1024)]);
    expect(r.problems).toEqual([{ code: 'limit-exceeded', message: 'dc:creator is longer than 1024 characters; its beginning was kept' }]);
  });
  it('follows the relationships to parts in unusual places, and does without them', async () => {
    const core = '<c:coreProperties xmlns:c="x" xmlns:d="y"><d:creator>Elsewhere</d:creator></c:coreProperties>';
    const rels = (target: string): string =>
      `<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="${target}"/></Relationships>`;
    const moved = buildDocx({ author: 'Usual', parts: { '_rels/.rels': rels('/odd%20place/Props.xml'), 'odd place/props.xml': core } });
    expect((await read(moved)).values('party.author')).toEqual(['Elsewhere']);
    expect(await unreplayable(ooxml, moved)).toEqual([]);
    expect((await read(buildDocx({ author: 'Usual', parts: { '_rels/.rels': null } }))).values('party.author')).toEqual(['Usual']);
  });
  it('reads the second core part that Office sometimes writes', async () => {
    const line = (n: number): string =>
      `<Relationship Id="a${n}" Type="http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties" Target="docProps/core${n}.xml"/>`;
    const core = (created: string): string => `<x xmlns:dcterms="t"><dcterms:created>${created}</dcterms:created></x>`;
    const parts = {
      '_rels/.rels': `<Relationships>${line(0)}${line(1)}${line(1)}</Relationships>`,
      'docProps/core0.xml': core('2016-01-01T00:00:00Z'),
      'docProps/core1.xml': core('2017-01-01T00:00:00Z'),
    };
    expect(of(await read(buildXlsx({ parts })), 'time.created').map((c) => c.raw)).toEqual(['2016-01-01T00:00:00Z', '2017-01-01T00:00:00Z']);
  });
});

describe('languages', () => {
  it('tells the program that saved from the one that created', async () => {
    const r = await read(buildXlsx(BUDGET));
    expect(of(r, 'locale.saved')).toEqual([{ field: 'HeadingPairs', raw: 'Листы', value: 'ru' }]);
    expect(of(r, 'locale.created')).toEqual([
      { field: 'sheet@name', raw: 'Feuil1', value: 'fr' },
      { field: 'a:theme@name', raw: 'Thème Office', value: 'fr' },
    ]);
  });
  it('finds nothing foreign in the honest twin', async () => {
    const r = await read(buildXlsx({ ...BUDGET, uiLanguageSaved: 'fr' }));
    expect([...new Set([...r.values('locale.saved'), ...r.values('locale.created')])]).toEqual(['fr']);
  });
  it('knows the Normal style of other languages and leaves Normal open', async () => {
    expect(of(await read(buildXlsx({ uiLanguageCreated: 'ru', sheets: { Budget: [] } })), 'locale.created')).toEqual([
      { field: 'cellStyle@name', raw: 'Обычный', value: 'ru' },
    ]);
    expect(of(await read(buildXlsx({ uiLanguageCreated: 'en' })), 'locale.created')).toEqual([]);
  });
  it('reads the ids of styles, by the default language where they are bare', async () => {
    expect(of(await read(buildDocx(LETTER)), 'locale.created')).toEqual([
      { field: 'w:style@w:styleId', raw: 'Titre1', value: 'fr' },
      { field: 'a:theme@name', raw: 'Thème Office', value: 'fr' },
    ]);
    expect(of(await read(buildDocx({ uiLanguageCreated: 'ru' })), 'locale.created')).toEqual([{ field: 'w:style@w:styleId', raw: 'a', value: 'ru' }]);
    expect(
      (await read(buildDocx({ writer: 'libreoffice', uiLanguageCreated: 'fr', parts: { 'word/theme/theme1.xml': null } }))).values('locale.created'),
    ).toEqual([]);
  });
  it('reads older headings of Word as earlier programs', async () => {
    const r = await read(buildDocx({ uiLanguageSaved: 'ru', uiLanguageCreated: 'en', olderHeadings: ['Titre'] }));
    expect(r.values('locale.saved')).toEqual(['ru']);
    expect(of(r, 'locale.created')).toContainEqual({ field: 'HeadingPairs', raw: 'Titre', value: 'fr' });
  });
  it('reads the language of the text', async () => {
    expect(of(await read(buildDocx(LETTER)), 'locale.text')).toEqual([
      { field: 'dc:language', raw: 'fr', value: 'fr' },
      { field: 'w:themeFontLang', raw: 'fr-FR', value: 'fr-FR' },
      { field: 'w:docDefaults w:lang', raw: 'fr-FR', value: 'fr-FR' },
    ]);
  });
});

describe('tools, machines and marks', () => {
  it('reads what the workbook says of the Excels that wrote it', async () => {
    const r = await read(buildXlsx(BUDGET));
    expect(
      ['tool.part-application', 'tool.last-edited', 'tool.lowest-edited', 'tool.build', 'tool.theme-version', 'tool.calculation'].map((a) =>
        r.values(a as never),
      ),
    ).toEqual([['xl'], [7], [4], ['27928'], [166925], [191029]]);
    expect(r.values('machine.path')).toEqual(['C:\\Users\\clerk\\Desktop\\']);
    expect(r.values('machine.printer')).toEqual(['\\\\print\\2nd floor']);
  });
  it('takes no other bytes for the name of a printer', async () => {
    expect(
      (await read(buildXlsx({ parts: { 'xl/printerSettings/printerSettings1.bin': `<?xml version="1.0"?>${' '.repeat(300)}` } }))).values(
        'machine.printer',
      ),
    ).toEqual([]);
  });
  it('reads the identifiers of a Word document', async () => {
    const r = await read(buildDocx(LETTER));
    expect(r.values('id.rsid-root')).toEqual(['00AB12CD']);
    expect(of(r, 'id.rsid')).toEqual([
      { field: 'w:rsid', raw: '00AB12CD', value: '00AB12CD' },
      { field: 'w:rsid', raw: '00ab12ce', value: '00AB12CE' },
    ]);
    expect(r.values('id.document')).toEqual(['{0B7B21E2-7C0A-4A3B-8E3D-2C5C0B0A9D11}']);
    expect(r.values('tool.compatibility')).toEqual([15]);
  });
  it.each([
    ['file:///D:\\Shared%20files\\Letter.dotx', 'D:\\Shared files\\Letter.dotx'],
    ['file:///\\\\server\\t\\a.dotx', '\\\\server\\t\\a.dotx'],
    ['file://server/t/a.dotx', '\\\\server/t/a.dotx'],
    ['file:///Users/clerk/a.dotx', '/Users/clerk/a.dotx'],
    ['https://example.org/a.dotx', 'https://example.org/a.dotx'],
  ])('reads the attached template %s', async (target, path) => {
    expect(of(await read(buildDocx({ attachedTemplate: target })), 'machine.path')).toEqual([
      { field: 'attachedTemplate@Target', raw: target, value: path },
    ]);
  });
  it('reads a template with a folder, and not one without', async () => {
    expect((await read(buildDocx({ template: 'C:\\Users\\clerk\\Normal.dotm' }))).values('machine.path')).toEqual(['C:\\Users\\clerk\\Normal.dotm']);
    expect((await read(buildDocx({ template: 'Normal.dotm' }))).values('machine.path')).toEqual([]);
  });
  it('sees the marks of programs told to forget', async () => {
    expect((await read(buildDocx({ removePersonalInformation: true, removeDateAndTime: true }))).values('mark.scrubbed')).toEqual([
      'removePersonalInformation',
      'removeDateAndTime',
    ]);
    expect((await read(buildXlsx({ filterPrivacy: true }))).values('mark.scrubbed')).toEqual(['filterPrivacy']);
    expect((await read(buildPptx({ removePersonalInfoOnSave: true }))).values('mark.scrubbed')).toEqual(['removePersonalInfoOnSave']);
    for (const plain of [buildDocx({}), buildXlsx({}), buildPptx({})]) expect((await read(plain)).values('mark.scrubbed')).toEqual([]);
  });
  it('does not take a property that is switched off for a mark', async () => {
    const settings =
      '<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:removePersonalInformation w:val="0"/></w:settings>';
    expect((await read(buildDocx({ parts: { 'word/settings.xml': settings } }))).values('mark.scrubbed')).toEqual([]);
  });
});

describe('the package', () => {
  it('tells Office from LibreOffice and reads the clock of neither twice', async () => {
    const office = await read(buildDocx(LETTER));
    expect([office.values('tool.container'), office.values('time.member'), office.values('mark.odd-member')]).toEqual([['microsoft-office'], [], []]);
    const libre = await read(buildDocx({ ...LETTER, writer: 'libreoffice', packed: { local: '2017-03-27T10:00:02' } }));
    expect(libre.values('tool.container')).toEqual(['libreoffice']);
    expect(of(libre, 'time.member')).toEqual([{ field: 'DOS time', raw: '01507b4a', value: utc('2017-03-27T10:00:02Z', 2000) }]);
    expect(libre.values('tool.application')).toEqual(['LibreOffice/7.4.7.2$Linux_X86_64 LibreOffice_project/40$Build-2']);
  });
  it("keeps a packer's wall clock zone-less unless it wrote UTC", async () => {
    const wall = await read(buildXlsx({ ...BUDGET, container: 'python-zipfile', packed: { local: '2017-03-27T14:00:02' } }));
    expect(wall.values('time.member')).toEqual([{ kind: 'wall', local: '2017-03-27T14:00:02', precisionMs: 2000 }]);
    for (const container of ['info-zip', '7-zip'] as const) {
      const exact = buildXlsx({ ...BUDGET, container, packed: { local: '2017-03-27T14:00:02', instant: '2017-03-27T12:00:01Z' } });
      expect((await read(exact)).values('time.member')).toEqual([utc('2017-03-27T12:00:01Z', container === '7-zip' ? 1 : 1000)]);
      expect(await unreplayable(ooxml, exact)).toEqual([]);
    }
  });
  it('tells a few times of many, and that there were more', async () => {
    const parts = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`custom/${i}.xml`, '<a/>']));
    const members = Object.fromEntries(Object.keys(parts).map((name, i) => [name, { local: `2017-03-28T10:00:${String(2 * i).padStart(2, '0')}` }]));
    const r = await read(buildDocx({ container: 'python-zipfile', packed: { local: '2017-03-27T10:00:00' }, parts, members }));
    expect(r.values('time.member')).toHaveLength(16);
    expect(
      r
        .values('time.member')
        .map((t) => (t as { local: string }).local)
        .filter((_, i) => i === 0 || i === 15),
    ).toEqual(['2017-03-27T10:00:00', '2017-03-28T10:00:38']);
    expect(r.problems).toEqual([{ code: 'limit-exceeded', message: '21 different member times; the 16 earliest and latest were kept' }]);
  });
  it('names the one member that another program wrote', async () => {
    const r = await read(
      buildXlsx({ ...BUDGET, members: { 'xl/worksheets/sheet1.xml': { versionMadeBy: 0x031e, flags: 0, dosDate: 0x4a7b, dosTime: 0x5000 } } }),
    );
    expect(r.values('mark.odd-member')).toEqual(['xl/worksheets/sheet1.xml']);
    expect(r.claims.find((c) => c.attribute === 'mark.odd-member')?.basis).toBe('observed');
    expect(of(r, 'time.member').map((c) => c.raw)).toEqual(['00507b4a']);
  });
});

describe('text', () => {
  const texts = (r: Read): string[] => r.passages.map((p) => `${p.label}: ${p.text}`);

  it('reads the paragraphs of a document, those of tables too', async () => {
    const r = await read(buildDocx(LETTER));
    expect(texts(r)).toEqual(['paragraph 1: Dear Sir,', 'paragraph 2: the amount is 12 000.', 'paragraph 3: Total', 'paragraph 4: 12 000']);
    expect(r.passages[0]).toMatchObject({ role: 'paragraph', address: { in: 'xml', part: 'word/document.xml', element: 'w:p', nth: 0 } });
  });
  it('leaves out what is deleted or repeated for old programs', async () => {
    const run = (text: string): string => `<w:r><w:t>${text}</w:t></w:r>`;
    const box = (text: string): string => `<w:txbxContent><w:p>${run(text)}</w:p></w:txbxContent>`;
    const r = await read(
      buildDocx({
        paragraphs: [
          {
            xml: `${run('one')}<w:r><w:tab/></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins>${run('two')}</w:ins><w:r><w:br/><w:noBreakHyphen/></w:r>`,
          },
          {
            xml: `<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>${run('around')}<mc:AlternateContent xmlns:mc="m"><mc:Choice>${box('box')}</mc:Choice><mc:Fallback>${box('box')}</mc:Fallback></mc:AlternateContent>`,
          },
        ],
      }),
    );
    expect(texts(r)).toEqual(['paragraph 1: one two -', 'paragraph 2: box', 'paragraph 3: around']);
  });
  it('reads cells by sheet and reference: values, not formulas', async () => {
    expect(texts(await read(buildXlsx(BUDGET)))).toEqual([
      'Feuil1!A1: Item',
      'Feuil1!B1: EUR',
      'Feuil1!A2: Rent',
      'Feuil1!B2: 1250.5',
      'Feuil1!A3: 1',
      'Feuil1!C3: #REF!',
      'Feuil2!A1: 2501',
      'Feuil2!B1: x',
    ]);
  });
  it('reads slides in the order of the show', async () => {
    expect(texts(await read(buildPptx({ slides: [['Plan', 'Q1'], [], ['End']] })))).toEqual(['slide 1: Plan', 'slide 1: Q1', 'slide 3: End']);
  });
  it('gives one digest to equal cells however another program stores them', async () => {
    const sheets = {
      Budget: [
        ['Rent', 1250.5],
        ['Cafe\u0301', 0.1],
      ],
    };
    const digest = async (spec: XlsxSpec): Promise<unknown[]> => (await read(buildXlsx(spec))).values('content.text');
    const one = await digest({ sheets });
    expect(one).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
    expect(await digest({ sheets, strings: 'inline', uiLanguageSaved: 'ru', writer: 'libreoffice' })).toEqual(one);
    expect(
      await digest({
        sheets: {
          Budget: [
            ['Rent', { raw: '1.2505E3' }],
            ['Café', { raw: '0.1000000000000000055' }],
          ],
        },
      }),
    ).toEqual(one);
    expect(
      await digest({
        sheets: {
          Budget: [
            ['Rent', 1250.51],
            ['Café', 0.1],
          ],
        },
      }),
    ).not.toEqual(one);
  });
  it('reads cells without references and out of order as others would show them', async () => {
    const sheet = (body: string): string => `<worksheet><sheetData>${body}</sheetData></worksheet>`;
    const cells = async (body: string): Promise<string[]> =>
      texts(await read(buildXlsx({ sheets: { S: [] }, parts: { 'xl/worksheets/sheet1.xml': sheet(body) } })));
    expect(await cells('<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>')).toEqual(['S!A1: 1', 'S!C1: 2', 'S!A2: 3']);
    expect(await cells('<row r="2"><c r="AB2"><v>2</v></c></row><row r="1"><c r="B1"><v>1</v></c></row>')).toEqual(['S!B1: 1', 'S!AB2: 2']);
    expect(
      await cells('<row r="1"><c r="A1" t="inlineStr"><is><r><t>a_x0009_</t></r><r><t>b</t></r><rPh><t>reading</t></rPh></is></c></row>'),
    ).toEqual(['S!A1: a b']);
  });
  it('stops at the budget, says so and gives no digest', async () => {
    const r = await read(buildXlsx({ sheets: { S: [['a', 'b', 'c']] } }), { maxTextBytes: 11 });
    expect(texts(r)).toEqual(['S!A1: a', 'S!B1: b']);
    expect(r.problems).toEqual([{ code: 'limit-exceeded', message: 'the text is longer than 11 bytes; its beginning was read' }]);
    expect(r.values('content.text')).toEqual([]);
  });
  it('has no digest where there is no text or not all of it', async () => {
    expect((await read(buildDocx({}))).values('content.text')).toEqual([]);
    const broken = await read(
      buildDocx({
        author: 'Ada Example',
        parts: { 'word/document.xml': '<w:document xmlns:w="/wordprocessingml/"><w:body><w:p><w:t>half</w:t></w:p><w:p>' },
      }),
    );
    expect([texts(broken), broken.values('content.text'), broken.values('party.author'), broken.problems.map((p) => p.code)]).toEqual([
      ['paragraph 1: half'],
      [],
      ['Ada Example'],
      ['malformed'],
    ]);
  });
});

describe('evidence and hostility', () => {
  it.each(
    Object.entries({
      docx: buildDocx({ ...LETTER, attachedTemplate: 'file:///C:\\T\\a.dotx', removePersonalInformation: true, removeDateAndTime: true }),
      xlsx: buildXlsx(BUDGET),
      libreoffice: buildXlsx({ ...BUDGET, writer: 'libreoffice' }),
      pptx: buildPptx({ author: 'Ada Example', slides: [['Plan']], removePersonalInfoOnSave: true, uiLanguageCreated: 'de' }),
    }),
  )('replays every claim of a %s', async (_, bytes) => {
    expect((await read(bytes)).claims.filter((c) => c.basis === 'asserted').length).toBeGreaterThan(4);
    expect(await unreplayable(ooxml, bytes)).toEqual([]);
  });
  it('replays nothing where nothing stands', () => {
    const input = inputFrom(buildDocx(LETTER));
    expect(ooxml.replay(input, { in: 'xml', part: 'docProps/none.xml', element: 'a', nth: 0 })).toBeNull();
    expect(ooxml.replay(input, { in: 'xml', part: 'docProps/core.xml', element: 'dc:creator', nth: 1 })).toBeNull();
    expect(ooxml.replay(input, { in: 'xml', part: 'docProps/core.xml', element: '', nth: 0 })).toBeNull();
    expect(ooxml.replay(input, { in: 'bytes', offset: 1e9, length: 4 })).toBeNull();
  });
  it('expands no entities of the document', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x xmlns:dc="d"><dc:creator>&b;</dc:creator></x>';
    const r = await read(buildDocx({ parts: { 'docProps/core.xml': bomb } }));
    expect(r.values('party.author')).toEqual(['&b;']);
    expect(r.problems.map((p) => p.code)).toEqual(['malformed']);
  });
  it('reads no more claims than an artifact may have', async () => {
    const rsids = Array.from({ length: 500 }, (_, i) => i.toString(16).padStart(8, '0'));
    expect((await read(buildDocx({ rsids }), { maxClaims: 20 })).values('id.rsid').length).toBeLessThan(25);
  });
  it('survives truncation and noise at any place', async () => {
    const whole = buildDocx({ ...LETTER, zip: { store: true } });
    for (let i = 0; i < 64; i++) await expect(read(whole.subarray(0, Math.floor((whole.byteLength * i) / 64)))).resolves.toBeDefined();
    for (let i = 0; i < 64; i++) {
      const noisy = whole.slice();
      for (let at = i * 7; at < noisy.byteLength; at += 211) noisy[at] = (at * 31 + i) & 0xff;
      await expect(read(noisy)).resolves.toBeDefined();
    }
  });
  it('reads what is there of a package that is cut off', async () => {
    const whole = buildDocx({ ...LETTER, writer: 'libreoffice', container: 'info-zip' });
    const r = await read(whole.subarray(0, Math.floor(whole.byteLength * 0.6)));
    expect(r.values('party.author')).toEqual(['Ada Example']);
    expect(r.problems.map((p) => p.code)).toContain('truncated');
  });
});

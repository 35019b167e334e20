import { describe, expect, it } from 'vitest';
import { ole } from '../../src/formats/ole.ts';
import { ooxml } from '../../src/formats/ooxml.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildCfb, buildPropertySet } from '../support/build-cfb.ts';
import { buildDoc, buildXls, type DocSpec } from '../support/build-ole.ts';
import { buildPptx } from '../support/build-ooxml.ts';
import { buildPpt } from '../support/build-ppt.ts';
import { buildRawXls } from '../support/build-raw-xls.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const wall = (local: string, precisionMs = 60_000): unknown => ({ kind: 'wall', local, precisionMs });

async function said(bytes: Uint8Array, ...attributes: Attribute[]): Promise<unknown[]> {
  const { claims } = await readAll(ole, bytes);
  return claims.filter((c) => attributes.includes(c.attribute)).map((c) => [c.attribute, c.field, c.raw, c.value]);
}

describe('inside a doc', () => {
  const dossier: DocSpec = {
    paragraphs: ['Note'],
    author: 'Claire Moreau',
    lastAuthor: 'Paul Petit',
    template: 'Normal.dot',
    language: 0x0419,
    nFib: 0x010c,
    savedBy: [
      ['Claire Moreau', 'A:\\Note.doc'],
      ['Rozhkov', 'C:\\DOCUME~1\\rozhkov\\Temp\\Note.asd'],
    ],
    associated: { template: '\\\\serveur\\modeles\\Note.dot', author: 'Claire Moreau', lastAuthor: 'Rozhkov' },
    trackedBy: ['Rozhkov'],
    comments: [['Paul Petit', '2003-02-03T11:18']],
    dop: { created: '2003-02-03T09:31', revised: '2003-02-03T11:18', revisions: 4 },
    printer: 'HP LaserJet',
  };

  it('stands who saved earlier states, and to which files', async () => {
    expect(await said(buildDoc(dossier), 'history.saved-by', 'history.saved-to')).toEqual([
      ['history.saved-by', 'SttbSavedBy[0] author', 'Claire Moreau', 'Claire Moreau'],
      ['history.saved-to', 'SttbSavedBy[0] path', 'A:\\Note.doc', 'A:\\Note.doc'],
      ['history.saved-by', 'SttbSavedBy[1] author', 'Rozhkov', 'Rozhkov'],
      ['history.saved-to', 'SttbSavedBy[1] path', 'C:\\DOCUME~1\\rozhkov\\Temp\\Note.asd', 'C:\\DOCUME~1\\rozhkov\\Temp\\Note.asd'],
    ]);
    expect((await readAll(ole, buildDoc(dossier))).values('machine.path')).toEqual([
      'A:\\Note.doc',
      'C:\\DOCUME~1\\rozhkov\\Temp\\Note.asd',
      '\\\\serveur\\modeles\\Note.dot',
    ]);
  });

  it('stands another last author than in the properties; the same one is not said twice', async () => {
    expect(await said(buildDoc(dossier), 'party.author', 'party.last-author')).toEqual([
      ['party.author', 'PIDSI_AUTHOR', 'Claire Moreau', 'Claire Moreau'],
      ['party.last-author', 'PIDSI_LASTAUTHOR', 'Paul Petit', 'Paul Petit'],
      ['party.last-author', 'SttbfAssoc last revised by', 'Rozhkov', 'Rozhkov'],
    ]);
    const honest = buildDoc({ ...dossier, associated: { author: 'Claire Moreau', lastAuthor: 'Paul Petit' } });
    expect((await readAll(ole, honest)).values('party.last-author')).toEqual(['Paul Petit']);
  });

  it('stand the times of the machine, its version, language and printer', async () => {
    expect(await said(buildDoc(dossier), 'time.hidden', 'type.version', 'locale.text', 'machine.printer', 'count.revision')).toEqual([
      ['type.version', 'fib.nFibNew', '268', '268'],
      ['locale.text', 'fib.lid', '1049', 'ru-RU'],
      ['time.hidden', 'dop.dttmCreated', '06721a5f', wall('2003-02-03T09:31:00')],
      ['time.hidden', 'dop.dttmRevised', '06721ad2', wall('2003-02-03T11:18:00')],
      ['count.revision', 'dop.nRevision', '4', 4],
      ['machine.printer', 'PrDrvr', 'HP LaserJet', 'HP LaserJet'],
    ]);
    expect((await readAll(ole, buildDoc({ ...dossier, revision: 9 }))).values('count.revision')).toEqual([9]);
  });

  it('stands who changed and who commented', async () => {
    expect(await said(buildDoc(dossier), 'party.reviewer', 'time.reviewed')).toEqual([
      ['party.reviewer', 'SttbfRMark[1]', 'Rozhkov', 'Rozhkov'],
      ['party.reviewer', 'GrpXstAtnOwners[0]', 'Paul Petit', 'Paul Petit'],
      ['time.reviewed', 'AtrdExtra[0].dttm', '06721ad2', wall('2003-02-03T11:18:00')],
    ]);
  });

  it('replays', async () => expect(await unreplayable(ole, buildDoc(dossier))).toEqual([]));

  it('stands nothing where it is encrypted, and nothing of it in a plain document', async () => {
    expect(await said(buildDoc({ ...dossier, encrypted: true }), 'history.saved-by', 'party.reviewer', 'time.hidden')).toEqual([]);
    expect(await said(buildDoc({ paragraphs: ['Note'] }), 'history.saved-by', 'party.reviewer', 'time.hidden', 'machine.path')).toEqual([]);
  });
});

describe('inside an xls', () => {
  it('stands who commented, each once', async () => {
    const file = buildXls({ sheets: { S: [['a']] }, commentedBy: ['Rozhkov', 'Paul Petit', 'Rozhkov'] });
    expect((await readAll(ole, file)).values('party.reviewer')).toEqual(['Rozhkov', 'Paul Petit']);
    expect(await unreplayable(ole, file)).toEqual([]);
  });

  it('that was shared stands who changed it and who had it open', async () => {
    const time = Buffer.from([0xe1, 0x07, 3, 27, 14, 41, 5, 1]);
    const head = Buffer.concat([Buffer.alloc(32), Buffer.from([7, 0, 0]), Buffer.from('Rozhkov'.padEnd(113), 'latin1'), time, Buffer.alloc(2)]);
    const user = Buffer.concat([Buffer.alloc(20), time, Buffer.from([10, 0, 0]), Buffer.from('Paul Petit\u0000', 'latin1')]);
    const stream = (type: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([type & 0xff, type >> 8, body.length, 0]), body]);
    const file = buildXls({
      sheets: { S: [['a']] },
      extra: { streams: { 'Revision Log': stream(0x138, head), 'User Names': stream(0x193, user) } },
    });
    expect(await said(file, 'party.reviewer', 'time.reviewed')).toEqual([
      ['party.reviewer', 'RRDHead user', 'Rozhkov', 'Rozhkov'],
      ['time.reviewed', 'RRDHead time', 'e107031b0e290501', wall('2017-03-27T14:41:05', 1000)],
      ['party.reviewer', 'UsrInfo user', 'Paul Petit', 'Paul Petit'],
      ['time.reviewed', 'UsrInfo time', 'e107031b0e290501', wall('2017-03-27T14:41:05', 1000)],
    ]);
    expect(await unreplayable(ole, file)).toEqual([]);
  });
});

describe('a workbook without a compound file', () => {
  const rows = [
    ['Salle', 12_000, true],
    [0.5, { formula: 3 }, { formula: 'oui' }],
  ];
  const cells = [
    ['Sheet1!A1', 'Salle'],
    ['Sheet1!B1', '12000'],
    ['Sheet1!C1', '1'],
    ['Sheet1!A2', '0.5'],
    ['Sheet1!B2', '3'],
    ['Sheet1!C2', 'oui'],
  ];

  it.each([2, 3, 4] as const)('of Excel %i is recognised and has its cells', async (version) => {
    const file = buildRawXls({ version, rows, codePage: 1252, country: [7, 7] });
    expect(recognise(inputFrom(file))).toEqual({ mediaType: 'application/vnd.ms-excel', also: [] });
    const { passages, problems, ...read } = await readAll(ole, file);
    expect(problems).toEqual([]);
    expect(passages.map((p) => [p.label, p.text])).toEqual(cells);
    expect(read.values('type.version')).toEqual([`BIFF${version}`]);
    expect(read.values('locale.saved')).toEqual(['ru']);
    expect(await unreplayable(ole, file)).toEqual([]);
  });

  it('has the same text as an xls with the same cells', async () => {
    const raw = await readAll(ole, buildRawXls({ version: 4, rows, sheet: 'Budget' }));
    const xls = await readAll(ole, buildXls({ sheets: { Budget: rows } }));
    expect(raw.values('content.text')).toEqual(xls.values('content.text'));
    expect(raw.values('content.text')).toHaveLength(1);
  });

  it('names who saved it', async () => {
    expect(await said(buildRawXls({ version: 3, rows: [], user: 'Rozhkov' }), 'party.last-author')).toEqual([
      ['party.last-author', 'WRITEACCESS record', 'Rozhkov', 'Rozhkov'],
    ]);
  });

  it('says when it is encrypted', async () => {
    const { passages, problems } = await readAll(ole, buildRawXls({ version: 3, rows, encrypted: true }));
    expect([passages.length, problems.map((p) => p.code)]).toEqual([0, ['encrypted']]);
  });

  it('is not what merely begins with the same two bytes', () => {
    const honest = Buffer.from([0x09, 0x00, 0x04, 0x00, 0x07, 0x00, 0x33, 0x33, 0x0b, 0x02, 0x0c, 0x00, 0x80]);
    expect(recognise(inputFrom(honest)).mediaType).toBe('application/octet-stream');
  });
});

describe('inside a ppt', () => {
  const slides = [
    ['Titre', 'Réunion\rDemain à 10 h'],
    [
      { text: 'Привет', inOutline: true as const },
      { text: 'Page *', numberAt: 5 },
    ],
  ];

  it('stands the text of its slides, the same as in a pptx', async () => {
    const { passages, problems, ...read } = await readAll(ole, buildPpt({ slides }));
    expect(problems).toEqual([]);
    expect(passages.map((p) => [p.label, p.text])).toEqual([
      ['slide 1', 'Titre'],
      ['slide 1', 'Réunion'],
      ['slide 1', 'Demain à 10 h'],
      ['slide 2', 'Привет'],
      ['slide 2', 'Page'],
    ]);
    const copy = await readAll(
      ooxml,
      buildPptx({
        slides: [
          ['Titre', 'Réunion', 'Demain à 10 h'],
          ['Привет', 'Page'],
        ],
      }),
    );
    expect(read.values('content.text')).toEqual(copy.values('content.text'));
    const changed = await readAll(
      ole,
      buildPpt({
        slides: [
          ['Titre', 'Réunion\rDemain à 11 h'],
          ['Привет', 'Page'],
        ],
      }),
    );
    expect(changed.values('content.text')).not.toEqual(read.values('content.text'));
  });

  it('stand its user, its savings and its comments', async () => {
    const file = buildPpt({
      slides,
      lastAuthor: 'Paul Petit',
      currentUser: 'Rozhkov',
      saves: 3,
      comments: [['Claire Moreau', '2008-08-04T23:27:14']],
    });
    expect(await said(file, 'party.last-author', 'count.saves', 'party.reviewer', 'time.reviewed')).toEqual([
      ['party.last-author', 'PIDSI_LASTAUTHOR', 'Paul Petit', 'Paul Petit'],
      ['party.last-author', 'CurrentUserAtom.unicodeUserName', 'Rozhkov', 'Rozhkov'],
      ['count.saves', 'UserEditAtom chain', '3', 3],
      ['party.reviewer', 'Comment10 author', 'Claire Moreau', 'Claire Moreau'],
      ['time.reviewed', 'Comment10Atom.datetime', 'd80708000000040017001b000e000000', wall('2008-08-04T23:27:14', 1)],
    ]);
    expect(await unreplayable(ole, file)).toEqual([]);
    const honest = await readAll(ole, buildPpt({ slides, lastAuthor: 'Paul Petit', currentUser: 'Paul Petit' }));
    expect(honest.values('party.last-author')).toEqual(['Paul Petit']);
    expect(honest.values('count.saves')).toEqual([1]);
  });
});

describe('properties with names', () => {
  const file = (names: Record<number, string>, properties: Record<number, { lpstr: string } | { filetime: string }>): Uint8Array =>
    buildCfb({
      streams: {
        '\u0005DocumentSummaryInformation': buildPropertySet([
          { format: 'document-summary', codePage: 1252, properties: {} },
          { format: 'user-defined', codePage: 1252, names, properties },
        ]),
      },
    });

  it('are claims under these names, a label what it is', async () => {
    const id = '0f0e0d0c-1111-2222-3333-444455556666';
    const bytes = file(
      { 2: '_AuthorEmail', 3: 'Livraison', 4: `MSIP_Label_${id}_SiteId`, 5: `MSIP_Label_${id}_SetDate`, 6: `MSIP_Label_${id}_Name` },
      {
        2: { lpstr: 'claire@campagne.example' },
        3: { filetime: '2017-03-27T10:41:05Z' },
        4: { lpstr: '{AAAAAAAA-1111-2222-3333-444455556666}' },
        5: { lpstr: '2021-03-27T10:41:05Z' },
        6: { lpstr: 'Interne' },
      },
    );
    expect(
      (await said(bytes, 'property.custom', 'id.tenant', 'time.labelled', 'mark.label')).map((row) => (row as unknown[]).filter((_, i) => i !== 2)),
    ).toEqual([
      ['property.custom', '_AuthorEmail', 'claire@campagne.example'],
      ['property.custom', 'Livraison', '2017-03-27T10:41:05Z'],
      ['id.tenant', `MSIP_Label_${id}_SiteId`, 'aaaaaaaa-1111-2222-3333-444455556666'],
      [
        'time.labelled',
        `MSIP_Label_${id}_SetDate`,
        { kind: 'instant', epochMs: Date.parse('2021-03-27T10:41:05Z'), offsetMinutes: 0, precisionMs: 1000 },
      ],
      ['mark.label', `MSIP_Label_${id}_Name`, 'Interne'],
    ]);
    expect(await unreplayable(ole, bytes)).toEqual([]);
  });

  it('tell the machine where Office 97 drew the number', async () => {
    const bytes = file({ 2: '_PID_GUID' }, { 2: { lpstr: '{A9B1A422-A7F0-11D7-9324-00504E03A9E5}' } });
    const read = await readAll(ole, bytes);
    expect(read.values('machine.hardware')).toEqual(['00:50:4e:03:a9:e5']);
    expect(read.values('time.hidden')).toEqual([
      { kind: 'instant', epochMs: Date.UTC(2003, 5, 26, 16, 10, 11, 170), offsetMinutes: 0, precisionMs: 1 },
    ]);
    const drawn = await readAll(ole, file({ 2: '_PID_GUID' }, { 2: { lpstr: '{5E2C2E6C-8A16-46F3-8843-7F739FA12901}' } }));
    expect([drawn.values('machine.hardware'), drawn.values('id.document')]).toEqual([[], ['{5E2C2E6C-8A16-46F3-8843-7F739FA12901}']]);
  });
});

describe('a hostile ppt', () => {
  const u32 = (...ns: number[]): Buffer => {
    const b = Buffer.alloc(ns.length * 4);
    for (const [i, n] of ns.entries()) b.writeUInt32LE(n >>> 0, i * 4);
    return b;
  };
  const record = (head: number, type: number, body: Uint8Array): Buffer => Buffer.concat([u32((type << 16) | head, body.byteLength), body]);
  const file = (stream: Uint8Array, edit: number): Uint8Array =>
    buildCfb({
      streams: { 'PowerPoint Document': stream, 'Current User': record(0, 0x0ff6, Buffer.concat([u32(20, 0xe391c05f, edit), Buffer.alloc(8)])) },
    });
  const quickly = async (bytes: Uint8Array): Promise<Awaited<ReturnType<typeof readAll>>> => {
    const began = performance.now();
    const read = await readAll(ole, bytes);
    expect(performance.now() - began).toBeLessThan(2000);
    return read;
  };

  it('that names one long text of spaces a hundred thousand times is read in time', async () => {
    const references = Buffer.concat(Array.from({ length: 100_000 }, () => record(0, 0x0f9e, u32(0))));
    const slide = record(0x0f, 0x03ee, references);
    const outline = Buffer.concat([
      record(0, 0x03f3, u32(2, 0, 0, 256, 0)),
      record(0, 0x0f9f, u32(4)),
      record(0, 0x0fa8, Buffer.alloc(500_000, 0x20)),
    ]);
    const document = record(0x0f, 0x03e8, record(0x0f, 0x0ff0, outline));
    const directory = record(0, 0x1772, u32((2 << 20) | 1, 0, document.byteLength));
    const at = document.byteLength + slide.byteLength;
    const edit = record(0, 0x0ff5, u32(256, 0, 0, at, 1, 3, 1));
    const { passages } = await quickly(file(Buffer.concat([document, slide, directory, edit]), at + directory.byteLength));
    expect(passages).toEqual([]);
  });

  it('whose edits all point at one long directory, or at themselves, is read in time', async () => {
    const entries = Buffer.alloc(4_000_000);
    for (let i = 0; i < entries.byteLength; i += 4 * 4096) entries.writeUInt32LE(((4095 << 20) | 1) >>> 0, i);
    const directory = record(0, 0x1772, entries);
    const edits: Buffer[] = [];
    for (let n = 0, at = directory.byteLength; n < 9_000; n++, at += 36)
      edits.push(record(0, 0x0ff5, u32(256, 0, n === 0 ? directory.byteLength : at - 36, 0, 1, 3, 1)));
    const read = await quickly(file(Buffer.concat([directory, ...edits]), directory.byteLength + 36 * 8_999));
    expect(read.values('count.saves')).toEqual([9_000]);
  });
});

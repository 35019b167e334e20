import { describe, expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { ole } from '../../src/formats/ole.ts';
import { ooxml } from '../../src/formats/ooxml.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { nameClaims } from '../../src/run/engine-claims.ts';
import { rawMail } from '../support/build-mail.ts';
import { buildDocx, buildPptx, buildXlsx } from '../support/build-ooxml.ts';
import { relationshipsPart, xmlPart } from '../support/build-opc.ts';
import { buildPpt } from '../support/build-ppt.ts';
import { readAll, unreplayable } from '../support/read.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const said = async (reader: FormatReader, bytes: Uint8Array, ...attributes: Attribute[]): Promise<unknown[]> =>
  (await readAll(reader, bytes)).claims.filter((c) => attributes.includes(c.attribute)).map((c) => [c.field, c.value]);
const wall = (local: string, precisionMs: number): unknown => ({ kind: 'wall', local, precisionMs });
const instant = (iso: string, precisionMs = 1000): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs });

describe('tracked changes of a docx', () => {
  const changed = (mark: string, author: string, date: string, utc = ''): string =>
    `<w:${mark} w:id="1" w:author="${author}" w:date="${date}"${utc === '' ? '' : ` xmlns:w16du="http://schemas.microsoft.com/office/word/2023/wordml/word16du" w16du:dateUtc="${utc}"`}><w:r><w:t>x</w:t></w:r></w:${mark}>`;
  const file = buildDocx({
    paragraphs: [
      'Bonjour',
      { xml: changed('ins', 'Rozhkov', '2017-03-27T14:41:00Z') },
      { xml: changed('del', 'Rozhkov', '2017-03-27T14:41:00Z') },
      { xml: changed('moveFrom', 'Rozhkov', '2017-03-27T14:45:00Z') },
      { xml: changed('ins', 'Paul Petit', '2023-05-05T12:00:00Z', '2023-05-05T10:00:00Z') },
    ],
  });

  it('say who and when, each name once, each time once a name', async () => {
    expect(await said(ooxml, file, 'party.reviewer', 'time.reviewed')).toEqual([
      ['w:ins@w:author', 'Rozhkov'],
      ['w:ins@w:date', wall('2017-03-27T14:41:00', 60_000)],
      ['w:moveFrom@w:date', wall('2017-03-27T14:45:00', 60_000)],
      ['w:ins@w:author', 'Paul Petit'],
      ['w:ins@w:date', wall('2023-05-05T12:00:00', 60_000)],
      ['w:ins@w16du:dateUtc', instant('2023-05-05T10:00:00Z')],
    ]);
    expect(await unreplayable(ooxml, file)).toEqual([]);
  });

  it('are found in headers and notes, too', async () => {
    const noted = buildDocx({
      paragraphs: ['Bonjour'],
      parts: {
        'word/_rels/document.xml.rels': relationshipsPart({}, [
          { id: 'rId1', type: 'header', target: 'header1.xml' },
          { id: 'rId2', type: 'footnotes', target: 'footnotes.xml' },
        ]),
        'word/header1.xml': xmlPart({}, `<w:hdr ${W}><w:p>${changed('del', 'Claire Moreau', '2017-03-28T09:00:00Z')}</w:p></w:hdr>`),
        'word/footnotes.xml': xmlPart({}, `<w:footnotes ${W}><w:p/></w:footnotes>`),
      },
    });
    expect(await said(ooxml, noted, 'party.reviewer', 'time.reviewed')).toEqual([
      ['w:del@w:author', 'Claire Moreau'],
      ['w:del@w:date', wall('2017-03-28T09:00:00', 60_000)],
    ]);
    expect(await unreplayable(ooxml, noted)).toEqual([]);
  });

  it('are none where nothing was tracked', async () => {
    expect(await said(ooxml, buildDocx({ paragraphs: ['w:author="Rozhkov"'] }), 'party.reviewer', 'time.reviewed')).toEqual([]);
  });

  it('are told up to a limit', async () => {
    const many = Array.from({ length: 2100 }, (_, i) => ({ xml: changed('ins', 'Rozhkov', new Date(1.4e12 + i * 60_000).toISOString()) }));
    const { claims, problems } = await readAll(ooxml, buildDocx({ paragraphs: many }));
    expect(claims.filter((c) => c.attribute === 'time.reviewed')).toHaveLength(2000);
    expect(problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });
});

describe('what macros and add-ons left in a docx', () => {
  const settings = (inner: string): Uint8Array =>
    buildDocx({ paragraphs: ['x'], parts: { 'word/settings.xml': xmlPart({}, `<w:settings ${W}>${inner}</w:settings>`) } });
  it('is told by its names', async () => {
    const file = settings('<w:docVars><w:docVar w:name="Dossier" w:val="2017/12"/><w:docVar w:name="Vide" w:val=" "/></w:docVars>');
    expect(await said(ooxml, file, 'property.custom')).toEqual([['w:docVar Dossier', '2017/12']]);
    expect(await unreplayable(ooxml, file)).toEqual([]);
  });
  it('is nothing in an honest one', async () => expect(await said(ooxml, settings(''), 'property.custom')).toEqual([]));
});

describe('an xlsx', () => {
  const workbook = (inner: string): Uint8Array =>
    buildXlsx({
      sheets: { S: [['a']] },
      parts: {
        'xl/workbook.xml': xmlPart(
          {},
          `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>${inner}</workbook>`,
        ),
      },
    });
  it('that was shared names who had a view of their own', async () => {
    const file = workbook(
      '<customWorkbookViews><customWorkbookView name="Jean-Luc Petit - Affichage personnel" guid="{1}" personalView="1"/><customWorkbookView name="Impression - A4" guid="{2}"/></customWorkbookViews>',
    );
    expect(await said(ooxml, file, 'party.reviewer')).toEqual([['customWorkbookView@name', 'Jean-Luc Petit']]);
    expect(await unreplayable(ooxml, file)).toEqual([]);
  });
  it('that was saved in a crash says so, and one that was not does not', async () => {
    expect(await said(ooxml, workbook('<fileRecoveryPr crashSave="1" repairLoad="0"/>'), 'mark.recovery')).toEqual([
      ['fileRecoveryPr@crashSave', 'saved in a crash'],
    ]);
    expect(await said(ooxml, workbook('<fileRecoveryPr autoRecover="0"/>'), 'mark.recovery')).toEqual([]);
  });
});

describe('the notes of a speaker', () => {
  const notes = '<a:p><a:r><a:t>Ne pas le dire</a:t></a:r></a:p>';
  const PML = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"';
  const pptx = buildPptx({
    slides: [['Titre'], ['Texte']],
    parts: {
      'ppt/slides/_rels/slide2.xml.rels': relationshipsPart({}, [{ id: 'rId1', type: 'notesSlide', target: '../notesSlides/notesSlide1.xml' }]),
      'ppt/notesSlides/notesSlide1.xml': xmlPart(
        {},
        `<p:notes ${PML}><p:cSld><p:spTree><p:sp><p:txBody>${notes}</p:txBody></p:sp></p:spTree></p:cSld></p:notes>`,
      ),
    },
  });
  const ppt = buildPpt({ slides: [['Titre'], ['Texte']], notes: { 2: 'Ne pas le dire' } });

  it.each([
    ['pptx', ooxml, pptx],
    ['ppt', ole, ppt],
  ] as const)('of a %s follow the slides', async (_, reader, file) => {
    const { passages, problems } = await readAll(reader, file);
    expect(problems).toEqual([]);
    expect(passages.map((p) => [p.role, p.label, p.text])).toEqual([
      ['paragraph', 'slide 1', 'Titre'],
      ['paragraph', 'slide 2', 'Texte'],
      ['note', 'notes of slide 2', 'Ne pas le dire'],
    ]);
    expect(passages[2]?.address).toMatchObject(reader === ole ? { in: 'bytes' } : { in: 'xml', part: 'ppt/notesSlides/notesSlide1.xml' });
  });

  it('make no other document of it: with and without them, the text is the same', async () => {
    const plain = await readAll(ole, buildPpt({ slides: [['Titre'], ['Texte']] }));
    for (const [reader, file] of [
      [ooxml, pptx],
      [ole, ppt],
    ] as const)
      expect((await readAll(reader, file)).values('content.text')).toEqual(plain.values('content.text'));
    expect(plain.values('content.text')).toHaveLength(1);
  });
});

describe('the sensitivity label of a mail', () => {
  const id = '0f0e0d0c-1111-2222-3333-444455556666';
  const mail = (...fields: string[]): Uint8Array => rawMail('From: a@example.org', ...fields, 'Date: Mon, 27 Mar 2017 14:41:05 +0200', '', 'x');
  it('is told as in a document', async () => {
    const file = mail(
      `msip_labels: MSIP_Label_${id}_Enabled=True; MSIP_Label_${id}_SetDate=2021-03-27T10:41:05Z;`,
      ` MSIP_Label_${id}_Name=Interne;MSIP_Label_${id}_SiteId=aaaaaaaa-1111-2222-3333-444455556666;`,
    );
    expect(await said(eml, file, 'mark.label', 'time.labelled', 'id.tenant')).toEqual([
      [`MSIP_Label_${id}_Enabled`, id],
      [`MSIP_Label_${id}_SetDate`, instant('2021-03-27T10:41:05Z')],
      [`MSIP_Label_${id}_Name`, 'Interne'],
      [`MSIP_Label_${id}_SiteId`, 'aaaaaaaa-1111-2222-3333-444455556666'],
    ]);
    expect(await unreplayable(eml, file)).toEqual([]);
  });
  it('is none where the field is empty or holds something else', async () => {
    expect(await said(eml, mail('msip_labels:', 'X-Other: a'), 'mark.label', 'property.custom')).toEqual([]);
    expect(await said(eml, mail('msip_labels: id=5; Enabled=True'), 'mark.label', 'property.custom')).toEqual([]);
  });
});

describe('names of what Office saves by itself', () => {
  const marks = (name: string): unknown[] =>
    nameClaims(name)
      .filter((c) => c.attribute === 'mark.recovery')
      .map((c) => c.value);
  it.each([
    ['~WRL0003.tmp', 'automatic copy of Word'],
    ['AutoRecovery save of Discours.asd', 'automatic copy of Word'],
    ['pptA3F1.tmp', 'automatic copy of PowerPoint'],
    ['~ar81f2.xar', 'automatic copy of Excel'],
    ['Budget (Autosaved).xlsx', 'automatic copy of Office'],
  ])('%s', (name, value) => expect(marks(name)).toEqual([value]));
  it.each(['plan.docx', 'archive.xar', 'report.tmp', 'WRL0003.tmp', 'Budget (saved).xlsx', '~$plan.docx'])('and not %s', (name) =>
    expect(marks(name)).toEqual([]),
  );
});

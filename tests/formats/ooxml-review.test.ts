import { describe, expect, it } from 'vitest';
import { ole } from '../../src/formats/ole.ts';
import { ooxml } from '../../src/formats/ooxml.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildXls } from '../support/build-ole.ts';
import { buildDocx, buildXlsx } from '../support/build-ooxml.ts';
import { relationshipsPart, xmlPart } from '../support/build-opc.ts';
import { buildXlsb } from '../support/build-xlsb.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const said = async (bytes: Uint8Array, ...attributes: Attribute[]): Promise<unknown[]> =>
  (await readAll(ooxml, bytes)).claims.filter((c) => attributes.includes(c.attribute)).map((c) => [c.attribute, c.field, c.value]);
const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1000 });

const VT = 'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"';
const rootWith = (type: string, target: string): string =>
  relationshipsPart({}, [
    { id: 'rId1', type: 'officeDocument', target: 'word/document.xml' },
    { id: 'rId9', type, target },
  ]);
const custom = (properties: Readonly<Record<string, string>>): Uint8Array =>
  buildDocx({
    paragraphs: ['Bonjour'],
    parts: {
      '_rels/.rels': rootWith('custom-properties', 'docProps/custom.xml'),
      'docProps/custom.xml': xmlPart(
        {},
        `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" ${VT}>${Object.entries(properties)
          .map(([name, xml], i) => `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${i + 2}" name="${name}">${xml}</property>`)
          .join('')}</Properties>`,
      ),
    },
  });

describe('properties with names of their own', () => {
  const id = '0f0e0d0c-1111-2222-3333-444455556666';
  const text = (s: string): string => `<vt:lpwstr>${s}</vt:lpwstr>`;

  it('are claims; those of a sensitivity label say which, whose, when and by whom', async () => {
    const file = custom({
      ContentTypeId: text('0x0101'),
      Nombre: '<vt:i4>3</vt:i4>',
      Vide: text(''),
      Liste: '<vt:vector size="1" baseType="lpwstr"><vt:lpwstr>x</vt:lpwstr></vt:vector>',
      [`MSIP_Label_${id}_Enabled`]: text('true'),
      [`MSIP_Label_${id}_SetDate`]: text('2021-03-27T10:41:05Z'),
      [`MSIP_Label_${id}_Name`]: text('Interne'),
      [`MSIP_Label_${id}_SiteId`]: text('AAAAAAAA-1111-2222-3333-444455556666'),
      [`MSIP_Label_${id}_Owner`]: text('claire@campagne.example'),
      [`MSIP_Label_${id}_Method`]: text('Privileged'),
    });
    expect(await said(file, 'property.custom', 'mark.label', 'time.labelled', 'id.tenant', 'party.label-owner')).toEqual([
      ['property.custom', 'ContentTypeId', '0x0101'],
      ['property.custom', 'Nombre', '3'],
      ['mark.label', `MSIP_Label_${id}_Enabled`, id],
      ['time.labelled', `MSIP_Label_${id}_SetDate`, instant('2021-03-27T10:41:05Z')],
      ['mark.label', `MSIP_Label_${id}_Name`, 'Interne'],
      ['id.tenant', `MSIP_Label_${id}_SiteId`, 'aaaaaaaa-1111-2222-3333-444455556666'],
      ['party.label-owner', `MSIP_Label_${id}_Owner`, 'claire@campagne.example'],
      ['property.custom', `MSIP_Label_${id}_Method`, 'Privileged'],
    ]);
    expect(await unreplayable(ooxml, file)).toEqual([]);
  });

  it('are no label where it is off or its name is another', async () => {
    const file = custom({ [`MSIP_Label_${id}_Enabled`]: text('false'), Enabled: text('true'), MSIP_Label_x_Name: text('Interne') });
    expect(await said(file, 'mark.label', 'property.custom')).toEqual([
      ['property.custom', 'Enabled', 'true'],
      ['property.custom', 'MSIP_Label_x_Name', 'Interne'],
    ]);
  });

  it('stand apart in new Office: the label and the organisation', async () => {
    const labels = `<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"><clbl:label id="{${id}}" enabled="1" method="Standard" siteId="{AAAAAAAA-1111-2222-3333-444455556666}" removed="0"/><clbl:label id="{${id.replace('0f', '1f')}}" enabled="0" siteId="{x}" removed="1"/></clbl:labelList>`;
    const file = buildDocx({
      paragraphs: ['Bonjour'],
      parts: { '_rels/.rels': rootWith('classificationlabels', 'docMetadata/LabelInfo.xml'), 'docMetadata/LabelInfo.xml': xmlPart({}, labels) },
    });
    expect(await said(file, 'mark.label', 'id.tenant')).toEqual([
      ['mark.label', 'clbl:label@id', id],
      ['id.tenant', 'clbl:label@siteId', 'aaaaaaaa-1111-2222-3333-444455556666'],
    ]);
  });
});

describe('comments and people', () => {
  const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"';
  const reviewed = (date: string): Uint8Array =>
    buildDocx({
      paragraphs: ['Bonjour'],
      parts: {
        'word/_rels/document.xml.rels': relationshipsPart({}, [
          { id: 'rId1', type: 'comments', target: 'comments.xml' },
          { id: 'rId2', type: 'people', target: 'people.xml' },
        ]),
        'word/comments.xml': xmlPart(
          {},
          `<w:comments ${W}><w:comment w:id="0" w:author="Rozhkov" w:date="${date}"><w:p/></w:comment><w:comment w:id="1" w:author="Rozhkov"><w:p/></w:comment></w:comments>`,
        ),
        'word/people.xml': xmlPart(
          {},
          `<w15:people ${W}><w15:person w15:author="Claire Moreau"><w15:presenceInfo w15:providerId="AD" w15:userId="S::claire@campagne.example::0f0e0d0c-1111-2222-3333-444455556666"/></w15:person></w15:people>`,
        ),
      },
    });

  it('name who commented, and when on which clock nobody knows', async () => {
    const file = reviewed('2017-03-27T12:41:00Z');
    expect(await said(file, 'party.reviewer', 'time.reviewed')).toEqual([
      ['party.reviewer', 'w:comment@author', 'Rozhkov'],
      ['time.reviewed', 'w:comment@date', { kind: 'wall', local: '2017-03-27T12:41:00', precisionMs: 60_000 }],
      ['party.reviewer', 'w15:person@author', 'Claire Moreau'],
      ['party.reviewer', 'w15:presenceInfo@userId', 'claire@campagne.example'],
    ]);
    expect(await unreplayable(ooxml, file)).toEqual([]);
    expect(await said(reviewed('hier'), 'time.reviewed')).toEqual([['time.reviewed', 'w:comment@date', null]]);
  });

  it('are nobody where nobody commented', async () => {
    expect(await said(buildDocx({ paragraphs: ['Bonjour'] }), 'party.reviewer', 'time.reviewed', 'property.custom', 'mark.label')).toEqual([]);
  });

  it('of a sheet stand below it', async () => {
    const S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
    const file = buildXlsx({
      sheets: { Budget: [['Salle']] },
      parts: {
        'xl/worksheets/_rels/sheet1.xml.rels': relationshipsPart({}, [{ id: 'rId1', type: 'comments', target: '../comments1.xml' }]),
        'xl/comments1.xml': xmlPart({}, `<comments ${S}><authors><author>Rozhkov</author><author>Paul Petit</author></authors></comments>`),
      },
    });
    expect((await readAll(ooxml, file)).values('party.reviewer')).toEqual(['Rozhkov', 'Paul Petit']);
  });
});

describe('a binary workbook', () => {
  const rows = [
    ['Salle', 12_000, 0.5, true],
    [null, { formula: 3 }, { formula: 'oui' }, { error: 0x2a }, -7],
  ] as const;
  const file = buildXlsb({ sheets: { Feuil1: rows, Budget: [[{ inline: 'Prix' }]] }, absPath: 'C:\\Users\\claire\\', author: 'Claire Moreau' });

  it('has its cells', async () => {
    expect(recognise(inputFrom(file)).mediaType).toBe('application/vnd.ms-excel.sheet.binary.macroenabled.12');
    const { passages, problems } = await readAll(ooxml, file);
    expect(problems).toEqual([]);
    expect(passages.map((p) => [p.label, p.text])).toEqual([
      ['Feuil1!A1', 'Salle'],
      ['Feuil1!B1', '12000'],
      ['Feuil1!C1', '0.5'],
      ['Feuil1!D1', '1'],
      ['Feuil1!B2', '3'],
      ['Feuil1!C2', 'oui'],
      ['Feuil1!D2', '#N/A'],
      ['Feuil1!E2', '-7'],
      ['Budget!A1', 'Prix'],
    ]);
  });

  it('has the text of an xlsx and of an xls with the same cells', async () => {
    const sheet = [['Salle', 12_000, 'oui']];
    const digests = [
      await readAll(ooxml, buildXlsb({ sheets: { Budget: sheet } })),
      await readAll(ooxml, buildXlsx({ sheets: { Budget: sheet } })),
      await readAll(ole, buildXls({ sheets: { Budget: sheet } })),
    ].map((r) => r.values('content.text')[0]);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(digests).size).toBe(1);
    expect((await readAll(ooxml, buildXlsb({ sheets: { Budget: [['Salle', 92_000, 'oui']] } }))).values('content.text')[0]).not.toBe(digests[0]);
  });

  it('says what its XML twin says of programs and folders', async () => {
    expect(
      await said(
        file,
        'tool.part-application',
        'tool.last-edited',
        'tool.lowest-edited',
        'tool.build',
        'tool.theme-version',
        'tool.calculation',
        'machine.path',
      ),
    ).toEqual([
      ['tool.part-application', 'BrtFileVersion.stAppName', 'xl'],
      ['tool.last-edited', 'BrtFileVersion.stLastEdited', 7],
      ['tool.lowest-edited', 'BrtFileVersion.stLowestEdited', 4],
      ['tool.build', 'BrtFileVersion.stRupBuild', '27928'],
      ['tool.theme-version', 'BrtWbProp.dwThemeVersion', 166_925],
      ['machine.path', 'BrtAbsPath15.stAbsPath', 'C:\\Users\\claire\\'],
      ['tool.calculation', 'BrtCalcProp.recalcID', 191_029],
    ]);
    expect((await readAll(ooxml, file)).values('locale.created')).toContain('fr');
    expect(await unreplayable(ooxml, file)).toEqual([]);
  });
});

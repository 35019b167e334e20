import { describe, expect, it } from 'vitest';
import { pdf } from '../../src/formats/pdf.ts';
import { cffWith, fontWith, type1With } from '../support/build-fonts.ts';
import { buildPdf, type PdfFontOptions } from '../support/build-pdf.ts';
import { readAll, unreplayable } from '../support/read.ts';

const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1000 });
const TRUETYPE = fontWith({
  names: { 1: 'Garamonde', 3: 'Fonderie: Garamonde: 2007', 4: 'Garamonde Italique', 5: 'Version 1.007' },
  created: '2005-03-04T12:00:00Z',
  modified: '2007-03-05T12:00:00Z',
});
const file = (...fonts: PdfFontOptions[]): Uint8Array => buildPdf({ fonts });
const said = async (bytes: Uint8Array): Promise<unknown[]> => {
  expect(await unreplayable(pdf, bytes)).toEqual([]);
  const { claims, problems } = await readAll(pdf, bytes);
  expect(problems).toEqual([]);
  return claims.filter((c) => c.attribute.startsWith('font.')).map((c) => [c.attribute, c.field, c.value]);
};

describe('fonts that a PDF embeds', () => {
  it.each([false, true])('say their name, version, number and clocks: TrueType, composite %s', async (composite) => {
    expect(await said(file({ name: 'ABCDEF+Garamonde', program: { entry: 'FontFile2', bytes: TRUETYPE }, composite }))).toEqual([
      ['font.id', 'font unique id', 'Fonderie: Garamonde: 2007'],
      ['font.name', 'font full name', 'Garamonde Italique'],
      ['font.version', 'font version', 'Version 1.007'],
      ['font.created', 'head created', instant('2005-03-04T12:00:00Z')],
      ['font.modified', 'head modified', instant('2007-03-05T12:00:00Z')],
    ]);
  });

  it('are located inside the stream of the program', async () => {
    const { claims } = await readAll(pdf, file({ name: 'A', program: { entry: 'FontFile2', bytes: TRUETYPE } }));
    expect(claims.find((c) => c.attribute === 'font.modified')?.locator).toEqual({
      in: 'pdf',
      revision: 1,
      object: 10,
      generation: 0,
      key: 'FontFile2/head/28',
    });
  });

  it('say what a Type 1 program has in the clear', async () => {
    const program = type1With({ FullName: 'Garamonde', FamilyName: 'Garamonde', version: '001.007' }, { CreationDate: 'Wed Mar 4 12:00:00 2015' });
    expect(await said(file({ name: 'Garamonde', program: { entry: 'FontFile', bytes: program } }))).toEqual([
      ['font.created', 'CreationDate', { kind: 'wall', local: '2015-03-04T12:00:00', precisionMs: 1000 }],
      ['font.name', 'font full name', 'Garamonde'],
      ['font.version', 'font version', '001.007'],
    ]);
  });

  it('say what the Top DICT of a CFF names', async () => {
    const bytes = cffWith('Garamonde', { 0: '001.007', 1: 'Tous droits', 2: 'Garamonde Romain', 3: 'Garamonde' }, 4711);
    expect(await said(file({ name: 'Garamonde', program: { entry: 'FontFile3', bytes } }))).toEqual([
      ['font.version', 'font version', '001.007'],
      ['font.name', 'font full name', 'Garamonde Romain'],
      ['font.id', 'font unique id', '4711'],
    ]);
  });

  it('have the name of their descriptor where the program has none, without the mark of a subset', async () => {
    const bare = fontWith({ created: '2005-03-04T12:00:00Z' });
    expect(await said(file({ name: 'ABCDEF+Garamonde', program: { entry: 'FontFile2', bytes: bare } }, { name: 'Elzevir' }))).toEqual([
      ['font.created', 'head created', instant('2005-03-04T12:00:00Z')],
      ['font.name', 'FontName', 'Garamonde'],
      ['font.name', 'FontName', 'Elzevir'],
    ]);
  });

  it('say each thing once, and nothing of a clock that stands at 0', async () => {
    const subset = fontWith({ names: { 4: 'Garamonde' } });
    subset.fill(0, subset.indexOf(Buffer.from('head')) + 16 * 2 + 20, subset.indexOf(Buffer.from('head')) + 16 * 2 + 36);
    const fonts = ['ABCDEF+G', 'GHIJKL+G'].map((name): PdfFontOptions => ({ name, program: { entry: 'FontFile2', bytes: subset } }));
    expect(await said(file(...fonts))).toEqual([['font.name', 'font full name', 'Garamonde']]);
  });

  it('that are none are a problem, and keep the name of the descriptor', async () => {
    const { claims, problems } = await readAll(pdf, file({ name: 'Garamonde', program: { entry: 'FontFile2', bytes: Buffer.from('no font') } }));
    expect(problems).toEqual([{ code: 'malformed', message: 'font program 10: cannot be decoded, or is no font' }]);
    expect(claims.filter((c) => c.attribute === 'font.name').map((c) => c.value)).toEqual(['Garamonde']);
  });

  it('are absent from a file that names standard fonts only', async () => {
    expect(await said(buildPdf({ pages: ['Bonjour'] }))).toEqual([]);
  });
});

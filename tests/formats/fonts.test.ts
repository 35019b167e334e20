import { describe, expect, it } from 'vitest';
import { font } from '../../src/formats/font.ts';
import { type1 } from '../../src/formats/type1.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { fontWith, pfmWith, type1With } from '../support/build-fonts.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const instant = (iso: string) => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1000 });
const rows = async (reader: FormatReader, bytes: Uint8Array) => {
  const { claims, problems } = await readAll(reader, bytes);
  expect(await unreplayable(reader, bytes)).toEqual([]);
  return { claims: claims.map((c) => [c.attribute, c.field, c.raw, c.value]), problems: problems.map((p) => [p.code, p.message]) };
};
const typeOf = (bytes: Uint8Array) => recognise(inputFrom(bytes));

describe('font', () => {
  const spec = {
    names: { 1: 'Garamonde', 4: 'Garamonde Regular', 5: 'Version 1.007', 8: 'Fonderie', 9: 'Claire Moreau', 10: 'essai' },
    created: '2015-03-04T12:00:00Z',
    modified: '2015-03-05T12:00:00Z',
  };
  it.each([
    ['none', 'font/ttf'],
    ['woff', 'font/woff'],
    ['collection', 'font/collection'],
  ] as const)('reads names and clocks, wrapper: %s', async (wrapper, mediaType) => {
    const bytes = fontWith({ ...spec, wrapper });
    expect(typeOf(bytes)).toEqual({ mediaType, also: [] });
    expect(await rows(font, bytes)).toEqual({
      claims: [
        ['font.name', 'full name', 'Garamonde Regular', 'Garamonde Regular'],
        ['font.version', 'version', 'Version 1.007', 'Version 1.007'],
        ['party.company', 'manufacturer', 'Fonderie', 'Fonderie'],
        ['party.author', 'designer', 'Claire Moreau', 'Claire Moreau'],
        ['time.created', 'head created', '3508315200', instant('2015-03-04T12:00:00Z')],
        ['time.modified', 'head modified', '3508401600', instant('2015-03-05T12:00:00Z')],
      ],
      problems: [],
    });
    expect((await readAll(font, bytes)).passages.map((p) => p.text)).toEqual(['essai']);
  });
  it('keeps a time of 0 as present and unsaid, and the family where there is no full name', async () => {
    expect((await rows(font, fontWith({ names: { 1: 'Garamonde' } }))).claims).toEqual([
      ['font.name', 'family', 'Garamonde', 'Garamonde'],
      ['time.created', 'head created', '0', null],
      ['time.modified', 'head modified', '0', null],
    ]);
  });
  it('says where a table is cut off', async () => {
    const bytes = fontWith(spec);
    expect((await rows(font, bytes.subarray(0, bytes.byteLength - 4))).problems).toEqual([
      ['truncated', "font: the table 'name' ends beyond the file"],
    ]);
  });
  it('says that it does not read the second WOFF', async () => {
    const bytes = Buffer.concat([Buffer.from('wOF2'), Buffer.alloc(60)]);
    expect(typeOf(bytes).mediaType).toBe('font/woff2');
    expect((await rows(font, bytes)).problems).toEqual([['unsupported', 'font: the tables of a WOFF 2 are not read']]);
  });
});

describe('type1', () => {
  it.each([true, false])('reads the clear part, binary: %s', async (binary) => {
    const bytes = type1With({ version: '001.007', FullName: 'Garamonde', Notice: 'Fonderie' }, { CreationDate: 'Wed Mar 4 12:00:00 2015' }, binary);
    expect(typeOf(bytes)).toEqual({ mediaType: 'application/x-font-type1', also: [] });
    expect((await rows(type1, bytes)).claims).toEqual([
      ['time.created', 'CreationDate', 'Wed Mar 4 12:00:00 2015', { kind: 'wall', local: '2015-03-04T12:00:00', precisionMs: 1000 }],
      ['font.version', 'version', '001.007', '001.007'],
      ['font.name', 'FullName', 'Garamonde', 'Garamonde'],
    ]);
    expect((await readAll(type1, bytes)).passages.map((p) => p.text)).toEqual(['Fonderie']);
  });
  it('reads metrics', async () => {
    const bytes = pfmWith('Garamonde', 'Fonderie');
    expect(typeOf(bytes).mediaType).toBe('application/x-font-pfm');
    expect((await rows(type1, bytes)).claims).toEqual([['font.name', 'Face', 'Garamonde', 'Garamonde']]);
  });
  it('says nothing of a font that says nothing', async () => {
    expect(await rows(type1, type1With())).toEqual({ claims: [], problems: [] });
  });
});

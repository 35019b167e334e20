import { describe, expect, it } from 'vitest';
import { parsePropertySet, type PropertyValue } from '../../src/structures/ole/oleps.ts';
import { buildPropertySet, filetime, type PropertySpec } from '../support/build-cfb.ts';

const one = (value: PropertySpec, codePage?: number): PropertyValue | undefined =>
  parsePropertySet(
    buildPropertySet([{ format: 'summary', ...(codePage === undefined ? {} : { codePage }), properties: { 4: value } }]),
  ).sections[0]?.properties.find((p) => p.id === 4)?.value;

describe('a property', () => {
  it.each([
    ['in the Cyrillic code page', { lpstr: 'Лист' }, 1251, 'Лист'],
    ['in UTF-8, stored as -535', { lpstr: 'Лист é' }, 65001, 'Лист é'],
    ['in UTF-16', { lpstr: 'Лист' }, 1200, 'Лист'],
    ['without a code page', { lpstr: 'é' }, undefined, 'é'],
    ['as a wide string', { lpwstr: 'Лист' }, 1252, 'Лист'],
  ] as const)('of text, %s', (_, spec, codePage, text) => {
    expect(one(spec, codePage)).toEqual({ kind: 'text', text });
  });

  it('of numbers, truth and time', () => {
    expect(one({ i2: -535 })).toEqual({ kind: 'number', number: -535 });
    expect(one({ i4: 786_432 })).toEqual({ kind: 'number', number: 786_432 });
    expect(one({ bool: true })).toEqual({ kind: 'number', number: 1 });
    expect(one({ filetime: '2017-03-27T10:41:05Z' })).toEqual({ kind: 'filetime', ticks: filetime('2017-03-27T10:41:05Z') });
  });

  it('of a thumbnail is noted, not decoded', () => {
    expect(one({ clip: 40 })).toEqual({ kind: 'clip', sizeBytes: 40 });
  });

  it('of several values', () => {
    expect(one({ variants: [{ lpstr: 'Листы' }, { i4: 3 }, { lpstr: 'Имена' }, { i4: 1 }] }, 1251)).toEqual({
      kind: 'vector',
      items: [
        { kind: 'text', text: 'Листы' },
        { kind: 'number', number: 3 },
        { kind: 'text', text: 'Имена' },
        { kind: 'number', number: 1 },
      ],
    });
    expect(one({ lpstrs: ['Лист1', 'B', 'Budget'] }, 1251)).toEqual({
      kind: 'vector',
      items: [
        { kind: 'text', text: 'Лист1' },
        { kind: 'text', text: 'B' },
        { kind: 'text', text: 'Budget' },
      ],
    });
  });
});

describe('a set', () => {
  const set = buildPropertySet([
    { format: 'document-summary', codePage: 1251, properties: { 15: { lpstr: 'Ромашка' } } },
    { format: 'user-defined', codePage: 1251, properties: { 2: { lpstr: 'да' }, 3: { i4: 7 } }, names: { 2: 'Проверено', 3: 'Count' } },
  ]);

  it('has sections with their own code pages, and names from the dictionary', () => {
    const { sections, problems } = parsePropertySet(set);
    expect(problems).toEqual([]);
    expect(sections.map((s) => [s.format, s.codePage])).toEqual([
      ['d5cdd502-2e9c-101b-9397-08002b2cf9ae', 1251],
      ['d5cdd505-2e9c-101b-9397-08002b2cf9ae', 1251],
    ]);
    expect(sections[1]?.properties.map((p) => [p.id, p.name])).toEqual([
      [1, null],
      [2, 'Проверено'],
      [3, 'Count'],
    ]);
  });

  it('with an unknown code page says so', () => {
    const bytes = Buffer.from(buildPropertySet([{ format: 'summary', codePage: 1252, properties: { 4: { lpstr: 'é' } } }]));
    bytes.writeUInt16LE(59_999, bytes.indexOf(Buffer.from([2, 0, 0, 0, 0xe4, 0x04])) + 4);
    const { sections, problems } = parsePropertySet(bytes);
    expect(problems).toEqual([{ code: 'malformed', message: 'code page 59999 is unknown; its strings were read as Latin-1' }]);
    expect(sections[0]?.properties[1]?.value).toEqual({ kind: 'text', text: 'é' });
  });

  it('cut at any place or with any byte changed is survived and says what is missing', () => {
    for (let n = 0; n < set.byteLength; n++) expect(parsePropertySet(set.subarray(0, n)).problems.length, `at ${n}`).toBeGreaterThan(0);
    for (let i = 0; i < set.byteLength; i++) {
      const bad = Buffer.from(set);
      bad[i] = 0xff;
      // A count of sections that became 255 is read up to the limit of eight.
      expect(parsePropertySet(bad).sections.length).toBeLessThanOrEqual(8);
    }
  });

  it('whose properties all point at one long list stops at the budget', () => {
    const items = Array.from({ length: 2000 }, () => ({ i4: 1 }));
    const bytes = Buffer.from(
      buildPropertySet([
        {
          format: 'summary',
          properties: { 2: { variants: items }, ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [i + 10, { i4: 0 }])) },
        },
      ]),
    );
    const target = bytes.readUInt32LE(48 + 12);
    for (let i = 0; i < 201; i++) bytes.writeUInt32LE(target, 48 + 12 + i * 8);
    const { sections, problems } = parsePropertySet(bytes);
    const values = sections[0]?.properties.reduce((n, p) => n + (p.value.kind === 'vector' ? p.value.items.length : 0), 0) ?? 0;
    expect(values).toBeGreaterThan(2000);
    expect(values).toBeLessThanOrEqual(50_000);
    expect(problems).toEqual([{ code: 'limit-exceeded', message: 'a property breaks off' }]);
  });
});

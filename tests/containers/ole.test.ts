import { expect, it } from 'vitest';
import { ole } from '../../src/containers/ole.ts';
import { ole as reader } from '../../src/formats/ole.ts';
import { buildCfb, ole10NativeStream, propertyStreams } from '../support/build-cfb.ts';
import { buildDoc, buildXls } from '../support/build-ole.ts';
import { bytesOfChild, inputFrom, openAll, readAll } from '../support/read.ts';

const packed = ole10NativeStream({
  label: 'budget.csv',
  sourcePath: 'C:\\Users\\ivanov\\Desktop\\budget.csv',
  temporaryPath: 'C:\\Users\\ivanov\\AppData\\Local\\Temp\\budget.csv',
  content: Buffer.from('a;b\n1;2\n'),
});
const inside = (path: string, streams: Record<string, Uint8Array>): Record<string, Uint8Array> =>
  Object.fromEntries(Object.entries(streams).map(([name, b]) => [`${path}/${name}`, b]));
const zip = Buffer.from('PK\u0003\u0004 and so on');
const file = buildDoc({
  paragraphs: ['See the table.'],
  extra: {
    streams: {
      ...inside('ObjectPool/_1', { Workbook: new Uint8Array(5000), ...propertyStreams({ lastAuthor: 'Иванов', codePage: 1251 }) }),
      'ObjectPool/_1/Deep/Package': zip,
      'ObjectPool/_2/\u0001Ole10Native': packed,
      'ObjectPool/_3/Package': zip,
      'ObjectPool/_4/\u0001Ole10Native': Buffer.from([4, 0, 0, 0, 9, 9, 9, 9]),
      'ObjectPool/_5/CONTENTS': zip,
    },
    storages: {
      'ObjectPool/_1': { created: '2015-03-04T10:00:00Z', modified: '2015-03-04T10:00:01Z', clsid: '00020820-0000-0000-c000-000000000046' },
    },
  },
});

it('opens embedded documents and packed files, and leaves the rest', async () => {
  const { children, problems } = await openAll(ole, file);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([
    ['ObjectPool/_1', undefined, 'document'],
    ['ObjectPool/_2/\u0001Ole10Native', 'budget.csv', 'document'],
    ['ObjectPool/_3/Package', undefined, 'document'],
    ['ObjectPool/_4/\u0001Ole10Native', undefined, 'part'],
  ]);
  expect(problems).toEqual([]);
  expect(Buffer.from(bytesOfChild(children[1])).toString()).toBe('a;b\n1;2\n');
  expect(Buffer.from(bytesOfChild(children[2]))).toEqual(zip);
});

it('takes an embedded workbook out with its properties, its clocks and what is inside it', async () => {
  const child = ole.openOne?.(inputFrom(file), 'ObjectPool/_1');
  const bytes = bytesOfChild(child ?? undefined);
  const read = await readAll(reader, bytes);
  expect(read.values('party.last-author')).toEqual(['Иванов']);
  expect(read.claims.filter((c) => c.attribute === 'time.directory').map((c) => c.field)).toEqual([
    'Root Entry Creation Time',
    'Root Entry Modified Time',
  ]);
  expect((await openAll(ole, bytes)).children.map((c) => c.key)).toEqual(['Deep/Package']);
});

it('says what the packager kept of the machine', async () => {
  const { children } = await openAll(ole, file);
  expect(children[1]?.says.map((s) => [s.attribute, s.field, s.value, s.locator])).toEqual([
    ['name.file', 'label', 'budget.csv', { in: 'parent', key: 'label' }],
    ['machine.path', 'source path', 'C:\\Users\\ivanov\\Desktop\\budget.csv', { in: 'parent', key: 'source path' }],
    ['machine.path', 'temporary path', 'C:\\Users\\ivanov\\AppData\\Local\\Temp\\budget.csv', { in: 'parent', key: 'temporary path' }],
  ]);
});

it('has nothing to open in a plain workbook, and no child of a name that is none', async () => {
  const plain = buildXls({ sheets: { S: [[1]] } });
  expect(await openAll(ole, plain)).toEqual({ children: [], problems: [] });
  expect(ole.openOne?.(inputFrom(plain), 'ObjectPool/_1')).toBeNull();
});

it('says when a packed file is cut', async () => {
  const cut = buildCfb({ streams: { '\u0001Ole10Native': packed.subarray(0, packed.byteLength - 3) } });
  const { children, problems } = await openAll(ole, cut);
  expect(Buffer.from(bytesOfChild(children[0])).toString()).toBe('a;b\n1');
  expect(problems).toEqual([{ code: 'truncated', message: 'the embedded file lacks its last 3 bytes' }]);
});

it('keeps a payload beyond the budget as a closed child', async () => {
  const { children } = await openAll(ole, file, { maxArtifactBytes: 50 });
  expect(children.find((c) => c.key === 'ObjectPool/_2/\u0001Ole10Native')).toMatchObject({ bytes: null, why: 'over-limit' });
});

it('survives a file cut or changed at any place, with unique keys', async () => {
  for (let n = 0; n < file.byteLength; n += 509) await openAll(ole, file.slice(0, n));
  for (let i = 0; i < file.byteLength; i += 101) {
    const bad = Buffer.from(file);
    bad[i] = 0xff - (bad[i] ?? 0);
    const keys = (await openAll(ole, bad)).children.map((c) => c.key);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

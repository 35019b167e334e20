import { describe, expect, it } from 'vitest';
import { opc } from '../../src/containers/ooxml.ts';
import { buildDocx, buildXlsx } from '../support/build-ooxml.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const OLE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0);
const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const FULL = buildDocx({
  author: 'Ada Example',
  media: { 'image1.png': PNG },
  embeddings: { 'oleObject1.bin': OLE, 'sheet.xlsx': PNG },
  thumbnail: PNG,
  parts: {
    'word/vbaProject.bin': OLE,
    'word/activeX/activeX1.bin': OLE,
    'word/other.bin': PNG,
    'word/printerSettings/printerSettings1.bin': OLE,
    'word/media/_rels/x.rels': '<a/>',
  },
});

describe('opc', () => {
  it('opens what is embedded, and no part of the document itself', async () => {
    const { children, problems } = await openAll(opc, FULL);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.role, c.label])).toEqual([
      ['word/media/image1.png', 'part', 'image1.png'],
      ['word/embeddings/oleObject1.bin', 'document', 'oleObject1.bin'],
      ['word/embeddings/sheet.xlsx', 'document', 'sheet.xlsx'],
      ['docProps/thumbnail.jpeg', 'part', 'thumbnail.jpeg'],
      ['word/vbaProject.bin', 'part', 'vbaProject.bin'],
      ['word/activeX/activeX1.bin', 'part', 'activeX1.bin'],
    ]);
    expect(bytesOfChild(children[0])).toEqual(Buffer.from(PNG));
    expect(children[0]?.says).toEqual([
      {
        basis: 'asserted',
        attribute: 'name.file',
        field: 'file name',
        raw: 'image1.png',
        value: 'image1.png',
        locator: { in: 'parent', key: 'name' },
      },
    ]);
  });
  it('finds nothing in a plain document', async () =>
    expect((await openAll(opc, buildXlsx({ author: 'Ada Example', printer: 'Office' }))).children).toEqual([]));
  it('opens one by its key, and only what it would list', () => {
    expect(opc.openOne?.(inputFrom(FULL), 'word/embeddings/oleObject1.bin')?.bytes?.slice(0, 8)).toEqual(Buffer.from(OLE.subarray(0, 8)));
    for (const key of ['word/document.xml', 'word/other.bin', 'none']) expect(opc.openOne?.(inputFrom(FULL), key)).toBeNull();
  });
  it('keeps repeated names apart', async () => {
    const bytes = buildDocx({ media: { 'a.png': PNG, 'b.png': PNG }, members: { 'word/media/b.png': { rawName: Buffer.from('word/media/a.png') } } });
    expect((await openAll(opc, bytes)).children.map((c) => c.key)).toEqual(['word/media/a.png', 'word/media/a.png#2']);
  });
  it('lists what it cannot open', async () => {
    const { children } = await openAll(opc, buildDocx({ media: { 'a.png': PNG }, members: { 'word/media/a.png': { encrypted: true } } }));
    expect(children.map((c) => [c.key, c.bytes, 'why' in c ? c.why : null])).toEqual([['word/media/a.png', null, 'encrypted']]);
  });
  it('stops unpacking a package made to exceed the limits', async () => {
    const names = Array.from({ length: 8 }, (_, i) => `${i}.png`);
    const bytes = buildDocx({
      media: Object.fromEntries(names.map((n) => [n, new Uint8Array(50_000)])),
      members: Object.fromEntries(names.map((n) => [`word/media/${n}`, { size: 10 }])),
    });
    const { children } = await openAll(opc, bytes, { maxArtifactBytes: 20_000, expansionFloorBytes: 50_000, maxExpansionRatio: 1 });
    expect(children).toHaveLength(8);
    expect(children.map((c) => (c.bytes === null ? c.problem.message : '')).filter((m) => m.startsWith('not opened'))).toHaveLength(5);
  });
  it('survives truncation at any place', async () => {
    for (let i = 0; i < 64; i++) await expect(openAll(opc, FULL.subarray(0, Math.floor((FULL.byteLength * i) / 64)))).resolves.toBeDefined();
  });
});

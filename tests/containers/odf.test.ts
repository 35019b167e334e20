import { describe, expect, it } from 'vitest';
import { odf } from '../../src/containers/odf.ts';
import { odf as odfReader } from '../../src/formats/odf.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { readMember, readZip } from '../../src/structures/zip/zip.ts';
import { buildOds, buildOdt } from '../support/build-odf.ts';
import { bytesOfChild, inputFrom, openAll, readAll } from '../support/read.ts';

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const OLE = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
const FULL = buildOdt({
  pictures: { 'a.png': PNG },
  thumbnail: PNG,
  parts: { 'Object 1': OLE, 'Object 2/content.xml': '<a/>', 'Object 2/styles.xml': '<a/>', 'ObjectReplacements/Object 1': PNG },
});

describe('odf', () => {
  it('opens pictures, the thumbnail and objects, and no part of the document itself', async () => {
    const { children, problems } = await openAll(odf, FULL);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.role, c.label])).toEqual([
      ['Pictures/a.png', 'part', 'a.png'],
      ['Thumbnails/thumbnail.png', 'part', 'thumbnail.png'],
      ['Object 1', 'document', 'Object 1'],
      ['Object 2/content.xml', 'part', 'content.xml'],
      ['ObjectReplacements/Object 1', 'part', 'Object 1'],
    ]);
    expect(bytesOfChild(children[2])).toEqual(Buffer.from(OLE));
  });
  it('finds nothing in a plain document', async () => expect((await openAll(odf, buildOds({ sheets: { A: [['x']] } }))).children).toEqual([]));
  it('gives an object that is a folder of parts as a package of its own', async () => {
    const whole = buildOdt({ author: 'Claire Moreau', paragraphs: ['Bonjour'] });
    const input = inputFrom(whole);
    const parts = Object.fromEntries(
      input
        .once(readZip)
        .members.filter((m) => /^(?:content|meta|styles)\.xml$/.test(m.name))
        .map((m) => {
          const part = readMember(input, m, 1_000_000);
          return [`Object 1/${m.name}`, part.ok ? part.bytes : null];
        }),
    );
    const type = 'application/vnd.oasis.opendocument.text';
    const file = buildOdt({
      parts: { ...parts, 'Object 1/Pictures/b.png': PNG, 'Object 3/content.xml': '<a/>' },
      folders: { 'Object 1/': type, 'Object 3/': 'application/vnd.oasis.opendocument.chart' },
      packed: '2017-03-02T10:30:06',
    });
    const { children, problems } = await openAll(odf, file);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.role, c.label])).toEqual([
      ['Object 1/', 'document', 'Object 1'],
      ['Object 3/', 'part', 'Object 3'],
    ]);
    const object = bytesOfChild(children[0]);
    expect(recognise(inputFrom(object)).mediaType).toBe(type);
    const read = await readAll(odfReader, object);
    expect([read.values('party.author'), read.passages.map((p) => p.text), read.problems]).toEqual([['Claire Moreau'], ['Bonjour'], []]);
    // When and by whom the members were packed is for the package around it to say.
    expect([read.values('time.member'), read.values('tool.container')]).toEqual([[], ['unknown']]);
    expect((await openAll(odf, object)).children.map((c) => c.key)).toEqual(['Pictures/b.png']);
    expect(odf.openOne?.(inputFrom(file), 'Object 1/')?.bytes?.size).toBe(object.byteLength);
    expect(odf.openOne?.(inputFrom(file), 'Object 1/content.xml')).toBeNull();
  });
  it('lists what is encrypted', async () => {
    const { children } = await openAll(odf, buildOdt({ pictures: { 'a.png': PNG }, encrypted: ['Pictures/a.png'] }));
    expect(children.map((c) => [c.key, c.bytes, 'why' in c ? c.why : null])).toEqual([['Pictures/a.png', null, 'encrypted']]);
  });
  it('opens one by its key, and only what it would list', () => {
    expect(odf.openOne?.(inputFrom(FULL), 'Object 1')?.bytes?.size).toBe(8);
    for (const key of ['content.xml', 'none']) expect(odf.openOne?.(inputFrom(FULL), key)).toBeNull();
  });
});

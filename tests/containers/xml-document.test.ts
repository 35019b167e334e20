import { describe, expect, it } from 'vitest';
import { xmlDocument } from '../../src/containers/xml-document.ts';
import { buildAbiWord, buildFictionBook, buildFlatOdf, buildWordMl, pictureFrame } from '../support/build-xml-document.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

describe('what stands as base64 in a document of one XML file', () => {
  it.each([
    ['flat OpenDocument', buildFlatOdf({ body: `<text:p>${pictureFrame}</text:p>` }), 'office:binary-data#0', undefined],
    ['Word 2003', buildWordMl(), 'w:binData#0', '01000001.png'],
    ['AbiWord', buildAbiWord(), 'd#0', 'image0'],
    ['FictionBook', buildFictionBook(), 'binary#0', 'cover.png'],
  ])('%s', async (_, bytes, key, label) => {
    const { children } = await openAll(xmlDocument, bytes);
    expect(children.map((c) => [c.key, c.label, c.role])).toEqual([[key, label, 'part']]);
    expect(Buffer.from(bytesOfChild(children[0])).toString('latin1', 1, 4)).toBe('PNG');
    expect(xmlDocument.openOne?.(inputFrom(bytes), key)?.bytes?.size).toBe(8);
    expect(xmlDocument.openOne?.(inputFrom(bytes), 'other#0')).toBeNull();
  });
  it('nothing in a document without pictures', async () => expect((await openAll(xmlDocument, buildFlatOdf())).children).toEqual([]));
});

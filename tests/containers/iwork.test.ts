import { describe, expect, it } from 'vitest';
import { iwork } from '../../src/containers/iwork.ts';
import { buildIwork, buildPages09 } from '../support/build-ebook.ts';
import { inputFrom, openAll } from '../support/read.ts';

describe('previews and media of iWork', () => {
  it.each([
    ['preview.jpg', buildIwork({ program: 'pages', documentId: 'a', versionId: 'b', builds: [] })],
    ['QuickLook/Thumbnail.jpg', buildPages09()],
  ])('%s, and no part of the document itself', async (key, bytes) => {
    const { children } = await openAll(iwork, bytes);
    expect(children.map((c) => [c.key, c.role, c.bytes?.size])).toEqual([[key, 'part', 4]]);
    expect(iwork.openOne?.(inputFrom(bytes), key)?.bytes?.size).toBe(4);
    expect(iwork.openOne?.(inputFrom(bytes), 'index.xml')).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { iwork } from '../../src/formats/iwork.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildIwork, buildPages09 } from '../support/build-ebook.ts';
import { buildZip } from '../support/build-zip.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const pages = { documentId: '304022E4-FD08', versionId: 'C5ED6463-575C', builds: ['Template: Blank (2015-09-16 11:33)', 'M9.0.1-7030'] };

describe('iWork since 2013', () => {
  it.each(['pages', 'numbers', 'keynote'] as const)('%s by its first message, or its slides', (program) =>
    expect(typeOf(buildIwork({ ...pages, program }))).toBe(`application/vnd.apple.${program}`),
  );
  it('has identifiers and the builds that saved it', async () => {
    const bytes = buildIwork({ ...pages, program: 'pages' });
    const r = await readAll(iwork, bytes);
    expect(r.problems).toEqual([]);
    expect([r.values('id.document'), r.values('id.instance'), r.values('tool.build'), r.values('type.version')]).toEqual([
      ['304022E4-FD08', '304022E4-FD08'],
      ['C5ED6463-575C'],
      ['Template: Blank (2015-09-16 11:33)', 'M9.0.1-7030'],
      ['2.0.24'],
    ]);
    expect(await unreplayable(iwork, bytes)).toEqual([]);
  });
});

describe("iWork '09", () => {
  it('has dates with a zone, authors and text, placeholders left out', async () => {
    const bytes = buildPages09();
    expect(typeOf(bytes)).toBe('application/vnd.apple.pages');
    const r = await readAll(iwork, bytes);
    expect(r.values('time.created')).toEqual([
      { kind: 'instant', epochMs: Date.parse('2012-04-12T16:32:48-07:00'), offsetMinutes: -420, precisionMs: 1000 },
    ]);
    expect([r.values('time.modified').length, r.values('party.author'), r.passages.map((p) => p.text)]).toEqual([1, ['Claire Moreau'], ['Bonjour']]);
    expect(await unreplayable(iwork, bytes)).toEqual([]);
  });
  it('is told from a zip with an index', () =>
    expect(typeOf(buildZip([{ name: 'index.xml', content: '<sl:document/>' }], 'info-zip'))).toBe('application/zip'));
});

import { describe, expect, it } from 'vitest';
import { ooxml } from '../../src/formats/ooxml.ts';
import { rtf } from '../../src/formats/rtf.ts';
import type { ClaimDraft } from '../../src/model/claim.ts';
import { buildDocx } from '../support/build-ooxml.ts';
import { buildRtf } from '../support/build-rtf.ts';
import { type Read, readAll, unreplayable } from '../support/read.ts';

const read = (bytes: Uint8Array, limits = {}): Promise<Read> => readAll(rtf, bytes, limits);
const of = (r: Read, attribute: string): Pick<ClaimDraft, 'field' | 'raw' | 'value'>[] =>
  r.claims.filter((c) => c.attribute === attribute).map(({ field, raw, value }) => ({ field, raw, value }));
const wall = (local: string, precisionMs = 60_000): unknown => ({ kind: 'wall', local, precisionMs });
const texts = async (body: string): Promise<string[]> => (await read(buildRtf({ body }))).passages.map((p) => p.text);

const LETTER = buildRtf({
  author: 'René Example',
  lastAuthor: 'B. Clerk',
  title: 'Letter',
  company: 'Example',
  manager: 'C. Head',
  created: '2017-03-01T09:12',
  modified: '2017-03-02T10:30',
  printed: '2017-03-02T10:00',
  revision: 4,
  editingMinutes: 37,
  words: 9,
  codePage: 1251,
  language: 1036,
  generator: 'Riched20 10.0.19041',
  template: 'C:\\Users\\clerk\\Normal.dotm',
  rsids: ['0012ABCD', '00D4E5F6'],
  rsidRoot: '0012ABCD',
  paragraphs: ['Dear Sir,', 'the amount is 12 000.'],
});

describe('properties', () => {
  it('reads who, when and with what', async () => {
    const r = await read(LETTER);
    expect(r.problems).toEqual([]);
    expect(of(r, 'party.author')).toEqual([{ field: '\\author', raw: 'Ren\\u233?' + ' Example', value: 'René Example' }]);
    expect([r.values('party.last-author'), r.values('name.title'), r.values('party.company'), r.values('party.manager')]).toEqual([
      ['B. Clerk'],
      ['Letter'],
      ['Example'],
      ['C. Head'],
    ]);
    expect(of(r, 'time.created')).toEqual([{ field: '\\creatim', raw: '\\yr2017\\mo3\\dy1\\hr9\\min12', value: wall('2017-03-01T09:12:00') }]);
    expect([r.values('time.modified'), r.values('time.printed')]).toEqual([[wall('2017-03-02T10:30:00')], [wall('2017-03-02T10:00:00')]]);
    expect([r.values('count.revision'), r.values('count.editing-minutes'), r.values('count.words')]).toEqual([[4], [37], [9]]);
    expect(of(r, 'locale.codepage')).toEqual([{ field: '\\ansicpg', raw: '\\ansicpg1251', value: 1251 }]);
    expect([r.values('locale.text'), r.values('tool.producer'), r.values('machine.path')]).toEqual([
      ['fr-FR'],
      ['Riched20 10.0.19041'],
      ['C:\\Users\\clerk\\Normal.dotm'],
    ]);
    expect([r.values('id.rsid'), r.values('id.rsid-root')]).toEqual([['0012ABCD', '00D4E5F6'], ['0012ABCD']]);
    expect(await unreplayable(rtf, LETTER)).toEqual([]);
  });
  it('keeps what it does not understand, and seconds where they stand', async () => {
    const r = await read(
      buildRtf({ head: '{\\info{\\creatim\\yr2017\\mo13\\dy1}{\\revtim\\yr2017\\mo3\\dy1\\hr9\\min12\\sec7}{\\printim\\yr0\\mo0\\dy0\\hr0\\min0}}' }),
    );
    expect([r.values('time.created'), r.values('time.modified'), r.values('time.printed')]).toEqual([
      [null],
      [wall('2017-03-01T09:12:07', 1000)],
      [],
    ]);
  });
  it('knows the name of the default style in other languages and leaves Normal open', async () => {
    expect(of(await read(buildRtf({ defaultStyle: 'Обычный' })), 'locale.created').map((c) => c.value)).toEqual(['ru']);
    expect(of(await read(buildRtf()), 'locale.created')).toEqual([]);
  });
  it('cuts an endless value and says so', async () => {
    const r = await read(buildRtf({ author: 'x'.repeat(5000) }));
    expect(of(r, 'party.author').map((c) => c.raw)).toEqual(['x'.repeat(1024)]);
    expect(r.problems).toEqual([{ code: 'limit-exceeded', message: '\\author is longer than 1024 characters; its beginning was kept' }]);
  });
});

describe('text', () => {
  it('decodes bytes by the code page of the font, and characters by their number', async () => {
    expect(await texts("{\\f1 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2} caf\\'e9\\par \\uc2\\u1055 ??x\\uc1\\u-10179?\\u-8704?\\par")).toEqual([
      'Привет café',
      'Пx\u{1f600}',
    ]);
  });
  it('leaves out headers, notes, codes of fields and what was deleted', async () => {
    expect(
      await texts(
        '{\\header top\\par}A{\\footnote n}{\\deleted gone}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}{\\*\\unknown z}\\par B\\cell C\\row',
      ),
    ).toEqual(['Alink', 'B', 'C']);
  });
  it('reads the Unicode of a group that has both', async () => expect(await texts('{\\upr{Privet}{\\*\\ud{\\u1055?}}}\\par')).toEqual(['П']));
  it('gives a copy in the format of Word the same digest, and another text another', async () => {
    const word = await readAll(ooxml, buildDocx({ paragraphs: ['Dear Sir,', 'the amount is 12 000.'] }));
    expect((await read(LETTER)).values('content.text')).toEqual(word.values('content.text'));
    expect((await read(buildRtf({ paragraphs: ['Dear Sir,', 'the amount is 92 000.'] }))).values('content.text')).not.toEqual(
      word.values('content.text'),
    );
  });
});

describe('hostile files', () => {
  it('stops at groups nested without end', async () => {
    const r = await read(Buffer.from(`{\\rtf1 a\\par ${'{'.repeat(200_000)}`));
    expect(r.problems.map((p) => p.code)).toEqual(['limit-exceeded']);
    expect(r.values('content.text')).toEqual([]);
  });
  it('tells where the file breaks off, and what stands behind its end', async () => {
    const cut = await read(LETTER.subarray(0, LETTER.byteLength - 20));
    expect([cut.problems.map((p) => p.code), cut.values('content.text')]).toEqual([['truncated'], []]);
    expect((await read(Buffer.concat([LETTER, Buffer.from('\r\n\0')]))).problems).toEqual([]);
    expect((await read(Buffer.concat([LETTER, Buffer.from('more')]))).problems).toEqual([
      { code: 'malformed', message: '4 bytes behind the end of the document were not read' },
    ]);
  });
  it('keeps to the budget for text', async () => {
    const r = await read(buildRtf({ paragraphs: ['x'.repeat(500), 'y'] }), { maxTextBytes: 100 });
    expect([r.problems.map((p) => p.code), r.values('content.text')]).toEqual([['limit-exceeded'], []]);
  });
});

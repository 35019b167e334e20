import { describe, expect, it } from 'vitest';
import { html } from '../../src/formats/html.ts';
import { text } from '../../src/formats/text.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildHtml } from '../support/build-html.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const stated = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(html, bytes)).claims.filter((c) => c.basis === 'asserted').map((c) => [c.attribute, c.field, c.raw, c.value]);
const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1000 });

const word = buildHtml({
  lang: 'fr-FR',
  title: 'Réunion & suite',
  meta: { Generator: 'Microsoft Word 15', ProgId: 'Word.Document' },
  paragraphs: ['Une phrase à lire.'],
  office: {
    Author: 'Claire Moreau',
    LastAuthor: 'Пётр',
    Revision: '2',
    TotalTime: '14',
    Created: '2017-03-04T09:00:00Z',
    LastSaved: '2017-03-05T10:30:00Z',
    Company: 'R & D',
  },
});

it('reads what Office and the head say, each with what stands there', async () => {
  expect(await stated(word)).toEqual([
    ['locale.text', 'html lang', '<html lang="fr-FR">', 'fr-FR'],
    ['tool.producer', 'meta generator', '<meta name="Generator" content="Microsoft Word 15">', 'Microsoft Word 15'],
    ['tool.application', 'meta progid', '<meta name="ProgId" content="Word.Document">', 'Word.Document'],
    ['name.title', 'title', 'Réunion &amp; suite', 'Réunion & suite'],
    ['party.author', 'o:Author', 'Claire Moreau', 'Claire Moreau'],
    ['party.last-author', 'o:LastAuthor', 'Пётр', 'Пётр'],
    ['count.revision', 'o:Revision', '2', 2],
    ['count.editing-minutes', 'o:TotalTime', '14', 14],
    ['time.created', 'o:Created', '2017-03-04T09:00:00Z', instant('2017-03-04T09:00:00Z')],
    ['time.modified', 'o:LastSaved', '2017-03-05T10:30:00Z', instant('2017-03-05T10:30:00Z')],
    ['party.company', 'o:Company', 'R &amp; D', 'R & D'],
  ]);
});

it.each(['utf-8', 'iso-8859-1', 'utf-16le'] as const)('finds the same place again in %s', async (charset) => {
  const bytes = buildHtml({ charset, meta: { author: 'Hélène Prévôt' }, title: 'Été', paragraphs: ['où ?'] });
  expect(recognise(inputFrom(bytes)).mediaType).toBe('text/html');
  expect((await readAll(html, bytes)).values('party.author')).toEqual(['Hélène Prévôt']);
  expect((await readAll(html, bytes)).values('name.title')).toEqual(['Été']);
  expect((await readAll(html, bytes)).passages.map((p) => p.text)).toEqual(['où ?']);
  expect(await unreplayable(html, bytes)).toEqual([]);
});

it.each([
  ['created', '2016-03-04T12:00:00.123456789', { kind: 'wall', local: '2016-03-04T12:00:00.123', precisionMs: 1 }],
  ['created', '20050304;9304500', { kind: 'wall', local: '2005-03-04T09:30:45', precisionMs: 10 }],
  ['DCTERMS.created', '2016-03-04', { kind: 'wall', local: '2016-03-04T00:00:00', precisionMs: 86_400_000 }],
  [
    'article:published_time',
    '2016-03-04T12:00:00+01:00',
    { kind: 'instant', epochMs: Date.UTC(2016, 2, 4, 11), offsetMinutes: 60, precisionMs: 1000 },
  ],
  ['created', 'yesterday', null],
])('understands the time in %s %s', async (name, content, value) => {
  expect((await readAll(html, buildHtml({ meta: { [name]: content } }))).values('time.created')).toEqual([value]);
});

it('tells where a page was saved from', async () => {
  expect(await stated(buildHtml({ savedFrom: 'http://intranet.example/plan.html' }))).toEqual([
    ['origin.url', 'saved from url', '<!-- saved from url=(0033)http://intranet.example/plan.html -->', 'http://intranet.example/plan.html'],
  ]);
  expect(await stated(Buffer.from('<html><body><p>saved from url=(0004)http</p><!-- saved from url=(0004)late --></body></html>'))).toEqual([]);
});

it('gives a page and the same words as text one digest', async () => {
  const page = await readAll(html, buildHtml({ paragraphs: ['one', 'two  three'] }));
  expect(page.values('content.text')).toEqual((await readAll(text, Buffer.from('one\ntwo three\n'))).values('content.text'));
});

describe('says what it did not read', () => {
  it('cut', async () => expect((await readAll(html, word, { maxTextBytes: 100 })).problems.map((p) => p.code)).toEqual(['limit-exceeded']));
  it('unknown charset', async () =>
    expect((await readAll(html, Buffer.from('<html><meta charset="x-klingon"><p>a'))).problems).toEqual([
      { code: 'malformed', message: "unknown charset 'x-klingon'" },
    ]));
  it('too deep', async () =>
    expect((await readAll(html, Buffer.from(`<html>${'<div>'.repeat(200_000)}x`))).problems.map((p) => p.code)).toEqual(['limit-exceeded']));
  it('a long value', async () =>
    expect((await readAll(html, buildHtml({ meta: { author: 'x'.repeat(2000) } }))).problems.map((p) => p.message)).toEqual([
      'meta author is longer than 1024 characters; its beginning was kept',
    ]));
});

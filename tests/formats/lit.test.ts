import { describe, expect, it } from 'vitest';
import { lit } from '../../src/formats/lit.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildLit, LIT_BOOK, type LitElement, litElement, litPackage } from '../support/build-lit.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const said = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(lit, bytes)).claims.map((c) => [c.attribute, c.field, c.value]);
const problems = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(lit, bytes)).problems.map((p) => [p.code, p.message]);
const titled = (...inside: readonly (LitElement | string)[]): Buffer => litPackage({ is: 2, inside });

describe('a book of Microsoft Reader', () => {
  it('says what its package document says, and that its pages are encrypted', async () => {
    const bytes = buildLit(LIT_BOOK);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/x-ms-reader', also: [] });
    expect(await said(bytes)).toEqual([
      ['locale.created', 'ITSF language', 'fr'],
      ['locale.text', 'dc:language', 'fr'],
      ['party.author', 'dc:creator', 'Claire Moreau'],
      ['time.created', 'dc:date', { kind: 'wall', local: '2015-03-04T00:00:00', precisionMs: 86_400_000 }],
      ['tool.application', 'dc:contributor bkp', 'calibre (0.8.57)'],
      ['name.title', 'dc:title', 'Discours & \u00e9lans'],
      ['tool.version', 'meta calibre-version', '0.8.57'],
    ]);
    expect(await unreplayable(lit, bytes)).toEqual([]);
    expect(await problems(bytes)).toEqual([['encrypted', 'its pages are encrypted with a key that lies sealed in the file (sealed)']]);
  });

  it('names whom it was inscribed for', async () => {
    const plate = { '/DRMStorage/DRMBookplate': Buffer.from('Paul Petit\u0000', 'utf16le') };
    const bytes = buildLit({ ...LIT_BOOK, stored: { ...LIT_BOOK.stored, ...plate } });
    expect((await readAll(lit, bytes)).values('party.owner')).toEqual(['Paul Petit']);
    expect(await unreplayable(lit, bytes)).toEqual([]);
    expect(await problems(bytes)).toEqual([
      ['encrypted', 'its pages are encrypted with a key that lies in the file, and inscribed with its owner (inscribed)'],
    ]);
    const locked = buildLit({ ...LIT_BOOK, stored: { ...LIT_BOOK.stored, '/DRMStorage/Licenses/EUL': Buffer.alloc(4) } });
    expect(await problems(locked)).toEqual([['encrypted', "its pages are encrypted for its owner's readers alone (owner exclusive)"]]);
  });

  it('is no encrypted one where nothing is stored for that', async () => {
    const bytes = buildLit({ meta: titled('Discours') });
    expect(await said(bytes)).toEqual([
      ['locale.created', 'ITSF language', 'en'],
      ['name.title', 'dc:title', 'Discours'],
    ]);
    expect(await problems(bytes)).toEqual([]);
  });
});

describe('the binary form of its package document', () => {
  it('holds what is no markup, and names that are written out', async () => {
    const own: LitElement = {
      is: 'x-own',
      attributes: [
        ['own', 'a"b'],
        ['7 no name', 3],
      ],
      inside: ['<b>'],
    };
    const r = await readAll(lit, buildLit({ meta: titled('a < b\u0001', own, ' & c\u000b') }));
    expect(r.values('name.title')).toEqual(['a < b\ufffd & c']);
    expect(r.problems).toEqual([]);
  });
  it('is read up to a limit', async () => {
    const r = await readAll(lit, buildLit({ meta: titled('Discours', 'a'.repeat(1024 ** 2)) }));
    expect([r.values('name.title').length, r.problems.map((p) => p.code)]).toEqual([1, ['limit-exceeded', 'limit-exceeded']]);
  });
  it('is kept up to where it breaks off', async () => {
    const whole = titled('Discours');
    const cut = whole.subarray(0, whole.byteLength - 9);
    const r = await readAll(lit, buildLit({ meta: cut }));
    expect(r.values('name.title')).toEqual(['Discours']);
    expect(r.problems.map((p) => p.message)).toEqual(['/meta: an element does not end']);
  });
  it.each([
    [
      'an end without a beginning',
      Buffer.concat([litElement({ is: 1, inside: [] }), Buffer.from([0, 2, 0])]),
      '/meta: an element ends that did not begin',
    ],
    ['a length beyond its end', Buffer.from([0, 1, 1, 6, 0x7f, 0x61]), '/meta: it breaks off'],
    ['the number of no element', Buffer.from([0, 1, 0]), '/meta: an element is not one of those known'],
  ])('tells of %s', async (_, meta, message) =>
    expect((await readAll(lit, buildLit({ meta }))).problems).toContainEqual({ code: 'malformed', message }),
  );
});

it.each([
  ['cut in its headers', 0x30, 'its second header is missing or damaged'],
  ['cut before its directory', 0xa8, 'the directory is missing or damaged'],
])('a book that is %s says so', async (_, length, message) => {
  expect(await problems(buildLit(LIT_BOOK).subarray(0, length))).toEqual([['truncated', message]]);
});

it('a book cut in its content has no package document left', async () => {
  const bytes = buildLit({ meta: titled('Discours') });
  expect(await problems(bytes.subarray(0, bytes.byteLength - 1))).toEqual([
    ['malformed', "the package document '/meta' is missing, or lies behind the end of the file"],
  ]);
});

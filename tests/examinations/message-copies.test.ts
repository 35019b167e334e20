import { expect, it } from 'vitest';
import { messageCopies } from '../../src/examinations/message-copies.ts';
import { digest, text } from '../support/claims.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const TEXT = 'Dear B,\nplease transfer 12,000 by Friday.\nRegards, A';

const copy = (name: string, body: string | null, more: Partial<TestDoc> & { html?: string; attachments?: string } = {}): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  bytes: `${body} ${more.html} ${more.attachments}`,
  claims: [text('id.message', 'a1@example.org'), ...(more.attachments ? [digest('content.attachments', more.attachments)] : [])],
  passages: [
    ...(body === null ? [] : [{ role: 'body' as const, label: 'text/plain 1', text: body }]),
    ...(more.html ? [{ role: 'body' as const, label: 'text/html 2', text: more.html }] : []),
    { role: 'quoted' as const, label: 'text/plain 1', text: `quoted by ${name}` },
  ],
  ...(more.bytes ? { bytes: more.bytes } : {}),
});
const relation = (about: string, value: string, other = 'a'): Seen => ({ about, attribute: 'copy.relation', value, other });
const difference = (about: string, value: string, other = 'a'): Seen => ({ about, attribute: 'copy.difference', value, other });
const seen = async (...docs: TestDoc[]): Promise<Seen[]> => (await examine(messageCopies, docs)).seen;

it('sees the same bytes, and the same words in other bytes', async () => {
  expect(await seen(copy('a', TEXT), copy('b', TEXT), copy('c', TEXT.replaceAll('\n', '\r\n  ')))).toEqual([
    relation('b', 'same-bytes'),
    relation('c', 'same-content'),
  ]);
});

it('says what words differ', async () => {
  expect(await seen(copy('a', TEXT), copy('b', TEXT.replace('12,000', '92,000')))).toEqual([
    relation('b', 'different-content'),
    difference('b', "a number or sum, in text/plain: 'transfer 12,000' there, 'transfer 92,000' here"),
  ]);
});

it('compares with one of the majority, wherever it lies', async () => {
  expect(await seen(copy('a', TEXT.replace('12,000', '92,000')), copy('b', TEXT), copy('c', `${TEXT} `))).toEqual([
    relation('a', 'different-content', 'b'),
    difference('a', "a number or sum, in text/plain: 'transfer 12,000' there, 'transfer 92,000' here", 'b'),
    relation('c', 'same-content', 'b'),
  ]);
});

it('compares with the copy whose signature verifies, and not with the majority', async () => {
  const signed = copy('c', TEXT.replace('12,000', '11,000'));
  const docs = [
    copy('a', TEXT),
    copy('b', `${TEXT} `),
    { ...signed, claims: [...signed.claims, text('dkim.state', 'verified', { field: 'DKIM-Signature' })] },
  ];
  expect(await seen(...docs)).toEqual(
    ['a', 'b'].flatMap((about) => [
      relation(about, 'different-content', 'c'),
      difference(about, "a number or sum, in text/plain: 'transfer 11,000' there, 'transfer 12,000' here", 'c'),
    ]),
  );
});

it('takes lines around the same text for a footer, and still tells them', async () => {
  expect(await seen(copy('a', TEXT), copy('b', `${TEXT}\n_______\nList mailing list`))).toEqual([
    relation('b', 'same-content'),
    difference('b', "lines around the same text: nothing there, '_______ List mailing list' here"),
  ]);
});

it('names every part that has the change, and what a change touches', async () => {
  const value = async (b: TestDoc): Promise<unknown> =>
    (await seen(copy('a', TEXT, { html: TEXT }), b)).find((s) => s.attribute === 'copy.difference')?.value;
  const both = TEXT.replace('12,000', '92,000');
  expect(await value(copy('b', both, { html: both }))).toBe(
    "a number or sum, in text/plain and text/html: 'transfer 12,000' there, 'transfer 92,000' here",
  );
  expect(await value(copy('b', both, { html: TEXT.replace('12,000', '13,000') }))).toBe(
    "a number or sum, in text/plain: 'transfer 12,000' there, 'transfer 92,000' here; and otherwise in text/html",
  );
  expect(await value(copy('b', both, { html: '' }))).toBe("a number or sum, in text/plain: 'transfer 12,000' there, 'transfer 92,000' here");
});

it('compares HTML with HTML: a changed part is seen beside an unchanged one', async () => {
  expect(await seen(copy('a', TEXT, { html: 'pay 12,000' }), copy('b', TEXT, { html: 'pay 92,000' }))).toEqual([
    relation('b', 'different-content'),
    difference('b', "a number or sum, in text/html, not in text/plain: 'pay 12,000' there, 'pay 92,000' here"),
  ]);
});

it('says when the attachments are others', async () => {
  expect(await seen(copy('a', TEXT, { attachments: 'x' }), copy('b', TEXT, { attachments: 'y' }))).toEqual([
    relation('b', 'different-content'),
    difference('b', 'attachments differ in their bytes'),
  ]);
});

it.each([
  ['attachments removed', copy('a', TEXT, { attachments: 'x' }), copy('b', TEXT)],
  ['a body not fetched', copy('a', TEXT), copy('b', '')],
  ['HTML beside the text in one copy only', copy('a', TEXT), copy('b', TEXT, { html: 'pay' })],
  ['a banner', copy('a', TEXT), copy('b', `[EXTERNAL]\n${TEXT}`)],
])('honest twin: %s', async (_, a, b) => {
  expect(await seen(a, b)).toEqual([relation('b', 'same-content')]);
});

it.each([
  ['copies without a kind of body in common', copy('a', TEXT), copy('b', null, { html: 'pay' })],
  [
    'ids that are none',
    { ...copy('a', TEXT), claims: [text('id.message', 'none')] },
    { ...copy('b', 'other'), claims: [text('id.message', 'none')] },
  ],
  ['an id that only one message bears', copy('a', TEXT), { ...copy('b', TEXT), mediaType: 'application/pdf' }],
])('says nothing of %s', async (_, a, b) => {
  expect(await seen(a, b)).toEqual([]);
});

it('compares fifty copies and says that there are more', async () => {
  const docs = Array.from({ length: 60 }, (_, i) => copy(`m${String(i).padStart(2, '0')}`, TEXT, { bytes: String(i) }));
  const { seen: all, problems } = await examine(messageCopies, docs);
  expect(all).toHaveLength(49);
  expect(problems.map((p) => p.problem)).toEqual([
    { code: 'limit-exceeded', message: 'more than 50 messages bear one Message-ID; the first 50 were compared' },
  ]);
});

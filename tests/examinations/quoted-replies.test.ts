import { describe, expect, it } from 'vitest';
import { quotedReplies } from '../../src/examinations/quoted-replies.ts';
import { address, text, time } from '../support/claims.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const BODY =
  'Dear all,\nplease transfer 12,000 to the printer by Friday, and do not tell the bank before Monday.\nThe receipt stays with Claire Moreau.\nRegards';
const ID = 'a1@example.org';

const original = (name = 'original', body = BODY): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [text('id.message', ID), address('party.from', 'A', 'a@example.org'), text('place.folder', 'inbox')],
  passages: [{ role: 'body', label: 'text/plain', text: body }],
});

interface Given {
  readonly from?: string;
  readonly quotes?: readonly string[];
  readonly label?: string;
  readonly kind?: string;
  readonly around?: string;
  readonly links?: TestDoc['claims'];
}
const reply = (name: string, quoted: string, g: Given = {}): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    text('id.message', `${name}@example.org`),
    address('party.from', '', `${g.from ?? name}@example.org`),
    text('place.folder', `folder of ${name}`),
    ...(g.links ?? [text('id.in-reply-to', ID)]),
  ],
  passages: [
    { role: 'body', label: g.kind ?? 'text/plain', text: g.around ?? quoted },
    // Test addresses are made of labels: runs of one label stand in one part.
    ...(g.quotes ?? [quoted]).map((t) => ({
      role: 'quoted' as const,
      label: g.label ?? 'On Monday A wrote:',
      text: t,
    })),
  ],
});
const seen = async (...docs: TestDoc[]): Promise<Seen[]> => (await examine(quotedReplies, docs)).seen;
const values = async (attribute: string, ...docs: TestDoc[]): Promise<unknown[]> =>
  (await seen(...docs)).filter((s) => s.attribute === attribute).map((s) => s.value);

it('ties a quotation to what it quotes', async () => {
  expect(await seen(original(), reply('b', BODY))).toEqual([
    { about: 'b', attribute: 'quote.of', value: ID, other: 'original' },
    { about: 'b', attribute: 'quote.relation', value: 'verbatim', other: 'original' },
    { about: 'original', attribute: 'quote.verbatim-by', value: 1, other: 'b' },
    { about: 'original', attribute: 'quote.verbatim-in', value: 1, other: 'b' },
  ]);
});

it.each([
  ['a number', BODY.replace('12,000', '92,000'), "a number: 'please transfer 12,000' in the original, 'please transfer 92,000' in the quotation"],
  [
    'a number in groups',
    BODY.replace('12,000', '12 500'),
    "a number: 'please transfer 12,000' in the original, 'please transfer 12 500' in the quotation",
  ],
  ['a date', BODY.replace('Friday', 'Tuesday'), "a date: 'printer by Friday,' in the original, 'printer by Tuesday,' in the quotation"],
  [
    'a name',
    BODY.replace('Claire Moreau', 'Paul Petit'),
    "a name: 'stays with Claire Moreau.' in the original, 'stays with Paul Petit.' in the quotation",
  ],
  ['a negation left out', BODY.replace('do not tell', 'do tell'), "a negation: 'and do not' in the original, nothing in the quotation"],
  [
    'a negation put in',
    BODY.replace('please transfer', 'please never transfer'),
    "a negation: nothing in the original, 'all, please never' in the quotation",
  ],
  [
    'words put in',
    BODY.replace('by Friday,', 'in three parts of 4,000 each by Friday,'),
    "inserted words: nothing in the original, 'the printer in three parts of 4,000 each' in the quotation",
  ],
])('says what differs: %s', async (_, quoted, words) => {
  expect(await seen(original(), reply('b', quoted))).toEqual([
    { about: 'b', attribute: 'quote.of', value: ID, other: 'original' },
    { about: 'b', attribute: 'quote.relation', value: 'differs', other: 'original' },
    { about: 'b', attribute: 'quote.difference', value: words, other: 'original' },
    { about: 'b', attribute: 'quote.with-original', value: 0, other: 'original' },
    { about: 'b', attribute: 'quote.with-quotation', value: 1, other: 'original' },
  ]);
});

describe('what honest people and programs do', () => {
  it.each([
    ['wraps anew, marks twice', BODY.replaceAll(' ', '\n> '), 'verbatim'],
    ['typographic signs and blanks', BODY.replace('12,000', '“12,000”').replaceAll(' to ', '\u00a0to '), 'verbatim'],
    ['trims the end', BODY.slice(0, BODY.indexOf('The receipt')), 'trimmed'],
    ['takes out a sentence', BODY.replace(', and do not tell the bank before Monday', ''), 'trimmed'],
    ['mends spelling', BODY.replace('receipt', 'reciept'), 'reworded'],
    ['adds a link to a word', BODY.replace('printer', 'printer <https://printer.example/>'), 'verbatim'],
  ])('%s', async (_, quoted, relation) => {
    expect(await values('quote.relation', original(), reply('b', quoted))).toEqual([relation]);
    expect(await values('quote.difference', original(), reply('b', quoted))).toEqual([]);
  });

  it('answers between the lines', async () => {
    const [first = '', second = '', third = ''] = [
      'Dear all,\nplease transfer 12,000 to the printer by Friday,',
      'and do not tell the bank before Monday.',
      'The receipt stays with Claire Moreau.\nRegards',
    ];
    const docs = [
      original(),
      reply('b', '', { quotes: [first, second, third], label: 'quotation 1', around: `${first}\nI said 13,000!\n${second}\nWhy?\n${third}` }),
    ];
    expect(await values('quote.relation', ...docs)).toEqual(['verbatim']);
  });

  it('answers inside a block of Outlook, or in HTML, where nothing marks the lines', async () => {
    const quoted = BODY.replace('by Friday,', 'by Friday, [PP: I sent 4,000 of it today]');
    expect(await values('quote.relation', original(), reply('b', quoted, { label: '-----Original Message-----' }))).toEqual(['reworded']);
  });

  it('loses a mark when a long line wraps', async () => {
    const quoted = BODY.replace('12,000 to the', 'the');
    const around = `> Dear all,\n> please transfer\n12,000 to\n> the printer by Friday, and do not tell the bank before Monday.`;
    expect(await values('quote.difference', original(), reply('b', quoted, { around }))).toEqual([]);
  });

  it('puts a header in front', async () => {
    const quoted = `From: A <a@example.org>\nSent: Monday, 27 March 2017 14:41\nTo: B\nSubject: Printer\n\n${BODY}`;
    expect(await values('quote.relation', original(), reply('b', quoted, { label: '-----Original Message-----' }))).toEqual(['verbatim']);
  });
});

it('counts who quotes the place which way, by sender', async () => {
  const odd = BODY.replace('12,000', '92,000');
  const docs = [
    original(),
    reply('b', odd),
    reply('c', odd),
    reply('c2', odd, { from: 'c' }),
    reply('d', BODY),
    reply('e', BODY.slice(BODY.indexOf('and do'))),
  ];
  const all = await seen(...docs);
  expect(all.filter((s) => s.about === 'b').map((s) => [s.attribute, s.value])).toEqual([
    ['quote.of', ID],
    ['quote.relation', 'differs'],
    ['quote.difference', "a number: 'please transfer 12,000' in the original, 'please transfer 92,000' in the quotation"],
    ['quote.with-original', 1],
    ['quote.with-quotation', 2],
  ]);
});

it('compares with each version that the copies bear', async () => {
  const docs = [original(), original('altered', BODY.replace('12,000', '92,000')), reply('b', BODY)];
  expect((await seen(...docs)).filter((s) => s.attribute === 'quote.relation')).toEqual([
    { about: 'b', attribute: 'quote.relation', value: 'differs', other: 'altered' },
    { about: 'b', attribute: 'quote.relation', value: 'verbatim', other: 'original' },
  ]);
});

it('lets others, and not its own sender, vouch for every copy', async () => {
  const docs = [original(), original('original-2'), reply('a', BODY), reply('b', BODY), reply('c', BODY), reply('d', BODY.slice(0, 90))];
  expect((await seen(...docs)).filter((s) => s.attribute === 'quote.verbatim-by')).toEqual([
    { about: 'original', attribute: 'quote.verbatim-by', value: 2, other: 'b' },
    { about: 'original-2', attribute: 'quote.verbatim-by', value: 2, other: 'b' },
  ]);
});

const signed = text('dkim.state', 'verified', { field: 'DKIM-Signature', basis: 'observed' });
const at = (iso: string): TestDoc['claims'][number] => time('time.sent', iso);

it('counts whose mail is signed as it was sent', async () => {
  const docs = [
    original(),
    reply('b', BODY, { links: [text('id.in-reply-to', ID), signed] }),
    reply('c', BODY.replace('12,000', '92,000'), { links: [text('id.in-reply-to', ID), signed] }),
    reply('d', BODY, { links: [text('id.in-reply-to', ID), text('dkim.state', 'verified (undone: list footer)', { field: 'DKIM-Signature' })] }),
  ];
  const all = await seen(...docs);
  expect(all.filter((s) => s.attribute.endsWith('-signed')).map((s) => [s.about, s.attribute, s.value])).toEqual([
    ['c', 'quote.with-original-signed', 1],
    ['c', 'quote.with-quotation-signed', 1],
    ['original', 'quote.verbatim-signed', 1],
  ]);
  expect(all.filter((s) => s.attribute === 'quote.verbatim-by').map((s) => s.value)).toEqual([2]);
});

it('takes copies of one reply under two names for one witness, and two short answers for two', async () => {
  const same = { links: [text('id.in-reply-to', ID), at('2017-03-27T10:00:00Z')] };
  expect(await values('quote.verbatim-by', original(), reply('b', BODY, same), reply('c', BODY, same))).toEqual([1]);
  const other = { links: [text('id.in-reply-to', ID), at('2017-03-27T11:00:00Z')] };
  expect(await values('quote.verbatim-by', original(), reply('b', BODY, same), reply('c', BODY, other))).toEqual([2]);
});

it('follows the last of References where In-Reply-To is absent, and only then', async () => {
  const refs = [text('id.reference', 'root@example.org'), text('id.reference', ID)];
  expect(await values('quote.relation', original(), reply('b', BODY, { links: refs }))).toEqual(['verbatim']);
  expect(await values('quote.relation', original(), reply('b', BODY, { links: [text('id.in-reply-to', 'x@example.org'), ...refs] }))).toEqual([]);
});

/** A message with a subject and a Date, as it is found by a line that names its writer and time. */
const titled = (doc: TestDoc, title: string, sent: string): TestDoc => ({
  ...doc,
  claims: [...doc.claims, text('name.title', title), time('time.sent', sent)],
});
const LINE = 'On Mon, 27 Mar 2017 at 14:41, A <a@example.org> wrote:';
const asked = titled(original(), 'Printer', '2017-03-27T12:41:30Z');
const unlinked = (name: string, quoted: string, label = LINE, title = 'Re: Printer', more: Given = {}): TestDoc =>
  titled(reply(name, quoted, { links: [], label, ...more }), title, '2017-03-28T09:00:00Z');

describe('what names its writer and time, and no header does', () => {
  it.each([
    ['a line of Gmail', LINE],
    ['a line without an address', 'Le 27/03/2017 à 14:41, Claire Moreau a écrit :'],
    ['in a zone with half an hour', 'On Mon, Mar 27, 2017 at 6:11 PM, A <a@example.org> wrote:'],
  ])('finds the original: %s', async (_, label) => {
    const named = { ...asked, claims: [...asked.claims, address('party.from', 'Claire Moreau', 'a@example.org')] };
    expect(await values('quote.of', named, unlinked('b', BODY, label))).toEqual([ID]);
  });
  it('compares', async () => {
    expect(await values('quote.difference', asked, unlinked('b', BODY.replace('12,000', '92,000')))).toEqual([
      "a number: 'please transfer 12,000' in the original, 'please transfer 92,000' in the quotation",
    ]);
  });
  it('finds it under a header of Outlook, with a subject of its own', async () => {
    const header = 'Von: A <a@example.org>\nGesendet: Montag, 27. März 2017 14:41\nAn: B\nBetreff: Printer';
    const docs = [asked, unlinked('b', `${header}\n\n${BODY.replace('12,000', '92,000')}`, 'Von: A <a@example.org>', 'WG: Rechnung')];
    expect(await values('quote.relation', ...docs)).toEqual(['differs']);
  });
  it('where the message that a header names is not here', async () => {
    expect(await values('quote.of', asked, unlinked('b', BODY, LINE, 'Re: Printer', { links: [text('id.in-reply-to', 'x@example.org')] }))).toEqual([
      ID,
    ]);
  });
  it('counts them with the replies that name it', async () => {
    const docs = [asked, reply('b', BODY), unlinked('c', BODY)];
    expect(await values('quote.verbatim-by', ...docs)).toEqual([2]);
  });
  it.each([
    ['another writer', unlinked('b', BODY, LINE.replace('a@example.org', 'z@example.org'))],
    ['another subject', unlinked('b', BODY, LINE, 'Re: Fax')],
    ['a minute that no zone makes', unlinked('b', BODY, LINE.replace('14:41', '14:42'))],
    ['another day', unlinked('b', BODY, LINE.replace('27 Mar', '20 Mar'))],
    ['no time', unlinked('b', BODY, 'A <a@example.org> wrote:')],
    ['nothing that shows an answer', unlinked('b', BODY, LINE, 'Printer')],
  ])('finds nothing: %s', async (_, doc) => expect(await seen(asked, doc)).toEqual([]));
  it('finds nothing where two fit', async () => {
    const second = titled(original('original-2'), 'Printer', '2017-03-27T13:41:10Z');
    const other = { ...second, claims: second.claims.map((c) => (c.attribute === 'id.message' ? text('id.message', 'a2@example.org') : c)) };
    expect(await seen(asked, other, unlinked('b', BODY))).toEqual([]);
  });
});

describe('what a quotation quotes', () => {
  const ANSWER = 'We have paid the printer already, ask Paul Petit for the receipt when he is back.';
  const answer: TestDoc = titled(reply('b', BODY, { around: ANSWER }), 'Re: Printer', '2017-03-27T15:05:00Z');
  const marked = BODY.split('\n').map((l) => `> ${l}`);
  const third = (deep: string): TestDoc =>
    titled(
      reply('c', `${ANSWER}\n\n${LINE}\n${deep}`, {
        label: 'On Mon, 27 Mar 2017 at 17:05, b@example.org wrote:',
        links: [text('id.in-reply-to', 'b@example.org'), text('id.reference', ID), text('id.reference', 'b@example.org')],
      }),
      'Re: Printer',
      '2017-03-28T09:00:00Z',
    );
  it('is compared with that message', async () => {
    const all = await seen(asked, answer, third(marked.join('\n').replace('12,000', '92,000')));
    expect(all.filter((s) => s.about === 'c').map((s) => [s.attribute, s.other, s.value])).toContainEqual([
      'quote.difference',
      'original',
      "a number: 'please transfer 12,000' in the original, 'please transfer 92,000' in the quotation",
    ]);
  });
  it('agrees in honest mail', async () => {
    const all = await seen(asked, answer, third(marked.join('\n')));
    expect(all.filter((s) => s.attribute === 'quote.difference')).toEqual([]);
    expect(all.filter((s) => s.about === 'c' && s.attribute === 'quote.relation').map((s) => [s.other, s.value])).toEqual(
      expect.arrayContaining([['original', 'verbatim']]),
    );
  });
});

it.each([
  ['quotes another message', reply('b', 'A wholly different text that has nothing in common with the one above but a word or two of it.')],
  ['quotes too few words', reply('b', 'Regards')],
  ['quotes nothing', { ...reply('b', BODY), passages: [{ role: 'body' as const, label: 'text/plain', text: 'Yes.' }] }],
])('says nothing of a reply that %s', async (_, doc) => {
  expect(await seen(original(), doc)).toEqual([]);
});

it('stays linear on texts that repeat themselves', async () => {
  const long = 'one two three four five six seven '.repeat(20_000);
  const start = performance.now();
  await seen(original('original', long), reply('b', `${long} 8`));
  expect(performance.now() - start).toBeLessThan(2_000);
});

it('compares two hundred replies and says that there are more', async () => {
  const docs = Array.from({ length: 205 }, (_, i) => reply(`r${String(i).padStart(3, '0')}`, BODY));
  const { problems } = await examine(quotedReplies, [original(), ...docs]);
  expect(problems.map((p) => p.problem.message)).toEqual(['more than 200 replies to one message; the first 200 were compared with it']);
});

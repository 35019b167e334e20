import { expect, it } from 'vitest';
import { forwardedMail } from '../../src/examinations/forwarded-mail.ts';
import { address, text, time } from '../support/claims.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const mail = (name: string, from: string, subject: string, claims: TestDoc['claims'] = [], quoted?: string): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [text('name.title', subject), address('party.from', '', from), ...claims],
  ...(quoted === undefined ? {} : { passages: [{ role: 'quoted', label: 'From: Claire Moreau', text: quoted }] }),
});

const WORDS = 'Take the list out of the drawer and leave the other papers where they are.';
const header = (from: string, to: string, subject: string): string =>
  `From: Claire Moreau <${from}>\nSent: Monday, 27 March 2017 14:41\nTo: ${to}\nSubject: ${subject}\n\n${WORDS}`;
const BLOCK = header('claire@example.org', 'Paul Petit <paul@example.org>', 'The list');

const many = (n: number, make: (i: number) => TestDoc): TestDoc[] => Array.from({ length: n }, (_, i) => make(i));
const sent = (n: number): TestDoc[] => many(n, (i) => mail(`sent${i}`, 'claire@example.org', `matter ${i}`));
const delivered = (n: number): TestDoc[] =>
  many(n, (i) =>
    mail(`in${i}`, 'z@example.org', `other ${i}`, [
      address('party.delivered-to', '', 'paul@example.org'),
      time('time.received', '2017-03-01T10:00:00Z'),
    ]),
  );
const forward = (quoted = BLOCK, subject = 'FW: The list'): TestDoc => mail('forward', 'b@example.org', subject, [], quoted);
const seen = async (...docs: TestDoc[]): Promise<Seen[]> => (await examine(forwardedMail, docs)).seen;

it('names a message that neither mailbox has', async () => {
  expect(await seen(forward(), ...sent(20), ...delivered(20))).toEqual([
    { about: 'forward', attribute: 'quote.unfiled', value: 'claire@example.org to paul@example.org: the list' },
  ]);
});

it.each<[string, readonly TestDoc[]]>([
  ['the message is there', [forward(), mail('it', 'claire@example.org', 'The  list'), ...sent(20), ...delivered(20)]],
  ['an answer of hers bears the subject', [forward(), mail('it', 'claire@example.org', 'RE: the list'), ...sent(20), ...delivered(20)]],
  ['her mailbox is not here', [forward(), ...sent(19), ...delivered(20)]],
  ['his mailbox is not here', [forward(), ...sent(20), ...delivered(19)]],
  ['the block names no addresses', [forward(BLOCK.replace(/<[^>]*>/g, '')), ...sent(20), ...delivered(20)]],
  ['it is an answer, not passed on', [forward(BLOCK, 'RE: The list'), ...sent(20), ...delivered(20)]],
  ['she wrote to herself', [forward(header('claire@example.org', 'claire@example.org', 'Note')), ...sent(20), ...delivered(20)]],
])('says nothing where %s', async (_, docs) => {
  expect(await seen(...docs)).toEqual([]);
});

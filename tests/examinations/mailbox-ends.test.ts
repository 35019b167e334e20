import { expect, it } from 'vitest';
import { mailboxEnds } from '../../src/examinations/mailbox-ends.ts';
import { parseIso } from '../../src/model/time.ts';
import { text, time } from '../support/claims.ts';
import { examine } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const message = (name: string, folder: string, ...received: string[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [text('place.folder', folder), ...received.map((iso) => time('time.received', iso))],
});
const days = (folder: string, n: number): TestDoc[] =>
  Array.from({ length: n }, (_, i) => message(`${folder}${i}`, folder, new Date(Date.UTC(2016, 0, 1 + i)).toISOString()));

it('observes the end of a mailbox on the message delivered last, by its newest hop', async () => {
  const docs = [
    message('3', 'a', '2017-03-01T10:00:00Z', '2017-03-01T09:59:00Z'),
    message('1', 'a', '2017-02-01T10:00:00Z'),
    message('2', 'a', '2017-02-02T10:00:00Z'),
    message('4', 'a', '2017-02-03T10:00:00Z'),
    message('5', 'a', '2017-02-04T10:00:00Z'),
    ...days('b', 6),
  ];
  expect((await examine(mailboxEnds, docs)).seen).toEqual([
    { about: '3', attribute: 'mailbox.end', value: parseIso('2017-03-01T10:00:00Z') },
    { about: 'b5', attribute: 'mailbox.end', value: expect.objectContaining({ epochMs: Date.UTC(2016, 0, 6) }) as unknown },
  ]);
});

it('survives one message of the future among two hundred', async () => {
  const docs = [...days('a', 199), message('odd', 'a', '2031-01-01T00:00:00Z')];
  expect((await examine(mailboxEnds, docs)).seen.map((s) => s.about)).toEqual(['a198']);
});

it.each([
  ['fewer than five messages', days('a', 4)],
  ['messages no server stamped', days('a', 5).map((d) => ({ ...d, claims: d.claims.slice(0, 1) }))],
  ['clocks without a zone', Array.from({ length: 5 }, (_, i) => message(String(i), 'a', '2017-03-01T10:00:00'))],
  ['messages forwarded inside another', days('a', 5).map((d) => ({ ...d, inside: { name: 'digest.eml', mediaType: 'message/rfc822', claims: [] } }))],
  ['documents', days('a', 5).map((d) => ({ ...d, mediaType: 'application/pdf' }))],
])('observes nothing of %s', async (_, docs) => {
  expect((await examine(mailboxEnds, docs)).seen).toEqual([]);
});

import { expect, it } from 'vitest';
import { msg } from '../../src/formats/msg.ts';
import { tnef } from '../../src/formats/tnef.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildMsg, type MsgSpec } from '../support/build-msg.ts';
import { buildTnef } from '../support/build-tnef.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const SPEC: MsgSpec = {
  subject: 'Réunion',
  body: 'Bonjour',
  rtf: '{\\rtf1\\fromhtml1 {\\*\\htmltag64 <p>}Bonjour}',
  from: { name: 'Claire Moreau', mailbox: 'claire@campagne.example' },
  to: [
    { name: 'Paul Petit', mailbox: 'paul@campagne.example' },
    { name: 'Léa', mailbox: 'lea@campagne.example', field: 'Bcc' },
  ],
  sent: '2017-03-01T10:00:00Z',
  delivered: '2017-03-01T10:00:05Z',
  modified: '2017-03-04T18:30:00Z',
  lastModifiedBy: 'Paul Petit',
  messageId: '<a@campagne.example>',
  conversation: '2017-03-01T09:59:00Z',
};

it('is recognised', () => expect(recognise(inputFrom(buildTnef(SPEC))).mediaType).toBe('application/vnd.ms-tnef'));

it('says what the same message says as .msg', async () => {
  const [ours, theirs] = [await readAll(tnef, buildTnef({ ...SPEC, words: ['a', 'bc', ''] })), await readAll(msg, buildMsg(SPEC))];
  expect(ours.claims.length).toBeGreaterThan(8);
  expect(ours.claims.map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual(theirs.claims.map((c) => [c.attribute, c.field, c.raw, c.value]));
  expect(ours.passages.map((p) => [p.label, p.text])).toEqual([
    ['text/plain', 'Bonjour'],
    ['text/html', 'Bonjour'],
  ]);
  expect(ours.problems).toEqual([]);
});

it('reads the attributes of its own where there is no property: strings in their code page, dates without a zone', async () => {
  const bytes = buildTnef({ codePage: 1251, legacy: { subject: 'Встреча', body: 'Привет', sent: [2017, 3, 1, 11, 0, 0, 3] } });
  const r = await readAll(tnef, bytes);
  expect(r.claims.filter((c) => c.basis === 'asserted').map((c) => [c.attribute, c.raw, c.value])).toEqual([
    ['time.sent', '2017 3 1 11 0 0 3', { kind: 'wall', local: '2017-03-01T11:00:00', precisionMs: 1000 }],
    ['name.title', 'Встреча', 'Встреча'],
  ]);
  expect(r.claims[0]?.locator).toEqual({ in: 'property', stream: 'message', section: 0, id: 0x00038005 });
  expect(r.passages.map((p) => p.text)).toEqual(['Привет']);
  expect(await unreplayable(tnef, bytes)).toEqual([]);
});

it('believes the property where an attribute says otherwise', async () => {
  const r = await readAll(
    tnef,
    buildTnef({ subject: 'Réunion', sent: '2017-03-01T10:00:00Z', legacy: { subject: 'R?union', sent: [2017, 3, 1, 11, 0, 0, 3] } }),
  );
  expect(r.values('name.title')).toEqual(['Réunion']);
  expect(r.values('time.sent')).toMatchObject([{ kind: 'instant' }]);
});

it('keeps a date that no calendar has', async () => {
  const r = await readAll(tnef, buildTnef({ legacy: { sent: [2017, 2, 31, 11, 0, 0, 3] } }));
  expect(r.claims.map((c) => [c.attribute, c.raw, c.value])).toEqual([['time.sent', '2017 2 31 11 0 0 3', null]]);
});

const whole = buildTnef(SPEC);
const changed = Buffer.from(whole);
changed[60] = (changed[60] ?? 0) ^ 1;

it.each([
  ['a byte that was changed', changed, { code: 'malformed', message: 'attribute 0x69003: the checksum is that of other bytes' }],
  [
    'an end within an attribute',
    whole.subarray(0, 400),
    { code: 'truncated', message: expect.stringMatching(/^the last attribute has 3\d\d of \d+ bytes$/) as string },
  ],
  [
    'what stands behind the last attribute',
    Buffer.concat([whole, Buffer.from('tail')]),
    { code: 'malformed', message: `no attribute stands at byte ${whole.byteLength}, where one should` },
  ],
  ['another signature', Buffer.from('no TNEF'), { code: 'malformed', message: 'no TNEF stream: the signature is missing' }],
])('tells of %s', async (_, bytes, problem) => expect((await readAll(tnef, bytes)).problems).toContainEqual(problem));

it('thinks nothing of the line end that a mail left behind it', async () =>
  expect((await readAll(tnef, Buffer.concat([whole, Buffer.from('\r\n')]))).problems).toEqual([]));

it('does not believe counts', async () => {
  const bytes = Buffer.from(whole);
  // The number of properties, and of recipients: the first numbers of their attributes.
  for (const tag of [0x00069003, 0x00069004]) {
    const at = bytes.indexOf(Buffer.from([1, tag & 0xff, (tag >> 8) & 0xff, 6, 0]));
    bytes.writeUInt32LE(0xffffffff, at + 9);
  }
  const r = await readAll(tnef, bytes);
  expect(r.values('party.from')).toHaveLength(1);
  expect(r.problems.map((p) => p.message)).toContain('the properties of message break off');
});

it('survives being cut anywhere', async () => {
  for (let n = 0; n < whole.byteLength; n += 7) await readAll(tnef, whole.subarray(0, n));
});

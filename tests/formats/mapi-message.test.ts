import { expect, it } from 'vitest';
import { mapiMessage } from '../../src/formats/mapi-message.ts';
import { msg } from '../../src/formats/msg.ts';
import { writeDump } from '../../src/structures/outlook/mapi-dump.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildMsg, mapiValue, type MsgSpec } from '../support/build-msg.ts';
import { buildPst } from '../support/build-pst.ts';
import { inputFrom, type Read, readAll, unreplayable } from '../support/read.ts';
import { firstMessage } from '../support/stored-message.ts';

const SENT: MsgSpec = {
  subject: 'Réunion',
  body: 'Bonjour,\r\n\r\n> hier\r\n',
  html: '<p>Bonjour</p>',
  rtf: '{\\rtf1 a}',
  from: { name: 'Claire Moreau', mailbox: 'claire@campagne.example' },
  to: [{ name: 'Paul Petit', mailbox: 'paul@campagne.example' }],
  sent: '2017-03-01T10:00:00Z',
  delivered: '2017-03-01T10:00:05Z',
  created: '2017-03-01T09:58:00Z',
  modified: '2017-03-04T18:30:00Z',
  lastModifiedBy: 'Paul Petit',
  messageId: '<a@campagne.example>',
  conversation: '2017-03-01T09:59:00Z',
  headers: 'Received: from a by b; Wed, 1 Mar 2017 10:00:05 +0000\r\nDate: Wed, 1 Mar 2017 11:00:00 +0100\r\n\r\n',
  attachments: [{ name: 'a.txt', bytes: Buffer.from('a') }],
};
const stored = (spec: MsgSpec): Uint8Array => firstMessage(buildPst({ folders: [{ name: 'Inbox', messages: [spec] }] }));
const said = (r: Read): unknown[] => r.claims.map((c) => [c.attribute, c.field, c.raw, c.value]);

it('is recognised', () => expect(recognise(inputFrom(stored(SENT)))).toEqual({ mediaType: 'application/x-mapi-message', also: [] }));

it('says what the same message says as an .msg file', async () => {
  const [inStore, asFile] = [await readAll(mapiMessage, stored(SENT)), await readAll(msg, buildMsg(SENT))];
  expect(said(inStore)).toEqual(said(asFile));
  expect(inStore.passages.map((p) => [p.label, p.text])).toEqual(asFile.passages.map((p) => [p.label, p.text]));
  expect(inStore.values('time.sent')).toHaveLength(2);
  expect(inStore.problems).toEqual([]);
});

it('names where each value stands, so that it can be read again', async () => {
  const bytes = stored(SENT);
  const r = await readAll(mapiMessage, bytes);
  expect(r.claims.find((c) => c.raw === 'paul@campagne.example')?.locator).toEqual({
    in: 'property',
    stream: 'recipient 0',
    section: 0,
    id: 0x3003001f,
  });
  expect(await unreplayable(mapiMessage, bytes)).toEqual([]);
});

it('reads strings of eight bits in their code page', async () => {
  expect((await readAll(mapiMessage, stored({ subject: 'Встреча', codePage: 1251 }))).values('name.title')).toEqual(['Встреча']);
});

it('says which values are missing', async () => {
  const bytes = writeDump(
    [
      {
        kind: 'message',
        values: [
          ...mapiValue(0x37, 'Plan').map((v) => ({ tag: v.tag, bytes: v.value })),
          { tag: 0x1000001f, bytes: 'unreadable' },
          { tag: 0x10130102, bytes: 'over-limit' },
        ],
      },
    ],
    false,
  );
  const r = await readAll(mapiMessage, bytes);
  expect(r.values('name.title')).toEqual(['Plan']);
  expect(r.problems).toEqual([
    { code: 'malformed', message: 'PidTagBody of message could not be read: its bytes are missing' },
    { code: 'limit-exceeded', message: 'PidTagHtml of message is larger than the budget allows' },
  ]);
});

it('says where it breaks off, and keeps what stands before', async () => {
  const bytes = stored({ subject: 'Plan', lastModifiedBy: 'Paul Petit' });
  const r = await readAll(mapiMessage, bytes.subarray(0, bytes.byteLength - 10));
  expect(r.problems).toEqual([{ code: 'truncated', message: 'the list of properties breaks off' }]);
  expect(r.values('name.title')).toEqual(['Plan']);
});

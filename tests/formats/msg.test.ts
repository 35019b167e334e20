import { describe, expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { msg } from '../../src/formats/msg.ts';
import { renderTime } from '../../src/model/time.ts';
import type { TimeValue } from '../../src/model/attribute.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildMail } from '../support/build-mail.ts';
import { buildMsg, type MsgSpec } from '../support/build-msg.ts';
import { inputFrom, type Read, readAll, unreplayable } from '../support/read.ts';

const claire = { name: 'Claire Moreau', mailbox: 'Claire@campagne.example' };
const HEADERS = [
  'Received: from mx.example by box.example; Wed, 1 Mar 2017 10:00:05 +0000',
  'From: Claire Moreau <claire@campagne.example>',
  'To: Paul Petit <paul@campagne.example>',
  'Subject: =?utf-8?Q?R=C3=A9union?=',
  'Date: Wed, 1 Mar 2017 11:00:00 +0100',
  'Message-ID: <000001d29271$af63ae00$0a01a8c0@campagne.example>',
  'Content-Type: multipart/mixed; boundary="x"',
  '',
  '',
].join('\r\n');
const SENT: MsgSpec = {
  subject: 'Réunion',
  body: 'Bonjour,\r\n\r\n> hier\r\n',
  from: claire,
  to: [
    { name: 'Paul Petit', mailbox: 'paul@campagne.example' },
    { name: 'Léa', mailbox: 'lea@campagne.example', field: 'Cc' },
  ],
  sent: '2017-03-01T10:00:00Z',
  delivered: '2017-03-01T10:00:05Z',
  created: '2017-03-01T09:58:00Z',
  modified: '2017-03-04T18:30:00Z',
  lastModifiedBy: 'Paul Petit',
  messageId: '<000001d29271$af63ae00$0a01a8c0@campagne.example>',
  inReplyTo: '<a@b.example>',
  references: '<c@b.example> <a@b.example>',
  conversation: '2017-03-01T09:59:00Z',
};
const read = (spec: MsgSpec): Promise<Read> => readAll(msg, buildMsg(spec));
const times = (r: Read): string[] =>
  r.claims.flatMap((c) => (c.attribute.startsWith('time.') ? [`${c.attribute} ${c.field} ${renderTime(c.value as TimeValue)}`] : []));

it('is recognised', () => expect(recognise(inputFrom(buildMsg(SENT))).mediaType).toBe('application/vnd.ms-outlook'));

it('reads the properties of a message that was never in transit', async () => {
  const r = await read(SENT);
  expect(times(r)).toEqual([
    'time.received PidTagMessageDeliveryTime 2017-03-01T10:00:05Z',
    'time.sent PidTagClientSubmitTime 2017-03-01T10:00:00Z',
    'time.created PidTagCreationTime 2017-03-01T09:58:00Z',
    'time.modified PidTagLastModificationTime 2017-03-04T18:30:00Z',
    'time.hidden Thread-Index 2017-03-01T09:58:59Z',
    'time.hidden Message-ID 2017-03-01T09:53:31Z',
  ]);
  expect(r.values('name.title')).toEqual(['Réunion']);
  expect(r.values('party.last-author')).toEqual(['Paul Petit']);
  expect(r.values('party.from')).toEqual([{ name: 'Claire Moreau', mailbox: 'claire@campagne.example' }]);
  expect(r.values('party.sender')).toEqual([]);
  expect(r.claims.filter((c) => c.attribute === 'party.to').map((c) => [c.field, c.raw])).toEqual([
    ['To', 'paul@campagne.example'],
    ['Cc', 'lea@campagne.example'],
  ]);
  expect(r.values('id.message')).toEqual(['000001d29271$af63ae00$0a01a8c0@campagne.example']);
  expect(r.values('id.in-reply-to')).toEqual(['a@b.example']);
  expect(r.values('id.reference')).toEqual(['c@b.example', 'a@b.example']);
  expect(r.problems).toEqual([]);
});

it('names where each value stands, so that it can be read again', async () => {
  const bytes = buildMsg({ ...SENT, headers: HEADERS });
  const r = await readAll(msg, bytes);
  expect(r.claims.find((c) => c.field === 'PidTagClientSubmitTime')).toMatchObject({
    raw: '131328360000000000',
    locator: { in: 'property', stream: '__properties_version1.0', section: 0, id: 0x00390040 },
  });
  expect(r.claims.find((c) => c.raw === 'lea@campagne.example')?.locator).toEqual({
    in: 'property',
    stream: '__recip_version1.0_#00000001/__substg1.0_3003001F',
    section: 0,
    id: 0x3003001f,
  });
  expect(await unreplayable(msg, bytes)).toEqual([]);
  expect(await msg.replay(inputFrom(bytes), { in: 'property', stream: '__properties_version1.0', section: 1, id: 0x00390040 })).toBeNull();
});

describe('with a transport header', () => {
  it('reads it as that of a mail, and repeats nothing but times', async () => {
    const r = await read({ ...SENT, headers: HEADERS });
    expect(r.claims.map((c) => `${c.attribute} ${c.field}`)).toEqual([
      'time.received PidTagMessageDeliveryTime',
      'time.received Received',
      'hop.by Received by',
      'party.from From',
      'party.to To',
      'name.title Subject',
      'time.sent Date',
      'id.message Message-ID',
      'time.hidden Message-ID',
      'tool.message Message-ID',
      'mark.header-order header order',
      'time.sent PidTagClientSubmitTime',
      'time.created PidTagCreationTime',
      'time.modified PidTagLastModificationTime',
      'party.last-author PidTagLastModifierName',
      'id.in-reply-to PidTagInReplyToId',
      'id.conversation PidTagConversationIndex',
      'id.conversation-index PidTagConversationIndex',
      'id.reference PidTagInternetReferences',
      'id.reference PidTagInternetReferences',
      'party.to Cc',
      'time.hidden Thread-Index',
      'content.text text/plain',
    ]);
    expect(r.claims.find((c) => c.field === 'Date')?.locator).toEqual({ in: 'header', part: '', name: 'Date', nth: 0 });
    expect(r.problems).toEqual([]);
  });
  it('keeps both where they differ', async () => {
    const r = await read({ ...SENT, subject: 'Autre chose', from: { name: 'Claire Moreau', mailbox: 'autre@campagne.example' }, headers: HEADERS });
    expect(r.values('name.title')).toEqual(['Réunion', 'Autre chose']);
    expect(r.values('party.from').map((v) => (v as { mailbox: string }).mailbox)).toEqual(['claire@campagne.example', 'autre@campagne.example']);
  });
  it('passes over the line with which old Outlook introduces it, and tells of other lines that are no fields', async () => {
    expect((await read({ headers: `Microsoft Mail Internet Headers Version 2.0\r\n${HEADERS}` })).problems).toEqual([]);
    expect((await read({ headers: `A: b\r\nnonsense\r\n${HEADERS}` })).problems).toEqual([
      { code: 'malformed', message: 'PidTagTransportMessageHeaders: 1 lines between header fields are no header fields' },
    ]);
  });
});

describe('texts', () => {
  it('have the digest of the same mail', async () => {
    const mail = buildMail({
      client: 'outlook',
      from: 'a@b.example',
      to: ['c@d.example'],
      subject: 'x',
      date: '2017-03-01T10:00:00Z',
      offsetMinutes: 0,
      body: 'Bonjour,\n\n> hier\n',
    });
    const digest = (await readAll(eml, mail)).values('content.text');
    expect((await read(SENT)).values('content.text')).toEqual(digest);
    expect((await read({ body: 'Bonsoir' })).values('content.text')).not.toEqual(digest);
  });
  it('are plain text, HTML and quotations', async () => {
    const r = await read({ ...SENT, html: '<p>Bonjour&nbsp;é,<blockquote>hier</blockquote>' });
    expect(r.passages.map((p) => [p.role, p.label, p.text])).toEqual([
      ['body', 'text/plain', 'Bonjour,\n\n> hier'],
      ['body', 'text/html', 'Bonjour é,\n> hier'],
      ['quoted', 'quotation 1', 'hier'],
    ]);
  });
  it('are taken out of RTF where they are nowhere else', async () => {
    const rtf = '{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}Bonjour{\\*\\htmltag72 </p>}}';
    expect((await read({ body: 'Bonjour', rtf })).passages.map((p) => [p.label, p.text])).toEqual([
      ['text/plain', 'Bonjour'],
      ['text/html', 'Bonjour'],
    ]);
    expect((await read({ html: '<b>Autre</b>', rtf })).passages.map((p) => [p.label, p.text])).toEqual([['text/html', 'Autre']]);
    expect((await read({ rtf: '{\\rtf1 Salut\\par}' })).passages.map((p) => [p.label, p.text])).toEqual([['text/rtf', 'Salut']]);
  });
  it('say what was cut', async () => {
    const { problems, passages } = await readAll(msg, buildMsg({ body: 'x'.repeat(3000) }), { maxTextBytes: 1000 });
    expect(passages[0]?.text).toHaveLength(1000);
    expect(problems).toEqual([{ code: 'limit-exceeded', message: 'PidTagBody: more than 1000 characters of text; the rest was left out' }]);
  });
});

it('reads strings of eight bits in their code page', async () => {
  const r = await read({ subject: 'Встреча', lastModifiedBy: 'Иванов', codePage: 1251 });
  expect([...r.values('name.title'), ...r.values('party.last-author')]).toEqual(['Встреча', 'Иванов']);
});

it('leaves out the length of the prefix in front of a subject, and keeps it in the raw value', async () => {
  const [title] = (await read({ subject: '\u0001\u0005RE: Plan' })).claims;
  expect([title?.raw, title?.value]).toEqual(['\u0001\u0005RE: Plan', 'RE: Plan']);
});

it('takes nought and the year 4501 for no time at all', async () => {
  expect(times(await read({ sent: 0n, delivered: '4501-01-01T00:00:00Z', created: '2017-03-01T09:58:00Z' }))).toEqual([
    'time.created PidTagCreationTime 2017-03-01T09:58:00Z',
  ]);
});

it('names a sender who is another than From', async () => {
  expect((await read({ ...SENT, sender: { name: 'Secrétariat', mailbox: 'office@campagne.example' } })).values('party.sender')).toEqual([
    { name: 'Secrétariat', mailbox: 'office@campagne.example' },
  ]);
});

it('says when a raw value is cut', async () => {
  const { claims, problems } = await read({ subject: 'x'.repeat(2000) });
  expect(claims[0]?.raw).toHaveLength(1024);
  expect(problems).toEqual([{ code: 'limit-exceeded', message: 'PidTagSubject: 2000 characters, of which 1024 are kept' }]);
});

it('digests the documents it carries, as a mail does', async () => {
  const files = [
    { name: 'a.txt', bytes: Buffer.from('a') },
    { name: 'b.txt', bytes: Buffer.from('b') },
  ];
  const mail = buildMail({
    client: 'outlook',
    from: 'a@b.example',
    to: ['c@d.example'],
    subject: 'x',
    date: '2017-03-01T10:00:00Z',
    offsetMinutes: 0,
    body: 'y',
    attachments: files.map((f) => ({ ...f, type: 'text/plain' })),
  });
  const carried = (await read({ attachments: files })).values('content.attachments');
  expect(carried).toHaveLength(1);
  expect(carried).toEqual((await readAll(eml, mail)).values('content.attachments'));
  const picture = { name: 'c.png', type: 'image/png', contentId: 'c@x', bytes: Buffer.from('c') };
  expect((await read({ attachments: [...files, picture] })).values('content.attachments')).toEqual(carried);
  expect((await read({ attachments: [picture] })).values('content.attachments')).toEqual([]);
});

it('survives being cut anywhere', async () => {
  const bytes = buildMsg({ ...SENT, headers: HEADERS, rtf: '{\\rtf1 a}' });
  for (let n = 0; n < bytes.byteLength; n += 251) await readAll(msg, bytes.subarray(0, n));
  expect((await readAll(msg, bytes.subarray(0, 700))).problems.length).toBeGreaterThan(0);
});

import { expect, it } from 'vitest';
import { emlx } from '../../src/containers/emlx.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildEmlx } from '../support/build-emlx.ts';
import { buildMail } from '../support/build-mail.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const mail = buildMail({
  client: 'thunderbird',
  from: 'a@example.org',
  to: 'b@example.net',
  date: '2017-03-27T12:41:05Z',
  offsetMinutes: 120,
  subject: 'x',
  body: 'Bonjour',
});
const file = buildEmlx({ mail, received: '2017-03-27T12:41:09Z', originalMailbox: 'imap://b@example.net/INBOX' });
const bodies = async (bytes: Uint8Array): Promise<string[]> =>
  (await openAll(emlx, bytes)).children.map((c) => Buffer.from(bytesOfChild(c)).toString('latin1'));
const problems = async (bytes: Uint8Array): Promise<string[]> => (await openAll(emlx, bytes)).problems.map((p) => `${p.code}: ${p.message}`);

it('opens the message, byte for byte, and says when Mail stored it', async () => {
  const { children, problems } = await openAll(emlx, file);
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.role, Buffer.from(bytesOfChild(c)).equals(Buffer.from(mail))])).toEqual([['1', 'document', true]]);
  expect(children[0]?.says).toEqual([
    {
      basis: 'asserted',
      attribute: 'time.stored',
      field: 'date-received',
      raw: '1490618469',
      value: { kind: 'instant', epochMs: 1_490_618_469_000, offsetMinutes: 0, precisionMs: 1000 },
      locator: { in: 'parent', key: 'date-received' },
    },
    {
      basis: 'asserted',
      attribute: 'machine.path',
      field: 'original-mailbox',
      raw: 'imap://b@example.net/INBOX',
      value: 'imap://b@example.net/INBOX',
      locator: { in: 'parent', key: 'original-mailbox' },
    },
  ]);
  expect(emlx.openOne?.(inputFrom(file), '2')).toBeNull();
});

it('is told from the message in it', () => {
  expect(recognise(inputFrom(file))).toEqual({ mediaType: 'application/x-emlx', also: [] });
  expect(recognise(inputFrom(mail)).mediaType).toBe('message/rfc822');
  expect(recognise(inputFrom(Buffer.from('1795\nhommes et femmes\n'))).mediaType).toBe('text/plain');
});

it('says where the length on top is not true, and keeps the message whole', async () => {
  const longer = Buffer.concat([mail, Buffer.from('added\r\n')]);
  const edited = buildEmlx({ mail: longer, received: '2017-03-27T12:41:09Z', declared: mail.byteLength });
  expect(await problems(edited)).toEqual([
    `malformed: its first line promises a message of ${mail.byteLength} bytes; the property list begins after ${longer.byteLength}`,
  ]);
  expect(await bodies(edited)).toEqual([longer.toString('latin1')]);
});

it('says where the property list is missing or broken', async () => {
  expect(await problems(buildEmlx({ mail, received: '2017-03-27T12:41:09Z', withoutProperties: true }))).toEqual([
    `truncated: no property list behind the message of ${mail.byteLength} bytes; ${mail.byteLength} bytes are there`,
  ]);
  expect((await problems(file.subarray(0, file.byteLength - 20)))[0]).toMatch(/^malformed: property list: /);
  expect(await problems(Buffer.from('no number\n'))).toEqual(['malformed: its first line is not the length of a message']);
});

it('does not take a zero for a time', async () => {
  const [child] = (await openAll(emlx, buildEmlx({ mail, received: '1970-01-01T00:00:00Z' }))).children;
  expect(child?.says.map((s) => [s.raw, s.value])).toEqual([['0', null]]);
});

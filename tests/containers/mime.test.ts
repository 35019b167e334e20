import { expect, it } from 'vitest';
import { mime } from '../../src/containers/mime.ts';
import { buildMail, type MailClient, rawMail } from '../support/build-mail.ts';
import { buildYenc, uuencode } from '../support/build-uuencode.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const spec = {
  from: 'Ann <a@example.org>',
  to: 'b@example.net',
  subject: 's',
  date: '2017-03-27T12:41:05Z',
  offsetMinutes: 120,
  body: 'hello',
} as const;
const inner = buildMail({ ...spec, client: 'thunderbird', subject: 'inner', received: [] });
const binary = Uint8Array.from({ length: 1_000 }, (_, i) => (i * 7) % 256);

it.each(['outlook', 'gmail', 'apple-mail', 'thunderbird', 'mailman'] as MailClient[])('gives back what %s attached', async (client) => {
  const { children, problems } = await openAll(
    mime,
    buildMail({
      ...spec,
      client,
      html: '<p>hello</p>',
      attachments: [
        { name: 'été.pdf', type: 'application/pdf', bytes: binary },
        { name: 'logo.png', type: 'image/png', bytes: binary, contentId: 'logo' },
        { name: 'inner.eml', type: 'message/rfc822', bytes: inner },
      ],
    }),
  );
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([
    ['1.2', 'logo.png', 'part'],
    ['2', 'été.pdf', 'document'],
    ['3', 'inner.eml', 'document'],
  ]);
  expect(Uint8Array.from(bytesOfChild(children[1]))).toEqual(binary);
  expect(Buffer.from(bytesOfChild(children[2])).equals(Buffer.from(inner))).toBe(true);
});

it('says what the message says about them', async () => {
  const file = {
    name: 'C:\\docs\\a.doc',
    type: 'application/msword',
    bytes: binary,
    dispositionParameters: ['creation-date="Mon, 27 Mar 2017 14:41:05 +0200"', 'modification-date="Tue, 28 Mar 2017 14:41:05"'],
  };
  const { children } = await openAll(mime, buildMail({ ...spec, client: 'gmail', attachments: [file] }));
  expect(children[0]?.says.map((c) => [c.attribute, c.field, c.value])).toEqual([
    ['name.file', 'Content-Disposition#filename', 'a.doc'],
    ['type.declared', 'Content-Type', 'application/msword'],
    [
      'time.created',
      'Content-Disposition#creation-date',
      { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 5), offsetMinutes: 120, precisionMs: 1000 },
    ],
    ['time.stored', 'Content-Disposition#modification-date', { kind: 'wall', local: '2017-03-28T14:41:05', precisionMs: 1000 }],
  ]);
});

it('opens one by its key, the same as among all', async () => {
  const mail = buildMail({
    ...spec,
    client: 'outlook',
    attachments: [
      { name: 'a', type: 'application/pdf', bytes: binary },
      { name: 'b', type: 'text/plain', bytes: Buffer.from('b') },
    ],
  });
  const { children } = await openAll(mime, mail);
  for (const c of children) {
    const again = mime.openOne?.(inputFrom(mail), c.key) ?? undefined;
    expect(bytesOfChild(again)).toEqual(bytesOfChild(c));
    expect(again?.says).toEqual(c.says);
  }
  expect(mime.openOne?.(inputFrom(mail), '9')).toBeNull();
});

it.each([
  ['texts are not children', ['Content-Type: text/html', '', '<p>x'], []],
  ['a text with a name is', ['Content-Type: text/plain; name=a.txt', '', 'x'], ['1 document x']],
  ['a text marked as attachment is', ['Content-Type: text/plain', 'Content-Disposition: attachment', '', 'x'], ['1 document x']],
  ['a message that is nothing but a file', ['Content-Type: application/pdf', 'Content-Transfer-Encoding: base64', '', 'eA=='], ['1 document x']],
  ['a picture without any header about it', ['Content-Type: image/png', '', 'x'], ['1 document x']],
  ['a signature is a part', ['Content-Type: application/pgp-signature; name=signature.asc', '', 'x'], ['1 part x']],
  [
    'bytes as they are where nothing is encoded',
    ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: 8bit', '', 'a\r\n\u00e9\r\n'],
    ['1 document a\r\n\u00e9\r\n'],
  ],
])('%s', async (_, lines, expected) => {
  const { children } = await openAll(mime, rawMail(...lines));
  expect(children.map((c) => `${c.key} ${c.role} ${Buffer.from(bytesOfChild(c)).toString('latin1')}`)).toEqual(expected);
});

it('keeps what it cannot decode, and says so', async () => {
  const { children, problems } = await openAll(
    mime,
    rawMail('Content-Type: application/x; name=a', 'Content-Transfer-Encoding: x-uuencode', '', 'begin 644 a'),
  );
  expect(problems).toEqual([{ code: 'malformed', message: "part 1: unknown transfer encoding 'x-uuencode', kept as written" }]);
  expect(Buffer.from(bytesOfChild(children[0])).toString()).toBe('begin 644 a');
});

it('survives every truncation and garbage', async () => {
  const mail = buildMail({ ...spec, client: 'apple-mail', attachments: [{ name: 'été.pdf', type: 'application/pdf', bytes: binary }] });
  for (let n = 0; n < mail.byteLength; n += 31) {
    const { children } = await openAll(mime, mail.subarray(0, n));
    expect(children.length).toBeLessThanOrEqual(1);
  }
  expect((await openAll(mime, binary)).children).toEqual([]);
});

it('opens a file that was written into the text', async () => {
  const body = `Voici le plan.\n\n${uuencode('C:\\plan.doc', binary)}`;
  const mail = Buffer.from(`From: a@example.org\nTo: b@example.net\nSubject: s\n\n${body}`);
  const { children, problems } = await openAll(mime, mail);
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([['1:uu@16', 'plan.doc', 'document']]);
  expect(Uint8Array.from(bytesOfChild(children[0]))).toEqual(binary);
  expect(Uint8Array.from(bytesOfChild(mime.openOne?.(inputFrom(mail), '1:uu@16') ?? undefined))).toEqual(binary);
  expect(children[0]?.says.map((c) => [c.attribute, c.raw, c.value])).toEqual([['name.file', 'C:\\plan.doc', 'plan.doc']]);
  expect(mime.openOne?.(inputFrom(mail), '1:uu@17')).toBeNull();
  expect((await openAll(mime, mail.subarray(0, mail.byteLength - 10))).problems).toEqual([
    { code: 'truncated', message: '1:uu@16: the uuencoded file does not end' },
  ]);
  expect((await openAll(mime, Buffer.from('From: a@example.org\n\nWe begin 644 plans\nbegin 644 plans\nnow\n'))).children).toEqual([]);
});

it('opens a file that yEnc wrote into the text', async () => {
  const mail = Buffer.concat([Buffer.from('From: a@example.org\nTo: b@example.net\nSubject: s\n\nVoici.\n'), buildYenc('plan.doc', binary)]);
  const { children, problems } = await openAll(mime, mail);
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([['1:yenc@7', 'plan.doc', 'document']]);
  expect(Uint8Array.from(bytesOfChild(mime.openOne?.(inputFrom(mail), '1:yenc@7') ?? undefined))).toEqual(binary);
  expect((await openAll(mime, mail.subarray(0, mail.byteLength - 60))).problems).toEqual([
    { code: 'truncated', message: '1:yenc@7: the yEnc file does not end' },
  ]);
});

it('takes the pictures of a saved page for parts of it', async () => {
  const page = Buffer.from(
    'From: <Saved by Blink>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x</p>\n' +
      '--b\nContent-Type: image/png\nContent-Location: https://campagne.example/a.png\n\nx\n--b--\n',
  );
  expect((await openAll(mime, page)).children.map((c) => [c.key, c.role])).toEqual([['2', 'part']]);
});

it('takes what a Mac keeps beside a file for a part, and the file for a document', async () => {
  const mail = Buffer.from(
    'From: a@example.org\nTo: b@example.net\nMIME-Version: 1.0\nContent-Type: multipart/appledouble; boundary=b\n\n' +
      '--b\nContent-Type: application/applefile; name="plan.doc"\nContent-Transfer-Encoding: base64\n\nAAUWBw==\n--b\nContent-Type: application/msword; name="plan.doc"\n\nx\n--b--\n',
  );
  expect((await openAll(mime, mail)).children.map((c) => [c.key, c.label, c.role])).toEqual([
    ['1', 'plan.doc', 'part'],
    ['2', 'plan.doc', 'document'],
  ]);
});

it('opens the page of a saved one, whose head speaks for itself, and the text of no letter', async () => {
  const page = (fields: string): Buffer =>
    Buffer.from(
      `${fields}MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Location: file:///C:/a.htm\nContent-Type: text/html\n\n<p>x</p>\n--b--\n`,
    );
  for (const saved of ['', 'From: <Saved by Blink>\n'])
    expect((await openAll(mime, page(saved))).children.map((c) => [c.key, c.role, Buffer.from(bytesOfChild(c)).toString()])).toEqual([
      ['1', 'part', '<p>x</p>'],
    ]);
  expect((await openAll(mime, page('From: a@example.org\nTo: b@example.org\n'))).children).toEqual([]);
});

it('lists what Apple Mail keeps beside a partial message and no longer in it', async () => {
  const partial = (length: string, body: string): Buffer =>
    Buffer.from(
      'From: a@example.org\nTo: b@example.net\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nVoici.\n' +
        `--b\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=plan.xls\nContent-Type: application/vnd.ms-excel\n${length}\n${body}\n--b--\n`,
    );
  const left = partial('X-Apple-Content-Length: 702736\n', '\n');
  const { children, problems } = await openAll(mime, left);
  expect(problems).toEqual([]);
  const child = {
    key: '2',
    label: 'plan.xls',
    role: 'document',
    bytes: null,
    why: 'unreadable',
    problem: {
      code: 'truncated',
      message:
        'not in the message: its mail program keeps it, 702736 bytes as encoded, in the folder Attachments beside it, by the number of the message, 2',
    },
  };
  expect(children).toMatchObject([child]);
  expect(mime.openOne?.(inputFrom(left), '2')).toMatchObject(child);
  const lengths = async (mail: Buffer): Promise<unknown> =>
    (await openAll(mime, mail)).children.map((c) => c.says.filter((s) => s.attribute === 'attachment.encoded-bytes').map((s) => [s.raw, s.value]));
  expect(await lengths(left)).toEqual([[['702736', 702_736]]]);
  // Of other encodings nobody knows how long the content is.
  expect(await lengths(Buffer.from(left.toString().replace('base64', '7bit')))).toEqual([[]]);
  // The content is there, or there was none.
  for (const whole of [partial('X-Apple-Content-Length: 4\n', 'dGV4dA=='), partial('X-Apple-Content-Length: 0\n', '\n'), partial('', '\n')])
    expect((await openAll(mime, whole)).children[0]?.bytes).not.toBeNull();
});

import { describe, expect, it } from 'vitest';
import { eml } from '../../src/formats/eml.ts';
import { buildMail, type MailClient, type MailSpec, rawMail } from '../support/build-mail.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const spec: Omit<MailSpec, 'client'> = {
  from: 'Ånn Example <a@example.org>',
  to: ['Bo <b@example.net>', 'c@example.net'],
  cc: ['Dee <d@example.net>'],
  subject: 'Réunion de lundi',
  date: '2017-03-27T12:41:05Z',
  offsetMinutes: 120,
  body: 'Oui.\n\nOn Sun, 26 Mar 2017, Bo wrote:\n> Shall we?\n',
  html: '<p>Oui.</p>',
  inReplyTo: '<q1@example.net>',
  references: ['<q0@example.net>', '<q1@example.net>'],
  attachments: [{ name: 'a.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4') }],
};
const CLIENTS: readonly MailClient[] = ['outlook', 'gmail', 'apple-mail', 'thunderbird', 'mailman'];
const instant = (epochMs: number, offsetMinutes: number): unknown => ({ kind: 'instant', epochMs, offsetMinutes, precisionMs: 1000 });

describe('what a mail says', () => {
  it.each(CLIENTS)('%s', async (client) => {
    const { problems, ...mail } = await readAll(eml, buildMail({ ...spec, client }));
    expect(problems).toEqual([]);
    expect(mail.values('time.sent')).toEqual([instant(Date.UTC(2017, 2, 27, 12, 41, 5), 120)]);
    const trace = client === 'gmail' ? [instant(Date.UTC(2017, 2, 27, 12, 41, 5), -420)] : [];
    expect(mail.values('time.received')).toEqual([
      instant(Date.UTC(2017, 2, 27, 12, 41, 10), 0),
      instant(Date.UTC(2017, 2, 27, 12, 41, 7), 0),
      ...trace,
    ]);
    expect(mail.values('name.title')).toEqual([client === 'mailman' ? '[list] Réunion de lundi' : 'Réunion de lundi']);
    expect(mail.values('party.from')).toEqual([{ name: 'Ånn Example', mailbox: 'a@example.org' }]);
    expect(mail.values('party.to')).toHaveLength(3);
    expect(mail.values('party.to')).toEqual(
      expect.arrayContaining([
        { name: 'Bo', mailbox: 'b@example.net' },
        { name: '', mailbox: 'c@example.net' },
        { name: 'Dee', mailbox: 'd@example.net' },
      ]),
    );
    expect(mail.values('party.delivered-to')).toEqual([{ name: '', mailbox: 'b@example.net' }]);
    expect(mail.values('id.in-reply-to')).toEqual(['q1@example.net']);
    expect(mail.values('id.reference')).toEqual(['q0@example.net', 'q1@example.net']);
    expect(mail.values('id.message')).toHaveLength(1);
    expect(mail.values('content.text')).toHaveLength(1);
    expect(mail.values('content.attachments')).toHaveLength(1);
    expect(mail.values('mark.relayed')).toEqual(client === 'mailman' ? ['list'] : []);
  });

  it.each(CLIENTS)('every locator of %s finds its words again', async (client) =>
    expect(await unreplayable(eml, buildMail({ ...spec, client }))).toEqual([]),
  );

  it('finds every element again in crowded and repeated headers', async () => {
    const mail = rawMail(
      'To: "A, B" <ab@example.org>, c@example.org',
      'To: again@example.org',
      'CC: d@example.org',
      'Subject: one',
      'subject: =?utf-8?Q?tw=C3=B6?=',
      'Date: nonsense',
      'Date: Mon, 27 Mar 2017 14:41:05 +0200',
      'References: <a@x>',
      '\t<b@x> <c@x>',
      'References: <d@x>',
      'Content-Language: fr-FR, en',
      'DKIM-Signature: v=1; t=1490618465; x=1490628465',
      'From: \u00e9t\u00e9 <e@example.org>',
      'X-GM-MSGID: 1563025439313920000',
      '',
      'x',
    );
    expect(await unreplayable(eml, mail)).toEqual([]);
    const { claims, ...read } = await readAll(eml, mail);
    expect(read.values('id.reference')).toEqual(['a@x', 'b@x', 'c@x', 'd@x']);
    expect(read.values('name.title')).toEqual(['one', 'twö']);
    expect(read.values('locale.text')).toEqual(['fr-FR', 'en']);
    expect(read.values('time.sent')).toEqual([null, instant(Date.UTC(2017, 2, 27, 12, 41, 5), 120)]);
    expect(claims.filter((c) => c.attribute === 'party.to').map((c) => [c.field, c.raw])).toEqual([
      ['To', '"A, B" <ab@example.org>'],
      ['To', 'c@example.org'],
      ['To', 'again@example.org'],
      ['Cc', 'd@example.org'],
    ]);
    expect(read.values('time.signed')).toHaveLength(1);
    expect(read.values('time.stored')).toEqual([{ kind: 'instant', epochMs: 1_490_617_217_363, offsetMinutes: 0, precisionMs: 1 }]);
  });

  it('reads the labels and the conversation of an export from Gmail', async () => {
    const mail = rawMail(
      'X-GM-THRID: 1563025439313920000',
      'X-Gmail-Labels: =?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception,"Campagne,_2017",Ouvert?=',
      'From: a@example.org',
      'Subject: x',
      '',
      'x',
    );
    const r = await readAll(eml, mail);
    expect([r.values('place.label'), r.values('id.thread')]).toEqual([['Boîte de réception', 'Campagne, 2017', 'Ouvert'], ['1563025439313920000']]);
    expect(r.values('time.hidden')).toEqual([{ kind: 'instant', epochMs: 1_490_617_217_363, offsetMinutes: 0, precisionMs: 1 }]);
    expect(await unreplayable(eml, mail)).toEqual([]);
  });

  it('reads where a saved page came from, and says nothing of that of a letter', async () => {
    const page = (from: string): Uint8Array =>
      rawMail(
        `From: ${from}`,
        'Snapshot-Content-Location: https://campagne.example/page',
        'Subject: Programme',
        'Date: Mon, 27 Mar 2017 12:41:05 -0000',
        'MIME-Version: 1.0',
        'Content-Type: multipart/related; boundary=b',
        '',
        '--b',
        'Content-Type: text/html',
        'Content-Location: https://campagne.example/page#1',
        '',
        '<p>Bonjour</p>',
        '--b--',
      );
    const saved = await readAll(eml, page('<Saved by Blink>'));
    expect([saved.values('origin.url'), saved.values('tool.application')]).toEqual([
      ['https://campagne.example/page', 'https://campagne.example/page#1'],
      ['Blink'],
    ]);
    expect(await unreplayable(eml, page('<Saved by Blink>'))).toEqual([]);
    const letter = await readAll(eml, page('a@example.org'));
    expect([letter.values('origin.url'), letter.values('tool.application')]).toEqual([['https://campagne.example/page'], []]);
  });

  it('does not replay what is not there', async () => {
    const input = inputFrom(rawMail('Subject: x', '', 'text'));
    for (const name of ['Date', 'Subject#t', 'Subject#0', 'To#0'])
      expect(await eml.replay(input, { in: 'header', part: '', name, nth: 0 })).toBeNull();
    expect(await eml.replay(input, { in: 'header', part: '1', name: 'Subject', nth: 0 })).toBeNull();
    expect(await eml.replay(input, { in: 'header', part: '', name: 'SUBJECT', nth: 0 })).toBe('x');
    expect(await eml.replay(input, { in: 'bytes', offset: 14, length: 4 })).toBe('text');
    expect(await eml.replay(input, { in: 'tag', block: 'ifd0', tag: 1 })).toBeNull();
  });

  it('cuts a long value, and says so', async () => {
    const { claims, problems } = await readAll(eml, rawMail(`Subject: ${'x'.repeat(2_000)}`, '', ''));
    expect(claims[0]?.raw.length).toBe(1024);
    expect(problems).toEqual([{ code: 'limit-exceeded', message: 'Subject: 2000 characters, of which 1024 are kept' }]);
  });

  it.each([
    ['list', 'Precedence: list'],
    ['list', 'List-Id: <l.example.org>'],
    ['gateway', 'X-Proofpoint-Virus-Version: x'],
    ['gateway', 'X-MS-Exchange-ExternalInOutlook: x'],
    ['export', 'X-GM-THRID: 1'],
    ['resent', 'Resent-Date: Mon, 27 Mar 2017 14:41:05 +0200'],
    ['export', 'Content-Type: multipart/mixed; boundary="--boundary-LibPST-iamunique-1_-_-"'],
  ])('marks what a %s rewrites: %s', async (kind, header) => {
    const mail = rawMail(header, '', '');
    expect((await readAll(eml, mail)).values('mark.relayed')).toEqual([kind]);
    expect(await unreplayable(eml, mail)).toEqual([]);
  });
  it.each(['Precedence: bulk', 'X-MS-Exchange-Organization-SCL: 1', 'X-Mailer: Foxmail'])('marks nothing for %s', async (header) => {
    expect((await readAll(eml, rawMail(header, '', ''))).values('mark.relayed')).toEqual([]);
  });
});

describe('texts', () => {
  it('are passages: bodies and what they quote', async () => {
    const { passages } = await readAll(eml, buildMail({ ...spec, client: 'thunderbird' }));
    expect(passages.map((p) => [p.role, p.label, p.text])).toEqual([
      ['body', 'text/plain 1.1', 'Oui.\n\nOn Sun, 26 Mar 2017, Bo wrote:\n> Shall we?'],
      ['body', 'text/html 1.2', 'Oui.'],
      ['quoted', 'On Sun, 26 Mar 2017, Bo wrote:', 'Shall we?'],
    ]);
  });
  const digest = async (mail: Uint8Array): Promise<unknown> => (await readAll(eml, mail)).values('content.text')[0];
  it('have one digest however they are wrapped and encoded, and another for another word', async () => {
    const plain = await digest(rawMail('', 'transfer 12,000 caf\u00c3\u00a9'));
    expect(
      await digest(
        rawMail('Content-Transfer-Encoding: quoted-printable', 'Content-Type: text/plain; charset=iso-8859-1', '', 'transfer', '  12,000 caf=E9', ''),
      ),
    ).toBe(plain);
    expect(await digest(rawMail('Content-Type: text/html; charset=utf-8', '', '<p>transfer<br>12,000 caf&eacute;</p>'))).toBe(plain);
    expect(await digest(rawMail('', 'transfer 92,000 caf\u00c3\u00a9'))).not.toBe(plain);
  });
  it('have none where there is no text', async () => {
    const { passages, ...mail } = await readAll(eml, rawMail('Subject: x', '', ' \r\n'));
    expect([mail.values('content.text'), mail.values('content.attachments'), passages]).toEqual([[], [], []]);
  });
  it('do not change the digest of attachments, nor does their encoding', async () => {
    const files = (body: string, text: string): Promise<unknown> =>
      readAll(
        eml,
        buildMail({ ...spec, client: 'gmail', body, attachments: [{ name: 'a', type: 'application/pdf', bytes: Buffer.from(text) }] }),
      ).then((r) => r.values('content.attachments')[0]);
    expect(await files('one', 'A')).toBe(await files('two', 'A'));
    expect(await files('one', 'A')).not.toBe(await files('one', 'B'));
  });
  it('stop at 200 quotations, with a problem', async () => {
    const { passages, problems } = await readAll(eml, rawMail('Subject: x', '', '>a\r\nb\r\n'.repeat(300)));
    expect(passages.filter((p) => p.role === 'quoted')).toHaveLength(200);
    expect(problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });
});

describe('hostile mail', () => {
  it('reads 5,000 parts, and 10,000 of 50,000 with one problem', async () => {
    const many = (n: number): Uint8Array => Buffer.from(`Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(n)}--b--\n`);
    const five = await readAll(eml, many(5_000));
    expect([five.passages.length, five.problems]).toEqual([5_000, []]);
    expect((await readAll(eml, many(50_000))).problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });
  it('survives every truncation', async () => {
    const mail = buildMail({ ...spec, client: 'outlook' });
    for (let n = 0; n < mail.byteLength; n += 37) expect((await readAll(eml, mail.subarray(0, n))).claims.length).toBeLessThan(60);
  });
  it('survives garbage in every place', async () => {
    const mail = Buffer.from(buildMail({ ...spec, client: 'gmail' }));
    for (let n = 0; n < mail.byteLength; n += 41) {
      const broken = Buffer.from(mail);
      broken.fill(n % 256, n, n + 5);
      expect((await readAll(eml, broken)).claims.length).toBeLessThan(60);
    }
  });
});

it('writes the same bytes for the same spec', () => {
  for (const client of CLIENTS) expect(Buffer.from(buildMail({ ...spec, client })).equals(Buffer.from(buildMail({ ...spec, client })))).toBe(true);
});

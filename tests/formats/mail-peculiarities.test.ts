import { describe, expect, it } from 'vitest';
import { mime } from '../../src/containers/mime.ts';
import { eml } from '../../src/formats/eml.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { rawMail } from '../support/build-mail.ts';
import { bytesOfChild, inputFrom, openAll, readAll, unreplayable } from '../support/read.ts';

const utc = (text: string): unknown => ({ kind: 'instant', epochMs: Date.parse(text), offsetMinutes: 0, precisionMs: 1000 });
const letter = (...fields: readonly string[]): Uint8Array => rawMail('From: a@example.org', ...fields, '', 'Bonjour');

/** Each of these once broke a tool that reads mail; none is rare. */
describe('header fields of which readers made something else', () => {
  it('a route that goes back in time, through 1916, is told hop by hop as written', async () => {
    const mail = letter(
      'Received: from b by c with ESMTP; Mon, 27 Mar 2017 12:41:05 +0000',
      'Received: from a by b with ESMTP; Mon, 27 Mar 2017 15:41:05 +0000',
      'Received: from x by a with ESMTP; Mon, 27 Mar 1916 12:41:05 +0000',
      'Date: Mon, 27 Mar 1916 12:41:00 +0000',
    );
    const read = await readAll(eml, mail);
    expect(read.values('time.received')).toEqual([utc('2017-03-27T12:41:05Z'), utc('2017-03-27T15:41:05Z'), utc('1916-03-27T12:41:05Z')]);
    expect(read.values('time.sent')).toEqual([utc('1916-03-27T12:41:00Z')]);
    expect(read.problems).toEqual([]);
    expect(await unreplayable(eml, mail)).toEqual([]);
  });

  it('the build number of an Exchange server is neither an address nor a clock', async () => {
    const build = '15.1.1034.26';
    const read = await readAll(
      eml,
      letter(`Received: from A.example.org by B.example.org with Microsoft SMTP Server (TLS) id ${build}; Mon, 27 Mar 2017 12:41:05 +0000`),
    );
    const holding = read.claims.filter((c) => `${c.raw} ${JSON.stringify(c.value)}`.includes(build));
    expect(holding.map((c) => [c.attribute, c.value])).toEqual([['time.received', utc('2017-03-27T12:41:05Z')]]);
    expect(read.values('time.hidden')).toEqual([]);
  });

  it.each([
    ['SendGrid, without a semicolon', 'by filter0001p1las1.sendgrid.net with SMTP id filter0001 2017-03-27 12:41:05.5 +0000 UTC m=+349867.123'],
    ['with one', 'by mx0042 with HTTP; 2017-03-27 12:41:05 +0000 UTC'],
  ])('the time of a hop stands behind anything: %s', async (_, received) => {
    const [time] = (await readAll(eml, letter(`Received: ${received}`))).values('time.received');
    expect(time).toMatchObject({ kind: 'instant', offsetMinutes: 0 });
  });

  it("a field called 'headers' is a field like any other", async () => {
    const told = async (...fields: readonly string[]): Promise<unknown> =>
      (await readAll(eml, letter(...fields))).claims.map((c) => [c.attribute, c.raw, c.value]);
    const honest = await told('Subject: Budget', 'Date: Mon, 27 Mar 2017 12:41:05 +0000');
    expect(honest).toContainEqual(['name.title', 'Budget', 'Budget']);
    expect(await told('headers: 5', 'Headers: {}', 'body: none', 'Subject: Budget', 'Date: Mon, 27 Mar 2017 12:41:05 +0000')).toEqual(honest);
  });

  it('an identifier to which the next field is glued is itself, and the raw value shows what stands there', async () => {
    const read = await readAll(eml, letter('Message-ID: <m1@example.org>Subject: Budget', 'To: b@example.net'));
    expect(read.claims.filter((c) => c.attribute === 'id.message').map((c) => [c.raw, c.value])).toEqual([
      ['<m1@example.org>Subject: Budget', 'm1@example.org'],
    ]);
    expect(read.values('party.to')).toEqual([{ name: '', mailbox: 'b@example.net' }]);
    expect((await readAll(eml, letter('Message-ID: <m1@example.org>'))).values('id.message')).toEqual(['m1@example.org']);
  });

  it('a comma within a quoted name parts no recipients', async () => {
    const read = await readAll(eml, letter('To: "Moreau, Claire" <c@example.org>, "Petit, Paul, Dr" <p@example.org>', 'Cc: d@example.org'));
    expect(read.values('party.to')).toEqual([
      { name: 'Moreau, Claire', mailbox: 'c@example.org' },
      { name: 'Petit, Paul, Dr', mailbox: 'p@example.org' },
      { name: '', mailbox: 'd@example.org' },
    ]);
  });
});

describe('texts and messages inside', () => {
  it('HTML alone is a text, with the digest of the same words in plain', async () => {
    const plain = await readAll(eml, letter('Content-Type: text/plain'));
    const html = await readAll(eml, rawMail('From: a@example.org', 'Content-Type: text/html', '', '<html><body><p>Bon<b>jour</b></p></body></html>'));
    expect(html.passages.map((p) => [p.role, p.label, p.text])).toEqual([['body', 'text/html', 'Bonjour']]);
    expect(html.values('content.text')).toEqual(plain.values('content.text'));
    expect(html.values('content.text')).toHaveLength(1);
  });

  it.each(['attachment', 'inline'])('an attached mail (%s) is a document of its own, and no text of the one around it', async (disposition) => {
    const inner = ['From: c@example.org', 'Date: Mon, 27 Mar 2017 12:41:05 +0000', 'Subject: inside', '', 'the inner text'];
    const mail = rawMail(
      'From: a@example.org',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      '',
      'See inside.',
      '--b',
      'Content-Type: message/rfc822',
      `Content-Disposition: ${disposition}`,
      '',
      ...inner,
      '--b--',
    );
    const { children } = await openAll(mime, mail);
    expect(children.map((c) => [c.key, c.role])).toEqual([['2', 'document']]);
    const bytes = bytesOfChild(children[0]);
    expect(recognise(inputFrom(bytes)).mediaType).toBe('message/rfc822');
    expect((await readAll(eml, bytes)).values('name.title')).toEqual(['inside']);
    const around = await readAll(eml, mail);
    expect(around.passages.map((p) => p.text)).toEqual(['See inside.']);
    expect(around.values('name.title')).toEqual([]);
  });
});

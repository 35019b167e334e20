import { describe, expect, it } from 'vitest';
import { looksLikeMail, looksLikeMbox } from '../../src/structures/mail/type.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildMail, buildMbox, type MailClient, rawMail } from '../support/build-mail.ts';
import { inputFrom } from '../support/read.ts';

const spec = { from: 'a@example.org', to: 'b@example.net', subject: 's', date: '2017-03-27T12:41:05Z', offsetMinutes: 0, body: 'x' } as const;
const text = (s: string): Uint8Array => Buffer.from(s);

describe('looksLikeMail', () => {
  it.each(['outlook', 'gmail', 'apple-mail', 'thunderbird', 'mailman'] as MailClient[])('%s', (client) => {
    const mail = buildMail({ ...spec, client });
    expect([looksLikeMail(mail.subarray(0, 4096)), looksLikeMbox(mail.subarray(0, 4096))]).toEqual(['certain', 'no']);
  });
  it('knows a header that is longer than what it sees', () => {
    const received = Array.from(
      { length: 60 },
      (_, i) => `Received: from a${i} by b with SMTP id ${'x'.repeat(60)}; Mon, 27 Mar 2017 12:41:05 +0000`,
    );
    expect(looksLikeMail(rawMail('Authentication-Results: x', ...received).subarray(0, 4096))).toBe('certain');
  });
  it.each([
    ['a note', 'Subject: shopping\n\nmilk'],
    ['HTTP', 'HTTP/1.1 200 OK\nDate: Mon, 27 Mar 2017 12:41:05 GMT\nContent-Type: text/html\n\n'],
    ['YAML', 'name: x\ndate: 2017-03-27\nto: do\n'],
    ['source', '#include <stdio.h>\nint main(void) {}\n'],
    ['nothing', ''],
    ['binary', 'From: a@b\nTo: b\nSubject: x\n\u0000\u0001'],
    ['a binary body', 'From: a@b\nTo: b\nSubject: x\n\nT\u0000e\u0000'],
  ])('is not certain of %s', (_, s) => expect(looksLikeMail(text(s))).not.toBe('certain'));
});

const DATE = 'Mon, 27 Mar 2017 12:41:05 +0200';
const B64 = 'Ab0+'.repeat(1500);

it('takes a mail with a body of two bytes a letter for one, and not a file with zeros among its fields', () => {
  expect(looksLikeMail(text('From: a@b\nTo: b\nSubject: x\n\nT\u0000e\u0000'))).toBe('maybe');
  expect(looksLikeMail(text('From: a@b\nTo: \u0000b\nSubject: x\n\nTe'))).toBe('no');
});

describe('a header of which one kind of field is in sight', () => {
  it.each([
    ['Received', `Received: from a.example by b.example with SMTP id 1;\r\n\t${DATE}\r\n`.repeat(60)],
    ['Received of qmail', `Received: (qmail 41 invoked by uid 89); 27 Mar 2017 12:41:05 -0000\n`.repeat(90)],
    ['X-Received', `X-Received: by 10.0.0.1 with SMTP id x; ${DATE}\n`.repeat(90)],
    ['one DKIM-Signature', `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=example.org; s=s; h=from; b=${B64}`],
    ['one ARC-Seal', `ARC-Seal: i=1; a=rsa-sha256; t=1490618465; cv=none; d=example.org; s=s; b=${B64}`],
    ['ARC fields', `ARC-Seal: i=1; a=rsa-sha256; b=x\nARC-Authentication-Results: i=1; mx.example.org; spf=pass\n`.repeat(50)],
    ['Authentication-Results', `Authentication-Results: mx.example.org; dkim=pass header.d=example.org\n`.repeat(60)],
    ['one without a server', `Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=example.org; ${'dkim=none '.repeat(500)}`],
    ['Delivered-To', 'Delivered-To: claire@campagne.example\n'.repeat(120)],
    ['Return-Path', 'Return-Path: <>\nReturn-Path: <a@example.org>\n'.repeat(120)],
  ])('is that of a mail: %s', (_, header) => {
    expect(recognise(inputFrom(text(`${header}\nFrom: a@example.org\n\nx\n`)))).toEqual({ mediaType: 'message/rfc822', also: [] });
  });

  it.each([
    ['a list of goods', 'Received: 3 items\n'.repeat(400)],
    ['a list of goods, dated', `Received: 3 items; ${DATE}\n`.repeat(200)],
    ['hops without a time', 'Received: from a.example by b.example\n'.repeat(200)],
    ['hops with a line between', `Received: from a by b; ${DATE}\nand so on\n`.repeat(100)],
    ['hops behind a title', `Hops of the letter\n\n${`Received: from a by b; ${DATE}\n`.repeat(100)}`],
    ['hops, and a text behind them', `Received: from a by b; ${DATE}\n\n${'This is how it came. '.repeat(300)}`],
    ['hops and what no server writes', `Received: from a by b; ${DATE}\nRemark: late\n`.repeat(100)],
    ['few hops', `Received: from a by b; ${DATE}\n`.repeat(3)],
    ['a signature that is none', `DKIM-Signature: missing in ${'this one and '.repeat(500)}`],
    ['a log of logins', 'Authentication-Results: user 3 failed\n'.repeat(200)],
    ['addresses', 'Delivered-To: Claire Moreau, 3rd floor\n'.repeat(200)],
    ['a seal', `ARC-Seal: broken\n`.repeat(400)],
  ])('leaves a text a text: %s', (_, s) => expect(recognise(inputFrom(text(s)))).toEqual({ mediaType: 'text/plain', also: [] }));
});

describe('looksLikeMbox', () => {
  it('knows one by its first line and a header behind it', () => {
    const mbox = buildMbox([{ mail: buildMail({ ...spec, client: 'gmail' }), envelopeDate: '2017-03-27T12:41:09Z', sender: 'a@example.org' }]);
    expect([looksLikeMbox(mbox.subarray(0, 4096)), looksLikeMail(mbox.subarray(0, 4096))]).toEqual(['certain', 'maybe']);
  });
  it('is not taken in by a text', () => {
    expect(looksLikeMbox(text('From here on all is text\nSubject: x\n'))).toBe('no');
    expect(looksLikeMbox(text('From a@b Mon Mar 27 12:41:05 2017\nand so on'))).toBe('maybe');
  });
});

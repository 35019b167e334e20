import { describe, expect, it } from 'vitest';
import { looksLikeMail, looksLikeMbox } from '../../src/structures/mail/type.ts';
import { buildMail, buildMbox, type MailClient, rawMail } from '../support/build-mail.ts';

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
  ])('is not certain of %s', (_, s) => expect(looksLikeMail(text(s))).not.toBe('certain'));
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

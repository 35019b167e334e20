import { describe, expect, it } from 'vitest';
import { gmailBoundaryTime, gmailSmtpIdTime, mailClocks, outlookBoundaryTime, outlookMessageIdTime } from '../../src/structures/mail/clocks.ts';
import { readMime } from '../../src/structures/mail/mime.ts';
import { readThreadIndex } from '../../src/structures/mail/thread-index.ts';
import { buildMail, rawMail } from '../support/build-mail.ts';
import { gmailBoundary, outlookBoundary, outlookMessageId, threadIndex } from '../support/build-mail-clocks.ts';
import { inputFrom } from '../support/read.ts';

const threadIndexTime = (text: string, byExchange: boolean): { kind: string; epochMs: number } | null =>
  readThreadIndex(text, byExchange)?.began ?? null;

const AT = Date.UTC(2017, 2, 27, 12, 41, 5, 250);
const utc = (t: { kind: string; epochMs?: number } | null): string | null => (t?.epochMs === undefined ? null : new Date(t.epochMs).toISOString());
const clocks = (bytes: Uint8Array): string[] =>
  mailClocks(readMime(inputFrom(bytes))).map(
    (c) => `${c.field} ${c.value.kind === 'wall' ? `${c.value.local} wall` : new Date(c.value.epochMs).toISOString()}`,
  );

describe('single clocks', () => {
  it('reads a FILETIME in Outlook ids', () => {
    expect(utc(outlookMessageIdTime(outlookMessageId(AT, 'example.org')))).toBe('2017-03-27T12:41:05.250Z');
    expect(outlookMessageIdTime('<0017deadbeefdead$beefdead$4d272e20$@example.org>')).toBeNull();
    expect(outlookMessageIdTime('<001701d2a6f8@example.org>')).toBeNull();
  });
  it('reads a local clock in Outlook boundaries, as a wall time', () => {
    expect(outlookBoundaryTime(outlookBoundary(AT))).toEqual({ kind: 'wall', local: '2017-03-27T12:41:05.250', precisionMs: 1 });
    expect(outlookBoundaryTime('----=_NextPart_000_0016_00000000.00000001')).toBeNull();
    expect(outlookBoundaryTime('_000_AM4PR0101MB1234_')).toBeNull();
  });
  it("reads Gmail's boundaries: published samples", () => {
    expect(utc(gmailBoundaryTime('000000000000b6809105a0ae7b18'))).toBe('2020-03-12T20:49:03.864Z');
    expect(utc(gmailBoundaryTime('001a114db8fade8151051fdd2ae9'))).toBe('2015-09-16T13:20:51.011Z');
    expect(utc(gmailBoundaryTime(gmailBoundary(AT)))).toBe('2017-03-27T12:41:05.250Z');
    expect(gmailBoundaryTime('0123456789abcdef0123456789ab')).toBeNull();
  });
  it("reads Gmail's queue ids, in milliseconds and in Pacific time with its summer", () => {
    expect(utc(gmailSmtpIdTime('g132mr11451425wma.92.1492503485636'))).toBe('2017-04-18T08:18:05.636Z');
    expect(utc(gmailSmtpIdTime('q2sm123.10.2016.10.14.10.34.13'))).toBe('2016-10-14T17:34:13.000Z');
    expect(utc(gmailSmtpIdTime('q2sm123.10.2016.12.14.10.34.13'))).toBe('2016-12-14T18:34:13.000Z');
    expect(utc(gmailSmtpIdTime('q2sm123.10.2017.03.12.01.59.59'))).toBe('2017-03-12T09:59:59.000Z');
    expect(utc(gmailSmtpIdTime('q2sm123.10.2017.03.12.03.00.00'))).toBe('2017-03-12T10:00:00.000Z');
    // A genuine one that a broken server wrote.
    expect(gmailSmtpIdTime('q2sm123.5.1969.12.31.16.00.00')).toBeNull();
    expect(gmailSmtpIdTime('3vsX5z0')).toBeNull();
  });
  it('reads a conversation index, and leaves hashes alone', () => {
    expect(utc(threadIndexTime(threadIndex(AT), false))?.slice(0, 22)).toBe('2017-03-27T12:41:05.24');
    expect(utc(threadIndexTime(threadIndex(AT, '', [AT, AT]), false))?.slice(0, 19)).toBe('2017-03-27T12:41:05');
    const reserved = 'AQHZzU2IuLj+p9PXbEq08Wtc/6bLyw==';
    expect(utc(threadIndexTime(reserved, true))?.slice(0, 10)).toBe('2023-08-12');
    expect(threadIndexTime(reserved, false)).toBeNull();
    for (const hash of ['UWZUio7qvzt7n88vgl06p+a2jib2er==', 'AQJ3xq8l0oP5K2Yw1m0b9z7c3V5s2A==', '<3704394654516636>', '', 'Ad'])
      expect(threadIndexTime(hash, true)).toBeNull();
  });
});

const spec = {
  from: 'Ann <a@example.org>',
  to: 'b@example.net',
  subject: 's',
  date: '2017-03-27T12:41:05Z',
  offsetMinutes: 120,
  body: 'x',
  html: '<p>x</p>',
} as const;

describe('mailClocks', () => {
  it('agree in honest mail of Outlook and Gmail; Apple Mail and Thunderbird tell nothing', () => {
    expect(clocks(buildMail({ ...spec, client: 'outlook' }))).toEqual([
      'Message-ID 2017-03-27T12:41:08.000Z',
      'Thread-Index 2017-03-27T12:40:04.998Z',
      'MIME boundary 2017-03-27T14:40:25 wall',
    ]);
    expect(clocks(buildMail({ ...spec, client: 'gmail' }))).toEqual(['SMTP id 2017-03-27T12:41:05.636Z', 'MIME boundary 2017-03-27T12:41:05.400Z']);
    expect(clocks(buildMail({ ...spec, client: 'apple-mail' }))).toEqual([]);
    expect(clocks(buildMail({ ...spec, client: 'thunderbird' }))).toEqual([]);
  });
  it('keep the old time where only Date was edited', () => {
    const old = '2017-04-20T09:00:00Z';
    expect(clocks(buildMail({ ...spec, client: 'outlook', clocks: { messageId: old, boundary: old, threadIndex: old } }))[0]).toBe(
      'Message-ID 2017-04-20T09:00:00.000Z',
    );
  });
  it('read the rest', () => {
    expect(
      clocks(
        rawMail(
          'Message-ID: <1234.5678.1490618465250.JavaMail.web@example.org>',
          'X-OriginalArrivalTime: 27 Mar 2017 12:41:05.0250 (UTC) FILETIME=[55F0E520:01D2A6F8]',
          'X-MS-Exchange-CrossTenant-OriginalArrivalTime: 27 Mar 2017 12:41:05.2501 (UTC)',
          'DKIM-Signature: v=1; a=rsa-sha256; d=example.org; t=1490618465;',
          ' bh=x; b=y',
          'ARC-Seal: i=1; t=1490618466; cv=none',
          '',
          'x',
        ),
      ),
    ).toEqual([
      'Message-ID 2017-03-27T12:41:05.250Z',
      expect.stringMatching(/^X-OriginalArrivalTime 2017-03-27T/),
      'X-MS-Exchange-CrossTenant-OriginalArrivalTime 2017-03-27T12:41:05.250Z',
      'DKIM-Signature t= 2017-03-27T12:41:05.000Z',
      'ARC-Seal t= 2017-03-27T12:41:06.000Z',
    ]);
  });
  it("believe a hexadecimal second in Mozilla's ids only", () => {
    expect(clocks(rawMail('Message-ID: <58D907E1.4030201@example.org>', 'User-Agent: Thunderbird 2.0.0.24 (Windows/20100228)', '', ''))).toEqual([
      'Message-ID 2017-03-27T12:38:57.000Z',
    ]);
    expect(clocks(rawMail('Message-ID: <58D907E1.4030201@example.org>', 'X-Mailer: Other', '', ''))).toEqual([]);
  });
  it('leave out what no clock would say', () => {
    expect(
      clocks(
        rawMail(
          'DKIM-Signature: v=1; t=12',
          'Message-ID: <1.2.0000000000001.JavaMail.a@b>',
          'Received: by x with SMTP id a.1.9999999999999; x',
          '',
          '',
        ),
      ),
    ).toEqual([]);
  });
});

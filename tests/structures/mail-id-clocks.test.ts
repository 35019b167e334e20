import { describe, expect, it } from 'vitest';
import type { Instant } from '../../src/model/attribute.ts';
import {
  eximIdTime,
  postfixIdTime,
  pythonMessageIdTime,
  queueIdTime,
  sendmailIdTime,
  serverMessageIdTime,
} from '../../src/structures/mail/id-clocks.ts';

const utc = (t: Instant | null): string | null => t && new Date(t.epochMs).toISOString();

describe('ids in which a server counts its clock', () => {
  it('sendmail: one sign each for year, month, day, hour, minute and second', () => {
    expect(utc(sendmailIdTime('v2Q8022S010442'))).toBe('2017-03-26T08:00:02.000Z');
    expect(utc(sendmailIdTime('g82CYk212345'))).toBe('2002-09-02T12:34:46.000Z');
    expect(utc(sendmailIdTime('2A7JCe1010442'))).toBe('2022-11-07T19:12:40.000Z');
    // 31 February, hour 24, and sendmail 8.9, which began with a run of letters.
    for (const id of ['v1V8022S010442', 'v2QO022S010442', 'OAA12345', '', 'v2Q8022S']) expect(sendmailIdTime(id)).toBeNull();
  });
  it('Exim: seconds to the base of 62, in ids old and new', () => {
    expect(utc(eximIdTime('1cs35k-0001ab-CD'))).toBe('2017-03-26T08:00:00.000Z');
    expect(utc(eximIdTime('1cs35k-00000001abc-1CDE'))).toBe('2017-03-26T08:00:00.000Z');
    for (const id of ['1cs35k-0001ab', 'zzzzzz-0001ab-CD', '1cs35k']) expect(eximIdTime(id)).toBeNull();
  });
  it('Postfix: seconds and microseconds to the base of 52, long ids only', () => {
    expect(utc(postfixIdTime('3vrV1r1mRhzpvr2'))).toBe('2017-03-26T08:00:00.250Z');
    for (const id of ['3vsX5z0', '8F2A41C0D7', '3vrV1rzzzzzpvr2']) expect(postfixIdTime(id)).toBeNull();
  });
  it('believes an id only of the server that gives such ids', () => {
    expect(utc(queueIdTime('from a by mx.b.example (8.14.4/8.14.4) with ESMTP id v2Q8022S010442', 'v2Q8022S010442'))).toBe(
      '2017-03-26T08:00:02.000Z',
    );
    expect(utc(queueIdTime('from a by mx.b.example with esmtp (Exim 4.86_2) id 1cs35k-0001ab-CD', '1cs35k-0001ab-CD'))).toBe(
      '2017-03-26T08:00:00.000Z',
    );
    expect(queueIdTime('from a by mx.b.example with ESMTP id v2Q8022S010442', 'v2Q8022S010442')).toBeNull();
    expect(queueIdTime('from a by mx.b.example (Postfix) with ESMTP id 8F2A41C0D7', '8F2A41C0D7')).toBeNull();
  });
  it('numbers that a server gives a message, and those of Python', () => {
    expect(utc(serverMessageIdTime('<E1cs35k-0001ab-CD@mx.b.example>'))).toBe('2017-03-26T08:00:00.000Z');
    expect(utc(serverMessageIdTime('<0102015b09a10800-00112233-4455-6677-8899-aabbccddeeff-000000@eu-west-1.amazonses.com>'))).toBe(
      '2017-03-26T08:00:00.000Z',
    );
    expect(serverMessageIdTime('<0102015b09a10800-00112233-4455-6677-8899-aabbccddeeff-000000@example.org>')).toBeNull();
    expect(utc(pythonMessageIdTime('<149051520012.4188.10442918820077142137@laptop>'))).toBe('2017-03-26T08:00:00.120Z');
    expect(utc(pythonMessageIdTime('<20170326080001.4188.77142@laptop>'))).toBe('2017-03-26T08:00:01.000Z');
    for (const id of ['<20171326080001.4188.77142@laptop>', '<149051520012.4188@laptop>', '<x@y>']) expect(pythonMessageIdTime(id)).toBeNull();
  });
});

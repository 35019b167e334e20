import { describe, expect, it } from 'vitest';
import type { TimeValue } from '../../src/model/attribute.ts';
import { sortKey } from '../../src/model/sort-key.ts';
import { parseDate } from '../../src/structures/mail/rfc5322.ts';

const timeOf = (date: string): TimeValue => {
  const { value } = parseDate(date);
  if (value === null) throw new Error(`no date: ${date}`);
  return value;
};
const sorted = (dates: readonly string[]): string[] =>
  dates
    .map((date) => [sortKey('time.sent', timeOf(date)), date] as const)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([, date]) => date);

describe('times are ordered by what they mean, not by how they are written', () => {
  it.each([
    ['zones', ['Tue, 28 Mar 2017 01:00:00 +0200', 'Mon, 27 Mar 2017 23:30:00 -0500', 'Tue, 28 Mar 2017 04:31:00 +0000']],
    ['months and days of one digit', ['Thu, 2 Feb 2017 09:00:00 +0000', 'Fri, 10 Feb 2017 09:00:00 +0000', 'Sun, 1 Oct 2017 09:00:00 +0000']],
    ['years on both sides of 1970', ['Mon, 27 Mar 1916 12:00:00 +0000', 'Wed, 31 Dec 1969 23:59:59 +0000', 'Thu, 1 Jan 1970 00:00:01 +0000']],
    ['powers of ten of the clock', ['Sun, 9 Sep 2001 01:46:39 +0000', 'Sun, 9 Sep 2001 01:46:40 +0000', 'Sat, 20 Nov 2286 17:46:40 +0000']],
  ])('%s', (_, dates) => expect(sorted([...dates].reverse())).toEqual(dates));

  it('one moment written in two zones has one key', () => {
    const [paris, utc] = ['Mon, 27 Mar 2017 14:41:05 +0200', 'Mon, 27 Mar 2017 12:41:05 +0000'].map((d) => sortKey('time.sent', timeOf(d)));
    expect(paris).toBe(utc);
  });

  it('a wall time is never between two moments', () =>
    expect(sorted(['Mon, 27 Mar 2017 12:41:05', 'Mon, 27 Mar 2017 12:41:06 +0000', 'Mon, 27 Mar 2017 12:41:04 +0000'])).toEqual([
      'Mon, 27 Mar 2017 12:41:04 +0000',
      'Mon, 27 Mar 2017 12:41:06 +0000',
      'Mon, 27 Mar 2017 12:41:05',
    ]));
});

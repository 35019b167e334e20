import { describe, expect, it } from 'vitest';
import { isoSeconds } from '../../src/model/time.ts';
import { parseDate, parseReceived } from '../../src/structures/mail/rfc5322.ts';
import { keepsZone } from '../support/zone.ts';

const shown = (text: string): string | null => {
  const { value } = parseDate(text);
  if (value === null) return null;
  return value.kind === 'wall' ? `${value.local} wall` : `${isoSeconds(value.epochMs)} ${value.offsetMinutes}`;
};

describe('parseDate', () => {
  it.each([
    ['Mon, 27 Mar 2017 14:41:05 +0200', '2017-03-27T12:41:05Z 120'],
    ['Mon, 27 Mar 2017 14:41:05 +0200 (CEST)', '2017-03-27T12:41:05Z 120'],
    ['27 Mar 17 14:41 EST', '2017-03-27T19:41:00Z -300'],
    ['Mon,27 Mar 2017 14:41:05 GMT', '2017-03-27T14:41:05Z 0'],
    ['Mon, 27 Mar 2017 14:41:05 GMT+0200', '2017-03-27T12:41:05Z 120'],
    ['Mon (day) , 27 (of) Mar 2017\r\n 14:41:05 (x (y)) Z', '2017-03-27T14:41:05Z 0'],
    ['Mon Mar 27 14:41:05 2017', '2017-03-27T14:41:05 wall'],
    ['Mon Mar 27 14:41:05 CEST 2017', '2017-03-27T12:41:05Z 120'],
    ['Mon Mar 27 12:41:05 +0000 2017', '2017-03-27T12:41:05Z 0'],
    ['Mon, Mar 27, 2017 2:41:05 PM', '2017-03-27T14:41:05 wall'],
    ['2017-03-27 12:41:05.123456789 +0000 UTC m=+349867', '2017-03-27T12:41:05Z 0'],
    ['2017-03-27T12:41:05Z', '2017-03-27T12:41:05Z 0'],
    ['27-Mar-2017 14:41:05 -0530', '2017-03-27T20:11:05Z -330'],
    ['3 Mar 97 01:02:03 +0000', '1997-03-03T01:02:03Z 0'],
    ['3 Mar 117 01:02:03 +0000', '2017-03-03T01:02:03Z 0'],
  ])('%s', (text, expected) => expect(shown(text)).toBe(expected));

  it.each([
    ['no zone is written', 'Mon, 27 Mar 2017 14:41:05', '2017-03-27T14:41:05 wall'],
    ['-0000 says that nobody knows', 'Mon, 27 Mar 2017 14:41:05 -0000', '2017-03-27T14:41:05 wall'],
    ['IST is three zones', 'Mon, 27 Mar 2017 14:41:05 IST', '2017-03-27T14:41:05 wall'],
    ['no land is 19 h away', 'Mon, 27 Mar 2017 14:41:05 -1900', '2017-03-27T14:41:05 wall'],
    ['60 minutes are an hour', 'Mon, 27 Mar 2017 14:41:05 +0160', '2017-03-27T14:41:05 wall'],
  ])('keeps a wall time where %s', (_, text, expected) => expect(shown(text)).toBe(expected));

  it.each([
    'Malformed Date.',
    '',
    'Mon, 31 Feb 2017 14:41:05 +0200',
    'Mon, 27 Mrz 2017 14:41:05 +0200',
    '4/18/2017 8:18:04 AM',
    '27 Mar 2017',
    '('.repeat(100_000),
  ])('makes nothing of %.30s', (text) => expect(parseDate(text).value).toBeNull());

  it('checks the day of the week in the zone of the writer', () => {
    expect(parseDate('Tue, 4 Apr 2017 00:30:00 +0200')).toMatchObject({ weekday: 'Tue', weekdayMatches: true, zoneText: '+0200' });
    expect(parseDate('Mon, 4 Apr 2017 00:30:00 +0200')).toMatchObject({ weekday: 'Mon', weekdayMatches: false });
    expect(parseDate('4 Apr 2017 00:30:00 EDT')).toMatchObject({ weekday: null, weekdayMatches: null, zoneText: 'EDT' });
    expect(parseDate('mar., 4 Apr 2017 00:30:00 +0200')).toMatchObject({ weekday: null, weekdayMatches: null });
  });

  it('says how fine the time is', () => {
    expect(parseDate('27 Mar 2017 14:41 +0200').value?.precisionMs).toBe(60_000);
    expect(parseDate('27 Mar 2017 14:41:05 +0200').value?.precisionMs).toBe(1000);
  });

  describe('whatever zone this machine is in', () => {
    keepsZone();
    it.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])('TZ=%s', (zone) => {
      process.env['TZ'] = zone;
      expect(shown('Sun, 26 Mar 2017 02:30:00')).toBe('2017-03-26T02:30:00 wall');
      expect(shown('Sun, 26 Mar 2017 02:30:00 +0100')).toBe('2017-03-26T01:30:00Z 60');
    });
  });
});

describe('parseReceived', () => {
  it('takes the clauses apart', () => {
    const value =
      'from smtp.example.org (smtp.example.org [198.51.100.7]) by mx.example.net (Postfix) with ESMTPS id 3vsX5z for <b@example.net>; Mon, 27 Mar 2017 14:41:05 +0200 (CEST)';
    expect(parseReceived(value)).toEqual({
      from: 'smtp.example.org (smtp.example.org [198.51.100.7])',
      by: 'mx.example.net (Postfix)',
      via: null,
      with: 'ESMTPS',
      id: '3vsX5z',
      for: '<b@example.net>',
      time: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 5), offsetMinutes: 120, precisionMs: 1000 },
      timeText: 'Mon, 27 Mar 2017 14:41:05 +0200 (CEST)',
    });
  });
  it.each([
    [
      'SendGrid, no semicolon',
      'by filter0001p1las1.sendgrid.net with SMTP id filter0001p1las1-1-58D90731-1 2017-03-27 12:41:05.123456789 +0000 UTC m=+349867.123',
    ],
    ['SendGrid, Go without fraction', 'by mx0042 with HTTP; 2017-03-27 12:41:05 +0000 UTC'],
    ['qmail, UTC as -0000', '(qmail 12345 invoked by uid 89); 27 Mar 2017 12:41:05 -0000'],
    [
      'Exchange',
      'from A.example.org (10.0.0.1) by B.example.org (10.0.0.2) with Microsoft SMTP Server (TLS) id 15.1.1034.26; Mon, 27 Mar 2017 14:41:05 +0200',
    ],
    ['Exchange, date folded', 'from A by B with mapi id 15.20.6340.022; Mon, 27 Mar\r\n 2017 12:41:05 +0000'],
    ['a semicolon in a comment', 'from a (HELO x; y) by b with SMTP; Mon, 27 Mar 2017 12:41:05 GMT'],
  ])('reads the time of %s', (_, value) => {
    const { time } = parseReceived(value);
    expect(time?.kind === 'instant' && isoSeconds(time.epochMs)).toBe('2017-03-27T12:41:05Z');
  });
  it('knows no time where none is', () => {
    expect(parseReceived('from a by b with local')).toMatchObject({ from: 'a', by: 'b', with: 'local', time: null, timeText: null });
    expect(parseReceived('')).toMatchObject({ from: null, time: null });
  });
});

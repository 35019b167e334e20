import { describe, expect, it } from 'vitest';
import { decodeWords } from '../../src/structures/mail/encoded-words.ts';
import { decodeBase64, decodeQuotedPrintable } from '../../src/structures/mail/transfer-encoding.ts';

describe('decodeWords', () => {
  it.each([
    ['plain', 'plain'],
    ['=?UTF-8?Q?caf=C3=A9_noir?=', 'café noir'],
    ['=?utf-8?b?Y2Fmw6k=?=', 'café'],
    ['=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=', 'ab'],
    ['=?ISO-8859-1?Q?a?= b =?ISO-8859-1?Q?c?=', 'a b c'],
    ['Re: =?utf-8?Q?=C3?= =?utf-8?Q?=A9?=', 'Re: é'],
    ['=?windows-1251?B?z/Do4uXy?=', 'Привет'],
    ['=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', '日本'],
    ['=?utf-8*fr?Q?=C3=A9t=C3=A9?=', 'été'],
    ['=?utf-8?Q?with blanks inside?=', 'with blanks inside'],
    ['=?broken', '=?broken'],
    ['=?x-none-such?Q?abc?=', 'abc'],
  ])('%s', (text, expected) => expect(decodeWords(text)).toBe(expected));

  it('is linear where words never end', () => {
    const began = performance.now();
    decodeWords('=?a?q?'.repeat(200_000));
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const base64 = (s: string): string => text(decodeBase64(Buffer.from(s)));
const qp = (s: string): string => text(decodeQuotedPrintable(Buffer.from(s, 'latin1')));

describe('transfer encodings', () => {
  it.each([
    ['aGVsbG8=', 'hello'],
    ['aGVs\r\nbG8=\r\n', 'hello'],
    ['aGVsbG8', 'hello'],
    ['aGVs!bG8=', 'hello'],
    ['aGVsbG8=\r\nd29ybGQ=', 'helloworld'],
    ['', ''],
    ['====', ''],
  ])('base64 %j', (written, expected) => expect(base64(written)).toBe(expected));
  it.each([
    ['caf=E9', 'caf\u00e9'],
    ['a=\r\nb', 'ab'],
    ['a= \t\r\nb', 'ab'],
    ['a=\nb=', 'ab'],
    ['1+1=2', '1+1=2'],
    ['=e9=zz', '\u00e9=zz'],
  ])('quoted-printable %j', (written, expected) => expect(qp(written)).toBe(expected));
});

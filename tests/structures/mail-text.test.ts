import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../src/structures/html.ts';
import { MAX_QUOTATIONS, quotationsOf } from '../../src/structures/mail/quotes.ts';
import { bodyText, foldedText, tidyText } from '../../src/structures/mail/text.ts';
import { readMime } from '../../src/structures/mail/mime.ts';
import { rawMail } from '../support/build-mail.ts';
import { inputFrom } from '../support/read.ts';

const bodyOf = async (max: number, ...lines: string[]): Promise<{ text: string; problems: string[] }> => {
  const mime = readMime(inputFrom(rawMail(...lines)));
  const { text, problems } = await bodyText(mime, mime.parts[0], max);
  return { text, problems: problems.map((p) => p.code) };
};

describe('bodyText', () => {
  it.each([
    ['nothing declared', ['', 'caf\u00c3\u00a9'], 'café'],
    ['Latin-1', ['Content-Type: text/plain; charset=iso-8859-1', '', 'caf\u00e9'], 'café'],
    ['Cyrillic in base64', ['Content-Type: text/plain; charset=koi8-r', 'Content-Transfer-Encoding: base64', '', '6dfBzg=='], 'Иван'],
    [
      'Cyrillic in quoted-printable',
      ['Content-Type: text/plain; charset=windows-1251', 'Content-Transfer-Encoding: quoted-printable', '', '=CF=F0=\r\n=E8=E2=E5=F2'],
      'Привет',
    ],
    ['Japanese', ['Content-Type: text/plain; charset=iso-2022-jp', '', '\u001b$BF|K\\\u001b(B'], '日本'],
    [
      'GB18030',
      ['Content-Type: text/plain; charset=gb18030', 'Content-Transfer-Encoding: base64', '', Buffer.from([0xc4, 0xe3]).toString('base64')],
      '你',
    ],
    ['flowed lines', ['Content-Type: text/plain; charset=utf-8; format=flowed', '', 'one ', 'two', 'three'], 'one two\nthree'],
    ['HTML', ['Content-Type: text/html; charset=utf-8', '', '<p>a&eacute;</p><p>b</p>'], 'aé\nb'],
    ['HTML in KOI8', ['Content-Type: text/html; charset=koi8-r', '', '<b>\u00e9\u00d7\u00c1\u00ce</b>'], 'Иван'],
  ])('%s', async (_, lines, expected) => expect(await bodyOf(1e6, ...lines)).toEqual({ text: expected, problems: [] }));

  it('says what it did not understand, and reads on', async () => {
    expect(await bodyOf(1e6, 'Content-Type: text/plain; charset=x-none', '', 'abc')).toEqual({ text: 'abc', problems: ['malformed'] });
    expect(await bodyOf(1e6, 'Content-Transfer-Encoding: x-uuencode', '', 'begin 644 x')).toEqual({ text: 'begin 644 x', problems: ['malformed'] });
  });
  it('cuts at the limit, and says so', async () => {
    expect(await bodyOf(4, '', '123456')).toEqual({ text: '1234', problems: ['limit-exceeded'] });
    expect(await bodyOf(4, '', '1234567890')).toMatchObject({ problems: ['limit-exceeded', 'limit-exceeded'] });
  });
});

describe('tidyText and foldedText', () => {
  it('make equal what reads alike', () => {
    expect(tidyText('a \r\nb\u00a0c\te\u0301\r\n\r\n')).toBe('a\nb c\té');
    expect(foldedText('a\n  b\t\n\nc ')).toBe('a b c');
  });
  it('are linear in blanks', () => {
    const began = performance.now();
    tidyText(`${' '.repeat(2_000_000)}x`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe('htmlToText', () => {
  it.each([
    ['<head><title>t</title><style>p{}</style></head><body><p>a<br>b</p><script>x()</script>', 'a\nb'],
    ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a b\nc'],
    ['a<blockquote>b<blockquote>c</blockquote></blockquote>d', 'a\n> b\n> > c\nd'],
    ['<pre>a\n  b</pre>', 'a\nb'],
    ['a <!-- hidden --> b', 'a b'],
    ['1 &lt; 2 &amp; 3&nbsp;', '1 < 2 & 3'],
    ['<head><p>shown</p>', 'shown'],
    ['<div>unclosed <b>bold', 'unclosed bold'],
    ['', ''],
  ])('%s', (html, expected) => expect(htmlToText(html)).toEqual({ text: expected, tooDeep: false }));

  it.each([
    ['nested', '<div>'.repeat(200_000) + 'x'],
    ['nested, with closing tags of another kind', '<div>'.repeat(200_000) + 'x' + '</span>'.repeat(200_000)],
    ['attributes', `<p ${'a '.repeat(200_000)}>x`],
    ['closed and never opened', '</b>'.repeat(400_000) + 'x'],
    ['entities', '&am'.repeat(400_000) + 'x'],
    ['open brackets', '<'.repeat(400_000) + 'x'],
  ])('is linear: %s', (_, html) => {
    const began = performance.now();
    expect(htmlToText(html).text).toContain('x');
    expect(performance.now() - began).toBeLessThan(4_000);
  });
  it('says when it stopped following', () => expect(htmlToText('<div>'.repeat(501) + 'x')).toEqual({ text: 'x', tooDeep: true }));
});

describe('quotationsOf', () => {
  it('finds quoted runs with whose words they are', () => {
    expect(quotationsOf('Yes.\n\nOn Mon, 27 Mar 2017, Ann wrote:\n> Shall we?\n>> deeper\n\nAnd\n> no name')).toEqual([
      { text: 'Shall we?\n> deeper', attribution: 'On Mon, 27 Mar 2017, Ann wrote:' },
      { text: 'no name', attribution: '' },
    ]);
    expect(quotationsOf('Oui\n\nLe lundi 27 mars 2017 à 14:41,\nAnn <a@example.org> a écrit :\n> Oui ?')[0]?.attribution).toBe(
      'Le lundi 27 mars 2017 à 14:41, Ann <a@example.org> a écrit :',
    );
  });
  it("takes all behind Outlook's line", () => {
    expect(quotationsOf('FYI\n\n-----Original Message-----\nFrom: Ann\nSubject: x\n\nHello')).toEqual([
      { text: 'From: Ann\nSubject: x\n\nHello', attribution: '-----Original Message-----' },
    ]);
  });
  it('finds what stands under a header without a line in front', () => {
    const header = 'De : Claire Moreau\nEnvoyé : lundi 27 mars 2017 14:41\nÀ : Paul Petit\nObjet : Devis';
    expect(quotationsOf(`Merci.\n\n${header}\n\nVoici.`)).toEqual([{ text: `${header}\n\nVoici.`, attribution: 'De : Claire Moreau' }]);
    expect(quotationsOf(`Merci.\n\n${header.replace('Objet', 'Motif')}\n\nVoici.`)).toEqual([]);
  });
  it('finds none in plain text', () => expect(quotationsOf('a > b\nHe wrote:\nnothing')).toEqual([]));
  it('stops one behind the limit', () => expect(quotationsOf('>a\nb\n'.repeat(1_000)).length).toBe(MAX_QUOTATIONS + 1));
});

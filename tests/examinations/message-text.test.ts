import { describe, expect, it } from 'vitest';
import { framedBy, messageText, originalLink } from '../../src/examinations/shared/message-text.ts';

const framed = (shorter: string, longer: string) => framedBy(messageText(shorter), messageText(longer));
const lines = (n: number): string => Array.from({ length: n }, (_, i) => `extra ${i}`).join('\n');

describe('messageText', () => {
  it.each([
    ['white space and wrapping', 'Dear  B,\r\n\r\nplease\u00a0transfer\n', 'Dear B, please transfer'],
    ['a quoted From line', '>From here on\n>>From there', 'From here on From there'],
    ['typography', '\u201cit\u2019s\u201d\u2026\u200b', '"it\'s"...'],
    ['a mark at the head', '[EXTERNAL] Dear B', 'Dear B'],
    ['a banner', 'CAUTION: This email originated from outside of the organization. Do not click.\nDear B', 'Dear B'],
    ['a French banner', "ATTENTION : ce message provient d'un expéditeur externe\nBonjour", 'Bonjour'],
  ])('folds %s', (_, body, text) => {
    expect(messageText(body).text).toBe(text);
  });
  it.each(['External auditors were told on Friday', 'I want your attention', '> From'])('keeps a sentence: %s', (body) => {
    expect(messageText(body).text).toBe(body);
  });
});

describe('originalLink', () => {
  it.each([
    ['https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3D1&data=02%7C01', 'https://example.org/a?b=1'],
    ['https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a&d=DwMF', 'https://example.org/a'],
    ['https://urldefense.com/v3/__https://example.org/a__;!!abc$', 'https://example.org/a'],
    ['https://example.org/?url=x', 'https://example.org/?url=x'],
    ['https://eur01.safelinks.protection.outlook.com/?url=%E0%A4%A&data=', 'https://eur01.safelinks.protection.outlook.com/?url=%E0%A4%A&data='],
  ])('%s', (link, original) => {
    expect(originalLink(link)).toBe(original);
  });
});

describe('framedBy', () => {
  it('finds lines below, above and around', () => {
    expect(framed('the text\nof it', 'the text of it\n-- \nlist footer')).toEqual(['--', 'list footer']);
    expect(framed('the text', 'Note:\nthe text')).toEqual(['Note:']);
    expect(framed('the text', 'Note:\nthe text\nfooter')).toEqual(['Note:', 'footer']);
  });
  it('takes fifteen lines and no more', () => {
    expect(framed('the text', `the text\n${lines(15)}`)).toHaveLength(15);
    expect(framed('the text', `the text\n${lines(16)}`)).toBeNull();
  });
  it('does not take words added to the last line, nor words within', () => {
    expect(framed('we meet', 'we meet at nine\nfooter')).toBeNull();
    expect(framed('we meet\nat nine', 'we meet\nnot\nat nine')).toBeNull();
  });
  it('takes no empty text for the inside of another', () => {
    expect(framed('', 'footer')).toBeNull();
  });
});

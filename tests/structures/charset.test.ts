import { describe, expect, it } from 'vitest';
import { charsetOfCodePage, decodeCharset, decodeCodePage, isKnownCharset } from '../../src/structures/charset.ts';
import { encodeCodePage } from '../support/code-page.ts';

const bytes = (...b: number[]): Uint8Array => Uint8Array.from(b);

describe('code pages', () => {
  it.each([
    [1251, bytes(0xcb, 0xe8, 0xf1, 0xf2), 'Лист'],
    [1252, bytes(0xe9, 0x80), 'é€'],
    [932, bytes(0x83, 0x56), 'シ'],
    [1200, bytes(0x1b, 0x04), 'Л'],
    [65001, bytes(0xd0, 0x9b), 'Л'],
    [10000, bytes(0x8e), 'é'],
    [20866, bytes(0xec), 'Л'],
    [28605, bytes(0xa4), '€'],
    [874, bytes(0xa1), 'ก'],
  ])('decodes %i', (codePage, encoded, text) => {
    expect(decodeCodePage(encoded, codePage)).toBe(text);
  });

  it('reads an unknown number as Latin-1 and says that it is unknown', () => {
    expect(charsetOfCodePage(59999)).toBeNull();
    expect(charsetOfCodePage(1252)).not.toBeNull();
    expect(decodeCodePage(bytes(0xe9), 59999)).toBe('é');
  });

  it('keeps a BOM: it is part of what stands there', () => {
    expect(decodeCodePage(bytes(0xff, 0xfe, 0x41, 0), 1200)).toBe('\ufeffA');
  });

  it('encodes for builders, and refuses a code page that is none', () => {
    expect([...encodeCodePage('Лист', 1251)]).toEqual([0xcb, 0xe8, 0xf1, 0xf2]);
    expect(() => encodeCodePage('x', 59999)).toThrow(RangeError);
  });
});

describe('charset names', () => {
  it.each([
    ['koi8-r', bytes(0xec), 'Л'],
    ['Windows-1251', bytes(0xcb), 'Л'],
    [' utf-8 ', bytes(0xd0, 0x9b), 'Л'],
  ])('decodes %s', (name, encoded, text) => {
    expect(decodeCharset(encoded, name)).toBe(text);
    expect(isKnownCharset(name)).toBe(true);
  });

  it.each(['x-nobody', '', 'base64', 'hex', 'binary'])("takes '%s' for no charset and reads Latin-1", (name) => {
    expect(isKnownCharset(name)).toBe(false);
    expect(decodeCharset(bytes(0xe9), name)).toBe('é');
  });
});

import { describe, expect, it } from 'vitest';
import { decodeXml, replayXml, scanXml } from '../../src/structures/xml.ts';

const texts = (xml: string): { texts: string[]; error: string | null } => {
  const out: string[] = [];
  const { error } = scanXml(xml, { close: (e, text) => void out.push(`${e.name}#${e.nth}: ${text}`) });
  return { texts: out, error };
};

describe('scanXml', () => {
  it('visits elements with their text, counted by written name', () => {
    expect(texts('<a><b>1</b><b>2 &amp; 3</b></a>')).toEqual({ texts: ['b#0: 1', 'b#1: 2 & 3', 'a#0: '], error: null });
  });

  it('keeps what came before a document broke off', () => {
    const { texts: seen, error } = texts('<a><b>1</b><c>');
    expect(seen[0]).toBe('b#0: 1');
    expect(error).toMatch(/unclosed/);
  });

  it('expands no entity that the document defines', () => {
    const { texts: seen, error } = texts('<!DOCTYPE a [<!ENTITY x "secret">]><a>&x;</a>');
    expect(seen.join()).not.toContain('secret');
    expect(error).toMatch(/undefined entity/);
  });

  it('gives up on a document with a million flaws, and on one that nests without end, in time', () => {
    const began = performance.now();
    expect(texts(`<a>${'&x;'.repeat(1_000_000)}</a>`).error).toMatch(/undefined entity/);
    expect(texts('<a>'.repeat(100_000)).error).toBe('elements nest deeper than 2000');
    expect(performance.now() - began).toBeLessThan(3000);
  });
});

it.each([
  ['UTF-8', Buffer.from('<a>é</a>')],
  ['UTF-16LE with a mark', Buffer.from('\ufeff<a>é</a>', 'utf16le')],
  ['UTF-16LE without', Buffer.from('<a>é</a>', 'utf16le')],
  ['Latin-1 as declared', Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>', 'latin1')],
])('decodes %s', (_, bytes) => expect(decodeXml(bytes)).toContain('<a>é</a>'));

it('cuts a value out again by its locator alone', () => {
  const xml = '<p><q x="1">a</q><q x="2">b</q></p>';
  expect(replayXml(xml, { in: 'xml', part: '', element: 'q', nth: 1 })).toBe('b');
  expect(replayXml(xml, { in: 'xml', part: '', element: 'q', attribute: 'x', nth: 1 })).toBe('2');
  expect(replayXml(xml, { in: 'xml', part: '', element: 'q', nth: 2 })).toBeNull();
});

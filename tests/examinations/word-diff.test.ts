import { describe, expect, it } from 'vitest';
import { changesInWords, wordDiff } from '../../src/examinations/shared/word-diff.ts';

const words = (text: string): string[] => (text === '' ? [] : text.split(' '));
const changes = (there: string, here: string) => wordDiff(words(there), words(here)).changes;

describe('wordDiff', () => {
  it('leads each change with the word before it', () => {
    expect(changes('please transfer 12,000 by Friday', 'please transfer 92,000 by Friday')).toEqual([
      { there: 'transfer 12,000', here: 'transfer 92,000' },
    ]);
  });
  it('finds several changes', () => {
    expect(changes('a b c d e f', 'a X c d f g')).toEqual([
      { there: 'a b', here: 'a X' },
      { there: 'd e', here: '' },
      { there: '', here: 'f g' },
    ]);
  });
  it('has nothing before the first word', () => {
    expect(changes('one two', 'two')).toEqual([{ there: 'one', here: '' }]);
  });
  it('sees no change in equal texts, nor in none', () => {
    expect(changes('a b c', 'a b c')).toEqual([]);
    expect(changes('', '')).toEqual([]);
  });
  it('keeps repeated words apart', () => {
    expect(changes('no no yes', 'no yes')).toEqual([{ there: 'no no', here: '' }]);
  });
  it('gives one change and says so where the texts are too large to align', () => {
    const large = (word: string): string[] => Array.from({ length: 3000 }, (_, i) => `${word}${i % 7}`);
    const diff = wordDiff(['same', ...large('a'), 'end'], ['same', ...large('b'), 'end']);
    expect(diff.aligned).toBe(false);
    expect(diff.changes).toHaveLength(1);
  });
  it('aligns a small change within a large text', () => {
    const book = Array.from({ length: 500_000 }, (_, i) => `w${i % 1000}`);
    expect(wordDiff(book, book.with(250_000, 'other'))).toEqual({ aligned: true, changes: [{ there: 'w999 w0', here: 'w999 other' }] });
  });
});

describe('changesInWords', () => {
  it('says what stands where', () => {
    expect(
      changesInWords([
        { there: 'transfer 12,000', here: 'transfer 92,000' },
        { there: '', here: 'not' },
      ]),
    ).toBe("'transfer 12,000' there, 'transfer 92,000' here; nothing there, 'not' here");
  });
  it('counts what it leaves out, and cuts what is long', () => {
    const many = Array.from({ length: 5 }, () => ({ there: 'a', here: 'b' }));
    expect(changesInWords(many, 1)).toBe("'a' there, 'b' here; and 4 more places");
    expect(changesInWords([{ there: 'x'.repeat(1000), here: '' }])).toBe(`'${'x'.repeat(80)}…' there, nothing here`);
  });
});

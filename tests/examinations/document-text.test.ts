import { expect, it } from 'vitest';
import { compareText } from '../../src/examinations/shared/document-text.ts';
import type { Passage } from '../../src/model/claim.ts';

const paragraphs = (...texts: string[]): Passage[] =>
  texts.map((text, i) => ({ role: 'paragraph', label: `paragraph ${i + 1}`, text, address: { in: 'xml', part: 'd', element: 'w:p', nth: i } }));

it('is not misled by a paragraph that was put in', () => {
  expect(compareText(paragraphs('one', 'two', 'three'), paragraphs('one', 'new', 'two', 'three'))).toEqual({
    equal: 3,
    different: 1,
    words: "paragraph 2: nothing there, 'new' here",
  });
});

it('quotes the words that differ, not the paragraph', () => {
  expect(
    compareText(paragraphs('We paid the sum of 12,000 euros to Mr Petit.'), paragraphs('We paid the sum of 92,000 euros to Mr Petit.'))?.words,
  ).toMatch(/12,000.*there.*92,000.*here/);
});

it('counts all differences and tells five', () => {
  const result = compareText(paragraphs('a', 'b', 'c', 'd', 'e', 'f', 'g'), paragraphs('A', 'B', 'C', 'D', 'E', 'F', 'G'));
  expect(result).toMatchObject({ equal: 0, different: 7 });
  expect(result?.words.split('; ')).toHaveLength(5);
});

it('compares nothing where one side has no text', () => {
  expect(compareText([], paragraphs('a'))).toBeNull();
});

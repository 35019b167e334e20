import { expect, it } from 'vitest';
import { Boilerplate } from '../../src/examinations/shared/boilerplate.ts';
import { SignatureStore } from '../../src/examinations/shared/families.ts';
import { estimate, PERMUTATIONS, sign } from '../../src/examinations/shared/minhash.ts';
import { distinct, jaccard, Shingler } from '../../src/examinations/shared/shingles.ts';
import { seeded } from '../support/seeded.ts';

const shingler = new Shingler();
const cut = (text: string): Int32Array => shingler.cut(text).hashes.slice();
const key = (text: string): number => shingler.cut(text).key;

it('cuts five words in a row, folding case, width and punctuation', () => {
  expect(cut('one two three four')).toHaveLength(0);
  expect(cut('one two three four five')).toHaveLength(1);
  expect(cut('one two three four five six')).toHaveLength(2);
  expect(cut('Ｏｎｅ, TWO (three) four—ﬁve!')).toEqual(cut('one two three four five'));
  expect(cut('pay 12 to A by noon')).not.toEqual(cut('pay 92 to A by noon'));
  expect(cut('two one three four five')).not.toEqual(cut('one two three four five'));
});

it('hashes the same five words alike wherever they stand', () => {
  const inside = cut('x y z one two three four five');
  expect(inside[3]).toBe(cut('one two three four five')[0]);
});

it('takes each sign of a script without blanks for a word', () => {
  expect(cut('付款一萬二千')).toHaveLength(2);
});

it('names a text by its words in order', () => {
  expect(key('One two.')).toBe(key('one  two'));
  expect(key('one two')).not.toBe(key('two one'));
  expect(key('')).not.toBe(key('one'));
});

it('counts common shingles by all', () => {
  expect(distinct(Int32Array.of(5, -1, 5, 3))).toEqual(Int32Array.of(-1, 3, 5));
  expect(jaccard(Int32Array.of(1, 2, 3), Int32Array.of(2, 3, 4))).toBe(0.5);
  expect(jaccard(Int32Array.of(), Int32Array.of())).toBe(0);
});

/** Two sets of which `common` of `all` elements are in both. */
function twoSets(chance: () => number, common: number, all: number): [Int32Array, Int32Array] {
  const both = Int32Array.from({ length: all }, () => Math.floor(chance() * 2 ** 32) | 0);
  const rest = both.subarray(common);
  const half = rest.length >> 1;
  return [
    Int32Array.from([...both.subarray(0, common), ...rest.subarray(0, half)]),
    Int32Array.from([...both.subarray(0, common), ...rest.subarray(half)]),
  ];
}

it('estimates the Jaccard index without bias', () => {
  const chance = seeded(3);
  for (const [common, index] of [
    [0, 0],
    [90, 0.3],
    [180, 0.6],
    [270, 0.9],
  ] as const) {
    let sum = 0;
    for (let trial = 0; trial < 40; trial += 1) {
      const store = new Uint8Array(2 * PERMUTATIONS);
      twoSets(chance, common, 300).forEach((set, i) => {
        sign(set, store.subarray(i * PERMUTATIONS, (i + 1) * PERMUTATIONS));
      });
      sum += estimate(store, 0, PERMUTATIONS);
    }
    expect(Math.abs(sum / 40 - index)).toBeLessThan(0.025);
  }
});

it.each([
  [12, 20, 0.9],
  [180, 300, 0.95],
  [210, 300, 0.995],
  [255, 300, 1],
])('finds pairs of which %i of %i shingles are common', (common, all, recall) => {
  const chance = seeded(common);
  const store = new SignatureStore();
  const pairs = 400;
  for (let i = 0; i < pairs; i += 1) for (const set of twoSets(chance, common, all)) store.add(set);
  const families = store.families();
  const found = families.filter((f) => f.length === 2 && f[0] !== undefined && f[0] % 2 === 0 && f[1] === f[0] + 1).length;
  expect(found / pairs).toBeGreaterThanOrEqual(recall);
  expect(families.length - found).toBe(0);
});

it('finds no families among strangers', () => {
  const chance = seeded(9);
  const store = new SignatureStore();
  for (let i = 0; i < 3000; i += 1) store.add(Int32Array.from({ length: 60 }, () => Math.floor(chance() * 2 ** 32) | 0));
  expect(store.families()).toEqual([]);
});

it('learns what stands in many texts, and counts copies of one text once', () => {
  const boilerplate = new Boilerplate();
  const footer = 'this message is only for whom it is addressed to';
  for (let i = 0; i < 10; i += 1) boilerplate.add(i, cut(footer));
  for (let i = 0; i < 10; i += 1) boilerplate.add(99, cut('a letter that lies in ten mailboxes'));
  expect(boilerplate.share(cut(footer))).toBe(1);
  expect(boilerplate.without(cut(footer))).toHaveLength(0);
  expect(boilerplate.share(cut('a letter that lies in ten mailboxes'))).toBe(0);
});

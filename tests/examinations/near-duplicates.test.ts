import { describe, expect, it } from 'vitest';
import { nearDuplicates } from '../../src/examinations/near-duplicates.ts';
import { examine, type Seen } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { seeded } from '../support/seeded.ts';

/** Some words that no other seed has in this order. */
function prose(seed: number, words: number): string {
  const chance = seeded(seed);
  return Array.from({ length: words }, () => `w${Math.floor(chance() * 5000)}`).join(' ');
}

const letter = (sum: string, rest = ''): string => `${prose(1, 40)}\nPlease transfer ${sum} to Moreau by Friday.\n${prose(2, 40)}${rest}`;
const mail = (name: string, text: string, ...quoted: string[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [],
  passages: [{ role: 'body', label: 'text/plain 1', text }, ...quoted.map((q) => ({ role: 'quoted' as const, label: 'A wrote:', text: q }))],
});
const file = (name: string, text: string): TestDoc => ({
  name,
  claims: [],
  passages: text.split('\n').map((line, i) => ({ role: 'paragraph', label: `paragraph ${i + 1}`, text: line })),
});
const only = (seen: readonly Seen[], attribute: string): unknown[][] =>
  seen.filter((s) => s.attribute === attribute).map((s) => [s.about, s.value, s.other]);
const stranger = file('z', prose(7, 100));

describe('near-duplicates', () => {
  it('finds a message and a document that differ in a sum, and tells it on both', async () => {
    const { seen } = await examine(nearDuplicates, [mail('a', letter('12,000')), file('b', letter('92,000')), stranger]);
    expect(only(seen, 'near.difference')).toEqual([
      ['a', "'transfer 92,000' there, 'transfer 12,000' here", 'b'],
      ['b', "'transfer 12,000' there, 'transfer 92,000' here", 'a'],
    ]);
    expect(only(seen, 'near.edit')).toEqual([
      ['a', 'amount', 'b'],
      ['b', 'amount', 'a'],
    ]);
    expect(only(seen, 'near.places').map(([, n]) => n)).toEqual([1, 1]);
    expect(only(seen, 'near.words').map(([, n]) => n)).toEqual([87, 87]);
    expect(only(seen, 'near.family-size')).toEqual([['a', 2, undefined]]);
    expect(new Set(only(seen, 'near.family').map(([, value]) => value)).size).toBe(1);
    expect(new Set(only(seen, 'near.text').map(([, value]) => value)).size).toBe(2);
  });

  it('names all that hold a text, and compares each text once', async () => {
    const { seen } = await examine(nearDuplicates, [
      mail('a', letter('12,000')),
      mail('b', letter('92,000')),
      mail('c', letter('12,000').replaceAll('\n', '\n\n')),
    ]);
    expect(only(seen, 'near.family').map(([about]) => about)).toEqual(['a', 'c', 'b']);
    expect(only(seen, 'near.difference').map(([about]) => about)).toEqual(['a', 'b']);
  });

  it.each([
    ['the same words', letter('12,000'), letter('12,000').toUpperCase()],
    ['another wording throughout', letter('12,000'), prose(5, 87)],
    ['a footer put on by a list', letter('12,000'), letter('12,000', '\n_____\nList of friends, see www.x.example')],
    ['other punctuation', letter('12,000'), letter('12,000').replace('Friday.', 'Friday!')],
    ['too short to be more than alike', 'Please transfer 12,000 by Friday.', 'Please transfer 92,000 by Friday.'],
  ])('tells no edit of %s', async (_, a, b) => {
    const { seen } = await examine(nearDuplicates, [mail('a', a), mail('b', b)]);
    expect(only(seen, 'near.difference')).toEqual([]);
  });

  it('tells a banner of secrecy, and a last paragraph of a document', async () => {
    const banner = await examine(nearDuplicates, [mail('a', letter('12,000')), mail('b', `CONFIDENTIAL\n${letter('12,000')}`)]);
    expect(only(banner.seen, 'near.edit')).toContainEqual(['b', 'banner', 'a']);
    const line = await examine(nearDuplicates, [file('a', letter('12,000')), file('b', letter('12,000', '\nNo receipt will be given.'))]);
    expect(only(line.seen, 'near.edit')).toContainEqual(['b', 'negation', 'a']);
  });

  it('leaves out what a reply quotes', async () => {
    const said = letter('12,000');
    const reply = `${prose(8, 30)}\n\nA wrote:\n${said
      .split('\n')
      .map((l) => `> ${l}`)
      .join('\n')}`;
    expect((await examine(nearDuplicates, [mail('a', said), mail('b', reply, said)])).seen).toEqual([]);
  });

  it('does not compare a series, and says so', async () => {
    const series = Array.from({ length: 9 }, (_, i) => mail(`m${i}`, letter(`${i}2,000`)));
    const { seen, problems } = await examine(nearDuplicates, series);
    expect(only(seen, 'near.family-size')).toEqual([['m0', 9, undefined]]);
    expect(only(seen, 'near.difference')).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('gives boilerplate no weight: strangers under one footer are no family', async () => {
    const footer = prose(3, 120);
    const docs = Array.from({ length: 200 }, (_, i) => mail(`m${i}`, `${prose(100 + i, 30)}\n${footer}`));
    expect((await examine(nearDuplicates, docs)).seen).toEqual([]);
  });

  it('sees an edit under two footers', async () => {
    const footers = [prose(3, 120), prose(4, 120)];
    const strangers = Array.from({ length: 400 }, (_, i) => mail(`m${i}`, `${prose(100 + i, 30)}\n${footers[i % 2] ?? ''}`));
    const { seen } = await examine(nearDuplicates, [...strangers, ...footers.map((f, i) => mail(`x${i}`, `${letter(`${i}2,000`)}\n${f}`))]);
    expect(only(seen, 'near.difference').map(([, value]) => value)).toEqual([
      "'transfer 12,000' there, 'transfer 02,000' here",
      "'transfer 02,000' there, 'transfer 12,000' here",
    ]);
  });
});

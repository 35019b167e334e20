import { describe, expect, it } from 'vitest';
import { compareAlternatives } from '../../src/structures/mail/alternatives.ts';

const LETTER = 'Bonsoir Claire, il reste 1 200 unités à payer au loueur de la salle avant jeudi. Le reçu est au local, Paul le garde.';
const replaced = (plain: string, html: string): string[] => compareAlternatives(plain, html).replaced.map((r) => `${r.plain} / ${r.html}`);

describe('the two versions of a letter', () => {
  it('tells words that stand in the place of others', () => {
    expect(replaced(LETTER.replace('1 200', '41 200'), LETTER)).toEqual(['41 200 / 1 200']);
    expect(replaced(LETTER.replace('avant jeudi', 'après lundi'), LETTER)).toEqual(['après lundi / avant jeudi']);
    expect(replaced(LETTER.replace('payer', 'remettre en espèces'), LETTER)).toEqual(['remettre en espèces / payer']);
  });
  it('leaves alone what one version has more, and what is shown in two ways', () => {
    for (const plain of [
      LETTER,
      LETTER.toUpperCase(),
      LETTER.replace('de la salle ', ''),
      `${LETTER}\n\n-- \nEnvoyé depuis un téléphone, voir https://campagne.example/x?y=1`,
      LETTER.replace('1 200', '1200'),
      LETTER.replace('1 200', '1.200'),
      LETTER.replace('local', 'www.campagne.example'),
      LETTER.replace('Claire', '<claire@campagne.example>'),
    ])
      expect(replaced(plain, LETTER)).toEqual([]);
  });
  it('says how much the two share', () => {
    expect(compareAlternatives(LETTER, LETTER)).toEqual({ replaced: [], shared: 1, words: 23 });
    expect(compareAlternatives(LETTER, 'Votre navigateur ne montre pas cette lettre.').shared).toBe(0);
    expect(compareAlternatives('', LETTER)).toEqual({ replaced: [], shared: 0, words: 0 });
  });
  it('does not tell a change next to words that stand twice', () => {
    const twice = 'un deux trois quatre un deux trois cinq six sept huit';
    expect(replaced(twice, twice.replace('quatre', 'neuf'))).toEqual([]);
  });
  it('keeps to its time on texts made to hurt', () => {
    const start = performance.now();
    for (const text of [
      'a'.repeat(3_000_000),
      'a b '.repeat(500_000),
      '1 '.repeat(1_000_000),
      '<'.repeat(1_000_000),
      '111 '.repeat(500_000),
      `${'@'.repeat(9)}a`.repeat(200_000),
    ])
      compareAlternatives(text, `${text}x`);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});

import { describe, expect, it } from 'vitest';
import { boundFrom, firedFrom, type Firings, lacking, type Measured, pooled } from '../../src/model/calibration.ts';
import type { RuleMeta } from '../../src/model/rule-meta.ts';
import { incompleteBeta, upperBound } from '../../src/model/upper-bound.ts';
import { firedWords, firingsSection, percent } from '../../src/reports/shared/firings-words.ts';

describe('the Clopper-Pearson upper bound, one-sided 95 %', () => {
  // Computed by two other ways: 1 - 0.05^(1/n) for no firing, scipy.stats.beta.ppf(0.95, k + 1, n - k) for the rest.
  it.each([
    [0, 1, 0.95],
    [0, 300, 0.009936081944457708],
    [0, 2994, 0.0010000781698466697],
    [0, 2995, 0.000999744420901142],
    [1, 10, 0.39416330243650466],
    [3, 347, 0.02219219049605374],
    [5, 100, 0.1022533776432745],
    [50, 1495, 0.04214341767123879],
    [500, 1000, 0.5264822687643087],
    [299, 300, 0.9998290369678865],
    [2, 100_000, 6.295658396092174e-5],
  ])('%i of %i', (fired, of, bound) => {
    expect(Math.abs(upperBound(fired, of) / bound - 1)).toBeLessThan(1e-9);
  });

  it('is 1 where everything fired and where nothing was tried', () => {
    expect([upperBound(7, 7), upperBound(0, 0)]).toEqual([1, 1]);
  });

  it('rests on an incomplete beta function with its known values', () => {
    expect(incompleteBeta(0.5, 1, 1)).toBeCloseTo(0.5, 12);
    // P(X <= 2) of ten throws with p = 0.3 is 0.3827827864.
    expect(1 - incompleteBeta(0.3, 3, 8)).toBeCloseTo(0.3827827864, 9);
    expect([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)]).toEqual([0, 1]);
  });
});

const firings = (applicable: number, fired: Firings['fired'], more: Partial<Firings> = {}): Firings => ({
  rule: 'late-save',
  version: 2,
  applicable,
  loosely: false,
  fired,
  acts: fired.reduce((a, b) => a + b, 0),
  ...more,
});
const on = (material: string, f: Firings): Measured => ({ material, tool: 'tainted 9.9.9', firings: f });
const MODERATE = { direction: 'against', strength: 'moderate', version: 2 } as const;

describe('whether a rule counts as calibrated', () => {
  it('does with 300 silent documents, does not with 299', () => {
    expect(lacking(MODERATE, [on('offices', firings(300, [0, 0, 0, 0, 0]))])).toBeNull();
    expect(lacking(MODERATE, [on('offices', firings(299, [0, 0, 0, 0, 0]))])).toBe('fewer than 300 honest documents that it could speak about');
  });

  it('adds up materials', () => {
    expect(lacking(MODERATE, [on('offices', firings(150, [1, 0, 0, 0, 0])), on('courts', firings(150, [0, 2, 0, 0, 0]))])).toBeNull();
    expect(pooled([firings(150, [1, 0, 0, 0, 0]), firings(150, [0, 2, 0, 0, 0])])).toEqual(firings(300, [1, 2, 0, 0, 0]));
  });

  it('asks more the more a rule may say: under 1 % for moderately strong, under 0.1 % for strong', () => {
    const silent = [on('offices', firings(300, [0, 0, 0, 0, 0]))];
    expect(lacking({ ...MODERATE, strength: 'moderately-strong' }, silent)).toBeNull();
    expect(lacking({ ...MODERATE, strength: 'strong' }, silent)).toBe(
      'the upper bound for strong or more is above 0.1 %, the most that class allows',
    );
    expect(lacking({ ...MODERATE, strength: 'strong' }, [on('offices', firings(2995, [0, 0, 0, 0, 0]))])).toBeNull();
  });

  it('judges each class by itself: many weak findings do not stand against few moderate ones', () => {
    expect(lacking(MODERATE, [on('offices', firings(1000, [200, 0, 0, 0, 0]))])).toBeNull();
    expect(lacking(MODERATE, [on('offices', firings(1000, [0, 200, 0, 0, 0]))])).toBe(
      'the upper bound for moderate or more is above 10 %, the most that class allows',
    );
  });

  it('does not let a large silent material hide a small one that it fires on', () => {
    expect(lacking(MODERATE, [on('offices', firings(5000, [0, 0, 0, 0, 0])), on('courts', firings(40, [0, 8, 0, 0, 0]))])).toBe(
      'on courts alone the rate for moderate or more is above 10 %, the most that class allows',
    );
    expect(lacking(MODERATE, [on('offices', firings(5000, [0, 0, 0, 0, 0])), on('courts', firings(4, [0, 1, 0, 0, 0]))])).toBeNull();
  });

  it('takes no figures of another version, none counted loosely, and none for support of authenticity', () => {
    expect(lacking(MODERATE, [on('offices', firings(900, [0, 0, 0, 0, 0], { version: 1 }))])).toBe(
      'no honest document was measured that it could speak about',
    );
    expect(lacking(MODERATE, [on('offices', firings(900, [0, 0, 0, 0, 0], { loosely: true }))])).toMatch(/counted too generously/);
    expect(lacking({ ...MODERATE, direction: 'supports' }, [on('offices', firings(900, [0, 0, 0, 0, 0]))])).toMatch(/supports authenticity/);
  });
});

describe('in words', () => {
  it('counts documents of a class or a stronger one', () => {
    const f = firings(400, [3, 2, 0, 1, 0]);
    expect([firedFrom(f, 'weak'), firedFrom(f, 'moderate'), firedFrom(f, 'strong'), firedFrom(f, 'very-strong')]).toEqual([6, 3, 1, 0]);
    expect(boundFrom(f, 'very-strong')).toBe(upperBound(0, 400));
    expect(firedWords(f)).toBe('6: 3 weak, 2 moderate, 1 strong');
    expect(['0', '0.32 %', '12 %', '100 %']).toEqual([0, 0.00321, 0.1234, 1].map(percent));
  });

  it('writes a row a material, the pool, and where there was nothing to measure', () => {
    const meta = { ...MODERATE, id: 'late-save' } as unknown as RuleMeta;
    const section = firingsSection(meta, [
      on('offices', firings(1200, [6, 0, 0, 0, 0])),
      on('courts', firings(100, [0, 0, 0, 0, 0])),
      on('photographs', firings(0, [0, 0, 0, 0, 0])),
    ]);
    expect(section.slice(4, 7)).toEqual([
      '| offices | 1,200 | 6: 6 weak | 0.5 % | 0.98 % | 0.25 % |',
      '| courts | 100 | 0 | 0 | 3 % | 3 % |',
      '| all | 1,300 | 6: 6 weak | 0.46 % | 0.91 % | 0.23 % |',
    ]);
    expect(section).toContain('Not measured on photographs: no document there that the rule could speak about.');
    expect(section.at(-1)).toBe('It counts as calibrated.');
    expect(firingsSection(meta, [])).toEqual([
      '## How often it fires on honest material',
      '',
      'Not measured on any material in this version of the rule.',
      '',
      'It does not count as calibrated: no honest document was measured that it could speak about.',
    ]);
  });
});

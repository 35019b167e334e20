import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lacking, LEAST_APPLICABLE, pooled } from '../../src/model/calibration.ts';
import { strengthCap, strengthRank } from '../../src/model/rule-meta.ts';
import { firingsSection, materialsPage } from '../../src/reports/shared/firings-words.ts';
import { CALIBRATIONS } from '../../src/rules/calibration.data.ts';
import { measuredOf } from '../../src/rules/calibration.ts';
import { RULES } from '../../src/rules/index.ts';
import { NEEDS } from '../../src/rules/needs.data.ts';

const text = (path: string): string => fs.readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('what was measured', () => {
  it('names each material once, with its digest, why it counts as honest, and no path of a machine', () => {
    expect(CALIBRATIONS.length).toBeGreaterThan(0);
    expect(new Set(CALIBRATIONS.map((c) => c.material.name)).size).toBe(CALIBRATIONS.length);
    for (const { material, tool } of CALIBRATIONS) {
      expect(material.manifest).toMatch(/^[0-9a-f]{64}$/);
      expect(material.why).toMatch(/^[A-Z].{20,}\.$/);
      expect(material.name).not.toMatch(/[/\\]/);
      expect(tool).toMatch(/^tainted \d+\.\d+\.\d+$/);
    }
  });

  it('counts no more documents than there are, and lists a rule once a material', () => {
    for (const { material, rules } of CALIBRATIONS) {
      expect(new Set(rules.map((f) => f.rule)).size).toBe(rules.length);
      for (const f of rules) {
        expect(f.applicable, f.rule).toBeLessThanOrEqual(material.documents);
        expect(
          f.fired.reduce((a, b) => a + b, 0),
          f.rule,
        ).toBeLessThanOrEqual(f.applicable);
      }
    }
  });

  it('is shown in docs/calibration.md', () => {
    expect(text('docs/calibration.md'), 'run npm run docs').toBe(materialsPage(CALIBRATIONS));
  });
});

describe('what is written down of what a rule needs belongs to a rule', () => {
  it.each(Object.entries(NEEDS))('%s', (id, needs) => {
    const rule = RULES.find((r) => r.meta.id === id);
    expect(rule, 'no such rule').toBeDefined();
    const lists = [...needs.itself, ...(needs.around ?? []), ...(needs.somewhere ?? [])];
    expect(lists.filter((list) => list.length === 0)).toEqual([]);
    expect(lists.flat().some((a) => rule?.meta.reads.includes(a))).toBe(true);
  });
});

describe.each(RULES.map((r) => [r.meta.id, r] as const))('%s', (id, rule) => {
  const { meta } = rule;

  it('is calibrated if its figures say so, and by nothing else', () => {
    expect(text(`src/rules/${rule.scope}/${id}.ts`)).not.toMatch(/status: 'calibrated'/);
    const measured = measuredOf(id);
    if (meta.status !== 'retired') expect(meta.status).toBe(lacking(meta, measured) === null ? 'calibrated' : 'uncalibrated');
    if (meta.status === 'calibrated')
      expect(pooled(measured.map((m) => m.firings).filter((f) => f.version === meta.version))?.applicable).toBeGreaterThanOrEqual(LEAST_APPLICABLE);
    if (meta.grounds === 'heuristic' && meta.status !== 'calibrated')
      expect(strengthRank(strengthCap(meta))).toBeLessThanOrEqual(strengthRank('moderate'));
  });

  it('has on its page a row for every material it could speak about, and says where it could not', () => {
    const page = text(`docs/rules/${id}.md`);
    const section = firingsSection(meta, measuredOf(id)).join('\n');
    expect(page, 'run npm run docs').toContain(section);
    for (const { material, rules } of CALIBRATIONS) {
      const f = rules.find((r) => r.rule === id && r.version === meta.version);
      if (f && f.applicable > 0) expect(section).toContain(`\n| ${material.name} | `);
      else if (f) expect(section).toMatch(new RegExp(`Not measured on [^\\n]*${material.name}`));
      else expect(section).toContain('Not measured on any material in this version of the rule.');
    }
  });
});

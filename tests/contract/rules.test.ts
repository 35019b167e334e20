import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ATTRIBUTES } from '../../src/model/attribute.ts';
import { strengthCap, strengthRank } from '../../src/model/rule-meta.ts';
import { proseOf, rulePage } from '../../src/reports/shared/rule-page.ts';
import { measuredOf } from '../../src/rules/calibration.ts';
import { RULES } from '../../src/rules/index.ts';

/** Words that accuse. A finding speaks of the record, never of a person's intent. */
const BANNED =
  /\b(?:forged|forgery|fake|faked|fraud|fraudulent|tampered|tampering|manipulated|manipulation|proves?|guilty|liar|suspicious|hacker)\b/i;

describe.each(RULES.map((r) => [r.meta.id, r] as const))('%s', (id, rule) => {
  const { meta } = rule;
  const page = fs.readFileSync(new URL(`../../src/rules/pages/${id}.md`, import.meta.url), 'utf8');

  it('is named by a noun phrase in kebab case', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
    expect(id).not.toMatch(/^no-/);
  });

  it('speaks of the record', () => {
    for (const text of [meta.title, ...meta.innocent.flatMap((i) => [i.story, i.check]), proseOf(page)]) expect(text).not.toMatch(BANNED);
    expect(meta.title).toMatch(/^[A-Z].{20,}[^.]$/);
  });

  it('stays within what its grounds allow', () => {
    expect(strengthRank(meta.strength)).toBeLessThanOrEqual(strengthRank(strengthCap(meta)));
  });

  it('reads known attributes, each once', () => {
    expect(meta.reads.filter((a) => !(a in ATTRIBUTES))).toEqual([]);
    expect(new Set(meta.reads).size).toBe(meta.reads.length);
  });

  it('gives innocent explanations that say something, and public references', () => {
    expect(new Set(meta.innocent.map((i) => i.id)).size).toBe(meta.innocent.length);
    for (const i of meta.innocent) {
      expect(i.story.length).toBeGreaterThan(25);
      expect(i.check.length).toBeGreaterThan(20);
    }
    for (const r of meta.references) expect(r.url).toMatch(/^https:\/\//);
  });

  it('has a page with a worked example and a warning, and the page shows what the code says', () => {
    const prose = proseOf(page);
    expect(prose).toMatch(/^## What it looks at/m);
    expect(prose).toMatch(/^## When it misleads/m);
    expect(prose.length).toBeGreaterThan(400);
    expect(prose).not.toMatch(/TODO|TBD|FIXME/);
    expect(fs.readFileSync(new URL(`../../docs/rules/${id}.md`, import.meta.url), 'utf8'), 'run npm run docs').toBe(
      rulePage(rule, page, measuredOf(id)),
    );
  });
});

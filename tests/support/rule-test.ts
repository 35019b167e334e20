import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/model/evidence.ts';
import type { FindingDraft } from '../../src/model/finding.ts';
import type { Rule } from '../../src/model/rule.ts';
import { strengthCap, type Strength, strengthRank } from '../../src/model/rule-meta.ts';
import { idOf, memoryEvidence, type TestDoc } from './memory-evidence.ts';

export interface Firing {
  readonly docs: readonly TestDoc[];
  /** Each finding's sentence, in order. */
  readonly statements: readonly string[];
  /** Names of the documents the findings are about, in order, where the test cares. */
  readonly about?: readonly (readonly string[])[];
  readonly rootCauses?: readonly string[];
  /** Strength of the findings where softer than the rule's own. */
  readonly strengths?: readonly Strength[];
  readonly context?: Partial<Context>;
}

export interface RuleCases {
  /** Case name to documents and the sentences that must come out. */
  readonly fires: Readonly<Record<string, Firing>>;
  /** Every innocent story that can be built, named '<innocent id>: …', and the honest twins. */
  readonly silent: Readonly<Record<string, readonly TestDoc[] | { readonly docs: readonly TestDoc[]; readonly context: Partial<Context> }>>;
}

async function run(rule: Rule, docs: readonly TestDoc[], given: Partial<Context>): Promise<FindingDraft[]> {
  const context: Context = { known: new Set(), ...given };
  const evidence = memoryEvidence(docs, rule.meta.reads);
  const out: FindingDraft[] = [];
  if (rule.scope === 'corpus') for await (const f of rule.check(evidence, context)) out.push(f);
  else for (const s of evidence.subjects()) out.push(...rule.check(s, context));
  return out;
}

const namesOf = (docs: readonly TestDoc[]): Map<string, string> => {
  const names = new Map<string, string>();
  const add = (d: TestDoc): void => {
    names.set(idOf(d), d.name);
    if (d.inside) add(d.inside);
  };
  docs.forEach(add);
  return names;
};

/** Literal documents in, literal sentences out. */
export function ruleTest(rule: Rule, { fires, silent }: RuleCases): void {
  describe(rule.meta.id, () => {
    it.each(Object.entries(fires))('fires: %s', async (_, firing) => {
      const findings = await run(rule, firing.docs, firing.context ?? {});
      expect(findings.map((f) => f.statement)).toEqual(firing.statements);
      const names = namesOf(firing.docs);
      if (firing.about) expect(findings.map((f) => f.about.map((id) => names.get(id)))).toEqual(firing.about);
      if (firing.rootCauses) expect(findings.map((f) => f.rootCause)).toEqual(firing.rootCauses);
      if (firing.strengths) expect(findings.map((f) => f.strength ?? rule.meta.strength)).toEqual(firing.strengths);
      for (const f of findings) {
        expect(strengthRank(f.strength ?? rule.meta.strength)).toBeLessThanOrEqual(strengthRank(strengthCap(rule.meta)));
        for (const r of f.ruledOut ?? []) expect(rule.meta.innocent.map((i) => i.id)).toContain(r.innocent);
      }
    });
    it.each(Object.entries(silent))('silent: %s', async (_, given) => {
      const findings = 'docs' in given ? await run(rule, given.docs, given.context) : await run(rule, given, {});
      expect(findings.map((f) => f.statement)).toEqual([]);
    });
    it('has a silent case for at least two innocent explanations', () => {
      const tested = rule.meta.innocent.filter((i) => Object.keys(silent).some((name) => name.startsWith(`${i.id}:`)));
      expect(tested.length).toBeGreaterThanOrEqual(2);
    });
  });
}

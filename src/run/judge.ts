import type { CaseIndex } from '../evidence/case-index.ts';
import { FindingStore } from '../evidence/findings.ts';
import type { Context, Subject } from '../model/evidence.ts';
import type { Finding, FindingDraft } from '../model/finding.ts';
import { sha256Of } from '../model/provenance.ts';
import type { ArtifactRule, CorpusRule, Rule } from '../model/rule.ts';
import { strengthCap, weaker } from '../model/rule-meta.ts';

export interface Tally {
  readonly rule: string;
  applicable: number;
  fired: number;
  failed: number;
  /** The first error, for the person who runs the tool; not part of the report. */
  error?: string;
}

/** Runs every rule over the evidence and stores the findings. A rule that throws fails its own row, not the run. */
export async function judge(index: CaseIndex, rules: readonly Rule[], context: Context, accept: (finding: Finding) => boolean): Promise<Tally[]> {
  const store = await FindingStore.open(index.database);
  const tallies = new Map(rules.map((r): [string, Tally] => [r.meta.id, { rule: r.meta.id, applicable: 0, fired: 0, failed: 0 }]));
  const keep = (rule: Rule, draft: FindingDraft, tally: Tally): void => {
    const finding = findingOf(rule, draft);
    if (!accept(finding)) return;
    store.add(finding);
    tally.fired++;
  };
  await judgeArtifacts(
    index,
    rules.filter((r): r is ArtifactRule => r.scope === 'artifact'),
    context,
    tallies,
    keep,
  );
  for (const rule of rules) if (rule.scope === 'corpus') await judgeCorpus(index, rule, context, tallies, keep);
  for (const rule of rules) {
    const tally = tallies.get(rule.meta.id);
    if (tally) tally.applicable = await index.carriers(rule.meta.reads);
  }
  await store.seal();
  return [...tallies.values()];
}

type Keep = (rule: Rule, draft: FindingDraft, tally: Tally) => void;

function failed(tally: Tally, error: unknown): void {
  tally.failed++;
  tally.error ??= error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** One ordered pass that all artifact rules share. */
async function judgeArtifacts(
  index: CaseIndex,
  rules: readonly ArtifactRule[],
  context: Context,
  tallies: Map<string, Tally>,
  keep: Keep,
): Promise<void> {
  if (rules.length === 0) return;
  const reads = [...new Set(rules.flatMap((r) => r.meta.reads))];
  for await (const subject of index.evidence(reads).subjects()) for (const rule of rules) judgeOne(rule, subject, context, tallies, keep);
}

function judgeOne(rule: ArtifactRule, subject: Subject, context: Context, tallies: Map<string, Tally>, keep: Keep): void {
  const tally = tallies.get(rule.meta.id);
  if (!tally) return;
  try {
    for (const draft of rule.check(subject, context)) keep(rule, draft, tally);
  } catch (error) {
    failed(tally, error);
  }
}

async function judgeCorpus(index: CaseIndex, rule: CorpusRule, context: Context, tallies: Map<string, Tally>, keep: Keep): Promise<void> {
  const tally = tallies.get(rule.meta.id);
  if (!tally) return;
  try {
    for await (const draft of rule.check(index.evidence(rule.meta.reads), context)) keep(rule, draft, tally);
  } catch (error) {
    failed(tally, error);
  }
}

/** Gives a draft its name and holds it to the strength that its rule's grounds allow. */
export function findingOf(rule: Rule, draft: FindingDraft): Finding {
  const { meta } = rule;
  const cited = draft.evidence.map(({ claim }) => [claim.artifact, claim.attribute, claim.field, claim.locator]);
  const ruledOut = new Set((draft.ruledOut ?? []).map((r) => r.innocent));
  return {
    ...draft,
    id: sha256Of(JSON.stringify([meta.id, cited])),
    rule: meta.id,
    ruleVersion: meta.version,
    proposition: meta.proposition,
    direction: meta.direction,
    strength: weaker(weaker(draft.strength ?? meta.strength, meta.strength), strengthCap(meta)),
    documents: [],
    openExplanations: meta.innocent.map((i) => i.id).filter((id) => !ruledOut.has(id)),
  };
}

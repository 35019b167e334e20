import type { Examination, ExaminationProblem } from '../../src/model/examination.ts';
import { idOf, memoryEvidence, type TestDoc } from './memory-evidence.ts';

export interface Seen {
  /** Name of the document the claim is about. */
  readonly about: string;
  readonly attribute: string;
  readonly value: unknown;
  readonly other?: string;
}

/** What an examination observes in these documents, by their names. */
export async function examine(e: Examination, docs: readonly TestDoc[]): Promise<{ seen: Seen[]; problems: ExaminationProblem[] }> {
  const names = new Map<string, string>();
  const add = (d: TestDoc): void => {
    names.set(idOf(d), d.name);
    if (d.inside) add(d.inside);
  };
  docs.forEach(add);
  const seen: Seen[] = [];
  const problems: ExaminationProblem[] = [];
  for await (const item of e.examine(memoryEvidence(docs, e.reads), { known: new Set() })) {
    if ('problem' in item) {
      problems.push(item);
      continue;
    }
    const o = item;
    seen.push({
      about: names.get(o.about) ?? o.about,
      attribute: o.claim.attribute,
      value: o.claim.value,
      ...(o.other ? { other: names.get(o.other.artifact) ?? o.other.artifact } : {}),
    });
  }
  return { seen, problems };
}

import type { ProblemDraft } from '../../model/artifact.ts';

/** What was wrong, counted by kind with the first place of each: a damaged store is wrong in thousands of places. */
export interface PstDamage {
  note(code: ProblemDraft['code'], what: string, where: string): void;
  problems(): ProblemDraft[];
}

/** `what` ends a sentence about one place or about many: 'a page of another kind stands where the tree of nodes should go on'. */
export function pstDamage(): PstDamage {
  const kinds = new Map<string, { readonly code: ProblemDraft['code']; readonly first: string; count: number }>();
  return {
    note(code, what, where) {
      const before = kinds.get(what);
      if (before) before.count++;
      else kinds.set(what, { code, first: where, count: 1 });
    },
    problems: () =>
      [...kinds].map(([what, { code, first, count }]) => ({
        code,
        message: count === 1 ? `${first}: ${what}` : `${first} and ${count - 1} more: ${what}`,
      })),
  };
}

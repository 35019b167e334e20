import { primaryTag, type SavedIn, type Tally } from './language-census.ts';

/** The languages of all documents: of their last saving, their creation, their text. */
export interface Languages {
  readonly saved: Tally;
  readonly created: Tally;
  readonly text: Tally;
}

/** Whether one of its traces of creation is in this language. */
export const saysCreatedIn = (d: SavedIn, language: string): boolean => d.created.some((c) => primaryTag(c.value ?? '') === language);
/** Whether Microsoft Office saved it in this language after it had been created in others. */
export const isDiscordant = (d: SavedIn, language: string): boolean => d.genuine && d.created.length > 0 && !saysCreatedIn(d, language);

/** Share of a language outside one person's or act's own documents. */
export const shareWithout = (t: Tally, language: string, own: number): number =>
  Math.max(0, (t.by.get(language) ?? 0) - own) / Math.max(1, t.all - own);

/** The acts in which documents were saved in this language though created in another, each with all of its documents in the language. */
export function actsOf(documents: readonly SavedIn[], language: string): Map<string, SavedIn[]> {
  const acts = new Map<string, SavedIn[]>();
  for (const d of documents) if (isDiscordant(d, language)) acts.set(d.event, []);
  for (const d of documents) acts.get(d.event)?.push(d);
  return acts;
}

/** Documents of one act and of its people: saved, created, written in the language. */
export interface Related {
  readonly saved: number;
  readonly created: number;
  readonly text: number;
}

/** Counts, for one act, its documents and all others by the people who take part in it. */
export function relatedCounter(documents: readonly SavedIn[], language: string): (act: readonly SavedIn[]) => Related {
  const none: Related = { saved: 0, created: 0, text: 0 };
  const plus = (a: Related, d: SavedIn): Related => ({
    saved: a.saved + 1,
    created: a.created + Number(saysCreatedIn(d, language)),
    text: a.text + Number(d.textInIt),
  });
  const byIdentity = new Map<string, Related>();
  for (const d of documents) if (d.identity !== null) byIdentity.set(d.identity, plus(byIdentity.get(d.identity) ?? none, d));
  return (act) => {
    let sum = none;
    for (const d of act) if (d.identity === null) sum = plus(sum, d);
    for (const identity of new Set(act.flatMap((d) => d.identity ?? []))) {
      const r = byIdentity.get(identity) ?? none;
      sum = { saved: sum.saved + r.saved, created: sum.created + r.created, text: sum.text + r.text };
    }
    return sum;
  };
}

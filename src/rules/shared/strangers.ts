import type { Claim } from '../../model/claim.ts';
import type { Context, Evidence, Group } from '../../model/evidence.ts';
import { isDefaultName } from './constants.data.ts';
import { CENSUS_READS, occurrencesOf } from './name-census.ts';
import { foldedName } from './scripts.ts';
import { savingOf } from './time.ts';

export const STRANGER_READS = [...CENSUS_READS, 'identity.spelling', 'event.save'] as const;
type Read = (typeof STRANGER_READS)[number];

/** Documents of strangers compared; beyond, the corpus is made of them and nothing is said. */
const MAX_CANDIDATES = 10_000;

/** A document that names the stranger as last author and somebody else as author. */
export interface Touched {
  readonly last: Claim<'party.last-author'>;
  readonly author: Claim<'party.author'>;
  readonly language: Claim<'locale.saved'> | undefined;
  readonly event: string;
}

/** An identity that few documents name, only as last author. `documents` counts each content once. */
export interface Stranger {
  readonly key: string;
  readonly documents: number;
  readonly touched: Touched[];
  readonly spellings: Map<string, Claim>;
}

/** A rare identity that occurs as last author only, with those of its documents that name another author. */
async function strangerOf(group: Group<'identity.key', Read>, limit: number, known: Context['known']): Promise<Stranger | null> {
  let stranger: Stranger | null = null;
  for await (const document of group.members) {
    const documents = document.claims('identity.documents')[0]?.value ?? Infinity;
    const last = document.claims('party.last-author').find((c) => c.value !== null && !isDefaultName(c.value));
    if (documents > limit || document.claims('identity.known-as')[0]?.value !== 'nowhere' || !last?.value || known.has(last.value.toLowerCase()))
      return null;
    stranger ??= { key: group.value, documents, touched: [], spellings: new Map() };
    for (const c of document.claims('identity.spelling'))
      if (c.value && c.value !== last.value && stranger.spellings.size < 3) stranger.spellings.set(c.value, c);
    const author = document.claims('party.author').find((c) => c.value !== null && !isDefaultName(c.value));
    if (!author?.value || foldedName(author.value) === foldedName(last.value)) continue;
    stranger.touched.push({ last, author, language: document.claims('locale.saved')[0], event: savingOf(document) });
  }
  return stranger && stranger.touched.length > 0 ? stranger : null;
}

/** Rare strangers whose documents' authors occur elsewhere too: the authors belong here, the last author does not. */
export async function strangers(evidence: Evidence<Read>, limit: number, known: Context['known']): Promise<Stranger[]> {
  const found: Stranger[] = [];
  let candidates = 0;
  for await (const group of evidence.groups('identity.key', 1)) {
    const stranger = await strangerOf(group, limit, known);
    if (!stranger) continue;
    found.push(stranger);
    candidates += stranger.touched.length;
    if (candidates > MAX_CANDIDATES) return [];
  }
  const nameOf = (t: Touched): string => foldedName(t.author.value ?? '');
  const occurs = await occurrencesOf(evidence, new Set(found.flatMap((s) => s.touched.map(nameOf))));
  return found.flatMap((s) => {
    const own = new Map<string, number>();
    for (const t of s.touched) own.set(nameOf(t), (own.get(nameOf(t)) ?? 0) + 1);
    const touched = s.touched.filter((t) => (occurs.get(nameOf(t)) ?? 0) > (own.get(nameOf(t)) ?? 0));
    return touched.length > 0 ? [{ ...s, touched }] : [];
  });
}

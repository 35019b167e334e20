import type { Evidence } from '../../model/evidence.ts';
import { isDefaultName } from './constants.data.ts';
import { foldedName, scriptOf } from './scripts.ts';

export const CENSUS_READS = [
  'party.last-author',
  'party.author',
  'party.from',
  'identity.key',
  'identity.documents',
  'identity.known-as',
  'locale.saved',
] as const;
type Read = (typeof CENSUS_READS)[number];

/** How a corpus writes its names, counted in documents and messages. */
export interface Census {
  /** Documents whose last author is a person. */
  readonly documents: number;
  /** Of these, by identities that are rare and known nowhere. */
  readonly byStrangers: number;
  /** Last authors, authors and senders by script. */
  readonly scripts: ReadonlyMap<string, number>;
  readonly names: number;
  /** Documents by the language of their last saving. */
  readonly languages: ReadonlyMap<string, number>;
  readonly withLanguage: number;
}

/** Catalogue A02. */
export const rarityLimit = (documents: number): number => Math.max(9, Math.floor(documents / 100));

const add = (map: Map<string, number>, key: string, n: number): void => void map.set(key, (map.get(key) ?? 0) + n);

type IdentityRead = 'identity.key' | 'identity.documents' | 'identity.known-as';

/** Where strangers saved more of the documents than this, being one means nothing by itself: a collection, not an office. */
const MOST_BY_STRANGERS = 0.05;

/** Whether other strangers than the one looked at, who saved `own` documents, are so many that being one is usual here. */
export const strangersAreUsual = (census: Pick<Census, 'documents' | 'byStrangers'>, own: number): boolean =>
  census.byStrangers - own > Math.max(2, census.documents * MOST_BY_STRANGERS);

/** Documents whose last author is a person, and those by rare people whom nothing else in the corpus names. */
export async function countStrangers<R extends IdentityRead>(
  evidence: Evidence<R | IdentityRead>,
): Promise<Pick<Census, 'documents' | 'byStrangers'>> {
  let documents = 0;
  for await (const { size } of evidence.groups('identity.key', 1)) documents += size;
  let byStrangers = 0;
  for await (const { size, members } of evidence.groups('identity.key', 1)) {
    for await (const member of members) {
      const rare = (member.claims('identity.documents')[0]?.value ?? Infinity) <= rarityLimit(documents);
      if (rare && member.claims('identity.known-as')[0]?.value === 'nowhere') byStrangers += size;
      break;
    }
  }
  return { documents, byStrangers };
}

/** Counts by value: no member is looked at but the first of each identity. */
export async function takeCensus(evidence: Evidence<Read>): Promise<Census> {
  const scripts = new Map<string, number>();
  const languages = new Map<string, number>();
  let names = 0;
  let withLanguage = 0;
  const { documents, byStrangers } = await countStrangers(evidence);
  for (const attribute of ['party.last-author', 'party.author'] as const) {
    for await (const { value, size } of evidence.groups(attribute, 1)) {
      if (isDefaultName(value)) continue;
      add(scripts, scriptOf(value), size);
      names += size;
    }
  }
  for await (const { value, size } of evidence.groups('party.from', 1)) {
    add(scripts, scriptOf(value.name), size);
    names += size;
  }
  for await (const { value, size } of evidence.groups('locale.saved', 1)) {
    add(languages, value, size);
    withLanguage += size;
  }
  return { documents, byStrangers, scripts, names, languages, withLanguage };
}

/** How often these folded names occur as author, last author or sender; only they are counted. */
export async function occurrencesOf(evidence: Evidence<Read>, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const meet = (name: string, size: number): void => {
    const folded = foldedName(name);
    if (wanted.has(folded)) add(counts, folded, size);
  };
  for await (const { value, size } of evidence.groups('party.author', 1)) meet(value, size);
  for await (const { value, size } of evidence.groups('party.last-author', 1)) meet(value, size);
  for await (const { value, size } of evidence.groups('party.from', 1)) meet(value.name, size);
  return counts;
}

import type { Locator } from '../../model/claim.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { type NameIndex, nameIndex } from './name-index.ts';
import { identityKey, type PersonalName } from './personal-name.ts';

/** Where a spelling stands first in the corpus. */
export interface Occurrence {
  readonly raw: string;
  readonly folded: string;
  readonly artifact: ArtifactId;
  readonly locator: Locator;
}

/** One spelling of a last author, with the documents that carry it. */
export interface Spelling {
  readonly name: PersonalName;
  readonly first: Occurrence;
  readonly documents: number;
}

/** One person as far as the spellings tell: a name is not a person, and homonyms fall together. */
export interface Identity {
  readonly key: string;
  documents: number;
  knownAs: 'address' | 'author' | 'nowhere';
  /** Other ways of writing it, one occurrence of each; at most {@link MAX_SPELLINGS}. */
  readonly spellings: Occurrence[];
}

export interface Identities {
  readonly index: NameIndex;
  /** By position in `spellings`. */
  readonly of: readonly Identity[];
}

const MAX_SPELLINGS = 20;

export function addSpelling(identity: Identity, occurrence: Occurrence): void {
  if (identity.spellings.length < MAX_SPELLINGS && !identity.spellings.some((s) => s.folded === occurrence.folded))
    identity.spellings.push(occurrence);
}

const wholeWords = (s: Spelling): number => s.name.tokens.filter((t) => !t.initial).length;

/** The fullest names first, so that 'E. Rozhkov' finds a person to belong to; Cyrillic before Latin, since it knows its own romanisations. */
function byFullness(a: Spelling, b: Spelling): number {
  const order = wholeWords(b) - wholeWords(a) || b.name.tokens.length - a.name.tokens.length || Number(b.name.cyrillic) - Number(a.name.cyrillic);
  if (order !== 0) return order;
  return a.first.raw < b.first.raw ? -1 : 1;
}

/** Joins spellings of one person. A spelling that fits several persons joins none: 'Ivanov I.' between Igor and Ivan. */
export function clusterNames(spellings: readonly Spelling[]): Identities {
  const index = nameIndex();
  const of: Identity[] = [];
  const order = spellings.map((spelling, id) => ({ spelling, id })).sort((a, b) => byFullness(a.spelling, b.spelling));
  for (const { spelling, id } of order) {
    const fits = new Set(index.related(spelling.name).flatMap((r) => (r.relation === 'same' ? (of[r.id] ?? []) : [])));
    const [only] = fits;
    const identity = fits.size === 1 && only ? only : { key: identityKey(spelling.name), documents: 0, knownAs: 'nowhere' as const, spellings: [] };
    identity.documents += spelling.documents;
    addSpelling(identity, spelling.first);
    of[id] = identity;
    index.add(spelling.name, id);
  }
  return { index, of };
}

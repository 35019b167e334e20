import type { AttributeOf } from '../../model/attribute.ts';
import type { Claim } from '../../model/claim.ts';
import type { Evidence, Subject } from '../../model/evidence.ts';
import { isOleDocument } from './tools.ts';
import { savingOf } from './time.ts';

export const LANGUAGE_READS = [
  'locale.saved',
  'locale.created',
  'locale.text',
  'locale.codepage',
  'tool.container',
  'tool.application',
  'event.save',
  'identity.key',
  'identity.known-as',
  'party.last-author',
] as const;
export type LanguageRead = (typeof LANGUAGE_READS)[number];

/** BCP 47 primary tag, lower case: 'fr' of 'fr-FR'. */
export const primaryTag = (tag: string): string => (/^[A-Za-z]{2,3}(?=$|[-_])/.exec(tag)?.[0] ?? '').toLowerCase();

/** How many artifacts tell each language, by primary tag. */
export interface Tally {
  readonly by: ReadonlyMap<string, number>;
  readonly all: number;
}

/** By value; no member is looked at. An artifact that tells several counts for each. */
export async function tally<R extends LanguageRead>(evidence: Evidence<R>, attribute: Extract<R, AttributeOf<'text'>>): Promise<Tally> {
  const by = new Map<string, number>();
  let all = 0;
  for await (const { value, size } of evidence.groups(attribute, 1)) {
    const tag = primaryTag(value);
    if (tag === '') continue;
    by.set(tag, (by.get(tag) ?? 0) + size);
    all += size;
  }
  return { by, all };
}

/** A document whose last saving was in the language looked at. */
export interface SavedIn {
  readonly saved: Claim<'locale.saved'>;
  /** In which languages it was created, as far as it tells. */
  readonly created: readonly Claim<'locale.created'>[];
  readonly event: string;
  readonly identity: string | null;
  readonly knownAs: string | null;
  readonly lastAuthor: Claim<'party.last-author'> | undefined;
  readonly codePage: Claim<'locale.codepage'> | undefined;
  /** Its text is in the language of the saving. */
  readonly textInIt: boolean;
  /** Written by Microsoft Office itself: libraries hard-code the words that tell the language. */
  readonly genuine: boolean;
}

function isGenuine(document: Subject<LanguageRead>): boolean {
  const application = document.claims('tool.application')[0]?.value ?? '';
  const container = document.claims('tool.container')[0]?.value;
  return (
    /^microsoft\b/i.test(application) && (container === 'microsoft-office' || (container === undefined && isOleDocument(document.artifact.mediaType)))
  );
}

/** What the comparison needs of one document; null for a part, and where the saving's language is not told. */
export function savedIn(document: Subject<LanguageRead>): SavedIn | null {
  const saved = document.claims('locale.saved').find((c) => c.value !== null);
  if (!saved?.value || document.artifact.document !== document.artifact.id) return null;
  const language = primaryTag(saved.value);
  return {
    saved,
    created: document.claims('locale.created').filter((c) => c.value !== null),
    event: savingOf(document),
    identity: document.claims('identity.key')[0]?.value ?? null,
    knownAs: document.claims('identity.known-as')[0]?.value ?? null,
    lastAuthor: document.claims('party.last-author').find((c) => c.value !== null),
    codePage: document.claims('locale.codepage').find((c) => c.value !== null),
    textInIt: document.claims('locale.text').some((c) => c.value !== null && primaryTag(c.value) === language),
    genuine: isGenuine(document),
  };
}

import type { Claim } from '../../model/claim.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { type Census, rarityLimit, strangersAreUsual, takeCensus } from '../shared/name-census.ts';
import { foldedName, scriptOf } from '../shared/scripts.ts';
import { type Stranger, STRANGER_READS, strangers } from '../shared/strangers.ts';
import { counted, languageName, listed, percent, quoted } from '../shared/wording.ts';

/** Below this there is no "usual" to be unusual against. */
const MIN_DOCUMENTS = 30;
/** What that share of a corpus has in common is its habit: catalogue 6.5. */
const HABIT = 0.02;
/** Documents of a stranger that rarity alone is told of. */
const FEW = 3;
const MIN_BURST = 3;
interface Signs {
  readonly script: { readonly name: string; readonly share: number } | null;
  readonly language: { readonly name: string; readonly share: number } | null;
  readonly burst: number;
}

function signsOf({ touched, documents }: Stranger, census: Census): Signs {
  const script = scriptOf(touched[0]?.last.value ?? '');
  const scriptShare = Math.max(0, (census.scripts.get(script) ?? 0) - documents) / Math.max(1, census.names - documents);
  const languages = new Map<string, number>();
  const events = new Map<string, number>();
  for (const t of touched) {
    if (t.language?.value) languages.set(t.language.value, (languages.get(t.language.value) ?? 0) + 1);
    events.set(t.event, (events.get(t.event) ?? 0) + 1);
  }
  const [language, own] = [...languages].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  const languageShare = ((census.languages.get(language) ?? 0) - own) / Math.max(1, census.withLanguage - own);
  const burst = Math.max(0, ...events.values());
  return {
    script: scriptShare < HABIT ? { name: script, share: scriptShare } : null,
    language:
      language !== '' && census.withLanguage - own >= MIN_DOCUMENTS && languageShare < HABIT
        ? { name: languageName(language), share: languageShare }
        : null,
    burst: burst >= MIN_BURST ? burst : 0,
  };
}

function strengthOf(stranger: Stranger, signs: Signs, census: Census): Strength | null {
  const foreign = signs.script !== null || signs.language !== null;
  if (strangersAreUsual(census, stranger.documents)) return foreign && signs.burst > 0 ? 'moderate' : null;
  if (foreign || signs.burst > 0) return 'moderate';
  return stranger.documents <= Math.max(FEW, rarityLimit(census.documents) / 3) ? 'weak' : null;
}

const few = (share: number): string => (share === 0 ? 'none' : percent(share));

function statementOf({ touched, documents, spellings }: Stranger, signs: Signs, census: Census): string {
  const authors = new Map(touched.map((t) => [foldedName(t.author.value ?? ''), t.author.value ?? '']));
  const [author = ''] = authors.values();
  const others = [...spellings.keys()].filter((name) => name !== touched[0]?.last.value);
  const parts = [
    `names ${quoted(touched[0]?.last.value ?? '')} as last author, as ${counted(documents, 'document')} of ${census.documents} do, though ${authors.size === 1 ? `its author is ${quoted(author)}` : `the authors of these are ${authors.size} others`}`,
    'no author and no correspondent of the corpus bears that name',
    ...(others.length > 0 ? [`it is also written ${listed(others.map(quoted))}`] : []),
    ...(signs.script ? [`it is in ${signs.script.name} letters, as ${few(signs.script.share)} of the other names are`] : []),
    ...(signs.language ? [`the saving was in ${signs.language.name}, as for ${few(signs.language.share)} of the other documents`] : []),
    ...(signs.burst ? [`${signs.burst} of them were saved in one burst`] : []),
  ];
  return parts.join('; ');
}

function findingOf(stranger: Stranger, census: Census): FindingDraft | null {
  const signs = signsOf(stranger, census);
  const strength = strengthOf(stranger, signs, census);
  const { touched } = stranger;
  const [first, ...rest] = touched;
  if (!strength || !first) return null;
  const context = (claim: Claim): Cited => ({ claim, role: 'context' });
  const evidence: Cited[] = touched.flatMap((t): Cited[] => [
    { claim: t.author, role: 'contradicts' },
    ...(t.language && signs.language ? [context(t.language)] : []),
  ]);
  const events = new Set(touched.map((t) => t.event));
  return {
    statement: statementOf(stranger, signs, census),
    strength,
    about: [first.last.artifact, ...rest.map((t) => t.last.artifact)],
    evidence: [
      { claim: first.last, role: 'primary' },
      ...rest.map((t) => context(t.last)),
      ...evidence,
      ...[...stranger.spellings.values()].map(context),
    ],
    rootCause: events.size === 1 ? first.event : `identity:${stranger.key}`,
  };
}

/** Catalogue A02, A03. */
export const rareLastAuthor = corpusRule(
  {
    id: 'rare-last-author',
    catalogue: ['A02', 'A03'],
    version: 1,
    title: 'Document names a last author whom nothing else in the corpus names',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: STRANGER_READS,
    innocent: [
      {
        id: 'supplier',
        story: 'A supplier, an adviser or a temporary colleague worked on the document; their mail is not in the corpus.',
        check: 'The name or its organisation occurs in letters, invoices or address lists; ask the author.',
      },
      {
        id: 'collection',
        story: 'The documents come from many hands, as in an archive: most last authors occur once.',
        check: 'Count the last authors that nothing else names.',
      },
      { id: 'bilingual', story: 'People here write in that language and script too.', check: 'Other names and documents of the corpus are in it.' },
      {
        id: 'another-computer',
        story: "The author used somebody else's computer: a spouse's, a print shop's.",
        check: "The saving falls between two of the author's own, and nothing else differs.",
      },
      {
        id: 'planted',
        story: 'A name in metadata is cheap to write: somebody may want it to be found.',
        check: 'Clocks and settings that few people know of agree with the saving.',
      },
    ],
    references: [
      {
        title: 'C. Doman, MacronLeaks: A Timeline of Events (AlienVault, 6 May 2017)',
        url: 'https://cybersecurity.att.com/blogs/labs-research/macronleaks-a-timeline-of-events',
      },
      {
        title: 'ECMA-376 Part 2, Open Packaging Conventions: core properties, lastModifiedBy',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
      { title: 'ICAO Doc 9303 part 3, section 6: transliteration', url: 'https://www.icao.int/publications/pages/publication.aspx?docnum=9303' },
    ],
  },
  async function* (evidence, context) {
    const census = await takeCensus(evidence);
    if (census.documents < MIN_DOCUMENTS) return;
    for (const stranger of await strangers(evidence, rarityLimit(census.documents), context.known)) {
      const finding = findingOf(stranger, census);
      if (finding) yield finding;
    }
  },
);

import type { Claim } from '../../model/claim.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { actsOf, isDiscordant, type Languages, type Related, relatedCounter, saysCreatedIn, shareWithout } from '../shared/language-acts.ts';
import { LANGUAGE_READS, type LanguageRead, primaryTag, type SavedIn, savedIn, tally } from '../shared/language-census.ts';
import { CODE_PAGE_LANGUAGES } from '../shared/languages.data.ts';
import { counted, languageName, listed, quoted } from '../shared/wording.ts';

/** A language with this share is at home here: catalogue section 3, sup-multilingual-org. */
const AT_HOME = 0.02;
/** Languages that are rare one by one must not make up more than this together: such a corpus comes from everywhere. */
const MOST_RARE = 0.05;
/** Fewer other documents are no corpus to differ from; below the second number the finding is weak. */
const MIN_OTHERS = 10;
const ENOUGH_OTHERS = 30;
/** A language with more documents is at home in any corpus that fits a computer. */
const MAX_DOCUMENTS = 10_000;
/** Documents whose claims are cited; the sentence counts all. */
const MOST_CITED = 100;

/** Null where the language is at home, the corpus speaks too many, or one of the people is a correspondent here. */
function strengthOf(
  act: readonly SavedIn[],
  language: string,
  corpus: Languages,
  related: Related,
): { readonly strength: Strength; readonly outside: number; readonly others: number } | null {
  const others = corpus.saved.all - related.saved;
  const outside = (corpus.saved.by.get(language) ?? 0) - related.saved;
  if (others < MIN_OTHERS || outside >= others * AT_HOME || act.some((d) => d.knownAs === 'address')) return null;
  if (shareWithout(corpus.created, language, related.created) >= AT_HOME || shareWithout(corpus.text, language, related.text) >= AT_HOME) return null;
  const rare = [...corpus.saved.by].filter(([tag, n]) => tag !== language && n < others * AT_HOME).reduce((sum, [, n]) => sum + n, 0);
  if (rare + outside > others * MOST_RARE) return null;
  // English programs are used everywhere; a known author may have more than one computer.
  const soft = outside > 0 || others < ENOUGH_OTHERS || language === 'en' || act.some((d) => d.knownAs === 'author');
  return { strength: soft ? 'weak' : 'moderate', outside, others };
}

function statementOf(act: readonly SavedIn[], language: string, outside: number, others: number): string {
  const discordant = act.filter((d) => isDiscordant(d, language));
  const from = listed([...new Set(discordant.flatMap((d) => d.created.map((c) => languageName(primaryTag(c.value ?? '')))))]);
  const saved = `was last saved by a program in ${languageName(language)}`;
  const pages = act.filter((d) => CODE_PAGE_LANGUAGES[d.codePage?.value ?? 0]?.languages.includes(language));
  const page = pages[0]?.codePage?.value;
  const names = [...new Set(act.flatMap((d) => d.lastAuthor?.value?.trim() || []))].slice(0, 3);
  return [
    act.length === 1
      ? `${saved} and created by one in ${from}`
      : `${saved}, as ${counted(act.length, 'document')} of one act of saving were; ${discordant.length} of them ${discordant.length === 1 ? 'was' : 'were'} created by one in ${from}`,
    `${outside === 0 ? 'none' : outside} of the other ${others} documents that tell it ${outside === 1 ? 'was' : 'were'} saved in ${languageName(language)}`,
    ...(page ? [`code page ${page} (${CODE_PAGE_LANGUAGES[page]?.script ?? ''}) agrees in ${pages.length} of ${act.length}`] : []),
    ...(names.length > 0 ? [`the last author is ${listed(names.map(quoted))}`] : []),
  ].join('; ');
}

function* cited(act: readonly SavedIn[], language: string): Iterable<Cited> {
  const order = [...act].sort((a, b) => Number(isDiscordant(b, language)) - Number(isDiscordant(a, language))).slice(0, MOST_CITED);
  for (const [i, d] of order.entries()) {
    yield { claim: d.saved, role: i === 0 ? 'primary' : 'context' };
    const [created] = d.created;
    if (created) yield { claim: created, role: 'contradicts' };
    for (const claim of [d.codePage, d.lastAuthor] as (Claim | undefined)[]) if (claim) yield { claim, role: 'context' };
  }
}

async function* findingsOf(evidence: Evidence<LanguageRead>): AsyncIterable<FindingDraft> {
  const corpus: Languages = {
    saved: await tally(evidence, 'locale.saved'),
    created: await tally(evidence, 'locale.created'),
    text: await tally(evidence, 'locale.text'),
  };
  for await (const { value, size, members } of evidence.groups('locale.saved', 1)) {
    const language = primaryTag(value);
    if (language === '' || size > MAX_DOCUMENTS || size * 2 > corpus.saved.all) continue;
    const documents: SavedIn[] = [];
    for await (const member of members) {
      const document = savedIn(member);
      if (document) documents.push(document);
    }
    const related = relatedCounter(documents, language);
    for (const [event, all] of actsOf(documents, language)) {
      // What tells no language of creation was saved in the same act; what was created in this one is at home in it.
      const act = all.filter((d) => d.genuine && !saysCreatedIn(d, language));
      const found = strengthOf(act, language, corpus, related(all));
      const [primary, ...rest] = cited(act, language);
      const [first, ...others] = act.map((d) => d.saved.artifact);
      if (!found || !primary || !first) continue;
      yield {
        statement: statementOf(act, language, found.outside, found.others),
        about: [first, ...others],
        evidence: [primary, ...rest],
        rootCause: event,
        strength: found.strength,
      };
    }
  }
}

/** Catalogue B04, K01. */
export const localeDiscordance = corpusRule(
  {
    id: 'locale-discordance',
    catalogue: ['B04', 'K01'],
    version: 1,
    title: 'Document was last saved by a program in a language that differs from its creation and from the corpus',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: LANGUAGE_READS,
    innocent: [
      {
        id: 'multilingual',
        story: 'People here use programs in several languages.',
        check: 'Other documents were saved or written in that language, or the person writes mail in the corpus.',
      },
      {
        id: 'generator',
        story: 'A library or an online converter writes the words of one language whatever the user speaks.',
        check: 'The container is not of the make of Microsoft Office, or the program names itself a library.',
      },
      { id: 'many-origins', story: 'The collection comes from many countries.', check: 'Many languages occur a few times each.' },
      {
        id: 'borrowed-computer',
        story: 'The author saved the document abroad or on a computer set to another language.',
        check: 'Travel, and the time of the saving; only one document is concerned.',
      },
      {
        id: 'planted',
        story: 'The words that tell the language are plain text in the file: somebody may want them to be found.',
        check: 'Code page, clocks and package agree with the language.',
      },
    ],
    references: [
      {
        title: 'ECMA-376 Part 1, extended properties: HeadingPairs',
        section: '22.2.2.8',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
      {
        title: '[MS-OLEPS] Object Linking and Embedding Property Set Data Structures: CodePage',
        url: 'https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-oleps/bf7aeae8-c47a-4939-9f45-700158dac3bc',
      },
      {
        title: 'C. Doman, MacronLeaks: A Timeline of Events (AlienVault, 6 May 2017)',
        url: 'https://cybersecurity.att.com/blogs/labs-research/macronleaks-a-timeline-of-events',
      },
    ],
  },
  (evidence) => findingsOf(evidence),
);

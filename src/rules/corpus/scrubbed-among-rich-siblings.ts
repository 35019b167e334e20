import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { siblingsByType } from '../shared/siblings.ts';
import { savingOf } from '../shared/time.ts';
import { isSilentTool, productName } from '../shared/tools.ts';
import { listed, quoted } from '../shared/wording.ts';

const FIELDS = { 'party.author': 'no author', 'party.last-author': 'no last author', 'time.created': 'no creation time' } as const;
type Field = keyof typeof FIELDS;
const FIELD_NAMES = ['party.author', 'party.last-author', 'time.created'] as const satisfies readonly Field[];
const READS = [...FIELD_NAMES, 'tool.application', 'place.folder', 'mark.scrubbed', 'event.save'] as const;
type Read = (typeof READS)[number];

const MIN_SIBLINGS = 10;
const MIN_LACKING = 2;
/** Catalogue A07. */
const USUAL = 0.95;

const programOf = (s: Subject<Read>): string => s.claims('tool.application').find((c) => c.value !== null && c.value.trim() !== '')?.value ?? '';
/** An empty field is a field left out; one that we could not read is there. */
const carries = (s: Subject<Read>, field: Field): boolean => s.claims(field).some((c: Claim) => c.raw.trim() !== '');

interface Rates {
  readonly documents: readonly Subject<Read>[];
  readonly carrying: Readonly<Record<Field, number>>;
}

function ratesOf(documents: readonly Subject<Read>[]): Rates {
  const of = (field: Field): number => documents.filter((d) => carries(d, field)).length;
  return {
    documents,
    carrying: { 'party.author': of('party.author'), 'party.last-author': of('party.last-author'), 'time.created': of('time.created') },
  };
}

/** `siblings`: how many others there are. Null where fewer than two fields are left out that at least 95 % of at least ten siblings carry. */
function findingOf(document: Subject<Read>, rates: Rates, siblings: number): FindingDraft | null {
  const fields = FIELD_NAMES.filter((f) => !carries(document, f) && rates.carrying[f] >= siblings * USUAL);
  if (siblings < MIN_SIBLINGS || fields.length < MIN_LACKING) return null;
  const scrubbed = document.claims('mark.scrubbed')[0];
  const example = rates.documents.find((d) => d !== document && fields.every((f) => carries(d, f)));
  const [shown] = example?.claims(fields[0] ?? 'party.author') ?? [];
  const own: Claim | undefined = scrubbed ?? document.claims('tool.application')[0] ?? document.claims('place.folder')[0];
  if (!own || !shown) return null;
  const least = Math.min(...fields.map((f) => rates.carrying[f]));
  const trace = scrubbed?.value ? `; it bears the mark ${quoted(scrubbed.value)}` : '';
  return {
    statement: `records ${listed(fields.map((f) => FIELDS[f]))}, where at least ${least} of its ${siblings} siblings in the folder do${trace}`,
    strength: scrubbed ? 'moderate' : 'weak',
    about: [document.artifact.id],
    rootCause: savingOf(document),
    evidence: [
      { claim: own, role: 'primary' },
      { claim: shown, role: 'contradicts', note: 'one of the siblings' },
    ],
  };
}

function* findingsOf(subjects: readonly Subject<Read>[]): Iterable<FindingDraft> {
  const byProgram = new Map<string, Subject<Read>[]>();
  for (const s of subjects) {
    const product = productName(programOf(s));
    const list = byProgram.get(product);
    if (list) list.push(s);
    else byProgram.set(product, [s]);
  }
  const speaking = ratesOf(subjects.filter((s) => programOf(s) !== '' && !isSilentTool(programOf(s))));
  for (const [product, documents] of byProgram) {
    const nameless = product === '';
    if (!nameless && isSilentTool(product)) continue;
    // Where the scrubber took the program's name too, the document is compared with all of its type; without its mark, with none.
    const rates = nameless ? speaking : ratesOf(documents);
    for (const document of documents) {
      if (nameless && document.claims('mark.scrubbed').length === 0) continue;
      const finding = findingOf(document, rates, rates.documents.length - (nameless ? 0 : 1));
      if (finding) yield finding;
    }
  }
}

/** Catalogue A07. */
export const scrubbedAmongRichSiblings = corpusRule(
  {
    id: 'scrubbed-among-rich-siblings',
    catalogue: ['A07'],
    version: 1,
    title: 'Document says nothing of author and dates where its siblings do',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'house-cleaner',
        story: 'The organisation cleans the metadata of documents that go out.',
        check: 'Other documents that went out are clean too.',
      },
      {
        id: 'silent-program',
        story: 'The program that wrote it never names people: Google Docs, LibreOffice without a user name, a library.',
        check: 'Other documents of the program say nothing either.',
      },
      {
        id: 'source-protection',
        story: 'The person who passed the document on protected themselves or somebody else.',
        check: 'Do not ask further: the answer may endanger a source.',
      },
    ],
    references: [
      {
        title: 'Microsoft, Remove hidden data and personal information by inspecting documents',
        url: 'https://support.microsoft.com/en-us/office/remove-hidden-data-and-personal-information-by-inspecting-documents-presentations-or-workbooks-356b7b5d-77af-44fe-a07f-9aa4d085966f',
      },
      {
        title: 'ECMA-376 Part 1, WordprocessingML: removePersonalInformation',
        section: '17.15.1.68',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
      { title: 'mat2, metadata removal tool', url: 'https://0xacab.org/jvoisin/mat2' },
    ],
  },
  async function* (evidence) {
    for await (const { members } of evidence.groups('place.folder', MIN_SIBLINGS + 1)) {
      for (const subjects of (await siblingsByType(members)).values()) yield* findingsOf(subjects);
    }
  },
);

import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import { isDefaultName, isTemplateTime } from '../shared/constants.data.ts';
import { foldedName } from '../shared/scripts.ts';
import { siblingsByType } from '../shared/siblings.ts';
import { instants, latest, savingOf } from '../shared/time.ts';
import { productName } from '../shared/tools.ts';
import { counted, quoted } from '../shared/wording.ts';

const READS = ['tool.application', 'tool.container', 'place.folder', 'party.author', 'time.modified', 'event.save', 'identity.known-as'] as const;
type Read = (typeof READS)[number];

const MIN_SIBLINGS = 10;
/** One of so many is odd whatever the smoothing says. */
const MIN_FOR_ONE = 20;
/** Catalogue A06. */
const RARE = 0.02;
/** Weight of a tool not seen, in documents. */
const SMOOTHING = 0.5;
/** Only where siblings agree is one that differs odd. */
const AGREEMENT = 0.9;
/** Documents by the usual tool that must follow: else the tool may have been changed for good. */
const MIN_AFTERWARDS = 3;

interface Sibling {
  readonly subject: Subject<Read>;
  readonly tool: string;
  readonly application: Claim<'tool.application'>;
  readonly saved: number | null;
  readonly author: string;
}

function siblingOf(subject: Subject<Read>): Sibling | null {
  const application = subject.claims('tool.application').find((c) => c.value !== null && c.value.trim() !== '');
  if (!application?.value) return null;
  const author = subject.claims('party.author')[0]?.value ?? '';
  const container = subject.claims('tool.container')[0]?.value ?? '';
  return {
    subject,
    application,
    tool: `${productName(application.value)}|${container}`,
    saved: latest(instants(subject.claims('time.modified')).filter((m) => !isTemplateTime(m.at)))?.at ?? null,
    author: isDefaultName(author) ? '' : foldedName(author),
  };
}

interface Usual {
  readonly tool: string;
  readonly siblings: readonly Sibling[];
  readonly authors: ReadonlySet<string>;
}

/** The tool that nearly all siblings agree on; null where they do not. */
function usualOf(siblings: readonly Sibling[]): Usual | null {
  const counts = new Map<string, number>();
  for (const s of siblings) counts.set(s.tool, (counts.get(s.tool) ?? 0) + 1);
  for (const [tool, n] of counts) {
    if (n < siblings.length * AGREEMENT) continue;
    const those = siblings.filter((s) => s.tool === tool);
    return { tool, siblings: those, authors: new Set(those.map((s) => s.author).filter((a) => a !== '')) };
  }
  return null;
}

function* outliers(
  siblings: readonly Sibling[],
  usual: Usual,
): Iterable<{ readonly odd: Sibling; readonly alike: number; readonly share: number; readonly afterwards: number }> {
  const kinds = new Set(siblings.map((s) => s.tool)).size;
  const others = siblings.filter((s) => s.tool !== usual.tool);
  for (const odd of others) {
    const alike = others.filter((s) => s.tool === odd.tool);
    const share = (alike.length + SMOOTHING) / (siblings.length + SMOOTHING * kinds);
    if (share >= RARE && !(alike.length === 1 && siblings.length >= MIN_FOR_ONE)) continue;
    // A stranger's document comes with a stranger's program: only an author of these siblings is expected to keep to theirs.
    if (odd.saved === null || (odd.author !== '' && !usual.authors.has(odd.author))) continue;
    const last = alike.reduce((at, s) => Math.max(at, s.saved ?? Infinity), odd.saved);
    const afterwards = usual.siblings.filter((s) => s.saved !== null && s.saved > last).length;
    if (afterwards >= MIN_AFTERWARDS) yield { odd, alike: alike.length, share, afterwards };
  }
}

function* findingsOf(subjects: readonly Subject<Read>[], where: (s: Sibling) => string, told: Set<string>): Iterable<FindingDraft> {
  const siblings = subjects.flatMap((s) => siblingOf(s) ?? []);
  const usual = siblings.length >= MIN_SIBLINGS ? usualOf(siblings) : null;
  const [example] = usual?.siblings ?? [];
  if (!usual || !example) return;
  for (const { odd, alike, share, afterwards } of outliers(siblings, usual)) {
    const { artifact } = odd.subject;
    if (told.has(artifact.id)) continue;
    told.add(artifact.id);
    const stranger = odd.subject.claims('identity.known-as')[0]?.value === 'nowhere';
    const container = odd.subject.claims('tool.container')[0];
    const same = productName(odd.application.value ?? '') === productName(example.application.value ?? '');
    const written = `${quoted(odd.application.value ?? '')}${same && container?.value ? ` in a container of make ${quoted(container.value)}` : ''}`;
    yield {
      statement:
        `says it was written by ${written}, as ${counted(alike, 'document')} of ${siblings.length} ${where(odd)}, where ${usual.siblings.length} say ${quoted(example.application.value ?? '')}, ` +
        `${afterwards} of them saved later`,
      strength: share < RARE && stranger ? 'moderate' : 'weak',
      about: [artifact.id],
      rootCause: savingOf(odd.subject),
      evidence: [
        { claim: odd.application, role: 'primary' },
        { claim: example.application, role: 'contradicts', note: 'one of the siblings' },
        ...(container ? [{ claim: container, role: 'context' as const }] : []),
      ],
    };
  }
}

/** Catalogue A06. */
export const toolOutlierAmongSiblings = corpusRule(
  {
    id: 'tool-outlier-among-siblings',
    catalogue: ['A06'],
    version: 1,
    title: 'Document names another program than nearly all documents of its folder or author',
    proposition: 'handled',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      { id: 'upgrade', story: 'The author changed to another program.', check: 'All later documents name the new program.' },
      {
        id: 'supplier',
        story: 'Somebody outside wrote the document and it was filed here.',
        check: 'Its author differs from those of its siblings.',
      },
      {
        id: 'other-edition',
        story: 'The author worked on a telephone, in a browser or on another computer with the same program.',
        check: 'The two names are editions of one product.',
      },
      { id: 'mixed-folder', story: 'The folder collects documents of many origins.', check: 'Its documents name many programs.' },
    ],
    references: [
      {
        title: 'ECMA-376 Part 1, Office Open XML: application properties',
        section: '22.2',
        url: 'https://ecma-international.org/publications-and-standards/standards/ecma-376/',
      },
      { title: 'ISO 32000-2, document information dictionary', section: '14.3.3', url: 'https://www.pdfa.org/resource/iso-32000-2/' },
    ],
  },
  async function* (evidence) {
    // A document that is odd in its folder is not told again as odd for its author; findings are few by construction.
    const told = new Set<string>();
    for await (const { members } of evidence.groups('place.folder', MIN_SIBLINGS)) {
      for (const subjects of (await siblingsByType(members)).values()) yield* findingsOf(subjects, () => 'in its folder', told);
    }
    for await (const { value, members } of evidence.groups('party.author', MIN_SIBLINGS)) {
      if (isDefaultName(value)) continue;
      for (const subjects of (await siblingsByType(members)).values()) yield* findingsOf(subjects, () => `by ${quoted(value)}`, told);
    }
  },
);

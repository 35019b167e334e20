import type { Claim } from '../../model/claim.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { onlyAdds } from '../shared/page-changes.ts';
import { savingOf } from '../shared/time.ts';
import { counted } from '../shared/wording.ts';

/** Line ends and padding between the end of a signed range and the next revision. */
const SLACK_BYTES = 16;
/** Changes cited; the sentence counts all. */
const MOST_CITED = 5;
/** Characters of a summary in the sentence; the claim has the whole. */
const MAX_SUMMARY = 300;

type Change = Claim<'mark.revision-change'>;
type Signature = Claim<'mark.signature-coverage'>;

/** End of the signed bytes; Infinity for the whole file, null where the range is none. */
function signedUpTo(signature: Signature): number | null {
  if (signature.value === 'whole file') return Infinity;
  const end = /^up to byte (\d+) of /.exec(signature.value ?? '')?.[1];
  return end === undefined ? null : Number(end);
}

/** Where a change stands to the signatures: behind one, under one that came later, or neither. */
function signatureBefore(change: Change, signatures: readonly Signature[]): Signature | null {
  if (change.locator.in !== 'bytes') return null;
  const start = change.locator.offset + SLACK_BYTES;
  return signatures.find((s) => start >= (signedUpTo(s) ?? Infinity)) ?? null;
}

function isSignedAfterwards(change: Change, signatures: readonly Signature[]): boolean {
  if (change.locator.in !== 'bytes') return false;
  const end = change.locator.offset + change.locator.length - SLACK_BYTES;
  return signatures.some((s) => (signedUpTo(s) ?? 0) >= end);
}

const cut = (text: string): string => (text.length > MAX_SUMMARY ? `${text.slice(0, MAX_SUMMARY)}…` : text);

/** Catalogue F02. */
export const contentChangedInLaterRevision = artifactRule(
  {
    id: 'content-changed-in-later-revision',
    catalogue: ['F02', 'F07'],
    version: 1,
    title: 'A later revision of a PDF shows other content than the one before, which is still inside',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['mark.revision-change', 'mark.signature-coverage', 'event.save'],
    innocent: [
      {
        id: 'author-edited',
        story: 'The author corrected the document in a PDF editor and pressed Save, which appends; the older state was a draft.',
        check: 'The change fits the purpose of the document; every revision is older than the message that carried the document.',
      },
      {
        id: 'stamped',
        story: 'Page numbers, a header, a stamp, a watermark or recognised text was put onto the pages.',
        check: 'Nothing was taken away and the same is added to every page.',
      },
      {
        id: 'form-filled',
        story: 'Fields of a form were filled in.',
        check: 'Only fields and their appearances changed.',
      },
      {
        id: 'commented-or-signed',
        story: 'Somebody added comments or a signature, or a validation service added its records.',
        check: 'Only annotations, signatures or their validation data changed.',
      },
      {
        id: 'signed-afterwards',
        story: 'The change came before the signature: whoever signed saw the document as it is.',
        check: 'The range of the signature covers the change.',
      },
    ],
    references: [
      { title: 'ISO 32000-2, incremental updates', section: '7.5.6', url: 'https://www.pdfa.org/resource/iso-32000-2/' },
      {
        title: 'C. Mainka, V. Mladenov, S. Rohlmann: Shadow Attacks: Hiding and Replacing Content in Signed PDFs, NDSS 2021',
        url: 'https://www.ndss-symposium.org/ndss-paper/shadow-attacks-hiding-and-replacing-content-in-signed-pdfs/',
      },
    ],
  },
  function* (subject) {
    const changes = subject.claims('mark.revision-change').filter((c) => c.value === 'content');
    if (changes.length === 0) return;
    const signatures = subject.claims('mark.signature-coverage');
    const signed = changes.map((change) => ({ change, signature: signatureBefore(change, signatures) }));
    const afterSignature = signed.find((s) => s.signature !== null);
    const first = afterSignature?.change ?? changes.find((c) => !onlyAdds(c.raw)) ?? changes[0];
    if (!first) return;
    const others = changes.filter((c) => c !== first);
    const isSoft = changes.every((c) => onlyAdds(c.raw) || isSignedAfterwards(c, signatures));
    const strength: Strength = !afterSignature && isSoft ? 'weak' : 'moderate';
    const evidence: [Cited, ...Cited[]] = [{ claim: first, role: 'primary' }];
    if (afterSignature?.signature) evidence.push({ claim: afterSignature.signature, role: 'contradicts' });
    evidence.push(...others.slice(0, MOST_CITED - 1).map((claim): Cited => ({ claim, role: 'primary' })));
    yield {
      statement:
        `changed what its pages show in ${first.field}${others.length > 0 ? ` and ${counted(others.length, 'other')}` : ''}` +
        `${afterSignature?.signature ? `, behind the bytes that ${afterSignature.signature.field} covers` : ''}: ${cut(first.raw)}`,
      about: [subject.artifact.id],
      rootCause: savingOf(subject),
      strength,
      evidence,
      ruledOut: [{ innocent: 'form-filled', because: 'what the pages show changed outside of fields' }],
    };
  },
);

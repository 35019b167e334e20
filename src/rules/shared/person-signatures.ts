import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { Cited } from '../../model/finding.ts';
import { partsOfState } from '../../model/signature-state.ts';

/** What rules on signatures of persons (S/MIME, OpenPGP) ask for. */
export const PERSON_SIGNATURE_CLAIMS = ['signature.state', 'signature.signer', 'signature.trust', 'mark.signature-coverage'] as const;
type Read = (typeof PERSON_SIGNATURE_CLAIMS)[number];

/** One signature with what checking it came to. */
export interface PersonSignature {
  readonly state: Claim<'signature.state'>;
  readonly outcome: string;
  readonly notes: readonly string[];
  /** '(part 1, not the header of the message)' or ''. */
  readonly covered: string;
  /** "a key that names 'Claire Moreau' as its holder", 'a key that names nobody'. */
  readonly signer: string;
  readonly trust: Claim<'signature.trust'> | undefined;
}

/** Messages, and files of S/MIME and OpenPGP. Documents of other kinds have their own ways of covering a part of themselves. */
const KINDS = /^(?:message\/rfc822|application\/(?:pkcs7-mime|pgp-(?:encrypted|signature|keys)))$/;
const MOST_NAMES = 2;

const placeOf = (c: Claim): string => JSON.stringify(c.locator);

/** Of a message the names beside its signature; a file of its own may have them elsewhere. */
function signerWords(subject: Pick<Subject<Read>, 'claims'>, state: Claim): string {
  const all = subject.claims('signature.signer');
  const here = all.filter((c) => placeOf(c) === placeOf(state));
  const values = (here.length > 0 ? here : all).flatMap((c) => (c.value === null || c.value.startsWith('key ') ? [] : [c.value]));
  const names = [...new Set(values)].slice(0, MOST_NAMES);
  return names.length === 0 ? 'a key that names nobody' : `a key that names ${names.map((n) => `'${n}'`).join(', ')} as its holder`;
}

/** The signatures that were checked, in reading order; one of a document of another kind is none of a person's here. */
export function personSignatures(subject: Pick<Subject<Read>, 'claims' | 'artifact'>): PersonSignature[] {
  if (!KINDS.test(subject.artifact.mediaType)) return [];
  return subject.claims('signature.state').flatMap((state): PersonSignature[] => {
    if (state.value === null) return [];
    const coverage = subject.claims('mark.signature-coverage').find((c) => placeOf(c) === placeOf(state))?.value;
    const trust = subject.claims('signature.trust').find((c) => placeOf(c) === placeOf(state)) ?? subject.claims('signature.trust')[0];
    return [{ state, ...partsOfState(state.value), covered: coverage ? ` (${coverage})` : '', signer: signerWords(subject, state), trust }];
  });
}

export const citingSignature = ({ state, trust }: PersonSignature): [Cited, ...Cited[]] => [
  { claim: state, role: 'primary' },
  ...(trust ? [{ claim: trust, role: 'context' as const }] : []),
];

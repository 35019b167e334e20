import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { citingSignature, PERSON_SIGNATURE_CLAIMS, type PersonSignature, personSignatures } from '../shared/person-signatures.ts';

const DIFFERS = 'content differs by its 16-bit check';

const isChanged = (s: PersonSignature): boolean => s.outcome === 'content changed' || s.notes.includes(DIFFERS);

/** Catalogue G01. Silent where any signature over the same verifies. */
export const personSignedContentChanged = artifactRule(
  {
    id: 'person-signed-content-changed',
    catalogue: ['G01'],
    version: 1,
    title: 'Content differs from the one that its S/MIME or OpenPGP signature covers',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'cryptography',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: [...PERSON_SIGNATURE_CLAIMS, 'mark.relayed'],
    innocent: [
      {
        id: 'changed-on-the-way',
        story: 'A list, a gateway or a virus scanner added a footer, took out an attachment or encoded the signed part anew.',
        check: 'Marks of lists and gateways in the header; whether other signed mail that came the same way verifies.',
      },
      {
        id: 'changed-by-the-store',
        story: 'The program that kept or exported the mail rewrote line ends, encodings or the header of the signed part.',
        check: 'Other signed messages of the same folder fail alike; a copy in another mailbox verifies.',
      },
      {
        id: 'signed-otherwise',
        story: 'The signing program put the text into a form of its own before it signed: other blanks, other line ends, another character set.',
        check: 'All messages of that program fail alike, whoever holds them.',
      },
    ],
    references: [
      { title: 'RFC 8551, S/MIME 4.0 Message Specification', section: '3.1.1', url: 'https://www.rfc-editor.org/rfc/rfc8551#section-3.1.1' },
      { title: 'RFC 3156, MIME Security with OpenPGP', section: '3', url: 'https://www.rfc-editor.org/rfc/rfc3156#section-3' },
      { title: 'RFC 9580, OpenPGP: signature packets', section: '5.2.3', url: 'https://www.rfc-editor.org/rfc/rfc9580#section-5.2.3' },
    ],
  },
  function* (subject) {
    const all = personSignatures(subject);
    if (all.some((s) => s.outcome === 'verified')) return;
    const changed = all.filter(isChanged);
    const s = changed.find((c) => c.outcome === 'content changed') ?? changed[0];
    if (!s) return;
    const known = s.outcome === 'content changed';
    // Mail programs wrap, quote and forward texts in the clear: their lines are no longer those that were signed.
    const wrapped = subject.artifact.mediaType === 'message/rfc822' && s.covered.includes('in the clear');
    const strength: Strength = known && !wrapped && subject.claims('mark.relayed').length === 0 ? 'moderate' : 'weak';
    yield {
      statement: known
        ? `has other content than ${s.signer} signed${s.covered}`
        : `has other content than its signature was made over${s.covered}, by the 16 bits of the digest that stand in it; the key is not at hand`,
      strength,
      about: [subject.artifact.id],
      rootCause: `signature:${subject.artifact.id}`,
      evidence: citingSignature(s),
    };
  },
);

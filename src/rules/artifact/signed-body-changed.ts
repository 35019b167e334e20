import { oneLower } from '../../model/rule-meta.ts';
import { artifactRule } from '../../model/rule.ts';
import {
  amongNeighbours,
  changeStrength,
  type CheckedSignature,
  citing,
  SIGNATURE_CLAIMS,
  signerWords,
  unverifiedSignaturesOf,
} from '../shared/signatures.ts';

const isChanged = (s: CheckedSignature): boolean =>
  s.outcome === 'body changed' || s.outcome === 'headers and body changed' || s.notes.includes('body changed');

/** Catalogue G01. One finding a message: the signature that says most. */
export const signedBodyChanged = artifactRule(
  {
    id: 'signed-body-changed',
    catalogue: ['G01'],
    version: 1,
    title: 'Body of a message differs from the one that its DKIM signature covers',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderately-strong',
    grounds: 'cryptography',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: SIGNATURE_CLAIMS,
    innocent: [
      {
        id: 'changed-on-the-way',
        story: 'A list or a gateway added a footer or a banner, or a server encoded the text anew.',
        check: 'Common changes are put back before this is reported; look for marks of lists and gateways in the header, and at the end of the text.',
      },
      {
        id: 'signed-again',
        story: 'A list changed the message and signed the result itself: the older signature fails, as it must.',
        check: 'A later signature of another domain verifies over the message as it stands.',
      },
      {
        id: 'changed-by-the-store',
        story: 'The program that kept or exported the mailbox rewrote its messages: other line lengths, other encodings, attachments taken out.',
        check: 'Most messages of the same signer in the same store fail alike.',
      },
    ],
    references: [
      {
        title: 'RFC 6376, DomainKeys Identified Mail: computing the body hash',
        section: '3.7',
        url: 'https://www.rfc-editor.org/rfc/rfc6376#section-3.7',
      },
      {
        title: 'RFC 6377, DKIM and Mailing Lists: what lists do to signed mail',
        section: '3.3',
        url: 'https://www.rfc-editor.org/rfc/rfc6377#section-3.3',
      },
    ],
  },
  function* (subject) {
    const changed = unverifiedSignaturesOf(subject).filter(isChanged);
    const s = changed.find((c) => c.outcome === 'body changed') ?? changed[0];
    if (!s) return;
    const known = s.outcome === 'body changed';
    const other = s.outcome === 'headers and body changed' ? ', and its signed headers differ, too' : '';
    yield {
      statement: known
        ? `has another body than the one that ${signerWords(s)} signed; the signature over its headers verifies${amongNeighbours(s)}`
        : `has another body than the one whose digest stands in the signature of ${signerWords(s)}${other}${amongNeighbours(s)}`,
      // With the header verified, the digest in it is the signer's own; otherwise it only stands there.
      strength: known ? changeStrength(s, subject) : oneLower(changeStrength(s, subject)),
      about: [subject.artifact.id],
      rootCause: `signature:${subject.artifact.id}`,
      evidence: citing(s),
    };
  },
);

import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { citingSignature, PERSON_SIGNATURE_CLAIMS, type PersonSignature, personSignatures } from '../shared/person-signatures.ts';

/** What makes a verified signature say less: somebody else could have made it, or it fits after a change only. */
const QUALIFIED = /^(?:digest (?:md5|sha1|ripemd160)|key of|undone|key younger)/;

const strengthOf = ({ notes }: PersonSignature): Strength => (notes.some((n) => QUALIFIED.test(n)) ? 'weak' : 'moderate');

/** Catalogue G01. One finding an artifact: the strongest of its signatures that verify. */
export const personSignatureVerified = artifactRule(
  {
    id: 'person-signature-verified',
    catalogue: ['G01'],
    version: 1,
    title: 'S/MIME or OpenPGP signature verifies: what it covers is unchanged since that key signed it',
    proposition: 'altered',
    direction: 'supports',
    strength: 'moderate',
    grounds: 'cryptography',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: PERSON_SIGNATURE_CLAIMS,
    innocent: [
      {
        id: 'key-of-somebody-else',
        story: 'Anyone can make a key or a certificate that bears any name, and sign changed content with it.',
        check: 'Compare the fingerprint with one known from elsewhere; other letters of that sender, years apart, bear the same key.',
      },
      {
        id: 'header-not-signed',
        story: 'The signature covers a part of the message; Date, Subject, From and To stand outside of it.',
        check: 'The covered part is named; a DKIM signature of the same message covers its header.',
      },
      {
        id: 'signed-anew',
        story: 'The holder of the key signed it again at another time; the time in the signature is of the signer’s clock.',
        check: 'Copies in other mailboxes bear the same signature, byte for byte.',
      },
    ],
    references: [
      { title: 'RFC 8551, S/MIME 4.0 Message Specification', section: '3.5', url: 'https://www.rfc-editor.org/rfc/rfc8551#section-3.5' },
      { title: 'RFC 3156, MIME Security with OpenPGP', section: '5', url: 'https://www.rfc-editor.org/rfc/rfc3156#section-5' },
      { title: 'RFC 9580, OpenPGP: computing signatures', section: '5.2.4', url: 'https://www.rfc-editor.org/rfc/rfc9580#section-5.2.4' },
    ],
  },
  function* (subject) {
    const verified = personSignatures(subject).filter((s) => s.outcome === 'verified');
    const best = verified.find((s) => strengthOf(s) === 'moderate') ?? verified[0];
    if (!best) return;
    const notes = best.notes.length === 0 ? '' : `; ${best.notes.join('; ')}`;
    const said = best.trust?.value ?? '';
    const trust = said === '' ? '' : said.startsWith('key ') ? `; ${said}` : `; of its certificate: ${said}`;
    yield {
      statement: `is as ${best.signer} signed it${best.covered}${notes}${trust}`,
      strength: strengthOf(best),
      about: [subject.artifact.id],
      rootCause: `signature:${subject.artifact.id}`,
      evidence: citingSignature(best),
    };
  },
);

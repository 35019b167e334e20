import { artifactRule } from '../../model/rule.ts';
import { amongNeighbours, changeStrength, citing, SIGNATURE_CLAIMS, signerWords, unverifiedSignaturesOf } from '../shared/signatures.ts';

/** Catalogue G01. Silent unless the same key verifies another message of those weeks: else it may be the wrong key. */
export const signedHeadersChanged = artifactRule(
  {
    id: 'signed-headers-changed',
    catalogue: ['G01'],
    version: 1,
    title: 'Headers of a message differ from those that its DKIM signature covers, though the key fits its neighbours',
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
        story: 'A list or a gateway put a prefix before the subject, rewrote the sender, or folded lines anew.',
        check: 'Common changes are put back before this is reported; look at the subject and at the marks of lists and gateways.',
      },
      {
        id: 'other-key',
        story: 'The signer used another key under the same selector at that time, or several at once.',
        check: 'Other messages of the same days verify with the key at hand, or with none.',
      },
      {
        id: 'redacted',
        story: 'Whoever published the mail blacked out addresses or names in its headers.',
        check: 'The same replacement stands in other messages of the same source.',
      },
    ],
    references: [
      { title: 'RFC 6376, DomainKeys Identified Mail: what is signed', section: '5.4', url: 'https://www.rfc-editor.org/rfc/rfc6376#section-5.4' },
      {
        title: 'RFC 6377, DKIM and Mailing Lists: what lists do to signed mail',
        section: '3.3',
        url: 'https://www.rfc-editor.org/rfc/rfc6377#section-3.3',
      },
    ],
  },
  function* (subject) {
    const s = unverifiedSignaturesOf(subject).find((c) => c.outcome === 'headers changed' && c.unchanged > 0);
    if (!s) return;
    const body = s.record.body.state === 'intact' ? '; its body is the signed one' : '';
    yield {
      statement: `has other headers than those that ${signerWords(s)} signed (among ${s.record.fields.slice(0, 12).join(', ')})${body}${amongNeighbours(s)}`,
      strength: changeStrength(s, subject),
      about: [subject.artifact.id],
      rootCause: `signature:${subject.artifact.id}`,
      evidence: citing(s),
    };
  },
);

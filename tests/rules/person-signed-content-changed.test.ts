import { personSignedContentChanged } from '../../src/rules/artifact/person-signed-content-changed.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const doc = (mediaType: string, ...claims: TestClaim[]): TestDoc[] => [{ name: 'a', mediaType, claims }];
const message = (...claims: TestClaim[]): TestDoc[] => doc('message/rfc822', ...claims);
const CLAIRE = text('signature.signer', 'Claire Moreau');
const COVERED = text('mark.signature-coverage', 'part 1, not the header of the message');
const UNKNOWN = 'has other content than its signature was made over, by the 16 bits of the digest that stand in it; the key is not at hand';

ruleTest(personSignedContentChanged, {
  fires: {
    'of a letter': {
      docs: message(text('signature.state', 'content changed'), CLAIRE, COVERED),
      statements: ["has other content than a key that names 'Claire Moreau' as its holder signed (part 1, not the header of the message)"],
      strengths: ['moderate'],
    },
    'by the 16 bits, with the key': {
      docs: doc('application/pgp-encrypted', text('signature.state', 'content changed (by its 16-bit check)'), CLAIRE),
      statements: ["has other content than a key that names 'Claire Moreau' as its holder signed"],
      strengths: ['moderate'],
    },
    'by the 16 bits alone': {
      docs: message(text('signature.state', 'key not in the dump (content differs by its 16-bit check)')),
      statements: [UNKNOWN],
      strengths: ['weak'],
    },
    'a text in the clear, which mail programs wrap': {
      docs: message(
        text('signature.state', 'content changed'),
        CLAIRE,
        text('mark.signature-coverage', 'a text in the clear in part 1, not the header of the message'),
      ),
      statements: [
        "has other content than a key that names 'Claire Moreau' as its holder signed (a text in the clear in part 1, not the header of the message)",
      ],
      strengths: ['weak'],
    },
    'a list had it': {
      docs: message(text('signature.state', 'content changed'), CLAIRE, text('mark.relayed', 'list')),
      statements: ["has other content than a key that names 'Claire Moreau' as its holder signed"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: verified': message(text('signature.state', 'verified'), CLAIRE),
    'changed-on-the-way: what the mailbox did was put back': message(text('signature.state', 'verified (undone: mbox >From)'), CLAIRE),
    'changed-by-the-store: another signature over it verifies': message(
      text('signature.state', 'content changed'),
      text('signature.state', 'verified'),
    ),
    'signed-otherwise: the signature fits nothing': message(text('signature.state', 'signature does not fit'), CLAIRE),
    'no key, and the 16 bits fit': message(text('signature.state', 'key not in the dump (content fits its 16-bit check)')),
    'a document of another kind': doc('application/pdf', text('signature.state', 'content changed'), CLAIRE),
  },
});

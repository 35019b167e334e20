import { personSignatureVerified } from '../../src/rules/artifact/person-signature-verified.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const doc = (mediaType: string, ...claims: TestClaim[]): TestDoc[] => [{ name: 'a', mediaType, claims }];
const message = (...claims: TestClaim[]): TestDoc[] => doc('message/rfc822', ...claims);
const CLAIRE = text('signature.signer', 'Claire Moreau <claire@campagne.example>');
const COVERED = text('mark.signature-coverage', 'part 1, not the header of the message');
const TRUST = text('signature.trust', 'issuer not inside, trust not checked');

ruleTest(personSignatureVerified, {
  fires: {
    'of a letter': {
      docs: message(text('signature.state', 'verified'), CLAIRE, COVERED, TRUST),
      statements: [
        "is as a key that names 'Claire Moreau <claire@campagne.example>' as its holder signed it (part 1, not the header of the message); of its certificate: issuer not inside, trust not checked",
      ],
      strengths: ['moderate'],
    },
    'of a file, by a key without a name': {
      docs: doc('application/pgp-encrypted', text('signature.state', 'verified'), text('signature.signer', 'key 0123456789ABCDEF')),
      statements: ['is as a key that names nobody signed it'],
      strengths: ['moderate'],
    },
    'with a digest that can be made to fit': {
      docs: message(text('signature.state', 'verified (digest sha1)'), CLAIRE),
      statements: ["is as a key that names 'Claire Moreau <claire@campagne.example>' as its holder signed it; digest sha1"],
      strengths: ['weak'],
    },
    'of two, the one that says more': {
      docs: message(text('signature.state', 'verified (undone: mbox >From)'), text('signature.state', 'verified'), CLAIRE),
      statements: ["is as a key that names 'Claire Moreau <claire@campagne.example>' as its holder signed it"],
      strengths: ['moderate'],
    },
  },
  silent: {
    'key-of-somebody-else: there is no key to check it with': message(text('signature.state', 'key not in the dump (content fits its 16-bit check)')),
    'header-not-signed: nothing was there to check it on': message(text('signature.state', 'not checked'), CLAIRE),
    'signed-anew: the content is another one': message(text('signature.state', 'content changed'), CLAIRE),
    'a document of another kind, which may sign a part of itself': doc('application/pdf', text('signature.state', 'verified'), CLAIRE),
  },
});

import { signatureVerified } from '../../src/rules/artifact/signature-verified.ts';
import { address, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { signedClaims } from '../support/signed.ts';

const from = (mailbox: string): TestClaim => address('party.from', 'Claire Moreau', mailbox);
const message = (...claims: TestClaim[]): TestDoc[] => [
  { name: 'mail.eml', mediaType: 'message/rfc822', claims: [from('claire@mail.example.org'), ...claims] },
];
const SAYS = 'has body and headers (from, to, subject, date) unchanged since example.org (selector s1) signed them, with a key of 2048 bits';

ruleTest(signatureVerified, {
  fires: {
    "by the author's domain": {
      docs: message(...signedClaims('verified', { bits: 2048 })),
      statements: [SAYS],
      strengths: ['very-strong'],
      about: [['mail.eml']],
    },
    'by another domain': {
      docs: [{ name: 'a.eml', mediaType: 'message/rfc822', claims: [from('claire@example.net'), ...signedClaims('verified', { bits: 2048 })] }],
      statements: [SAYS],
      strengths: ['moderately-strong'],
    },
    'after a footer was undone': {
      docs: message(...signedClaims('verified (undone: list footer)', { bits: 2048 })),
      statements: [`${SAYS}; undone: list footer`],
      strengths: ['strong'],
    },
    'up to l=': {
      docs: message(...signedClaims('verified (covers 10 of 20 bytes)', { bits: 2048 })),
      statements: [`${SAYS}; covers 10 of 20 bytes`],
      strengths: ['moderate'],
    },
    'a short key': {
      docs: message(...signedClaims('verified (key of 512 bits)', { bits: 512 })),
      statements: [SAYS.replace('2048 bits', '512 bits; key of 512 bits')],
      strengths: ['weak'],
    },
    'Ed25519 is not short': {
      docs: message(...signedClaims('verified', { bits: 256, algorithm: 'ed25519-sha256' })),
      statements: [SAYS.replace('2048', '256')],
      strengths: ['very-strong'],
    },
    'the header alone': {
      docs: message(...signedClaims('headers verified, body absent', { bits: 2048 })),
      statements: [SAYS.replace('body and ', '')],
      strengths: ['moderate'],
    },
    'a recovered key': {
      docs: message(...signedClaims('verified (key recovered from the corpus)', { bits: 2048 })),
      statements: [
        'has body and headers (from, to, subject, date) unchanged since the key of example.org (selector s1) signed them, a key computed from messages of this corpus: one signer made them all; who that was, it does not say; key recovered from the corpus',
      ],
      strengths: ['strong'],
    },
    'of two the stronger': {
      docs: message(...signedClaims('verified', { domain: 'example.net', bits: 2048 }), ...signedClaims('verified', { nth: 1, bits: 2048 })),
      statements: [SAYS],
      strengths: ['very-strong'],
    },
  },
  silent: {
    'no key': message(...signedClaims('key unknown (body intact)')),
    'key-known-to-others: the header differs from what the key signed': message(...signedClaims('headers changed', { bits: 2048 })),
    'not-all-is-signed: a seal covers no body': message(...signedClaims('verified', { kind: 'arc-seal', bits: 2048 })),
    unsigned: message(),
  },
});

import { signedHeadersChanged } from '../../src/rules/artifact/signed-headers-changed.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { signedClaims } from '../support/signed.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const SAYS =
  'has other headers than those that example.org (selector s1) signed (among from, to, subject, date, mime-version); its body is the signed one';

ruleTest(signedHeadersChanged, {
  fires: {
    'the neighbours verify': {
      docs: message(...signedClaims('headers changed', { bits: 2048, neighbours: [12, 12] })),
      statements: [`${SAYS}; 12 of 12 others signed so within 14 days came through unchanged`],
      strengths: ['moderately-strong'],
      about: [['mail.eml']],
    },
    'one neighbour verifies': {
      docs: message(...signedClaims('headers changed', { bits: 2048, neighbours: [1, 1] })),
      statements: [`${SAYS}; 1 of 1 others signed so within 14 days came through unchanged`],
      strengths: ['moderate'],
    },
    'most neighbours fail': {
      docs: message(...signedClaims('headers changed', { bits: 2048, neighbours: [1, 8] })),
      statements: [`${SAYS}; 1 of 8 others signed so within 14 days came through unchanged`],
      strengths: ['weak'],
    },
    'a gateway had it': {
      docs: message(...signedClaims('headers changed', { bits: 2048, neighbours: [12, 12] }), text('mark.relayed', 'gateway')),
      statements: [`${SAYS}; 12 of 12 others signed so within 14 days came through unchanged`],
      strengths: ['moderate'],
    },
  },
  silent: {
    'honest twin: verified': message(...signedClaims('verified', { bits: 2048, neighbours: [12, 12] })),
    'changed-on-the-way: a prefix was undone': message(...signedClaims('verified (undone: subject prefix)', { bits: 2048, neighbours: [12, 12] })),
    'other-key: no neighbour verifies': message(...signedClaims('headers changed', { bits: 2048, neighbours: [0, 12] })),
    'other-key: no neighbours': message(...signedClaims('headers changed', { bits: 2048 })),
    'no key': message(...signedClaims('key unknown (body intact)', { neighbours: [12, 12] })),
    'another signature verifies': message(
      ...signedClaims('verified', { domain: 'example.net', bits: 2048 }),
      ...signedClaims('headers changed', { nth: 1, bits: 2048, neighbours: [12, 12] }),
    ),
  },
});

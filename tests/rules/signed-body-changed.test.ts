import { signedBodyChanged } from '../../src/rules/artifact/signed-body-changed.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';
import { signedClaims } from '../support/signed.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const KNOWN = 'has another body than the one that example.org (selector s1) signed; the signature over its headers verifies';
const UNKNOWN = 'has another body than the one whose digest stands in the signature of example.org (selector s1)';

ruleTest(signedBodyChanged, {
  fires: {
    'headers verify, the neighbours are unchanged': {
      docs: message(...signedClaims('body changed', { bits: 2048, neighbours: [14, 15] })),
      statements: [`${KNOWN}; 14 of 15 others signed so within 14 days came through unchanged`],
      strengths: ['moderately-strong'],
      about: [['mail.eml']],
    },
    'headers verify, no neighbours': {
      docs: message(...signedClaims('body changed (undone: subject prefix)', { bits: 2048 })),
      statements: [KNOWN],
      strengths: ['moderate'],
    },
    'headers verify, the store changed most': {
      docs: message(...signedClaims('body changed', { bits: 2048, neighbours: [1, 9] })),
      statements: [`${KNOWN}; 1 of 9 others signed so within 14 days came through unchanged`],
      strengths: ['weak'],
    },
    'no key, the neighbours are unchanged': {
      docs: message(...signedClaims('key unknown (body changed)', { neighbours: [20, 20] })),
      statements: [`${UNKNOWN}; 20 of 20 others signed so within 14 days came through unchanged`],
      strengths: ['moderate'],
    },
    'no key, nothing else': { docs: message(...signedClaims('key unknown (body changed)')), statements: [UNKNOWN], strengths: ['weak'] },
    'nothing fits': {
      docs: message(...signedClaims('headers and body changed', { bits: 1024 })),
      statements: [`${UNKNOWN}, and its signed headers differ, too`],
      strengths: ['weak'],
    },
    'a list had it': {
      docs: message(...signedClaims('body changed', { bits: 2048, neighbours: [14, 15] }), text('mark.relayed', 'list')),
      statements: [`${KNOWN}; 14 of 15 others signed so within 14 days came through unchanged`],
      strengths: ['moderate'],
    },
    'of two signatures, the one whose headers verify': {
      docs: message(
        ...signedClaims('key unknown (body changed)', { domain: 'example.net' }),
        ...signedClaims('body changed', { nth: 1, bits: 1024 }),
      ),
      statements: [KNOWN],
    },
    'a seal that verifies says nothing of the body': {
      docs: message(...signedClaims('verified', { kind: 'arc-seal' }), ...signedClaims('body changed', { nth: 1, bits: 1024 })),
      statements: [KNOWN],
    },
  },
  silent: {
    'honest twin: verified': message(...signedClaims('verified', { bits: 2048, neighbours: [14, 15] })),
    'changed-on-the-way: a footer was undone': message(...signedClaims('verified (undone: list footer)', { bits: 2048 })),
    'changed-on-the-way: a footer was undone, no key': message(...signedClaims('key unknown (body intact; undone: list footer)')),
    'signed-again: the list signed what it made of it': message(
      ...signedClaims('verified', { domain: 'lists.example.net', bits: 2048 }),
      ...signedClaims('body changed', { nth: 1, bits: 2048 }),
    ),
    'headers only': message(...signedClaims('headers changed', { bits: 2048, neighbours: [14, 15] })),
    'only an ARC message signature is older than the change': message(...signedClaims('body changed', { kind: 'arc-message', bits: 2048 })),
  },
});

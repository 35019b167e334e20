import { brokenArcChain } from '../../src/rules/artifact/broken-arc-chain.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const seal = (instance: number, verdict: string): TestClaim => text('arc.verdict', verdict, { field: `ARC-Seal i=${instance}` });
const fault = (says: string): TestClaim => text('arc.fault', says, { field: 'ARC sets', basis: 'observed' });

ruleTest(brokenArcChain, {
  fires: {
    'a server says that it failed': {
      docs: message(seal(2, 'fail'), seal(1, 'none')),
      statements: ['carries ARC sets that are no whole chain: the server of set 2 says that the sets before its own did not verify'],
      about: [['mail.eml']],
    },
    'a set is missing': {
      docs: message(seal(3, 'pass'), seal(1, 'none'), fault('no set 2, though there is one of number 3')),
      statements: ['carries ARC sets that are no whole chain: no set 2, though there is one of number 3'],
    },
    'more faults than are told': {
      docs: message(fault('a'), fault('b'), fault('c'), fault('d'), fault('e')),
      statements: ['carries ARC sets that are no whole chain: a, b, c and 2 more'],
    },
  },
  silent: {
    'honest twin: three sets that pass': message(seal(3, 'pass'), seal(2, 'pass'), seal(1, 'none')),
    'no ARC at all': message(text('name.title', 'Lettre')).map((d) => ({ ...d, claims: [] })),
    'changed-by-a-list: the list sealed it itself and passes': message(seal(2, 'pass'), seal(1, 'none')),
    'fields-taken-out: the whole chain is gone': [{ name: 'bare.eml', mediaType: 'message/rfc822', claims: [] }],
    'no message': [{ name: 'note.txt', mediaType: 'text/plain', claims: [seal(2, 'fail')] }],
  },
});

import { lookalikeAddress } from '../../src/rules/corpus/lookalike-address.ts';
import { address } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const mail = (name: string, from: string, to = 'claire@campagne.example'): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [address('party.from', '', from), address('party.to', '', to)],
});
const usual = (n: number, domain = 'kerdavel.example'): TestDoc[] => Array.from({ length: n }, (_, i) => mail(`usual-${i}`, `paul@${domain}`));

ruleTest(lookalikeAddress, {
  fires: {
    'a digit for a letter': {
      docs: [...usual(12), mail('odd', 'paul@kerdave1.example')],
      statements: [
        "comes from 'kerdave1.example', which looks like 'kerdavel.example', from where 12 other messages came; nobody here wrote to the former",
      ],
      strengths: ['moderate'],
      about: [['odd']],
      rootCauses: ['lookalike:kerdave1.example'],
    },
    'a Cyrillic letter': {
      docs: [...usual(12), mail('odd', 'paul@kerd\u0430vel.example')],
      statements: [
        "comes from 'kerd\u0430vel.example', which looks like 'kerdavel.example', from where 12 other messages came; nobody here wrote to the former",
      ],
    },
    'rn for m, and another ending': {
      docs: [...usual(12, 'mail.campagne.co.uk'), mail('odd', 'paul@carnpagne.com')],
      statements: [
        "comes from 'carnpagne.com', which looks like 'mail.campagne.co.uk', from where 12 other messages came; nobody here wrote to the former",
      ],
    },
    'two letters swapped': {
      docs: [...usual(12), mail('odd', 'paul@kerdvael.example'), mail('odd-2', 'paul@kerdvael.example')],
      statements: [
        "comes from 'kerdvael.example', which is one letter from 'kerdavel.example', from where 12 other messages came; nobody here wrote to the former",
      ],
      strengths: ['weak'],
      about: [['odd', 'odd-2']],
    },
  },
  silent: {
    'honest twin: the domain itself, and a server of it': [...usual(12), mail('odd', 'paul@mail.kerdavel.example')],
    'another-house: people here write to it': [
      ...usual(12),
      mail('odd', 'paul@kerdave1.example'),
      mail('reply', 'claire@campagne.example', 'paul@kerdave1.example'),
    ],
    'another-house: many messages': [...usual(12), ...[1, 2, 3, 4].map((n) => mail(`odd-${n}`, 'paul@kerdave1.example'))],
    'another-house: one letter apart under another ending': [...usual(12), mail('odd', 'paul@kerdaval.test')],
    'typing-error: two letters apart': [...usual(12), mail('odd', 'paul@kerdoval.example')],
    'numbered branches': [...usual(12, 'kerdavel2.example'), mail('odd', 'paul@kerdavel3.example')],
    'short names': [...usual(12, 'abcde.example'), mail('odd', 'paul@abcdf.example')],
    'too few to be a correspondent': [...usual(5), mail('odd', 'paul@kerdave1.example')],
  },
});

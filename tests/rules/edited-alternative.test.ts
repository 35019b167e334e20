import { editedAlternative } from '../../src/rules/artifact/edited-alternative.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const place = (field: 'a number' | 'words', plain: string, html: string): TestClaim =>
  text('mark.alternative', `'${plain}' in the plain text, '${html}' in the HTML`, { field, basis: 'observed' });

ruleTest(editedAlternative, {
  fires: {
    'a sum': {
      docs: message(place('a number', '41 200', '1 200')),
      statements: ["says '41 200' in the plain text, '1 200' in the HTML, where the words around it are the same in both"],
      strengths: ['moderate'],
      about: [['mail.eml']],
    },
    'a sum comes before a word': {
      docs: message(place('words', 'lundi', 'jeudi'), place('a number', '41 200', '1 200')),
      statements: ["says '41 200' in the plain text, '1 200' in the HTML, where the words around it are the same in both; 1 other place likewise"],
      strengths: ['moderate'],
    },
    'a word': {
      docs: message(place('words', 'sans reçu', 'avec reçu')),
      statements: ["says 'sans reçu' in the plain text, 'avec reçu' in the HTML, where the words around it are the same in both"],
      strengths: ['weak'],
    },
    'a sum on a list': {
      docs: message(place('a number', '41 200', '1 200'), text('mark.relayed', 'list')),
      statements: ["says '41 200' in the plain text, '1 200' in the HTML, where the words around it are the same in both"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: nothing differs': message(),
    'newsletter: a word, sent to a list': message(place('words', 'advertisement', 'sponsor'), text('mark.relayed', 'list')),
    'list-or-gateway: a word': message(place('words', 'lien', 'adresse'), text('mark.relayed', 'gateway')),
    'not a message': [{ name: 'a.txt', claims: [place('a number', '41 200', '1 200')] }],
  },
});

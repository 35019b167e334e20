import { subjectAgainstTopic } from '../../src/rules/artifact/subject-against-topic.ts';
import { text, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const FIRST = text('id.conversation-index', `01d2a6f86f0d${'ab'.repeat(16)}`);
const ANSWER = text('id.conversation-index', `01d2a6f86f0d${'ab'.repeat(16)}0000000a10`);
const message = (subject: string, topic: string, ...claims: readonly TestClaim[]): TestDoc[] => [
  { name: 'mail.eml', mediaType: 'message/rfc822', claims: [text('name.title', subject), text('name.topic', topic), ...claims] },
];

ruleTest(subjectAgainstTopic, {
  fires: {
    'another subject': {
      docs: message('Acompte versé à Kerdavel', 'Devis de Kerdavel', FIRST),
      statements: [
        "has the subject 'Acompte versé à Kerdavel', but begins a conversation whose subject, kept beside it by Outlook, is 'Devis de Kerdavel'",
      ],
      strengths: ['weak'],
      about: [['mail.eml']],
    },
    'another year in it': {
      docs: message('Budget 2016', 'Budget 2017', FIRST),
      statements: ["has the subject 'Budget 2016', but begins a conversation whose subject, kept beside it by Outlook, is 'Budget 2017'"],
    },
  },
  silent: {
    'honest twin: the same': message('Devis de Kerdavel', 'Devis de Kerdavel', FIRST),
    'marks of answering, blanks and signs': message('TR: RE: Devis  de «Kerdavel»', 'Devis de "Kerdavel"', FIRST),
    'rewritten-on-the-way: a tag in front': message('[EXTERNAL] Devis de Kerdavel', 'Devis de Kerdavel', FIRST),
    'rewritten-on-the-way: a report of it': message('Undeliverable: Devis de Kerdavel', 'Devis de Kerdavel', FIRST),
    'rewritten-on-the-way: a list': message('Acompte', 'Devis', FIRST, text('mark.relayed', 'list')),
    'a topic that was cut': message('Devis de Kerdavel pour les affiches', 'Devis de Kerdavel', FIRST),
    'an answer under a new subject': message('Acompte', 'Devis', ANSWER),
    'an answer that names what it answers': message('Acompte', 'Devis', FIRST, text('id.in-reply-to', 'a@example.org')),
    'no Thread-Index': message('Acompte', 'Devis'),
    'a character set read wrongly': message('Ac?mpte', 'Devis', FIRST),
    'edited-by-owner: the header as received still agrees': message('Acompte', 'Devis', FIRST, text('name.title', 'Devis')),
    'not a message': [{ name: 'a.pdf', mediaType: 'application/pdf', claims: [text('name.title', 'A'), text('name.topic', 'B'), FIRST] }],
  },
});

import { forwardedAsText } from '../../src/rules/artifact/forwarded-as-text.ts';
import { text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const forward = (mediaType: string, ...claims: TestDoc['claims']): TestDoc[] => [{ name: 'forward.eml', mediaType, claims }];
const UNFILED = text('quote.unfiled', 'claire@example.org to paul@example.org: the list', { basis: 'observed' });

ruleTest(forwardedAsText, {
  fires: {
    'neither mailbox has it': {
      docs: forward('message/rfc822', UNFILED),
      statements: ["repeats as text a message, 'claire@example.org to paul@example.org: the list', of which neither mailbox holds a copy"],
      about: [['forward.eml']],
    },
  },
  // Which messages lack a copy is the examination's to say: tests/examinations/forwarded-mail.test.ts.
  silent: {
    'honest twin: what it passes on is there': forward('message/rfc822', text('quote.of', 'a1@example.org')),
    'deleted-by-both: nothing was observed': forward('message/rfc822'),
    'other-account: nothing was observed of that mailbox': forward('message/rfc822', text('quote.relation', 'verbatim')),
    'not a message': forward('application/pdf', UNFILED),
  },
});

import { orphanReplies } from '../../src/rules/corpus/orphan-replies.ts';
import { text, type TestClaim, time } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const RECEIVED = time('time.received', '2017-03-01T10:00:09Z');
const mail = (name: string, folder: string, ...claims: readonly TestClaim[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [text('place.folder', folder), ...claims],
});
const answered = (n: number, folder: string): TestDoc[] =>
  Array.from({ length: n }, (_, i) => mail(`a${i}.eml`, folder, text('thread.parent', `p${i}@example.org`), RECEIVED));
const orphan = (name: string, folder: string, ...more: readonly TestClaim[]): TestDoc =>
  mail(name, folder, text('thread.missing', `${name}@example.org`), ...more);

ruleTest(orphanReplies, {
  fires: {
    'one among fifty': {
      docs: [...answered(50, 'mail/Inbox'), orphan('x', 'mail/Inbox', RECEIVED)],
      statements: ["answers the message 'x@example.org', which is nowhere in the corpus; those that 50 other replies in the folder answer are there"],
      about: [['x']],
      rootCauses: ['missing:x@example.org'],
    },
  },
  silent: {
    'honest twin: every answer has its letter': answered(60, 'mail/Inbox'),
    'incomplete-store: three of fifty': [...answered(50, 'mail/Inbox'), ...['x', 'y', 'z'].map((name) => orphan(name, 'mail/Inbox', RECEIVED))],
    'deleted-by-owner: what came from outside, answered by the owner': [...answered(50, 'mail/Sent'), orphan('x', 'mail/Sent')],
    'a list, whose archive is not here': [...answered(50, 'mail/Inbox'), orphan('x', 'mail/Inbox', RECEIVED, text('mark.relayed', 'list'))],
    'too few answers': [...answered(49, 'mail/Inbox'), orphan('x', 'mail/Inbox', RECEIVED)],
    'a folder that people fill by hand': [...answered(50, 'mail/Projects'), orphan('x', 'mail/Projects', RECEIVED)],
  },
});

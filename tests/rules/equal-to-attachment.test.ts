import { equalToAttachment } from '../../src/rules/artifact/equal-to-attachment.ts';
import { looseFile } from '../support/mailed-copy.ts';
import { ruleTest } from '../support/rule-test.ts';

const equal = { relation: 'same-bytes', mailedAt: '2016-05-05T09:12:00Z' } as const;

ruleTest(equalToAttachment, {
  fires: {
    'delivered by a server': {
      docs: looseFile({}, equal),
      statements: ['is equal, byte for byte, to an attachment delivered 2016-05-05T09:12:00Z'],
      strengths: ['moderate'],
    },
    'in a message that no server stamped: as loose as the file': {
      docs: looseFile({}, { ...equal, byServer: false }),
      statements: ['is equal, byte for byte, to an attachment delivered 2016-05-05T09:12:00Z'],
      strengths: ['weak'],
    },
  },
  silent: {
    'both-changed: only the content is the same': looseFile({}, { relation: 'same-content', mailedAt: '2016-05-05T09:12:00Z' }),
    'message-made-up: a different content': looseFile({}, { relation: 'different-content', mailedAt: '2016-05-05T09:12:00Z' }),
    'nothing to compare with': looseFile({}),
  },
});

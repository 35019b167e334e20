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
    'the signature of the message that carries it verifies': {
      docs: looseFile({}, { ...equal, signed: 'verified' }),
      statements: [
        'is equal, byte for byte, to an attachment delivered 2016-05-05T09:12:00Z; the signature of example.org s=s1 on the message that carries it verifies',
      ],
      strengths: ['very-strong'],
    },
    'verified by a key of the corpus itself': {
      docs: looseFile({}, { ...equal, signed: 'verified (key recovered from the corpus)' }),
      statements: [
        'is equal, byte for byte, to an attachment delivered 2016-05-05T09:12:00Z; the signature of example.org s=s1 on the message that carries it verifies, by a key computed from messages of this corpus',
      ],
      strengths: ['strong'],
    },
  },
  silent: {
    'both-changed: only the content is the same': looseFile({}, { relation: 'same-content', mailedAt: '2016-05-05T09:12:00Z' }),
    'message-made-up: a different content': looseFile({}, { relation: 'different-content', mailedAt: '2016-05-05T09:12:00Z' }),
    'nothing to compare with': looseFile({}),
  },
});

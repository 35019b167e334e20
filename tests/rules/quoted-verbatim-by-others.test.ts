import { quotedVerbatimByOthers } from '../../src/rules/artifact/quoted-verbatim-by-others.ts';
import { number } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const quotedBy = (senders: number, folders: number, mediaType = 'message/rfc822', signed = 0): TestDoc[] => [
  {
    name: 'a.eml',
    mediaType,
    claims: [
      number('quote.verbatim-by', senders),
      ...(signed > 0 ? [number('quote.verbatim-signed', signed)] : []),
      number('quote.verbatim-in', folders),
    ],
  },
];

ruleTest(quotedVerbatimByOthers, {
  fires: {
    'by two, in two folders': {
      docs: quotedBy(2, 2),
      statements: ['is quoted word for word by 2 others in their replies, which lie in 2 folders'],
      about: [['a.eml']],
      strengths: ['moderate'],
    },
    'by three, all in one folder': {
      docs: quotedBy(3, 1),
      statements: ['is quoted word for word by 3 others in their replies, which lie in one folder'],
      strengths: ['weak'],
    },
    'by three in one folder, the mail of two of them signed': {
      docs: quotedBy(3, 1, 'message/rfc822', 2),
      statements: ['is quoted word for word by 3 others in their replies, which lie in one folder; 2 of these replies bear signatures that verify'],
      strengths: ['moderate'],
    },
    'by two in one folder, the mail of one of them signed': {
      docs: quotedBy(2, 1, 'message/rfc822', 1),
      statements: [
        'is quoted word for word by 2 others in their replies, which lie in one folder; one of these replies bears a signature that verifies',
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'one-hand: by one person only': quotedBy(1, 3),
    'replies-changed-too: no reply quotes it as it stands': [{ name: 'a.eml', mediaType: 'message/rfc822', claims: [] }],
    'not a message': quotedBy(2, 2, 'application/pdf'),
  },
});

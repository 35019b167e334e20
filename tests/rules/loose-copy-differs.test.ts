import { looseCopyDiffers } from '../../src/rules/artifact/loose-copy-differs.ts';
import { looseFile } from '../support/mailed-copy.ts';
import { ruleTest } from '../support/rule-test.ts';

const difference = "1 of 312 passages: Budget!B7: '12,000' there, '92,000' here";
const changed = { relation: 'different-content', difference, equal: 311, mailedAt: '2016-05-05T09:12:00Z', savedBy: 'Claire Moreau' } as const;

ruleTest(looseCopyDiffers, {
  fires: {
    'one number changed by another hand': {
      docs: looseFile({ at: '2017-03-27T12:41:00Z', by: 'Рожков Егор' }, changed),
      statements: [`differs from the copy mailed 2016-05-05T09:12:00Z in ${difference}; last saved 2017-03-27T12:41:00Z by 'Рожков Егор'`],
      about: [['loose/budget.xlsx']],
      strengths: ['moderate'],
    },
    'by nobody it names': {
      docs: looseFile({ at: '2017-03-27T12:41:00Z' }, changed),
      statements: [`differs from the copy mailed 2016-05-05T09:12:00Z in ${difference}; last saved 2017-03-27T12:41:00Z, by nobody it names`],
    },
    'later-version by the same author is possible, and said softly': {
      docs: looseFile({ at: '2016-05-06T12:41:00Z', by: 'Claire Moreau' }, changed),
      statements: [`differs from the copy mailed 2016-05-05T09:12:00Z in ${difference}; last saved 2016-05-06T12:41:00Z by 'Claire Moreau'`],
      strengths: ['weak'],
    },
    'the latest mailing before the saving is the one compared with': {
      docs: looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, changed, {
        ...changed,
        mailedAt: '2016-09-01T10:00:00Z',
        difference: '2 of 312 passages: …',
      }),
      statements: ["differs from the copy mailed 2016-09-01T10:00:00Z in 2 of 312 passages: …; last saved 2017-03-27T12:41:00Z by 'X'"],
    },
  },
  silent: {
    'honest twin: same content': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, { ...changed, relation: 'same-content' }),
    'mailed-again: another mailed copy says the same': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, changed, {
      relation: 'same-bytes',
      mailedAt: '2017-03-28T00:00:00Z',
    }),
    'later-version: the mailed one is the later': looseFile({ at: '2016-05-04T12:41:00Z', by: 'X' }, changed),
    'saved within the minutes of sending': looseFile({ at: '2016-05-05T09:20:00Z', by: 'X' }, changed),
    'no time of saving, so no order': looseFile({ by: 'X' }, changed),
    'a wall time is not compared': looseFile({ at: '2017-03-27T12:41:00', by: 'X' }, changed),
    'filled-in-template: not compared at all, no claim': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }),
  },
});

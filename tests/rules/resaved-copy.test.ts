import { resavedCopy } from '../../src/rules/artifact/resaved-copy.ts';
import { looseFile } from '../support/mailed-copy.ts';
import { ruleTest } from '../support/rule-test.ts';

const same = { relation: 'same-content', equal: 312, mailedAt: '2016-05-05T09:12:00Z', savedBy: 'Claire Moreau' } as const;

ruleTest(resavedCopy, {
  fires: {
    'saved again by another': {
      docs: looseFile({ at: '2017-03-27T12:41:00Z', by: 'Рожков Егор' }, same),
      statements: [
        "holds the same 312 passages of content as the copy mailed 2016-05-05T09:12:00Z, and is last saved 2017-03-27T12:41:00Z by 'Рожков Егор'",
      ],
      about: [['loose/budget.xlsx']],
    },
    'by nobody it names': {
      docs: looseFile({ at: '2017-03-27T12:41:00Z' }, same),
      statements: [
        'holds the same 312 passages of content as the copy mailed 2016-05-05T09:12:00Z, and is last saved 2017-03-27T12:41:00Z, by nobody it names',
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: equal bytes': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, { ...same, relation: 'same-bytes' }),
    'opened-and-saved: by the hand that saved the mailed one': looseFile({ at: '2017-03-27T12:41:00Z', by: 'Claire Moreau' }, same),
    'collected: a version mailed with these very bytes': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, same, {
      relation: 'same-bytes',
      mailedAt: '2017-03-27T13:00:00Z',
    }),
    'another content is another matter': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, { ...same, relation: 'different-content' }),
    'saved before it was mailed': looseFile({ at: '2016-05-05T09:00:00Z', by: 'X' }, same),
    'no delivery known': looseFile({ at: '2017-03-27T12:41:00Z', by: 'X' }, { relation: 'same-content', equal: 3 }),
  },
});

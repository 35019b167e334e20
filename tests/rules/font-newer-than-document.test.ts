import { fontNewerThanDocument } from '../../src/rules/artifact/font-newer-than-document.ts';
import { text, time, type TestClaim, unread } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

/** Said by the font program in an object of the newest revision. */
const inProgram = (object: number, c: TestClaim): TestClaim => ({
  ...c,
  locator: { in: 'pdf', revision: 1, object, generation: 0, key: 'FontFile2/head' },
});
const font = (object: number, name: string, created: string, modified: string): TestClaim[] =>
  [text('font.name', name), time('font.created', created), time('font.modified', modified)].map((c) => inProgram(object, c));
const dated = (iso: string): TestClaim[] => [time('time.created', iso), time('time.modified', iso)];
const pdf = (...claims: readonly TestClaim[]): TestDoc[] => [{ name: 'a.pdf', mediaType: 'application/pdf', claims }];

const GARAMONDE = font(7, 'Garamonde', '2015-06-01T10:00:00Z', '2018-04-09T12:00:00Z');
const ELZEVIR = font(9, 'Elzevir', '2016-02-01T10:00:00Z', '2018-07-03T12:00:00Z');
const OLD = '2015-03-04T11:20:31+01:00';

ruleTest(fontNewerThanDocument, {
  fires: {
    'two fonts, both younger': {
      docs: pdf(...dated(OLD), ...GARAMONDE, ...ELZEVIR),
      statements: [
        "says it was last saved 2015-03-04T10:20:31Z, its latest time, and embeds a font, 'Elzevir', that was changed 2018-07-03T12:00:00Z by its own account, 1217 d later",
      ],
      strengths: ['moderate'],
      about: [['a.pdf']],
    },
    'one clock of one font': {
      docs: pdf(...dated('2015-09-04T11:20:31+02:00'), ...GARAMONDE),
      statements: [
        "says it was last saved 2015-09-04T09:20:31Z, its latest time, and embeds a font, 'Garamonde', that was changed 2018-04-09T12:00:00Z by its own account, 948 d later",
      ],
      strengths: ['weak'],
    },
    'no name, and no time but that of the making': {
      docs: pdf(time('time.created', OLD), time('font.created', '2018-04-09T12:00:00Z')),
      statements: [
        'says it was created 2015-03-04T10:20:31Z, its latest time, and embeds a font that was begun 2018-04-09T12:00:00Z by its own account, 1132 d later',
      ],
      strengths: ['weak'],
    },
    'date-given: midnight, and so it counts for less': {
      docs: pdf(...dated('2015-03-04T00:00:00+01:00'), ...GARAMONDE, ...ELZEVIR),
      statements: [
        "says it was last saved 2015-03-03T23:00:00Z, its latest time, and embeds a font, 'Elzevir', that was changed 2018-07-03T12:00:00Z by its own account, 1218 d later",
      ],
      strengths: ['weak'],
    },
    'one that is senseless beside one that is not': {
      docs: pdf(...dated(OLD), ...font(7, 'Garamonde', '2019-06-01T10:00:00Z', '2014-04-09T12:00:00Z'), ...ELZEVIR),
      statements: [
        "says it was last saved 2015-03-04T10:20:31Z, its latest time, and embeds a font, 'Elzevir', that was changed 2018-07-03T12:00:00Z by its own account, 1217 d later",
      ],
    },
  },
  silent: {
    'honest twin': pdf(...dated('2020-10-13T09:00:12+02:00'), ...GARAMONDE, ...ELZEVIR),
    'saved again later': pdf(time('time.created', OLD), time('time.modified', '2019-01-08T08:00:00Z'), ...GARAMONDE, ...ELZEVIR),
    'signed later': pdf(...dated(OLD), time('time.signed', '2019-01-08T08:00:00Z'), ...GARAMONDE),
    'font-clock: stamped when it was embedded': pdf(
      ...dated('2015-03-04T10:20:31Z'),
      ...font(7, 'Garamonde', '2015-03-04T10:20:33Z', '2015-03-04T10:20:33Z'),
    ),
    "font-clock: its maker's zone": pdf(...dated(OLD), ...font(7, 'Garamonde', '2014-06-01T10:00:00Z', '2015-03-05T09:00:00Z')),
    'font-clock: counted from the wrong year': pdf(...dated(OLD), ...font(7, 'Garamonde', '2086-06-01T10:00:00Z', '2088-03-05T09:00:00Z')),
    'font-clock: changed before it was begun': pdf(...dated(OLD), ...font(7, 'Garamonde', '2019-06-01T10:00:00Z', '2014-04-09T12:00:00Z')),
    'computer-clock: never set': pdf(...dated('2000-01-01T00:00:00Z'), ...GARAMONDE, ...ELZEVIR),
    'changed-by-holder: the font is younger than the taking': {
      docs: pdf(...dated(OLD), ...GARAMONDE, ...ELZEVIR),
      context: { acquiredAt: { kind: 'instant', epochMs: Date.parse('2017-05-05T00:00:00Z'), offsetMinutes: 0, precisionMs: 1000 } },
    },
    'a last saving without a zone': pdf(time('time.created', OLD), time('time.modified', '2015-03-04T11:20:31'), ...GARAMONDE, ...ELZEVIR),
    'a last saving that cannot be read': pdf(time('time.created', OLD), unread('time.modified', 'D:20'), ...GARAMONDE, ...ELZEVIR),
    'a document without times': pdf(...GARAMONDE, ...ELZEVIR),
  },
});

import { queueIdAgainstReceived } from '../../src/rules/artifact/queue-id-against-received.ts';
import { time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const at = (nth: number, name: string): TestClaim['locator'] => ({ in: 'header', part: '', name, nth });
const text = (nth: number, iso: string): TestClaim => ({ ...time('time.received', iso, { field: 'Received' }), locator: at(nth, 'Received') });
const id = (nth: number, iso: string, field = 'queue id'): TestClaim => ({
  ...time('time.hidden', iso, { field }),
  locator: at(nth, field === 'SMTP id' ? 'X-Received#id' : 'Received#id'),
});

ruleTest(queueIdAgainstReceived, {
  fires: {
    'one server, weeks apart': {
      docs: message(text(0, '2017-03-02T08:00:09Z'), text(1, '2017-03-02T08:00:02Z'), id(1, '2017-03-26T08:00:02Z')),
      statements: [
        'carries a Received header that says 2017-03-02T08:00:02Z, while the id that the same server gave counts 2017-03-26T08:00:02Z, 24 d after it',
      ],
      strengths: ['moderately-strong'],
      about: [['mail.eml']],
    },
    'two servers, the same shift': {
      docs: message(text(0, '2017-03-02T08:00:09Z'), id(0, '2017-03-26T08:00:08Z'), text(1, '2017-03-02T08:00:02Z'), id(1, '2017-03-26T08:00:02Z')),
      statements: [
        'carries a Received header that says 2017-03-02T08:00:09Z, while the id that the same server gave counts 2017-03-26T08:00:08Z, 24 d after it; 1 other of its servers likewise',
      ],
      strengths: ['strong'],
    },
    'an afternoon': {
      docs: message(text(0, '2017-03-26T16:40:10Z'), id(0, '2017-03-26T11:02:40Z')),
      statements: [
        'carries a Received header that says 2017-03-26T16:40:10Z, while the id that the same server gave counts 2017-03-26T11:02:40Z, 5.6 h before it',
      ],
      strengths: ['moderate'],
    },
  },
  silent: {
    'honest twin: seconds apart': message(text(0, '2017-03-26T08:00:09Z'), id(0, '2017-03-26T08:00:08Z')),
    'zone-multiple: the words are three hours ahead': message(text(0, '2017-03-26T11:00:09Z'), id(0, '2017-03-26T08:00:08Z')),
    'slow-transfer: an hour and a half': message(text(0, '2017-03-26T09:31:09Z'), id(0, '2017-03-26T08:00:08Z')),
    'dates-shifted: and the id is of a make that counts nothing': message(text(0, '2017-03-02T08:00:09Z')),
    'ids of another header': message(text(0, '2017-03-26T08:00:09Z'), id(1, '2017-01-26T08:00:08Z')),
    'an id of X-Received beside a Received of the same number': message(text(0, '2017-03-26T08:00:09Z'), id(0, '2017-01-26T08:00:08Z', 'SMTP id')),
    'a clock that stands elsewhere': message(text(0, '2017-03-26T08:00:09Z'), id(0, '2017-01-26T08:00:08Z', 'Message-ID')),
    'no zone in words': message(text(0, '2017-03-02T08:00:09'), id(0, '2017-03-26T08:00:08Z')),
    'not a message': [{ name: 'a.pdf', claims: [text(0, '2017-03-02T08:00:09Z'), id(0, '2017-03-26T08:00:08Z')] }],
  },
});

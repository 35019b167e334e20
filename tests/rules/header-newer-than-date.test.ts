import { headerNewerThanDate } from '../../src/rules/artifact/header-newer-than-date.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const message = (...claims: TestClaim[]): TestDoc[] => [{ name: 'mail.eml', mediaType: 'message/rfc822', claims }];
const date = (iso: string): TestClaim => time('time.sent', iso, { field: 'Date' });
const hop = (iso: string, raw = 'from a by b with ESMTPS'): TestClaim => time('time.received', iso, { field: 'Received', raw });
const mailer = (name: string): TestClaim => text('tool.mailer', name, { field: 'X-Mailer' });
const arc = text('mark.dated-header', 'arc-seal', { field: 'ARC-Seal' });
const TLS13 = 'from a by b (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256); Mon, 5 May 2014 10:00:00 +0000';

ruleTest(headerNewerThanDate, {
  fires: {
    'a server names TLS 1.3 in 2014': {
      docs: message(hop('2014-05-05T10:00:00Z', TLS13), date('2014-05-05T09:59:50Z')),
      statements: [
        'carries a Received header of 2014-05-05T10:00:00Z that names TLS 1.3, which nobody had before 2016-06-01 (draft-ietf-tls-tls13, first servers with draft versions)',
      ],
      strengths: ['moderately-strong'],
      about: [['mail.eml']],
    },
    'a telephone of 2017 in a sent copy of 2012': {
      docs: message(date('2012-05-14T09:00:00+02:00'), mailer('iPhone Mail (14D27)')),
      statements: [
        'is of 2012-05-14T07:00:00Z by the newest of its times, and carries the name of iOS 10 in X-Mailer, which nobody had before 2016-06-13 (first beta, 13 June 2016)',
      ],
      strengths: ['moderate'],
    },
    'a program and the servers of years before': {
      docs: message(hop('2012-05-14T07:00:04Z'), date('2012-05-14T09:00:00+02:00'), mailer('Microsoft Outlook 16.0')),
      statements: [
        'is of 2012-05-14T07:00:04Z by the newest of its times, and carries the name of Outlook 16 in X-Mailer, which nobody had before 2014-10-01 (Office 2016 preview (March 2015))',
      ],
      strengths: ['moderately-strong'],
    },
    'Thunderbird by its major version': {
      docs: message(
        hop('2012-05-14T07:00:04Z'),
        date('2012-05-14T09:00:00+02:00'),
        text('tool.mailer', 'Mozilla/5.0 (Windows NT 10.0; rv:78.0) Gecko/20100101 Thunderbird/78.4.0', { field: 'User-Agent' }),
      ),
      statements: [
        'is of 2012-05-14T07:00:04Z by the newest of its times, and carries the name of Thunderbird 78 in User-Agent, which nobody had before 2019-12-01 (seven months before the release)',
      ],
    },
    'a field of 2015 in a message of 2012': {
      docs: message(hop('2012-05-14T07:00:04Z'), date('2012-05-14T09:00:00+02:00'), arc),
      statements: [
        'is of 2012-05-14T07:00:04Z by the newest of its times, and carries the header ARC-Seal, which nobody had before 2015-01-01 (draft-andersen-arc, October 2015 (RFC 8617))',
      ],
    },
  },
  silent: {
    'honest twin: TLS 1.3 in 2020': message(hop('2020-05-05T10:00:00Z', TLS13), date('2020-05-05T09:59:50Z')),
    'honest twin: a telephone of its time': message(date('2017-02-14T09:00:00+01:00'), mailer('iPhone Mail (14D27)')),
    'honest twin: an old program lives long': message(date('2021-02-14T09:00:00+01:00'), mailer('Microsoft Outlook Express 6.00.2900.2180')),
    'wrong-clock: never set': message(date('1980-01-01T00:02:00Z'), mailer('iPhone Mail (14D27)')),
    'wrong-clock: the servers know better': message(hop('2017-02-14T08:00:04Z'), date('2004-02-14T09:00:00+01:00'), mailer('iPhone Mail (14D27)')),
    'added-later: a server of 2019 handled it again': message(
      hop('2019-01-01T07:00:04Z'),
      hop('2012-05-14T07:00:04Z'),
      date('2012-05-14T09:00:00+02:00'),
      arc,
    ),
    'added-later: an exported mailbox': message(text('mark.relayed', 'export'), hop('2012-05-14T07:00:04Z'), date('2012-05-14T09:00:00+02:00'), arc),
    'early-build: the nightly builds of half a year before': message(date('2016-11-02T09:00:00+01:00'), mailer('Mozilla/5.0 Thunderbird/52.0a1')),
    'unknown to the table': message(date('1999-05-14T09:00:00+02:00'), mailer('The Bat! 9.1'), text('mark.dated-header', 'x-new')),
  },
});

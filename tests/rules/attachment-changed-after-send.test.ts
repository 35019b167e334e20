import { attachmentChangedAfterSend } from '../../src/rules/artifact/attachment-changed-after-send.ts';
import type { Instant } from '../../src/model/attribute.ts';
import { parseIso } from '../../src/model/time.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import { idOf, type TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const mail = (...claims: TestClaim[]): TestDoc => ({ name: 'mail.eml', mediaType: 'message/rfc822', claims });
/** Sent and delivered on 1 March. */
const delivered = mail(
  time('time.received', '2017-03-01T10:00:07Z'),
  time('time.received', '2017-03-01T10:00:02Z'),
  time('time.sent', '2017-03-01T11:00:00+01:00'),
);
const onlySent = mail(time('time.sent', '2017-03-01T11:00:00+01:00'));
const attached = (inside: TestDoc, ...claims: TestClaim[]): TestDoc => ({ name: '2', mediaType: 'application/x-document', claims, inside });
const saved = (iso: string): TestClaim => time('time.modified', iso);
const zip: TestDoc = { name: '3', mediaType: 'application/zip', claims: [], inside: delivered };
const forwarded: TestDoc = { name: '4', mediaType: 'message/rfc822', claims: [time('time.received', '2016-05-05T08:00:00Z')], inside: delivered };
const earlyDocx = attached(delivered, saved('2017-02-27T12:41:00Z'));
const lateDocx = attached(delivered, saved('2017-03-27T12:41:00Z'));
/** Apple Mail keeps it beside a message without it. */
const kept = (field: string, ...claims: TestClaim[]): TestDoc => ({
  name: 'Attachments/12/2/plan.docx',
  claims: [time('attachment.delivered', '2017-03-01T10:00:07Z', { field }), ...claims],
});

ruleTest(attachmentChangedAfterSend, {
  fires: {
    'saved 26 days after delivery': {
      docs: [attached(delivered, time('time.created', '2016-05-05T08:00:00Z'), saved('2017-03-27T12:41:00Z'), text('event.save', 'save:burst'))],
      statements: ['says it was last saved 2017-03-27T12:41:00Z, 26 d after the message that carries it was delivered (2017-03-01T10:00:07Z)'],
      about: [['2']],
      rootCauses: ['save:burst'],
      strengths: ['strong'],
    },
    'no server, only the word of the message': {
      docs: [attached(onlySent, saved('2017-03-01T12:25:00Z'))],
      statements: ['says it was last saved 2017-03-01T12:25:00Z, 2.4 h after the message that carries it says it was sent (2017-03-01T10:00:00Z)'],
      strengths: ['moderate'],
    },
    'hours after delivery, within reach of a zone': {
      docs: [attached(delivered, saved('2017-03-01T12:25:00Z'))],
      statements: ['says it was last saved 2017-03-01T12:25:00Z, 2.4 h after the message that carries it was delivered (2017-03-01T10:00:07Z)'],
      strengths: ['moderate'],
    },
    'a clock without a zone, beyond any zone': {
      docs: [attached(delivered, saved('2017-03-03T09:00:00'))],
      statements: [
        'says it was last saved 2017-03-03T09:00:00 (no zone), 47.0 h after the message that carries it was delivered (2017-03-01T10:00:07Z)',
      ],
      strengths: ['moderate'],
    },
    'a document in an archive in a message': {
      docs: [{ name: 'plan.xlsx', claims: [saved('2017-03-27T12:41:00Z'), time('time.stored', '2017-03-27T15:02:00')], inside: zip }],
      statements: ['says it was last saved 2017-03-27T12:41:00Z, 26 d after the message that carries it was delivered (2017-03-01T10:00:07Z)'],
      about: [['plan.xlsx']],
    },
    'the archive stamped its member': {
      docs: [{ name: 'plan.txt', claims: [time('time.stored', '2017-03-27T12:41:00Z')], inside: zip }],
      statements: [
        'was stored in its archive with the time 2017-03-27T12:41:00Z, 26 d after the message that carries it was delivered (2017-03-01T10:00:07Z)',
      ],
    },
    'kept beside its message': {
      docs: [kept('Received of its message', saved('2017-03-27T12:41:00Z'))],
      statements: ['says it was last saved 2017-03-27T12:41:00Z, 26 d after the message that it is kept beside was delivered (2017-03-01T10:00:07Z)'],
      strengths: ['moderate'],
    },
    'in an archive kept beside its message': {
      docs: [
        {
          name: 'plan.xlsx',
          claims: [time('time.stored', '2017-03-27T15:02:00Z')],
          inside: { ...kept('Date of its message'), mediaType: 'application/zip' },
        },
      ],
      statements: [
        'was stored in its archive with the time 2017-03-27T15:02:00Z, 26 d after the message that it is kept beside says it was sent (2017-03-01T10:00:07Z)',
      ],
      strengths: ['moderate'],
    },
    'only the picture inside the document is late': {
      docs: [{ name: 'image1.png', claims: [saved('2017-03-27T12:41:00Z')], inside: earlyDocx, part: true }],
      statements: [
        'contains a part that says it was last saved 2017-03-27T12:41:00Z, 26 d after the message that carries it was delivered (2017-03-01T10:00:07Z)',
      ],
      about: [['2']],
      rootCauses: [`save:${idOf(earlyDocx)}`],
    },
    'document and picture are late: told once, of the document': {
      docs: [{ name: 'image1.png', claims: [saved('2017-03-27T12:40:00Z')], inside: lateDocx, part: true }],
      statements: ['says it was last saved 2017-03-27T12:41:00Z, 26 d after the message that carries it was delivered (2017-03-01T10:00:07Z)'],
    },
    'in a forwarded message its own delivery counts': {
      docs: [{ name: '4.2', claims: [saved('2016-05-06T08:00:00Z')], inside: forwarded }],
      statements: ['says it was last saved 2016-05-06T08:00:00Z, 24.0 h after the message that carries it was delivered (2016-05-05T08:00:00Z)'],
    },
    'a camera without a zone': {
      docs: [{ ...attached(delivered, saved('2018-03-01T10:00:00')), mediaType: 'image/jpeg' }],
      statements: [
        'says it was last saved 2018-03-01T10:00:00 (no zone), 365 d after the message that carries it was delivered (2017-03-01T10:00:07Z)',
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'kept beside its message, as it was sent': [kept('Received of its message', saved('2017-02-27T12:41:00Z'))],
    'kept beside its message, in an archive of the mailbox': [
      {
        ...kept('Received of its message', time('time.stored', '2017-05-05T09:00:00Z')),
        inside: { name: 'mail.zip', mediaType: 'application/zip', claims: [] },
      },
    ],
    'honest twin: saved, then sent': [attached(delivered, saved('2017-03-01T09:59:00Z'))],
    'late-clock: nine minutes ahead': [attached(delivered, saved('2017-03-01T10:09:00Z'))],
    'late-clock: a whole minute is all the precision there is': [attached(delivered, time('time.modified', '2017-03-01T10:10Z'))],
    'zone-multiple: saved two minutes before sending, in local time called UTC': [attached(delivered, saved('2017-03-01T12:58:07Z'))],
    'constant: the blank workbook of Excel': [
      attached(mail(time('time.received', '2014-03-01T10:00:07Z')), time('time.created', '2015-06-05T18:17:20Z')),
    ],
    'constant: end of 32-bit time': [attached(delivered, saved('2038-01-19T03:14:07Z'))],
    'changed-by-holder: after the dump was acquired': {
      docs: [attached(delivered, saved('2017-05-07T12:00:00Z'))],
      context: { acquiredAt: parseIso('2017-05-05T00:00:00Z') as Instant },
    },
    'no zone, within reach of one': [attached(delivered, saved('2017-03-01T23:59:00'))],
    'what the headers of the message say about the file': [attached(delivered, time('time.stored', '2017-03-27T12:41:00Z'))],
    'not in a message': [{ name: 'plan.xlsx', claims: [saved('2017-03-27T12:41:00Z')] }],
    'message without any time': [attached(mail(), saved('2017-03-27T12:41:00Z'))],
    'delivered again years later: the newest hop counts': [
      attached(mail(time('time.received', '2019-01-01T00:00:00Z'), time('time.received', '2017-03-01T10:00:02Z')), saved('2017-03-27T12:41:00Z')),
    ],
  },
});

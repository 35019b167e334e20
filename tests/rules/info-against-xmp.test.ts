import { infoAgainstXmp } from '../../src/rules/artifact/info-against-xmp.ts';
import { text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const info = (iso: string): TestClaim => time('time.created', iso, { field: 'Info/CreationDate' });
const xmp = (iso: string): TestClaim => time('time.created', iso, { field: 'xmp:CreateDate' });
const pdf = (...claims: TestClaim[]): TestDoc[] => [{ name: 'a.pdf', mediaType: 'application/pdf', claims }];

ruleTest(infoAgainstXmp, {
  fires: {
    'set back in the Info dictionary only': {
      docs: pdf(info('2015-03-04T10:00:00+01:00'), xmp('2017-03-27T14:41:05+02:00')),
      statements: ['says in its Info dictionary that it was created 2015-03-04T09:00:00Z, and in its XMP packet 2017-03-27T12:41:05Z, 754 d apart'],
      strengths: ['moderate'],
      about: [['a.pdf']],
    },
    'by ExifTool': {
      docs: pdf(info('2015-03-04T10:00:00Z'), xmp('2017-03-27T12:41:05Z'), text('tool.toolkit', 'ExifTool update marker')),
      statements: [
        'says in its Info dictionary that it was created 2015-03-04T10:00:00Z, and in its XMP packet 2017-03-27T12:41:05Z, 754 d apart; ExifTool wrote metadata into it',
      ],
    },
    'within the day, and no zone explains it': {
      docs: pdf(info('2017-03-27T09:04:00Z'), xmp('2017-03-27T12:41:05Z')),
      statements: ['says in its Info dictionary that it was created 2017-03-27T09:04:00Z, and in its XMP packet 2017-03-27T12:41:05Z, 3.6 h apart'],
      strengths: ['weak'],
    },
    'one without a zone, days apart': {
      docs: pdf(info('2017-03-20T09:04:00'), xmp('2017-03-27T12:41:05Z')),
      statements: [
        'says in its Info dictionary that it was created 2017-03-20T09:04:00 (no zone), and in its XMP packet 2017-03-27T12:41:05Z, 7 d apart',
      ],
      strengths: ['moderate'],
    },
    'the newest revision counts, and it is read first': {
      docs: pdf(info('2015-03-04T10:00:00Z'), xmp('2017-03-27T12:41:05Z'), info('2017-03-27T12:41:05Z')),
      statements: ['says in its Info dictionary that it was created 2015-03-04T10:00:00Z, and in its XMP packet 2017-03-27T12:41:05Z, 754 d apart'],
    },
  },
  silent: {
    'honest twin: the same second': pdf(info('2017-03-27T14:41:05+02:00'), xmp('2017-03-27T12:41:05Z')),
    'zone: the same face with another offset': pdf(info('2017-03-27T12:41:05+02:00'), xmp('2017-03-27T12:41:05-07:00')),
    'zone: off by five and a half hours': pdf(info('2017-03-27T12:41:05Z'), xmp('2017-03-27T18:11:05Z')),
    'zone: one is not written, 13 h off': pdf(info('2017-03-27T12:41:05'), xmp('2017-03-28T01:41:05Z')),
    'one-sided-tool: only the times of saving differ': pdf(
      info('2017-03-27T12:41:05Z'),
      xmp('2017-03-27T12:41:05Z'),
      time('time.modified', '2019-01-01T10:00:00Z', { field: 'Info/ModDate' }),
      time('time.modified', '2017-03-27T12:41:05Z', { field: 'xmp:ModifyDate' }),
    ),
    'a constant on one side': pdf(info('1970-01-01T00:00:00Z'), xmp('2017-03-27T12:41:05Z')),
    'a date that is none': pdf({ ...info('2015-03-04T10:00:00Z'), value: null }, xmp('2017-03-27T12:41:05Z')),
    'no packet': pdf(info('2017-03-27T12:41:05Z')),
    'a picture': [{ name: 'a.jpg', mediaType: 'image/jpeg', claims: [info('2015-03-04T10:00:00Z'), xmp('2017-03-27T12:41:05Z')] }],
  },
});

import { photoClockDisagreement } from '../../src/rules/artifact/photo-clock-disagreement.ts';
import { time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const photo = (...claims: TestClaim[]): TestDoc => ({ name: 'a.jpg', mediaType: 'image/jpeg', claims });
const taken = (iso: string): TestClaim => time('time.captured', iso, { field: 'DateTimeOriginal' });
const gps = (iso: string): TestClaim => time('time.gps', iso, { field: 'GPSDateStamp' });
const digitized = (iso: string): TestClaim => time('time.digitized', iso, { field: 'DateTimeDigitized' });
const saved = (iso: string, field = 'DateTime'): TestClaim => time('time.modified', iso, { field });
const inPacket = (iso: string, field = 'exif:DateTimeOriginal'): TestClaim => time('time.captured', iso, { field });
const doc: TestDoc = { name: 'letter.docx', claims: [] };

ruleTest(photoClockDisagreement, {
  fires: {
    'satellites weeks later than the camera': {
      docs: [photo(taken('2017-03-02T11:00:00'), gps('2017-03-27T10:00:05Z'))],
      statements: ['says it was taken 2017-03-02T11:00:00 (no zone), and that its satellites gave 2017-03-27T10:00:05Z, 25 d later'],
      strengths: ['moderate'],
      about: [['a.jpg']],
    },
    'satellites earlier: last-fix is possible, and said softly': {
      docs: [photo(taken('2017-03-27T11:00:00'), gps('2017-03-20T10:00:05Z'))],
      statements: ['says it was taken 2017-03-27T11:00:00 (no zone), and that its satellites gave 2017-03-20T10:00:05Z, 7 d earlier'],
      strengths: ['weak'],
    },
    'saved before it was taken': {
      docs: [photo(taken('2017-03-27T11:00:00'), saved('2016-06-01T09:00:00'))],
      statements: ['says it was taken 2017-03-27T11:00:00 (no zone), and that it was last saved 2016-06-01T09:00:00 (no zone), 299 d earlier'],
    },
    'digitized before it was taken': {
      docs: [photo(taken('2017-03-27T11:00:00'), digitized('2016-06-01T09:00:00'))],
      statements: ['says it was taken 2017-03-27T11:00:00 (no zone), and that it was digitized 2016-06-01T09:00:00 (no zone), 299 d earlier'],
    },
    'the copy in XMP kept the day': {
      docs: [photo(taken('2015-03-27T11:00:00'), inPacket('2017-03-27T11:00:00'))],
      statements: ['says it was taken 2015-03-27T11:00:00 (no zone), and in its XMP packet 2017-03-27T11:00:00 (no zone), 731 d apart'],
    },
    'a picture inside a document': {
      docs: [{ ...photo(taken('2017-03-02T11:00:00'), gps('2017-03-27T10:00:05Z')), inside: doc, part: true }],
      statements: [
        'contains a picture that says it was taken 2017-03-02T11:00:00 (no zone), and that its satellites gave 2017-03-27T10:00:05Z, 25 d later',
      ],
      about: [['letter.docx']],
    },
  },
  silent: {
    'honest twin: two hours east': [
      photo(taken('2017-03-27T12:00:05'), gps('2017-03-27T10:00:05Z'), digitized('2017-03-27T12:00:05'), saved('2017-03-27T12:00:05')),
    ],
    'zone: a day and 14 hours are not beyond doubt': [photo(taken('2012-02-19T16:43:29'), gps('2012-02-20T16:44:22Z'))],
    'zone: written, and the same instant': [photo(taken('2017-03-27T23:00:05-11:00'), gps('2017-03-28T10:00:05Z'))],
    'camera-clock: never set': [photo(taken('2000-01-01T00:13:22'), gps('2017-03-27T10:00:05Z'))],
    'camera-clock: started again': [photo(taken('2010-01-03T08:13:22'), gps('2017-03-27T10:00:05Z'))],
    'camera-clock: starts on 8 December 2002': [photo(taken('2002-12-08T12:00:00'), gps('2017-03-27T10:00:05Z'))],
    'gps-rollover: 1024 weeks': [photo(taken('2019-11-10T12:00:00'), gps('2000-03-26T10:00:05Z'))],
    'scanned: digitized and saved years later': [photo(taken('1985-11-25T15:00:00'), digitized('2010-04-21T21:50:46'), saved('2010-07-14T03:35:20'))],
    'archive-date: IPTC has the day of the event': [
      photo(
        taken('2002-07-13T15:58:28'),
        inPacket('2002-06-20T00:00:00', 'IPTC DateCreated'),
        inPacket('2002-06-20T00:00:00', 'photoshop:DateCreated'),
      ),
    ],
    'saved once before and once after': [
      photo(taken('2017-03-27T11:00:00'), saved('2016-06-01T09:00:00Z', 'xmp:ModifyDate'), saved('2017-03-28T09:00:00')),
    ],
    'a clock at nought in the packet': [photo(taken('2019-10-03T09:10:11'), saved('1970-01-01T00:00:00', 'xmp:ModifyDate'))],
    'no picture': [{ ...photo(taken('2017-03-02T11:00:00'), gps('2017-03-27T10:00:05Z')), mediaType: 'application/pdf' }],
  },
});

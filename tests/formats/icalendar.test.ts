import { expect, it } from 'vitest';
import { icalendar } from '../../src/formats/icalendar.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildCalendar } from '../support/build-content-lines.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const calendar = { PRODID: '-//Google Inc//Google Calendar 70.9054//EN', METHOD: 'REQUEST' } as const;
const event = {
  UID: 'abc@google.com',
  DTSTAMP: '20170327T124105Z',
  CREATED: '20170301T090000Z',
  'LAST-MODIFIED': '20170327T124100Z',
  'ORGANIZER;CN="Moreau: Claire"': 'mailto:Claire@campagne.example',
  'ATTENDEE;CN=Paul Petit;ROLE=REQ-PARTICIPANT': 'mailto:paul@campagne.example',
  SUMMARY: 'Réunion, très longue à décrire pour que la ligne soit coupée en deux morceaux',
  'DTSTART;TZID=Europe/Paris': '20170328T090000',
} as const;
const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1000 });

it('speaks for its one entry', async () => {
  const bytes = buildCalendar(calendar, event);
  expect(recognise(inputFrom(bytes)).mediaType).toBe('text/calendar');
  const { claims, passages, problems } = await readAll(icalendar, bytes);
  expect(claims.filter((c) => c.basis === 'asserted').map((c) => [c.attribute, c.field, c.value])).toEqual([
    ['type.version', 'VERSION', '2.0'],
    ['tool.producer', 'PRODID', '-//Google Inc//Google Calendar 70.9054//EN'],
    ['id.document', 'UID', 'abc@google.com'],
    ['time.metadata', 'DTSTAMP', instant('2017-03-27T12:41:05Z')],
    ['time.created', 'CREATED', instant('2017-03-01T09:00:00Z')],
    ['time.modified', 'LAST-MODIFIED', instant('2017-03-27T12:41:00Z')],
    ['party.from', 'ORGANIZER', { name: 'Moreau: Claire', mailbox: 'claire@campagne.example' }],
    ['party.to', 'ATTENDEE', { name: 'Paul Petit', mailbox: 'paul@campagne.example' }],
    ['name.title', 'SUMMARY', event.SUMMARY],
  ]);
  expect(passages.map((p) => p.text)).toEqual([`SUMMARY: ${event.SUMMARY}`, 'DTSTART: 20170328T090000']);
  expect(problems).toEqual([]);
  expect(await unreplayable(icalendar, bytes)).toEqual([]);
});

it('takes no time of the file from one entry of many', async () => {
  const { claims } = await readAll(icalendar, buildCalendar(calendar, event, { ...event, UID: 'def@google.com' }));
  expect(claims.filter((c) => c.attribute === 'time.created' || c.attribute === 'time.modified' || c.attribute === 'name.title')).toEqual([]);
  expect(claims.filter((c) => c.attribute === 'time.metadata').map((c) => c.field)).toEqual([
    'entry 2 DTSTAMP',
    'entry 2 CREATED',
    'entry 2 LAST-MODIFIED',
    'entry 3 DTSTAMP',
    'entry 3 CREATED',
    'entry 3 LAST-MODIFIED',
  ]);
});

it('leaves the alarms inside of an entry alone', async () => {
  const bytes = Buffer.from('BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nBEGIN:VALARM\nUID:b\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n');
  expect((await readAll(icalendar, bytes)).values('id.document')).toEqual(['a']);
});

it('keeps a time it cannot read', async () => {
  expect((await readAll(icalendar, buildCalendar(calendar, { ...event, CREATED: 'soon' }))).values('time.created')).toEqual([null]);
});

import type { Address } from '../model/attribute.ts';
import { type Extracted, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { parseIso } from '../model/time.ts';
import { contentLineAt, type ContentLine, isoOf, readContentLines } from '../structures/content-lines.ts';
import { lineClaim, writtenText } from './shared/content-line-claims.ts';
import { withSigns } from './shared/signs.ts';

const ENTRIES = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);
/** What people write and read. DTSTART and DTEND are part of it: a meeting that moved is another meeting. */
const WRITTEN = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT', 'DTSTART', 'DTEND', 'DUE', 'RRULE', 'URL']);
const TIMES = { CREATED: 'time.created', DCREATED: 'time.created', 'LAST-MODIFIED': 'time.modified' } as const;

/** 'ORGANIZER;CN=Claire Moreau:mailto:claire@example.org'. */
function personOf(line: ContentLine): Address | null {
  const mailbox = /^mailto:(\S[^\s@]*@\S+)$/i.exec(line.value.trim())?.[1]?.toLowerCase() ?? '';
  const name = line.parameters.get('CN')?.trim() ?? '';
  return mailbox === '' && name === '' ? null : { name, mailbox };
}

function* entryClaims(line: ContentLine, alone: boolean): Iterable<Extracted> {
  const { name, value } = line;
  const field = alone ? name : `entry ${line.component} ${name}`;
  const time = (): ReturnType<typeof parseIso> => parseIso(isoOf(value));
  if (Object.hasOwn(TIMES, name)) yield* lineClaim(line, alone ? TIMES[name as keyof typeof TIMES] : 'time.metadata', field, time());
  // Without METHOD it is the last revision, with it the moment of sending (RFC 5545 section 3.8.7.2).
  else if (name === 'DTSTAMP') yield* lineClaim(line, 'time.metadata', field, time());
  else if (name === 'UID') yield* lineClaim(line, 'id.document', field, value.trim() || null);
  else if (name === 'ORGANIZER') yield* lineClaim(line, 'party.from', field, personOf(line));
  else if (name === 'ATTENDEE') yield* lineClaim(line, 'party.to', field, personOf(line));
  else if (name === 'SUMMARY' && alone && value.trim() !== '') yield* lineClaim(line, 'name.title', field, value.trim());
}

function* read(input: Input): Iterable<Extracted> {
  const { lines, problems } = input.once(readContentLines);
  const ofEntries = lines.filter((l) => ENTRIES.has(l.inside[l.inside.length - 1] ?? ''));
  const alone = new Set(ofEntries.map((l) => l.component)).size <= 1;
  for (const line of withSigns(input, lines)) {
    if (line.inside.length > 1) continue;
    if (line.name === 'PRODID') yield* lineClaim(line, 'tool.producer', line.name, line.value.trim() || null);
    else if (line.name === 'VERSION') yield* lineClaim(line, 'type.version', line.name, line.value.trim() || null);
    else if (line.name === 'X-WR-CALNAME') yield* lineClaim(line, 'name.title', line.name, line.value.trim() || null);
  }
  for (const line of withSigns(input, ofEntries)) yield* entryClaims(line, alone);
  yield* withSigns(input, writtenText(ofEntries.filter((l) => WRITTEN.has(l.name) && l.value.trim() !== '')));
  for (const p of problems) yield problem(p.code, p.message);
}

/**
 * Calendars and invitations, RFC 5545. A file of one entry speaks for that entry; of a whole calendar, every entry's times are
 * 'time.metadata' and none is the file's.
 */
export const icalendar: FormatReader = {
  id: 'icalendar',
  version: 1,
  mediaTypes: ['text/calendar'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? contentLineAt(input, locator.offset, locator.length) : null),
};

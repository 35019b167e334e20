import type { Subject } from '../../model/evidence.ts';
import type { FindingDraft } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { isoDay, renderDuration } from '../../model/time.ts';
import { isTemplateTime } from '../shared/constants.data.ts';
import { DAY_MS, documentOf, instants, latest, type Moment, walls, written, ZONE_MARGIN_MS } from '../shared/time.ts';

const READS = ['time.captured', 'time.digitized', 'time.modified', 'time.gps', 'event.save'] as const;
type Read = (typeof READS)[number];

interface Clock extends Moment {
  readonly zoned: boolean;
}

/** 1024 weeks: receivers built for one era of GPS count the next as the one before (IS-GPS-200, 20.3.3.3.1.1). */
const GPS_ERA_MS = 1024 * 7 * DAY_MS;
/** A dead clock that starts again ticks on for some days from the first of January of a year of its maker's choice. */
const FIRST_WEEK = /^\d{4}-01-0[1-7]$/;
/** Where the clocks of some cameras start that do not start in January. */
const OTHER_START_MS = Date.UTC(2002, 11, 8);

const isUnset = (at: number): boolean => isTemplateTime(at) || FIRST_WEEK.test(isoDay(at)) || Math.abs(at - OTHER_START_MS) < 2 * DAY_MS;

function clocks(subject: Subject<Read>, attribute: 'time.captured' | 'time.digitized' | 'time.modified' | 'time.gps'): Clock[] {
  const claims = subject.claims(attribute);
  return [...instants(claims).map((m) => ({ ...m, zoned: true })), ...walls(claims).map((m) => ({ ...m, zoned: false }))].filter(
    (m) => !isUnset(m.at),
  );
}

/** Two clocks without a zone are those of one device; one with and one without may be 14 h apart and agree. */
const margin = (a: Clock, b: Clock): number => DAY_MS + (a.zoned === b.zoned ? 0 : ZONE_MARGIN_MS) + Math.max(a.precisionMs, b.precisionMs);
const apart = (a: Clock, b: Clock): number => a.at - b.at;
const isLater = (a: Clock, b: Clock): boolean => apart(a, b) > margin(a, b);

interface Disagreement {
  readonly words: string;
  readonly other: Clock;
  readonly strength: Strength;
}

function* disagreements(subject: Subject<Read>, captured: Clock): Iterable<Disagreement> {
  const by = (other: Clock): string => renderDuration(apart(captured, other));
  const [gps] = clocks(subject, 'time.gps');
  if (gps && Math.abs(Math.abs(apart(gps, captured)) - GPS_ERA_MS) > margin(gps, captured)) {
    if (isLater(gps, captured)) yield { words: `and that its satellites gave ${written(gps)}, ${by(gps)} later`, other: gps, strength: 'moderate' };
    // Telephones write the last position they had, with its time.
    if (isLater(captured, gps)) yield { words: `and that its satellites gave ${written(gps)}, ${by(gps)} earlier`, other: gps, strength: 'weak' };
  }
  // Each program that saves it adds its time: only if even the latest lies before is there no order left.
  const saved = latest(clocks(subject, 'time.modified'));
  if (saved && isLater(captured, saved))
    yield { words: `and that it was last saved ${written(saved)}, ${by(saved)} earlier`, other: saved, strength: 'moderate' };
  // Film and paper are scanned later; nothing is scanned before it is there.
  const digitized = latest(clocks(subject, 'time.digitized'));
  if (digitized && isLater(captured, digitized))
    yield { words: `and that it was digitized ${written(digitized)}, ${by(digitized)} earlier`, other: digitized, strength: 'moderate' };
  // IPTC dates are typed in by people and mean the day of the event.
  const copy = clocks(subject, 'time.captured').find((m) => m.claim.field === 'exif:DateTimeOriginal');
  if (copy && (isLater(copy, captured) || isLater(captured, copy)))
    yield { words: `and in its XMP packet ${written(copy)}, ${by(copy)} apart`, other: copy, strength: 'moderate' };
}

function findingOf(subject: Subject<Read>, captured: Clock, { words, other, strength }: Disagreement): FindingDraft {
  const document = documentOf(subject);
  return {
    statement: `${document === subject ? '' : 'contains a picture that '}says it was taken ${written(captured)}, ${words}`,
    about: [document.artifact.id],
    rootCause: `capture:${subject.artifact.id}`,
    strength,
    evidence: [
      { claim: captured.claim, role: 'primary' },
      { claim: other.claim, role: 'contradicts' },
    ],
  };
}

/** Catalogue H01. */
export const photoClockDisagreement = artifactRule(
  {
    id: 'photo-clock-disagreement',
    catalogue: ['H01'],
    version: 1,
    title: 'The clocks inside a photograph differ by more than a day',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: READS,
    innocent: [
      {
        id: 'camera-clock',
        story: 'The clock of the camera was set wrongly, or never, and counted on from where it starts.',
        check: 'Other pictures of the same camera are off by the same amount; the date lies near the start of a year.',
      },
      {
        id: 'zone',
        story: 'The camera keeps local time and the satellites UTC, and the photographer travelled.',
        check: 'The difference is at most 14 hours, give or take a day that one of the two counted wrongly.',
      },
      {
        id: 'scanned',
        story: 'A photograph on film or paper was scanned years later, and the date it was taken typed in.',
        check: 'The picture was digitized or saved later than taken, not earlier; the camera named is a scanner.',
      },
      {
        id: 'last-fix',
        story: 'The telephone had no reception and wrote the last position it knew, with its old time.',
        check: 'The time of the satellites is earlier than that of the picture, not later.',
      },
      {
        id: 'gps-rollover',
        story: 'The receiver is older than the era of GPS it was used in, and is wrong by 1024 weeks.',
        check: 'The difference is 19.6 years.',
      },
      {
        id: 'archive-date',
        story: 'An archivist or photographer set the date of the picture to the day of the event shown.',
        check: 'The date has no time of day, or IPTC fields give the same.',
      },
    ],
    references: [
      {
        title: 'CIPA DC-008, Exchangeable image file format for digital still cameras: Exif',
        section: '4.6.5, 4.6.6',
        url: 'https://www.cipa.jp/e/std/std-sec.html',
      },
      { title: 'IS-GPS-200, Navstar GPS interface: week number', url: 'https://www.gps.gov/technical/icwg/' },
    ],
  },
  function* (subject) {
    if (!subject.artifact.mediaType.startsWith('image/')) return;
    const captured = clocks(subject, 'time.captured').find((m) => m.claim.field === 'DateTimeOriginal');
    if (!captured) return;
    for (const disagreement of disagreements(subject, captured)) yield findingOf(subject, captured, disagreement);
  },
);

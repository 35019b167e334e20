import { seeded } from '../support/seeded.ts';
import { DAY, HOUR, isWorkday, localTime, MINUTE, offsetAt, workdays } from './calendar.ts';
import type { Letter } from './letters.ts';
import {
  AURELIE,
  BASTIEN,
  CLEMENCE,
  DAMIEN,
  EDITH,
  FABRICE,
  GWENOLA,
  HONORINE,
  JOURNALIST,
  MAELYS,
  type Person,
  PRINTER,
  SIDONIE,
  THEODORE,
} from './people.ts';
import { ANSWERS, CLOSINGS, GREETINGS, TOPICS } from './phrases.data.ts';

type Chance = () => number;
const pick = <T>(chance: Chance, list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
const between = (chance: Chance, from: number, to: number): number => from + Math.floor(chance() * (to - from + 1));

/** The days that each mailbox covers; two end at noon of one day, one ends weeks before. */
export const ENDS = {
  outlook: '2023-04-24T12:00:00Z',
  gmail: '2023-04-24T12:00:00Z',
  apple: '2023-04-21T16:00:00Z',
  thunderbird: '2023-03-06T18:00:00Z',
} as const;

/** Who writes to whom, and how often. */
const CIRCLES: readonly (readonly [weight: number, ...people: Person[]])[] = [
  [6, AURELIE, BASTIEN],
  [4, AURELIE, CLEMENCE],
  [4, BASTIEN, CLEMENCE],
  [4, AURELIE, BASTIEN, DAMIEN],
  [4, AURELIE, DAMIEN, CLEMENCE],
  [5, DAMIEN, BASTIEN],
  [3, DAMIEN, CLEMENCE],
  [3, FABRICE, AURELIE, BASTIEN],
  [2, EDITH, AURELIE, CLEMENCE],
  [2, EDITH, BASTIEN],
  [3, GWENOLA, DAMIEN],
  [2, GWENOLA, AURELIE],
  [2, JOURNALIST, CLEMENCE],
  [2, HONORINE, BASTIEN],
  [2, HONORINE, DAMIEN],
  [1, PRINTER, AURELIE],
];
const OWNERS: readonly Person[] = [AURELIE, BASTIEN, CLEMENCE, DAMIEN];
const CIRCLE_OF = CIRCLES.flatMap(([weight, ...people]) => Array.from({ length: weight }, () => people));

const firstName = (p: Person): string => p.name.split(' ')[0] ?? p.name;
const quoted = (body: string): string =>
  body
    .split('\n')
    .map((line) => (line === '' || line.startsWith('>') ? `>${line}` : `> ${line}`))
    .join('\n');

function attribution(l: Letter): string {
  const local = new Date(l.at + offsetAt(l.at) * MINUTE).toISOString();
  return `Le ${local.slice(8, 10)}/${local.slice(5, 7)}/${local.slice(0, 4)} à ${local.slice(11, 16)}, ${l.from.name} a écrit :`;
}

/** An answer with the words it answers below. */
export const answerTo = (l: Letter, from: Person, at: number, words: string): Letter => ({
  from,
  to: [l.from, ...l.to].filter((p) => p !== from),
  at,
  subject: l.subject.startsWith('Re: ') ? l.subject : `Re: ${l.subject}`,
  body: `${words}\n\n${firstName(from)}\n\n${attribution(l)}\n${quoted(l.body)}`,
  answers: l,
  ...(l.rich && from.client !== 'thunderbird' ? { rich: true } : {}),
  ...(l.toList ? { toList: true } : {}),
});

function newLetter(chance: Chance, from: Person, to: readonly Person[], at: number, number: number): Letter {
  const [subject, ...sentences] = pick(chance, TOPICS);
  const chosen = sentences.filter(() => chance() < 0.7);
  const body = [
    pick(chance, GREETINGS),
    '',
    ...(chosen.length > 0 ? chosen : sentences),
    `(dossier ${number})`,
    '',
    pick(chance, CLOSINGS),
    firstName(from),
  ].join('\n');
  return { from, to, at, subject: `${subject} ${number}`, body, ...(from.client !== 'thunderbird' && chance() < 0.5 ? { rich: true } : {}) };
}

/** The next working day's morning, or later the same day. */
function soonAfter(chance: Chance, at: number): number {
  const later = at + between(chance, 25, 300) * MINUTE + between(chance, 0, 59) * 1000;
  const hour = new Date(later + offsetAt(later) * MINUTE).getUTCHours();
  if (hour >= 8 && hour < 20) return later;
  let day = Math.floor(at / DAY) * DAY + DAY;
  while (!isWorkday(day)) day += DAY;
  return localTime(day, between(chance, 8, 11), between(chance, 0, 59)) + between(chance, 0, 59) * 1000;
}

/** Two years of ordinary letters and answers among people, oldest first. */
export function ordinaryLetters(): Letter[] {
  const chance = seeded(2021);
  const letters: Letter[] = [];
  for (const [i, day] of workdays('2021-04-12', '2023-04-21').entries()) {
    if (chance() > 0.32) continue;
    const people = [...pick(chance, CIRCLE_OF)];
    // Whoever has no mailbox here writes first, or nobody would know.
    const first = people[0] !== undefined && OWNERS.includes(people[0]) ? Math.floor(chance() * people.length) : 0;
    const from = people.splice(first, 1)[0] ?? AURELIE;
    const at = localTime(day, between(chance, 8, 18), between(chance, 0, 59)) + between(chance, 0, 59) * 1000;
    let last = newLetter(chance, from, people, at, i + 101);
    letters.push(last);
    for (let n = between(chance, 0, 2); n > 0; n--) {
      last = answerTo(last, pick(chance, last.to), soonAfter(chance, last.at), pick(chance, ANSWERS));
      letters.push(last);
    }
  }
  return [...letters.filter((l) => l.at < Date.parse('2023-04-22T00:00:00Z')), ...lastDay(chance)].sort((a, b) => a.at - b.at);
}

/** The morning on which two of the mailboxes stop. */
function lastDay(chance: Chance): Letter[] {
  const first = newLetter(chance, AURELIE, [BASTIEN], Date.parse('2023-04-24T08:41:20Z'), 990);
  const second = answerTo(first, BASTIEN, Date.parse('2023-04-24T09:30:02Z'), 'Je regarde ça à midi.');
  const third = newLetter(chance, BASTIEN, [AURELIE], Date.parse('2023-04-24T11:52:38Z'), 991);
  return [first, second, third, answerTo(third, AURELIE, Date.parse('2023-04-24T11:58:09Z'), 'Oui, c’est fait.')];
}

const VOLUNTEERS = [DAMIEN, MAELYS, THEODORE, SIDONIE];

/** The list of the volunteers in the months before the vote: a message on every working day, at times two. */
export function listLetters(): Letter[] {
  const chance = seeded(2022);
  const letters: Letter[] = [];
  for (const [i, day] of workdays('2022-10-03', '2023-04-22').entries()) {
    const from = VOLUNTEERS[i % VOLUNTEERS.length] ?? DAMIEN;
    const first = { ...newLetter(chance, from, [], localTime(day, 9, between(chance, 0, 59)) + 7_000, i + 501), toList: true };
    letters.push(first);
    if (i % 6 === 0) letters.push(answerTo(first, VOLUNTEERS[(i + 1) % VOLUNTEERS.length] ?? DAMIEN, first.at + 3 * HOUR, pick(chance, ANSWERS)));
  }
  return letters;
}

import type { MailFile } from '../support/build-mail.ts';
import { hexOf } from '../support/build-mail-clocks.ts';
import { buildDocx, type DocxSpec } from '../support/build-ooxml.ts';
import { seeded } from '../support/seeded.ts';
import { HOUR, isoMinute, MINUTE } from './calendar.ts';
import { deflateFixed } from './deflate.ts';
import type { Person } from './people.ts';
import { TOPICS } from './phrases.data.ts';

/** A document of Word as one of the people here leaves it: saved some days after it was begun, in whole minutes. */
export interface TextSpec {
  readonly name: string;
  readonly author: Person;
  /** ISO 8601 in UTC. */
  readonly created: string;
  readonly saved?: string;
  readonly savedBy?: string;
  readonly paragraphs?: readonly string[];
  readonly as?: Partial<DocxSpec>;
}

const numberOf = (text: string): number => parseInt(hexOf(text, 7), 16);

/** Sentences on some topic, of that name's own. */
export function paragraphsOf(name: string): string[] {
  const chance = seeded(numberOf(name));
  const [subject, ...sentences] = TOPICS[Math.floor(chance() * TOPICS.length)] ?? ['Note'];
  const figures = Array.from(
    { length: 3 },
    (_, i) => `Point ${i + 1} : ${Math.floor(chance() * 900) + 100} unités, à revoir avant le ${Math.floor(chance() * 27) + 1}.`,
  );
  return [`${subject} (${name.replace(/\.\w+$/, '').replaceAll('_', ' ')})`, ...sentences, ...figures, 'Document de travail, ne pas diffuser.'];
}

export function specOfText(t: TextSpec): DocxSpec {
  const begun = Date.parse(t.created);
  const saved = t.saved ?? isoMinute(begun + 26 * HOUR + (numberOf(t.name) % 4000) * MINUTE);
  const rsids = ['1', '2', '3'].map((n) => `00${hexOf(`${t.name}${n}`, 6).toUpperCase()}`);
  return {
    author: t.author.name,
    lastAuthor: t.savedBy ?? t.author.name,
    created: isoMinute(begun),
    modified: saved,
    revision: 3 + (numberOf(t.name) % 9),
    editingMinutes: 12 + (numberOf(t.name) % 90),
    company: 'Grand Estuaire',
    template: 'Normal.dotm',
    uiLanguageCreated: 'fr',
    paragraphs: t.paragraphs ?? paragraphsOf(t.name),
    rsids,
    zip: { deflate: deflateFixed },
    ...t.as,
  };
}

export const text = (t: TextSpec): Uint8Array => buildDocx(specOfText(t));

export const textFile = (name: string, bytes: Uint8Array): MailFile => ({
  name,
  bytes,
  type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
});

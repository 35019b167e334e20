import type { MailSpec } from '../support/build-mail.ts';
import { mailDate } from '../support/build-mail-clocks.ts';
import { HOUR, iso } from './calendar.ts';
import type { Expectation } from './expectation.ts';
import { hopsTo, type Letter, receivedCopy } from './letters.ts';
import { agreement } from './mail-attachments.ts';
import type { Posted } from './mailboxes.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, FABRICE, HONORINE, KSENIA, type Person, SIDONIE } from './people.ts';
import { text, textFile } from './texts.ts';

/** A message that looks odd and is honest; `held` says in which mailboxes it must stay without a finding. */
interface Oddity extends Posted {
  readonly name: string;
  readonly held: readonly string[];
  readonly why: string;
}

const letter = (from: Person, to: readonly Person[], at: string, subject: string, line: string, more: Partial<Letter> = {}): Letter => ({
  from,
  to,
  at: Date.parse(at),
  subject,
  body: `Bonjour,\n\n${line}\n\n${from.name.split(' ')[0] ?? ''}`,
  ...more,
});

/** Clocks that differ for reasons of everyday life. */
function clocks(): Oddity[] {
  const draft = letter(
    AURELIE,
    [BASTIEN, CLEMENCE],
    '2022-01-20T09:03:00Z',
    'Règlement intérieur',
    'Le règlement est enfin prêt, après trois soirées.',
    { rich: true },
  );
  const begun: Partial<MailSpec> = { clocks: { boundary: '2022-01-17T18:40:00Z' } };
  const queued = letter(DAMIEN, [AURELIE], '2022-03-04T17:12:00Z', 'Depuis le train', 'Pas de réseau ici, ce message partira quand il pourra.');
  const summer = letter(HONORINE, [BASTIEN], '2022-07-05T10:00:41Z', 'Heure d’été', 'Mon ordinateur n’est pas passé à l’heure d’été.');
  const abroad = letter(
    CLEMENCE,
    [AURELIE, BASTIEN],
    '2022-11-02T21:10:09Z',
    'De loin',
    'Je réponds depuis l’autre rive de l’océan, il fait encore jour.',
  );
  return [
    {
      letter: draft,
      name: 'draft',
      copies: { gmail: { spec: begun }, apple: { spec: begun }, outlook: { spec: begun } },
      held: ['gmail', 'apple', 'outlook'],
      why: 'a draft keeps the boundary of the day it was begun',
    },
    {
      letter: queued,
      name: 'queued',
      copies: { outlook: { spec: { received: hopsTo(queued, AURELIE.address).map((h) => ({ ...h, at: iso(Date.parse(h.at) + 20 * HOUR) })) } } },
      held: ['outlook'],
      why: 'waited for a network until the next day',
    },
    {
      letter: summer,
      name: 'summer',
      copies: { gmail: { spec: { dateHeader: mailDate(summer.at + HOUR, 120) } } },
      held: ['gmail'],
      why: 'a computer that was not set to summer time is off by a whole hour',
    },
    {
      letter: abroad,
      name: 'abroad',
      copies: { outlook: { spec: { offsetMinutes: -240 } }, gmail: { spec: { offsetMinutes: -240 } }, apple: { spec: { offsetMinutes: -240 } } },
      held: ['outlook', 'gmail', 'apple'],
      why: 'written on a journey, in another zone',
    },
  ];
}

/** Texts and attachments that differ, or come twice, for reasons of everyday life. */
function contents(): Oddity[] {
  const fromLine = letter(
    CLEMENCE,
    [AURELIE, DAMIEN],
    '2022-06-07T08:24:10Z',
    'Titre du journal',
    'Le titre sera :\n\nFrom the harbour to the hill\n\nDites-moi.',
  );
  const banner = letter(HONORINE, [DAMIEN, CLEMENCE], '2022-09-20T15:20:15Z', 'Gâteaux', 'Je fais trois gâteaux pour dimanche.');
  const fast = 'ordre_du_jour.docx';
  const skewed = letter(FABRICE, [AURELIE], '2022-12-01T13:02:11Z', 'Ordre du jour', 'L’ordre du jour, à l’instant.', {
    attachments: [textFile(fast, text({ name: fast, author: FABRICE, created: '2022-12-01T12:20:00Z', saved: '2022-12-01T13:08:00Z' }))],
  });
  const forwarded = letter(BASTIEN, [CLEMENCE, DAMIEN], '2022-09-14T07:45:30Z', 'Fwd: Accord Kerdavel', 'Pour mémoire, le message de Fabrice.', {
    attachments: [{ name: 'Accord Kerdavel.eml', type: 'message/rfc822', bytes: receivedCopy(AGREEMENT_MAILED, BASTIEN.address) }],
  });
  const volunteer = letter(
    KSENIA,
    [DAMIEN, CLEMENCE],
    '2022-08-30T09:15:12Z',
    'Affichage en deux langues',
    'J’ai relu les panneaux du port, dans les deux langues.',
  );
  const list = letter(SIDONIE, [], '2023-02-10T17:20:00Z', 'Covoiturage', 'Deux places dans ma voiture pour samedi.', { toList: true });
  return [
    {
      letter: fromLine,
      name: 'from-line',
      held: ['outlook', 'thunderbird', 'apple'],
      why: 'a line that begins with From is escaped in one mailbox and not in the other',
    },
    {
      letter: banner,
      name: 'banner',
      copies: { apple: { letter: { body: `[EXTERNE]\n\n${banner.body}` } } },
      held: ['apple', 'thunderbird'],
      why: 'a gateway put a line on top of what came from outside',
    },
    { letter: skewed, name: 'skewed', held: ['outlook!/mime:2'], why: "the author's clock is six minutes ahead of the mail servers" },
    {
      letter: forwarded,
      name: 'forwarded',
      held: ['apple', 'apple!/mime:2', 'thunderbird!/mime:2'],
      why: 'a message inside a message is a second copy of it',
    },
    { letter: list, name: 'carpool', held: ['thunderbird'], why: 'the list put its name into the subject and a footer below' },
    { letter: volunteer, name: 'volunteer', held: ['apple', 'thunderbird'], why: 'a volunteer with a foreign name' },
  ];
}

/** The message that an acquaintance passes on whole. */
export const AGREEMENT_MAILED: Letter = {
  from: FABRICE,
  to: [AURELIE, BASTIEN],
  at: Date.parse('2022-09-12T10:03:31Z'),
  subject: 'Accord Kerdavel',
  body: 'Bonjour,\n\nL’accord avec l’imprimerie, pour signature.\n\nFabrice',
  attachments: [textFile('accord_kerdavel.docx', agreement(undefined, '2022-09-09T16:20:00Z'))],
};

export function honestMail(): { readonly posted: readonly Posted[]; readonly silent: Expectation['silent'] } {
  const all = [...clocks(), ...contents()];
  return {
    posted: [{ letter: AGREEMENT_MAILED, name: 'agreement' }, ...all],
    silent: all.flatMap(({ name, held, why }) => held.map((place) => ({ path: `${name}@${place}`, why }))),
  };
}

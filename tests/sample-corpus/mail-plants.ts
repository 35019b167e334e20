import type { MailSpec } from '../support/build-mail.ts';
import { mailDate, outlookBoundary, threadIndex } from '../support/build-mail-clocks.ts';
import { iso, offsetAt } from './calendar.ts';
import type { Plant } from './expectation.ts';
import type { Letter } from './letters.ts';
import { attachmentExchanged, packedExchanged } from './mail-plants-attached.ts';
import { LOST, PATHS, type Posted } from './mailboxes.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, HONORINE, PRINTER } from './people.ts';
import { goneFromBoth } from './thread-gap-plants.ts';
import { threadPlants } from './thread-plants.ts';

export interface Planted {
  readonly posted: readonly Posted[];
  readonly plants: readonly Plant[];
}

/** Date changed in one mailbox; the clocks that Outlook and the servers wrote were left alone. */
function dateMovedBack(): Planted {
  const letter: Letter = {
    from: AURELIE,
    to: [DAMIEN, CLEMENCE],
    at: Date.parse('2022-11-15T10:22:41Z'),
    subject: 'Avance à l’imprimerie',
    rich: true,
    body: 'Bonjour,\n\nLe virement à l’imprimerie est parti ce matin, 3 700 unités.\nMerci de garder le reçu.\n\nAurélie',
  };
  const said: Partial<MailSpec> = { dateHeader: mailDate(Date.parse('2022-09-27T08:22:41Z'), 120) };
  return {
    posted: [{ letter, name: 'advance', copies: { thunderbird: { spec: said } } }],
    plants: [
      {
        path: 'advance@thunderbird',
        twin: 'advance@apple',
        rules: ['message-clock-disagreement'],
        proposition: 'misdated',
        story:
          'The Date header of this copy was moved back by seven weeks, to before the contract; Message-ID, boundary, Thread-Index and Received still tell the day.',
      },
    ],
  };
}

/** Written on another day altogether: whoever made it up changed every time that can be read, and not the one in the server's id. */
function gmailRewritten(): Planted {
  const letter: Letter = {
    from: HONORINE,
    to: [DAMIEN, BASTIEN],
    at: Date.parse('2022-05-19T16:04:10Z'),
    subject: 'Enveloppes pour samedi',
    rich: true,
    body: 'Bonsoir,\n\nLes enveloppes sont prêtes, je les dépose samedi au local.\nGardez-les dans le tiroir du bas.\n\nHonorine',
  };
  const made = '2023-02-23T20:31:07Z';
  return {
    posted: [{ letter, name: 'envelopes', copies: { thunderbird: { spec: { clocks: { smtpId: made, boundary: made } } } } }],
    plants: [
      {
        path: 'envelopes@thunderbird',
        twin: 'envelopes@gmail',
        rules: ['message-clock-disagreement'],
        proposition: 'misdated',
        story: 'All dates in words say May 2022; the id of the first server and the boundary between the parts count nine months more.',
      },
    ],
  };
}

/** The three clocks of Outlook: one tells another time than the rest. */
function outlookTrio(): Planted {
  const at = Date.parse('2021-10-12T13:11:30Z');
  const letter: Letter = {
    from: PRINTER,
    to: [AURELIE],
    at,
    subject: 'Votre commande de bulletins',
    rich: true,
    body: 'Madame,\n\nNous confirmons la commande de 12 000 bulletins, livraison sous dix jours.\n\nImprimerie Kerdavel',
  };
  const made = Date.parse('2022-12-01T09:40:00Z');
  const clocks: Partial<MailSpec> = { threadIndex: threadIndex(made, 'trio'), boundary: outlookBoundary(made + offsetAt(made) * 60_000 + 21_000) };
  return {
    posted: [
      { letter, name: 'ballots', copies: { outlook: { spec: clocks } } },
      {
        letter: { ...letter, at: at + 20 * 3_600_000, subject: 'Votre commande de bulletins, suite', body: letter.body.replace('12 000', '12 500') },
        name: 'ballots-2',
      },
    ],
    plants: [
      {
        path: 'ballots@outlook',
        twin: 'ballots-2@outlook',
        rules: ['message-clock-disagreement'],
        proposition: 'misdated',
        story:
          'Date, Message-ID and servers say October 2021; Thread-Index and boundary, which Outlook takes while a message is written, say December 2022.',
      },
    ],
  };
}

/** One Message-ID, three mailboxes, and one of them holds another sum. */
function bodyChanged(): Planted {
  const letter: Letter = {
    from: DAMIEN,
    to: [AURELIE, CLEMENCE],
    at: Date.parse('2022-10-04T17:42:18Z'),
    subject: 'Reste à payer',
    body: 'Bonsoir,\n\nIl reste 1 200 unités à payer au loueur de la salle, le reçu est au local.\nJe passe jeudi avec le chéquier.\n\nDamien',
  };
  return {
    posted: [
      {
        letter,
        name: 'rest',
        copies: {
          apple: {
            letter: {
              body: letter.body.replace(
                '1 200 unités à payer au loueur de la salle, le reçu est au local',
                '41 200 unités à remettre en espèces, sans reçu',
              ),
            },
          },
        },
      },
    ],
    plants: [
      {
        path: 'rest@apple',
        twin: 'rest@outlook',
        rules: ['message-id-reused'],
        proposition: 'altered',
        story: "The copy in one recipient's mailbox names another sum and another way of paying than those of the sender and of the other recipient.",
      },
    ],
  };
}

/** A message that was never there: made up with clocks that agree, and put at the end of the file. */
function appended(): Planted {
  const letter = (at: string, subject: string, line: string): Letter => ({
    from: BASTIEN,
    to: [AURELIE],
    at: Date.parse(at),
    subject,
    body: `Bonjour Aurélie,\n\n${line}\n\nBastien`,
  });
  return {
    posted: [
      {
        letter: letter('2021-11-09T09:14:33Z', 'Pour le coffre', 'Laisse la pochette bleue dans le coffre, personne d’autre ne doit la voir.'),
        name: 'safe',
        copies: { outlook: { last: true }, gmail: { absent: true } },
      },
      {
        letter: letter('2021-11-10T08:51:12Z', 'Pour le classeur', 'Laisse la pochette verte dans le classeur, Clémence la relira vendredi.'),
        name: 'binder',
      },
    ],
    plants: [
      {
        path: 'safe@outlook',
        twin: 'binder@outlook',
        rules: ['out-of-order-in-mailbox'],
        proposition: 'fabricated',
        story:
          'Made up later with clocks that agree with each other, and appended to the file of the mailbox, behind messages of April 2023; its sender has no copy.',
      },
    ],
  };
}

/** Six weeks taken out of the archive of the list. */
const lostWeeks = (): Planted => ({
  posted: [],
  plants: [
    {
      path: PATHS.archive,
      twin: PATHS.thunderbird,
      rules: ['gap-in-mailbox'],
      proposition: 'context',
      story: `The messages from ${iso(LOST.from).slice(0, 10)} to ${iso(LOST.to - 86_400_000).slice(0, 10)} were taken out of the archive of the list; a volunteer still has some of them.`,
    },
  ],
});

export function mailPlants(): Planted {
  const all = [
    dateMovedBack(),
    gmailRewritten(),
    outlookTrio(),
    bodyChanged(),
    appended(),
    attachmentExchanged(),
    packedExchanged(),
    lostWeeks(),
    goneFromBoth(),
    ...threadPlants(),
  ];
  return { posted: all.flatMap((p) => p.posted), plants: all.flatMap((p) => p.plants) };
}

import { threadIndex } from '../support/build-mail-clocks.ts';
import { answerTo } from './correspondence.ts';
import type { Expectation } from './expectation.ts';
import type { Letter } from './letters.ts';
import type { Planted } from './mail-plants.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, FABRICE, HONORINE, mailboxOf, type Person } from './people.ts';

const letter = (from: Person, to: readonly Person[], at: string, subject: string, body: string): Letter => ({
  from,
  to,
  at: Date.parse(at),
  subject,
  body: `Bonjour,\n\n${body}\n\n${from.name.split(' ')[0] ?? ''}`,
});

/** One copy of a letter is left, with another sum; two people had answered it, and their answers still quote the old one. */
function quotedOtherwise(): Planted {
  const grant = letter(
    HONORINE,
    [AURELIE, BASTIEN, CLEMENCE],
    '2022-06-21T08:05:19Z',
    'Subvention du comité',
    'Le comité de quartier nous accorde 640 unités pour la fête du port.\nLa trésorière passera les déposer mercredi, contre un reçu signé de deux personnes.',
  );
  const chairs = letter(
    HONORINE,
    [AURELIE, BASTIEN, CLEMENCE],
    '2022-06-28T07:31:45Z',
    'Chaises pliantes',
    'La paroisse nous prête quatre-vingts chaises, à rendre propres le lundi matin.\nIl faut deux voitures et quelqu’un qui sache les empiler sans se pincer.',
  );
  const answers = (l: Letter, words: readonly [string, string]): Planted['posted'] => [
    { letter: answerTo(l, BASTIEN, l.at + 3_600_000, words[0]) },
    { letter: answerTo(l, CLEMENCE, l.at + 7_260_000, words[1]) },
  ];
  return {
    posted: [
      {
        letter: grant,
        name: 'grant',
        copies: { outlook: { letter: { body: grant.body.replace('640 unités', '6 400 unités') } }, gmail: { absent: true }, apple: { absent: true } },
      },
      ...answers(grant, ['Bonne nouvelle, je préviens la banque.', 'Je signerai le reçu avec plaisir.']),
      { letter: chairs, name: 'chairs' },
      ...answers(chairs, ['Je prends ma voiture.', 'Je viens avec mon neveu.']),
    ],
    plants: [
      {
        path: 'grant@outlook',
        twin: 'chairs@outlook',
        rules: ['quoted-otherwise'],
        proposition: 'altered',
        story: 'The only copy that was left names ten times the sum; the answers of two others, in their own mailboxes, quote the sum that was sent.',
      },
    ],
  };
}

/** An answer that all its clocks date before the letter that it answers. */
function answeredTooEarly(): Planted {
  const asked = letter(AURELIE, [DAMIEN], '2022-05-12T09:44:03Z', 'Caution de la salle', 'As-tu récupéré la caution de la salle, et auprès de qui ?');
  const keys = letter(
    AURELIE,
    [DAMIEN],
    '2022-05-13T08:12:50Z',
    'Clef de la réserve',
    'Qui a la clef de la réserve depuis dimanche, toi ou le gardien ?',
  );
  return {
    posted: [
      { letter: asked },
      {
        letter: answerTo(asked, DAMIEN, Date.parse('2022-04-28T15:20:37Z'), 'Oui, en liquide, je la garde chez moi.'),
        name: 'deposit',
        copies: { thunderbird: { absent: true } },
      },
      { letter: keys },
      { letter: answerTo(keys, DAMIEN, keys.at + 5_400_000, 'Le gardien, il la rend demain.'), name: 'key' },
    ],
    plants: [
      {
        path: 'deposit@outlook',
        twin: 'key@outlook',
        rules: ['thread-contradiction'],
        proposition: 'misdated',
        story:
          'Date, Message-ID and servers of this answer say April 2022; the letter that it names and quotes went through its first server a fortnight later.',
      },
    ],
  };
}

/** The letter that was answered has been taken out of both mailboxes; the answer stayed. */
function answeredLetterGone(): Planted {
  const gone = letter(
    BASTIEN,
    [CLEMENCE],
    '2022-10-19T12:08:27Z',
    'À propos du bail',
    'Peux-tu relire la page trois du bail avant que je ne signe ?',
  );
  const kept = letter(
    BASTIEN,
    [CLEMENCE],
    '2022-10-20T11:16:09Z',
    'À propos du panneau',
    'Le panneau de la rue haute penche, qui peut le redresser ?',
  );
  return {
    posted: [
      { letter: gone, copies: { gmail: { absent: true }, apple: { absent: true } } },
      { letter: answerTo(gone, CLEMENCE, gone.at + 4_800_000, 'Je la relis ce soir.'), name: 'lease' },
      { letter: kept },
      { letter: answerTo(kept, CLEMENCE, kept.at + 5_100_000, 'Mon frère a une échelle.'), name: 'sign' },
    ],
    plants: [
      {
        path: 'lease@gmail',
        twin: 'sign@gmail',
        rules: ['orphan-replies'],
        proposition: 'context',
        story:
          'The letter that this one answers was deleted from the mailboxes of both who had it; every other answer in the mailbox has its letter.',
      },
    ],
  };
}

const passedOn = (l: Letter, from: Person, to: Person, at: string): Letter => ({
  ...letter(from, [to], at, `TR: ${l.subject}`, 'Pour que tu le saches.'),
  body: [
    'Pour que tu le saches.',
    '',
    `De : ${mailboxOf(l.from)}`,
    `Envoyé : ${new Date(l.at).toISOString().slice(0, 16).replace('T', ' ')}`,
    `À : ${l.to.map(mailboxOf).join('; ')}`,
    `Objet : ${l.subject}`,
    '',
    l.body,
  ].join('\n'),
});

/** A letter that nobody ever had, inside one that somebody received. */
function knownAsTextOnly(): Planted {
  const nowhere = letter(
    AURELIE,
    [DAMIEN],
    '2022-11-22T16:40:00Z',
    'Registre des clefs',
    'Efface le registre des clefs avant vendredi et ne dis rien au gardien, il en parlerait.',
  );
  const real = letter(
    AURELIE,
    [DAMIEN],
    '2022-11-24T10:22:08Z',
    'Calendrier du hangar',
    'Le hangar est libre les trois premiers samedis, il faut réserver avant la fin du mois.',
  );
  return {
    posted: [
      { letter: passedOn(nowhere, CLEMENCE, BASTIEN, '2022-11-25T17:02:41Z'), name: 'register', copies: { apple: { absent: true } } },
      { letter: real },
      { letter: passedOn(real, CLEMENCE, BASTIEN, '2022-11-28T09:15:33Z'), name: 'hangar' },
    ],
    plants: [
      {
        path: 'register@gmail',
        twin: 'hangar@gmail',
        rules: ['forwarded-as-text'],
        proposition: 'context',
        story: 'Repeats under a header of Outlook a letter that neither its sender nor its recipient has; both mailboxes are in the corpus.',
      },
    ],
  };
}

const DAY = 86_400_000;

/** A question and its answer, both of Outlook and both moved by a fortnight in all that is plain to see. */
function bothMovedButForTheIndex(): Planted {
  const moved = letter(
    FABRICE,
    [AURELIE],
    '2022-07-20T09:12:33Z',
    'Devis de la sono',
    'Le devis de la sono court jusqu’à vendredi, est-ce que je signe ?',
  );
  const tables = letter(FABRICE, [AURELIE], '2022-07-22T08:47:10Z', 'Tables du marché', 'Il manque deux tables au marché, est-ce que je les loue ?');
  const began = moved.at - 14 * DAY;
  const said = answerTo(moved, AURELIE, moved.at + 4_000_000, 'Signe, et garde une copie.');
  return {
    posted: [
      { letter: moved, copies: { outlook: { spec: { threadIndex: threadIndex(began, 'sono') } } } },
      { letter: said, name: 'sound', copies: { outlook: { spec: { threadIndex: threadIndex(began, 'sono', [began + 3_900_000]) } } } },
      { letter: tables },
      { letter: answerTo(tables, AURELIE, tables.at + 3_000_000, 'Oui, pour deux jours.'), name: 'tables' },
    ],
    plants: [
      {
        path: 'sound@outlook',
        twin: 'tables@outlook',
        rules: ['thread-contradiction'],
        proposition: 'misdated',
        story:
          'Date, Message-ID and servers of a question and its answer were moved by a fortnight; the Thread-Index of the answer still tells that it was begun long before the question was sent.',
      },
    ],
  };
}

/** The subject of a letter of Outlook was changed in one mailbox; Thread-Topic keeps the first one. */
function subjectChanged(): Planted {
  const deposit = letter(
    AURELIE,
    [CLEMENCE],
    '2022-09-06T10:31:52Z',
    'Devis des affiches',
    'Le devis des affiches est arrivé, il est dans le casier bleu.',
  );
  const chairs = letter(
    AURELIE,
    [CLEMENCE],
    '2022-09-08T13:05:28Z',
    'Clefs du local',
    'Les clefs du local sont chez la gardienne, demande-les avant midi.',
  );
  return {
    posted: [
      {
        letter: deposit,
        name: 'posters',
        copies: {
          outlook: { spec: { threadTopic: deposit.subject } },
          apple: { spec: { threadTopic: deposit.subject, subject: 'Acompte versé en liquide' } },
        },
      },
      {
        letter: chairs,
        name: 'keys',
        copies: { outlook: { spec: { threadTopic: chairs.subject } }, apple: { spec: { threadTopic: chairs.subject } } },
      },
    ],
    plants: [
      {
        path: 'posters@apple',
        twin: 'keys@apple',
        rules: ['subject-against-topic'],
        proposition: 'altered',
        story: 'The subject of this copy was changed; Thread-Topic, which few programs show, has the one it was sent under.',
      },
    ],
  };
}

/** Passed on under a header of Outlook with another sum; nothing but that header tells which letter it was. */
function passedOnOtherwise(): Planted {
  const rent = letter(
    AURELIE,
    [DAMIEN, CLEMENCE],
    '2022-10-04T08:26:14Z',
    'Loyer de la remise',
    'Le loyer de la remise passe à 310 unités au premier novembre, le bailleur nous a écrit hier.\nDamien garde sa lettre dans le classeur vert.',
  );
  const lamps = letter(
    AURELIE,
    [DAMIEN, CLEMENCE],
    '2022-10-06T09:41:37Z',
    'Lampes du préau',
    'Les lampes du préau seront changées jeudi, il faut 24 ampoules et une échelle.\nDamien prévient le gardien et compte les douilles.',
  );
  const answers = (l: Letter, words: string): Planted['posted'] => [{ letter: l }, { letter: answerTo(l, DAMIEN, l.at + 5_200_000, words) }];
  const told = { ...rent, body: rent.body.replace('310', '810') };
  return {
    posted: [
      ...answers(rent, 'C’est noté, je la range ce soir.'),
      { letter: passedOn(told, CLEMENCE, BASTIEN, '2022-10-04T17:12:08Z'), name: 'rent', copies: { apple: { absent: true } } },
      ...answers(lamps, 'Je le préviens demain.'),
      { letter: passedOn(lamps, CLEMENCE, BASTIEN, '2022-10-06T18:03:55Z'), name: 'lamps' },
    ],
    plants: [
      {
        path: 'rent@gmail',
        twin: 'lamps@gmail',
        rules: ['quoted-otherwise'],
        proposition: 'altered',
        story: 'Repeats a letter under a header of Outlook with another sum than the letter has in both mailboxes, and than the answer to it quotes.',
      },
    ],
  };
}

export const threadPlants = (): Planted[] => [
  quotedOtherwise(),
  answeredTooEarly(),
  answeredLetterGone(),
  knownAsTextOnly(),
  bothMovedButForTheIndex(),
  subjectChanged(),
  passedOnOtherwise(),
];

/** Honest letters whose answers vouch for them; letter and mailbox, as in a plant. */
export const THREAD_SUPPORTS: Expectation['supports'] = [{ path: 'chairs@outlook', rule: 'quoted-verbatim-by-others' }];

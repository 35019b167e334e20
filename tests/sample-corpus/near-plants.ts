import { buildMail, type MailSpec } from '../support/build-mail.ts';
import { HOUR, iso, offsetAt } from './calendar.ts';
import type { Folder } from './folders.ts';
import { AURELIE, CLEMENCE, mailboxOf, MAELYS, type Person, STRANGER } from './people.ts';
import { text } from './texts.ts';

const FIRST = 'depot/subventions/signees';
const LATER = 'depot/subventions/relues';
const LETTERS = 'depot/courriers_isoles';

interface Agreement {
  readonly name: string;
  readonly author: Person;
  readonly lines: (sum: string) => string[];
  readonly sums: readonly [string, string];
  readonly created: string;
  readonly saved: readonly [string, string];
  readonly savedBy?: string;
}

/** As it was signed, and as it lies in another folder, saved again with another sum. */
function twice({ name, author, lines, sums, created, saved, savedBy }: Agreement): Map<string, Uint8Array> {
  return new Map([
    [`${FIRST}/${name}`, text({ name, author, created, saved: saved[0], paragraphs: lines(sums[0]) })],
    [`${LATER}/${name}`, text({ name, author, created, saved: saved[1], paragraphs: lines(sums[1]), ...(savedBy === undefined ? {} : { savedBy }) })],
  ]);
}

const HARBOUR = (sum: string): string[] => [
  'Convention avec la société nautique',
  'La société nautique de Port-Selvane met son hangar à la disposition de la liste pour les réunions publiques du printemps.',
  `En contrepartie, la liste verse une participation de ${sum} unités aux frais d’éclairage, en deux fois.`,
  'Les clefs sont rendues au gardien le soir même, le matériel reste sous la garde de la société.',
  'Fait en deux exemplaires, dont un pour chaque partie.',
];

const LIGHTHOUSE = (sum: string): string[] => [
  'Accord avec les amis du phare',
  'Les amis du phare prêtent une tente, douze tables et la sonorisation pour la fête du quartier Saint-Elme.',
  `La liste rembourse le transport jusqu’à ${sum} unités sur présentation des factures du loueur.`,
  'En cas de pluie la fête se tient sous la halle, avec l’accord du placier donné par téléphone.',
  'Chacun garde un exemplaire de cet accord et en informe ses adhérents.',
];

/** In its recipient's box, or as it lies in its writer's own folder, where no server has been. */
function letter(from: Person, to: Person, at: number, subject: string, body: string, own: boolean, nth: string): Uint8Array {
  const spec: MailSpec = {
    client: from.client,
    from: mailboxOf(from),
    to: [mailboxOf(to)],
    subject,
    date: iso(at),
    offsetMinutes: offsetAt(at),
    body,
    messageId: `<${nth}@lacourbe.example>`,
  };
  return buildMail(own ? { ...spec, received: [] } : spec);
}

const CASHBOX = (sum: string): string =>
  'Bonjour Aurélie,\n\n' +
  `J’ai vidé la caisse du stand après le marché et compté avec Théodore, il y avait ${sum} unités en tout.\n` +
  'Je garde la boîte chez moi jusqu’à lundi, ensuite je la dépose au local avec le carnet.\n' +
  'Il manque encore des badges pour samedi prochain, peux-tu en commander une vingtaine ?\n\n' +
  'Maëlys';
const RENT = (sum: string): string =>
  'Bonjour Clémence,\n\n' +
  `Le loueur de la salle des fêtes demande ${sum} unités pour la soirée, ménage compris, et une caution par chèque.\n` +
  'Il ouvre la porte une heure avant et laisse les chaises rangées le long du mur du fond.\n' +
  'Merci de me dire si je réserve, il garde la date pour nous encore quelques jours.\n\n' +
  'Maëlys';

/** Documents and letters that lie twice in the dump, with another sum in the second: by a strange hand, and by honest ones. */
export function nearTwins(): Folder {
  const cash = Date.parse('2022-06-11T15:20:31Z');
  const rent = Date.parse('2022-09-06T08:05:12Z');
  const letters: [string, Uint8Array][] = [
    [`${LETTERS}/caisse.eml`, letter(MAELYS, AURELIE, cash, 'Caisse du marché', CASHBOX('218'), false, '5b1f6b0e-caisse')],
    [`${LETTERS}/caisse_copie.eml`, letter(MAELYS, AURELIE, cash, 'Caisse du marché', CASHBOX('2 180'), true, '77c20d4a-caisse')],
    [`${LETTERS}/salle.eml`, letter(MAELYS, CLEMENCE, rent, 'Salle des fêtes', RENT('160'), false, '0aa93c51-salle')],
    [`${LETTERS}/salle_suite.eml`, letter(MAELYS, CLEMENCE, rent + 50 * HOUR, 'Salle des fêtes', RENT('190'), true, 'e46b8812-salle')],
  ];
  return {
    files: new Map([
      ...twice({
        name: 'convention_hangar.docx',
        author: CLEMENCE,
        lines: HARBOUR,
        sums: ['420', '4 200'],
        created: '2022-03-01T09:10:00Z',
        saved: ['2022-03-02T10:24:00Z', '2023-03-30T21:53:00Z'],
        savedBy: STRANGER,
      }),
      ...twice({
        name: 'accord_phare.docx',
        author: CLEMENCE,
        lines: LIGHTHOUSE,
        sums: ['85', '120'],
        created: '2022-05-09T09:40:00Z',
        saved: ['2022-05-10T10:12:00Z', '2022-05-24T16:45:00Z'],
      }),
      ...letters,
    ]),
    plants: [
      {
        path: `${LATER}/convention_hangar.docx`,
        twin: `${LATER}/accord_phare.docx`,
        rules: ['near-duplicate-with-edits'],
        proposition: 'altered',
        story: 'Lies in two folders; in the second the sum is ten times what was signed, saved a year later by a hand that has no part in the first.',
      },
      {
        path: `${LETTERS}/caisse_copie.eml`,
        twin: `${LETTERS}/salle_suite.eml`,
        rules: ['near-duplicate-with-edits'],
        proposition: 'altered',
        story:
          'The message of the same minute with ten times the sum, under an id of its own and without a trace of any server. The twin is a second message, two days later.',
      },
    ],
  };
}

import { jpegWith } from '../support/build-images.ts';
import type { MailFile } from '../support/build-mail.ts';
import type { Letter } from './letters.ts';
import type { Posted } from './mailboxes.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, FABRICE, type Person } from './people.ts';
import { plainPdf } from './pdfs.ts';
import { original, spreadsheetFile, WORKBOOKS } from './spreadsheets.ts';
import { text, textFile } from './texts.ts';

const signed = (p: Person, ...lines: readonly string[]): string => ['Bonjour,', '', ...lines, '', 'Cordialement,', p.name].join('\n');

/** The workbooks as they went by mail, years before anybody saved them again. */
export const mailedWorkbooks = (): Posted[] =>
  WORKBOOKS.map((w, i): Posted => {
    const to = w.author === FABRICE ? [AURELIE, BASTIEN] : i % 2 === 0 ? [BASTIEN, DAMIEN] : [BASTIEN, CLEMENCE];
    const letter: Letter = {
      from: w.author,
      to,
      at: Date.parse(w.mailed) + 17_000,
      subject: `${w.title} : fichier à jour`,
      body: signed(w.author, `Voici le tableau « ${w.title} », à jour de cette semaine.`, 'Dites-moi s’il manque une ligne.'),
      attachments: [spreadsheetFile(w.file, original(w))],
    };
    return { letter, name: w.file };
  });

/** Documents that lie about loose as well, byte for byte the same: `name` is that of the file. */
export const CONTRACTS = ['contrat_location_halle.docx', 'contrat_sonorisation.docx', 'convention_bac.docx'] as const;
export const contract = (name: string): Uint8Array =>
  text({
    name,
    author: FABRICE,
    created: `2022-0${CONTRACTS.findIndex((c) => c === name) + 3}-08T09:30:00Z`,
    saved: `2022-0${CONTRACTS.findIndex((c) => c === name) + 3}-09T14:05:00Z`,
  });

/** A memo that went on after it was mailed and was mailed again: the loose one is the newer of two. */
const MEMO = [
  'Note sur la navette fluviale',
  'La navette part du quai des Tanneurs toutes les quarante minutes.',
  'Le coût annuel est estimé à 48 000 unités.',
  'La région en prend la moitié à sa charge.',
  'Une enquête auprès des riverains est en cours.',
  'Le bureau se prononce en mai.',
];
export const memo = (version: 1 | 2): Uint8Array =>
  text({
    name: 'note_navette.docx',
    author: BASTIEN,
    created: '2022-04-11T07:50:00Z',
    saved: version === 1 ? '2022-04-12T10:20:00Z' : '2022-04-26T15:45:00Z',
    paragraphs: version === 1 ? MEMO : MEMO.map((p) => p.replace('48 000', '52 500')),
  });

/** A draft of an agreement, which somebody later saved with another amount in it. */
const AGREEMENT = [
  'Accord de partenariat',
  'Entre la liste Grand Estuaire et la société Kerdavel.',
  'La prestation comprend la composition, le tirage et la livraison.',
  'Le prix est fixé à 7 400 unités, payable en deux fois.',
  'Le présent accord prend fin au terme de la campagne.',
  'Fait en deux exemplaires.',
];
export const agreement = (by: string | undefined, saved: string, price = '7 400'): Uint8Array =>
  text({
    name: 'accord_kerdavel.docx',
    author: FABRICE,
    created: '2022-09-05T08:10:00Z',
    saved,
    ...(by === undefined ? {} : { savedBy: by }),
    paragraphs: AGREEMENT.map((p) => p.replace('7 400', price)),
  });

/** A camera of no make that exists. */
export const snapshot = (local: string, offset: string, gps?: readonly [date: string, time: readonly [number, number, number]]): Uint8Array =>
  jpegWith({
    make: 'Aurore',
    model: 'Aurore S2',
    serial: '00417731',
    software: 'Aurore S2 1.04',
    captured: local,
    digitized: local,
    modified: local,
    offset,
    width: 64,
    height: 48,
    exif: { 0x9000: Buffer.from('0232') },
    ...(gps ? { gpsTime: { date: gps[0], time: gps[1] } } : {}),
  });

const photoFile = (name: string, bytes: Uint8Array): MailFile => ({ name, bytes, type: 'image/jpeg' });
const pdfFile = (name: string, bytes: Uint8Array): MailFile => ({ name, bytes, type: 'application/pdf' });

const letter = (from: Person, to: readonly Person[], at: string, subject: string, line: string, attachments: readonly MailFile[]): Letter => ({
  from,
  to,
  at: Date.parse(at),
  subject,
  body: signed(from, line),
  attachments,
});

/** Ordinary messages with something attached. */
export const mailedDocuments = (): Posted[] => [
  {
    name: CONTRACTS[0],
    letter: letter(FABRICE, [AURELIE], '2022-03-10T08:15:09Z', 'Contrat de la halle', 'Le contrat signé par la mairie, pour le classeur.', [
      textFile(CONTRACTS[0], contract(CONTRACTS[0])),
    ]),
  },
  {
    name: CONTRACTS[1],
    letter: letter(FABRICE, [AURELIE, BASTIEN], '2022-04-11T09:02:44Z', 'Sonorisation', 'Le contrat de sonorisation, relu.', [
      textFile(CONTRACTS[1], contract(CONTRACTS[1])),
    ]),
  },
  {
    name: CONTRACTS[2],
    letter: letter(FABRICE, [BASTIEN], '2022-05-10T12:31:20Z', 'Convention avec le bac', 'La convention telle que le port la propose.', [
      textFile(CONTRACTS[2], contract(CONTRACTS[2])),
    ]),
  },
  {
    name: 'memo-1',
    letter: letter(BASTIEN, [CLEMENCE, DAMIEN], '2022-04-12T13:40:11Z', 'Navette, premier jet', 'Un premier jet de la note, chiffres à vérifier.', [
      textFile('note_navette.docx', memo(1)),
    ]),
  },
  {
    name: 'memo-2',
    letter: letter(
      BASTIEN,
      [CLEMENCE, DAMIEN],
      '2022-04-27T07:12:50Z',
      'Navette, version corrigée',
      'Le coût est corrigé après l’appel à la région.',
      [textFile('note_navette.docx', memo(2))],
    ),
  },
  {
    name: 'photos',
    letter: letter(CLEMENCE, [BASTIEN, AURELIE], '2022-06-20T16:44:02Z', 'Photos de la fête du port', 'Deux photos de samedi, libres de droits.', [
      photoFile('IMG_0412.jpg', snapshot('2022:06:18 16:05:12', '+02:00')),
      photoFile('IMG_0413.jpg', snapshot('2022:06:18 16:21:40', '+02:00')),
    ]),
  },
  {
    name: 'flyer',
    letter: letter(DAMIEN, [CLEMENCE, BASTIEN], '2022-10-13T18:20:37Z', 'Tract, bon à tirer', 'La version que l’imprimeur demande.', [
      pdfFile('tract_octobre.pdf', plainPdf('tract_octobre.pdf', DAMIEN, '2022-10-13T17:58:00Z')),
    ]),
  },
];

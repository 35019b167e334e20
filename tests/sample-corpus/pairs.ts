import { buildXlsx, type DocxSpec } from '../support/build-ooxml.ts';
import { buildPdf } from '../support/build-pdf.ts';
import { appendRevision } from '../support/build-pdf-update.ts';
import { dosOf } from '../support/build-zip.ts';
import { deflateFixed } from './deflate.ts';
import type { Plant } from './expectation.ts';
import type { Folder } from './folders.ts';
import { snapshot } from './mail-attachments.ts';
import { laterBy, pdfDate, pdfOptions } from './pdfs.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, FABRICE, type Person } from './people.ts';
import { text } from './texts.ts';

/** The planted file under depot/dossiers, its honest twin of the same name under depot/temoins. */
interface Pair {
  readonly name: string;
  readonly twinName?: string;
  readonly planted: Uint8Array;
  readonly honest: Uint8Array;
  readonly rules: readonly string[];
  readonly proposition: Plant['proposition'];
  readonly story: string;
}

function texts(name: string, author: Person, created: string, saved: string, planted: Partial<DocxSpec>): Pick<Pair, 'name' | 'planted' | 'honest'> {
  return { name, honest: text({ name, author, created, saved }), planted: text({ name, author, created, saved, as: planted }) };
}

const packages = (): Pair[] => [
  {
    ...texts('reglement_interieur.docx', AURELIE, '2022-01-18T09:12:00Z', '2022-01-19T14:31:00Z', {
      container: 'info-zip',
      packed: { local: '2023-02-15T22:41:10', instant: '2023-02-15T21:41:10Z' },
    }),
    rules: ['foreign-package-writer'],
    proposition: 'misdated',
    story: 'Unpacked, and packed again with a common archiver a year after Word saved it, as it says, for the last time.',
  },
  {
    // As a script puts one part back: its own version, clock and flags.
    ...texts('convention_stage.docx', FABRICE, '2021-10-04T08:20:00Z', '2021-10-05T11:52:00Z', {
      members: { 'word/document.xml': { versionMadeBy: 0x0314, versionNeeded: 20, flags: 0, ...dosOf('2023-03-11T01:08:22'), extra: [] } },
    }),
    rules: ['odd-package-member'],
    proposition: 'altered',
    story: 'The text alone was taken out of the package, edited and put back; the other parts are as Word wrote them.',
  },
  {
    ...texts('bilan_permanence.docx', DAMIEN, '2021-11-15T10:05:00Z', '2021-11-16T16:20:00Z', {
      container: 'python-zipfile',
      packed: { local: '2023-03-02T01:12:40' },
    }),
    rules: ['member-times-against-modified'],
    proposition: 'misdated',
    story: 'Says it was saved in November 2021; its parts were packed in March 2023.',
  },
];

function workbooks(): Pair[] {
  const spec = (lastEdited: number): Uint8Array =>
    buildXlsx({
      author: AURELIE.name,
      lastAuthor: AURELIE.name,
      created: '2021-09-06T07:40:12Z',
      modified: '2021-09-07T12:15:30Z',
      company: 'Grand Estuaire',
      uiLanguageCreated: 'fr',
      appVersion: '12.0000',
      calcId: 125_725,
      defaultThemeVersion: 124_226,
      fileVersion: { lastEdited, lowestEdited: 4, rupBuild: lastEdited === 4 ? '4507' : '24326' },
      sheets: {
        Feuil1: [
          ['Caisse', 412],
          ['Timbres', 66],
          ['Café', 31],
        ],
      },
      zip: { deflate: deflateFixed },
    });
  return [
    {
      name: 'caisse_2021.xlsx',
      planted: spec(7),
      honest: spec(4),
      rules: ['editor-record-disagreement'],
      proposition: 'handled',
      story: 'Names Excel 2007 as the program that saved last, while its workbook part records an editor of 2016 or later.',
    },
  ];
}

const SUM = ['Attestation', 'La liste Grand Estuaire reconnaît avoir reçu un don de 750 unités.', 'Port-Selvane, le 3 mai 2022'].join('\n');

function pdfs(): Pair[] {
  const attested = buildPdf(pdfOptions('attestation_don.pdf', AURELIE, '2022-05-03T09:14:00Z', { pages: [SUM] }));
  const signed = appendRevision(appendRevision(attested, { annotate: { page: 1, text: 'Bon pour accord' } }), { sign: 'Tresoriere' });
  const options = (infoCreated?: string): Uint8Array =>
    buildPdf(pdfOptions('lettre_prefecture.pdf', FABRICE, '2022-11-28T15:42:00Z', infoCreated === undefined ? {} : { infoCreated }));
  const changed = appendRevision(attested, {
    replacePage: { page: 1, text: SUM.replace('750', '7 500') },
    info: { ...pdfOptions('attestation_don.pdf', AURELIE, '2022-05-03T09:14:00Z').info, ModDate: pdfDate(laterBy('2022-05-03T09:14:00Z', 51)) },
    compress: false,
  });
  return [
    {
      name: 'lettre_prefecture.pdf',
      planted: options('2022-06-13T08:05:00Z'),
      honest: options(),
      rules: ['info-against-xmp'],
      proposition: 'misdated',
      story: 'The dates of the information dictionary were moved back by five months; the XMP packet was forgotten.',
    },
    {
      name: 'attestation_don.pdf',
      planted: changed,
      honest: signed,
      rules: ['content-changed-in-later-revision'],
      proposition: 'altered',
      story: 'A later revision writes the page anew with ten times the sum. The twin has later revisions too: a note and a signature.',
    },
  ];
}

function photos(): Pair[] {
  return [
    {
      name: 'quai_de_nuit.jpg',
      planted: snapshot('2022:06:18 22:14:05', '+02:00', ['2022:09:02', [18, 3, 51]]),
      honest: snapshot('2022:06:18 22:14:05', '+02:00', ['2022:06:18', [20, 14, 2]]),
      rules: ['photo-clock-disagreement'],
      proposition: 'misdated',
      story: 'The time of the picture was set to a day in June; the satellites were heard in September.',
    },
  ];
}

function wrongName(): Pair {
  const bytes = text({ name: 'releve_bancaire', author: BASTIEN, created: '2022-10-10T09:00:00Z', saved: '2022-10-10T17:40:00Z' });
  return {
    name: 'releve_bancaire.pdf',
    twinName: 'releve_bancaire.docx',
    planted: bytes,
    honest: bytes,
    rules: ['extension-against-content'],
    proposition: 'context',
    story: 'A document of Word under a name that promises a PDF. The twin is the same file under its right name.',
  };
}

/** Planted by the campaign itself, to be found. */
function decoys(): Folder {
  const secret = 'operation_phare.docx';
  const bait = 'reunion_secrete.jpg';
  const honest = 'reunion_publique.jpg';
  const files = new Map<string, Uint8Array>([
    [
      `depot/leurres/${secret}`,
      text({
        name: secret,
        author: CLEMENCE,
        created: '2022-12-05T10:00:00Z',
        saved: '2022-12-06T11:30:00Z',
        paragraphs: [
          'Opération Phare',
          'Le trésor du port est caché sous la troisième bouée.',
          'Mot de passe : bigorneau.',
          'Lu et approuvé par le homard du conseil.',
        ],
      }),
    ],
    [`depot/leurres/${bait}`, snapshot('2023:01:12 21:30:44', '+01:00', ['2022:04:30', [9, 12, 0]])],
    [`depot/leurres/${honest}`, snapshot('2023:01:12 21:30:44', '+01:00', ['2023:01:12', [20, 30, 40]])],
  ]);
  return {
    files,
    plants: [
      {
        path: `depot/leurres/${bait}`,
        twin: `depot/leurres/${honest}`,
        rules: ['photo-clock-disagreement'],
        proposition: 'misdated',
        story:
          'A decoy: the campaign itself put it there with clocks that contradict each other. The finding is right about the file and says nothing about who made it.',
      },
    ],
    silent: [
      {
        path: `depot/leurres/${secret}`,
        why: 'a decoy made with the ordinary program on an ordinary day: nothing in the file says that its words are invented',
      },
    ],
  };
}

/** Saved after the last message of every mailbox; the twin on the last day but one. */
function afterTheEnd(): Folder {
  const name = 'cadrage_second_tour.docx';
  const at = (saved: string): Uint8Array => text({ name, author: DAMIEN, created: '2023-04-17T08:30:00Z', saved });
  return {
    files: new Map([
      [`depot/dossiers/${name}`, at('2023-05-16T20:12:00Z')],
      [`depot/temoins/${name}`, at('2023-04-21T16:12:00Z')],
    ]),
    plants: [
      {
        path: `depot/dossiers/${name}`,
        twin: `depot/temoins/${name}`,
        rules: ['saved-after-mailbox-end'],
        proposition: 'handled',
        story: 'Says it was saved three weeks after the last mailbox ends.',
      },
    ],
  };
}

/** Files that differ from their twins in the one fact that tells. */
export function pairs(): Folder[] {
  const all = [...packages(), ...workbooks(), ...pdfs(), ...photos(), wrongName()];
  const files = new Map(
    all.flatMap((p): [string, Uint8Array][] => [
      [`depot/dossiers/${p.name}`, p.planted],
      [`depot/temoins/${p.twinName ?? p.name}`, p.honest],
    ]),
  );
  const plants = all.map(({ name, twinName, rules, proposition, story }): Plant => ({
    path: `depot/dossiers/${name}`,
    twin: `depot/temoins/${twinName ?? name}`,
    rules,
    proposition,
    story,
  }));
  return [{ files, plants }, decoys(), afterTheEnd()];
}

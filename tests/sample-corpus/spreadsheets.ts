import type { MailFile } from '../support/build-mail.ts';
import { buildXls } from '../support/build-ole.ts';
import { buildXlsx } from '../support/build-ooxml.ts';
import { seeded } from '../support/seeded.ts';
import { deflateFixed } from './deflate.ts';
import { AURELIE, FABRICE, type Person, STRANGER } from './people.ts';

/** One workbook of the treasurers: made by one of them, mailed, and years later found again in another state. */
export interface Workbook {
  readonly file: string;
  readonly title: string;
  readonly author: Person;
  readonly created: string;
  /** When its author saved it last. */
  readonly saved: string;
  /** When it was mailed, ISO 8601 in UTC. */
  readonly mailed: string;
  /** When the stranger saved it, and whether under a name. */
  readonly resaved: string;
  readonly named: boolean;
  /** A number that is another one afterwards: row of the table from 0, and what is added to it. */
  readonly altered?: { readonly row: number; readonly by: number };
}

const book = (
  file: string,
  title: string,
  author: Person,
  [created, saved, mailed, resaved]: readonly [string, string, string, string],
  named: boolean,
  altered?: Workbook['altered'],
): Workbook => ({
  file,
  title,
  author,
  created,
  saved,
  mailed,
  resaved: `2023-03-29T09:${resaved}Z`,
  named,
  ...(altered ? { altered } : {}),
});

/** Twelve workbooks of eleven years, all saved again on one morning within four minutes. */
export const WORKBOOKS: readonly Workbook[] = [
  book('budget_du_port.xls', 'Budget du port', FABRICE, ['2012-05-10T08:14:20Z', '2012-06-18T15:40:02Z', '2021-05-04T08:20:00Z', '12:06'], true),
  book('cotisations_2013.xls', 'Cotisations', FABRICE, ['2013-02-04T13:02:41Z', '2013-12-02T09:11:37Z', '2021-05-18T12:41:00Z', '12:27'], false),
  book(
    'inventaire_local.xls',
    'Inventaire du local',
    FABRICE,
    ['2014-09-22T16:20:09Z', '2015-01-19T10:05:55Z', '2021-06-10T07:55:00Z', '12:46'],
    true,
  ),
  book(
    'plan_de_financement.xlsx',
    'Plan de financement',
    AURELIE,
    ['2016-03-14T09:31:10Z', '2021-06-21T14:03:48Z', '2021-06-22T08:12:00Z', '13:05'],
    true,
    { row: 4, by: 80_000 },
  ),
  book(
    'salaires_permanents.xlsx',
    'Salaires des permanents',
    AURELIE,
    ['2017-01-09T08:45:33Z', '2021-09-13T09:20:17Z', '2021-09-14T13:05:00Z', '13:22'],
    false,
  ),
  book('dons_2019.xlsx', 'Dons', FABRICE, ['2019-01-15T10:10:10Z', '2020-01-20T11:42:29Z', '2021-10-05T09:33:00Z', '13:44'], true, {
    row: 7,
    by: 9_000,
  }),
  book(
    'tresorerie_mensuelle.xlsx',
    'Trésorerie mensuelle',
    AURELIE,
    ['2019-09-02T07:58:01Z', '2021-11-02T16:26:44Z', '2021-11-03T08:02:00Z', '14:01'],
    false,
  ),
  book(
    'frais_de_deplacement.xlsx',
    'Frais de déplacement',
    FABRICE,
    ['2020-02-11T14:37:50Z', '2021-12-07T09:54:12Z', '2021-12-08T10:26:00Z', '14:23'],
    true,
  ),
  book(
    'communication_depenses.xlsx',
    'Dépenses de communication',
    AURELIE,
    ['2020-10-19T12:21:36Z', '2022-02-01T15:17:03Z', '2022-02-02T09:09:00Z', '14:48'],
    false,
  ),
  book(
    'business_plan_campagne.xlsx',
    'Business plan de la campagne',
    AURELIE,
    ['2021-08-30T09:05:27Z', '2022-03-21T17:30:20Z', '2022-03-22T07:48:00Z', '15:10'],
    true,
    { row: 9, by: 120_000 },
  ),
  book(
    'locations_de_salles.xlsx',
    'Locations de salles',
    FABRICE,
    ['2021-10-12T11:28:45Z', '2022-05-16T13:49:31Z', '2022-05-17T08:31:00Z', '15:33'],
    false,
  ),
  book(
    'previsionnel_2022.xlsx',
    'Prévisionnel 2022',
    AURELIE,
    ['2021-12-13T10:01:19Z', '2022-06-27T09:36:58Z', '2022-06-28T12:14:00Z', '15:52'],
    true,
  ),
];

const LABELS = [
  'Affiches',
  'Tracts',
  'Location de salles',
  'Sonorisation',
  'Salaires',
  'Déplacements',
  'Timbres',
  'Téléphone',
  'Assurance',
  'Site internet',
  'Cotisations',
  'Dons',
  'Tombola',
  'Remboursements',
  'Divers',
];

/** The table of a workbook, the same for every state of it but for the altered number. */
function rowsOf(w: Workbook, altered: boolean): (string | number)[][] {
  const chance = seeded([...w.file].reduce((sum, c) => sum * 31 + c.charCodeAt(0), 7));
  const amounts = LABELS.map((_, i) => Math.floor(chance() * 9_000) + 150 + (altered && w.altered?.row === i ? w.altered.by : 0));
  return [
    [w.title],
    ['Poste', 'Montant', 'Échéance'],
    ...LABELS.map((label, i) => [label, amounts[i] ?? 0, `T${(i % 4) + 1}`]),
    ['Remarque', 'montants en unités courantes, hors taxes'],
  ];
}

interface State {
  readonly by: string | undefined;
  readonly at: string;
  readonly language: 'fr' | 'ru';
  readonly altered: boolean;
}

const HEADINGS = { fr: 'Feuilles de calcul', ru: 'Листы' } as const;

function written(w: Workbook, { by, at, language, altered }: State): Uint8Array {
  const sheets = { Feuil1: rowsOf(w, altered) };
  const common = {
    title: w.title,
    author: w.author.name,
    created: w.created,
    modified: at,
    company: 'Grand Estuaire',
    ...(by === undefined ? {} : { lastAuthor: by }),
  };
  if (w.file.endsWith('.xlsx')) {
    const absPath = language === 'fr' ? `C:\\Users\\${w.author.address.split('@')[0] ?? ''}\\Documents\\` : undefined;
    return buildXlsx({
      ...common,
      sheets,
      uiLanguageCreated: 'fr',
      uiLanguageSaved: language,
      fileVersion: { lastEdited: 7, lowestEdited: 7, rupBuild: language === 'fr' ? '24326' : '26129' },
      zip: { deflate: deflateFixed },
      ...(absPath === undefined ? {} : { absPath }),
    });
  }
  return buildXls({
    ...common,
    sheets,
    codePage: language === 'fr' ? 1252 : 1251,
    application: 'Microsoft Excel',
    version: [16, 0],
    headingPairs: [[HEADINGS[language], 1]],
    titles: ['Feuil1'],
    country: language === 'fr' ? [33, 33] : [7, 7],
    rootModified: at,
    userType: language === 'fr' ? 'Feuille de calcul Microsoft Excel 2003' : 'Лист Microsoft Excel 2003',
  });
}

/** As its author saved it and mailed it. */
export const original = (w: Workbook): Uint8Array => written(w, { by: w.author.name, at: w.saved, language: 'fr', altered: false });
/** As the stranger left it. */
export const resaved = (w: Workbook): Uint8Array =>
  written(w, { by: w.named ? STRANGER : undefined, at: w.resaved, language: 'ru', altered: w.altered !== undefined });

export const spreadsheetFile = (name: string, bytes: Uint8Array): MailFile => ({
  name,
  bytes,
  type: name.endsWith('.xlsx') ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'application/vnd.ms-excel',
});

import { jpegWith } from '../support/build-images.ts';
import { buildPdf } from '../support/build-pdf.ts';
import { buildXlsx } from '../support/build-ooxml.ts';
import { deflateFixed } from './deflate.ts';
import type { Folder } from './folders.ts';
import { snapshot } from './mail-attachments.ts';
import { pdfDate } from './pdfs.ts';
import { AURELIE, FABRICE, KSENIA_IN_CYRILLIC, MAELYS } from './people.ts';
import { text } from './texts.ts';

interface Harmless {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly why: string;
}

const pictures = (): Harmless[] => [
  { name: 'carnaval.jpg', bytes: snapshot('2000:01:01 00:04:12', '+01:00'), why: 'a camera whose battery died begins again in the year 2000' },
  {
    name: 'affiche_1998.jpg',
    bytes: jpegWith({
      make: 'Lumen',
      model: 'Lumen F20',
      captured: '1998:06:14 12:00:00',
      digitized: '2022:02:03 17:20:08',
      modified: '2022:02:03 17:20:08',
      width: 64,
      height: 48,
    }),
    why: 'a picture of 1998 that was scanned in 2022',
  },
  {
    name: 'marche.jpg',
    bytes: snapshot('2022:10:01 09:12:30', '+02:00', ['2022:10:01', [7, 11, 48]]),
    why: 'the satellites tell UTC, the telephone local time',
  },
];

const documents = (): Harmless[] => [
  {
    name: 'modele_courrier.docx',
    bytes: text({ name: 'modele_courrier', author: FABRICE, created: '2009-03-02T09:00:00Z', saved: '2022-05-20T10:11:00Z' }),
    why: 'a letterhead is years older than the letter',
  },
  {
    name: 'panneaux_traduits.docx',
    bytes: text({
      name: 'panneaux_traduits',
      author: MAELYS,
      created: '2022-08-24T08:40:00Z',
      saved: '2022-08-29T19:05:00Z',
      savedBy: KSENIA_IN_CYRILLIC,
      as: { uiLanguageSaved: 'ru' },
    }),
    why: 'last saved by a volunteer who writes her name in Cyrillic letters and uses Word in Russian; she writes mail here, too',
  },
  {
    name: 'caisse_du_stand.xlsx',
    bytes: buildXlsx({
      author: AURELIE.name,
      lastAuthor: AURELIE.name,
      created: '2006-09-16T00:00:00Z',
      modified: '2022-06-20T08:31:44Z',
      company: 'Grand Estuaire',
      uiLanguageCreated: 'fr',
      sheets: {
        Feuil1: [
          ['Stand', 'Recette'],
          ['Buvette', 412],
          ['Tombola', 268],
        ],
      },
      zip: { deflate: deflateFixed },
    }),
    why: 'the date of creation is that of the blank workbook which Excel ships',
  },
  {
    name: 'scan_0007.pdf',
    bytes: buildPdf({
      info: { Creator: 'Lumen MF 420', Producer: 'Lumen MF 420', CreationDate: pdfDate('2005-01-01T00:03:10Z') },
      id: ['a1b2c3d4e5f60718293a4b5c6d7e8f90', 'a1b2c3d4e5f60718293a4b5c6d7e8f90'],
      pages: ['Facture 2291'],
      compress: false,
    }),
    why: 'the copier was never told the date',
  },
];

/** Files whose clocks, names or languages look wrong and are not. */
export function honestFiles(): Folder {
  const all = [...pictures(), ...documents()];
  return {
    files: new Map(all.map(({ name, bytes }) => [`depot/divers/${name}`, bytes])),
    silent: all.map(({ name, why }) => ({ path: `depot/divers/${name}`, why })),
  };
}

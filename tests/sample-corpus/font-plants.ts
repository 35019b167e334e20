import { fontWith } from '../support/build-fonts.ts';
import { buildPdf } from '../support/build-pdf.ts';
import type { Folder } from './folders.ts';
import { pdfOptions } from './pdfs.ts';
import { AURELIE } from './people.ts';

/** Two fonts of an office suite, as it was in the summer of 2019. */
const FONTS = [
  { name: 'CAABBD+Garamonde', created: '2011-05-02T09:00:00Z', modified: '2019-04-09T12:00:00Z' },
  { name: 'CAABBE+Elzevir', created: '2013-02-11T09:00:00Z', modified: '2019-07-03T12:00:00Z' },
] as const;

/** Two letters of intent in one layout, of which one bears dates from before its fonts. */
export function fontPlants(): Folder {
  const pdf = (name: string, created: string): Uint8Array =>
    buildPdf({
      ...pdfOptions(name, AURELIE, created),
      fonts: FONTS.map(({ name: font, created: begun, modified }) => ({
        name: font,
        program: { entry: 'FontFile2', bytes: fontWith({ names: { 4: font.slice(7) }, created: begun, modified }) },
      })),
    });
  const [planted, honest] = ['depot/imprimes/promesse_bail_2016.pdf', 'depot/imprimes/promesse_bail_2021.pdf'];
  return {
    files: new Map([
      [planted, pdf('promesse_bail_2016.pdf', '2016-03-02T09:41:12Z')],
      [honest, pdf('promesse_bail_2021.pdf', '2021-10-13T14:20:36Z')],
    ]),
    plants: [
      {
        path: planted,
        twin: honest,
        rules: ['font-newer-than-document'],
        proposition: 'misdated',
        story: 'Made with the clock of the computer set back to 2016; the fonts that it embeds were changed in 2019.',
      },
    ],
  };
}

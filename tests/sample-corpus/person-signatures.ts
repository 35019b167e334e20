import { armor } from '../support/build-pgp.ts';
import { keyBlock, pgpKey, signedClear } from '../support/build-pgp-signed.ts';
import type { Folder } from './folders.ts';
import { HONORINE } from './people.ts';

const FOLDER = 'depot/quittances';
const KEY = pgpKey('rsa', '2020-09-01T08:00:00Z');

const receipt = (text: string, at: string): string => signedClear(KEY, `${text}\n\nHonorine`, at);

/** Receipts that a volunteer signs with OpenPGP, one of them changed afterwards, and her key. */
export function personSignatures(): Folder {
  const changed = receipt('Reçu de la trésorière 180 euros pour la location des tables, payés en espèces le 4 avril.', '2022-04-05T09:12:00Z');
  const honest = receipt('Reçu du trésorier adjoint 95 euros pour le transport des panneaux au dépôt, par chèque, le 2 mai.', '2022-05-03T18:40:00Z');
  const files: readonly (readonly [string, string])[] = [
    ['clef_honorine.asc', armor('PUBLIC KEY BLOCK', keyBlock(KEY, `${HONORINE.name} <${HONORINE.address}>`)).toString()],
    ['tables.asc', changed.replace('180 euros', '780 euros')],
    ['panneaux.asc', honest],
  ];
  return {
    files: new Map(files.map(([name, text]) => [`${FOLDER}/${name}`, Buffer.from(text, 'utf8')])),
    plants: [
      {
        path: `${FOLDER}/tables.asc`,
        twin: `${FOLDER}/panneaux.asc`,
        rules: ['person-signed-content-changed'],
        proposition: 'altered',
        story: 'The sum was changed after the volunteer had signed the receipt; her key lies beside it.',
      },
    ],
    supports: [{ path: `${FOLDER}/panneaux.asc`, rule: 'person-signature-verified' }],
  };
}

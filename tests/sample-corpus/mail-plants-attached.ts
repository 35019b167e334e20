import type { MailFile } from '../support/build-mail.ts';
import { buildZip } from '../support/build-zip.ts';
import { deflateFixed } from './deflate.ts';
import type { Letter } from './letters.ts';
import type { Planted } from './mail-plants.ts';
import { AURELIE, DAMIEN, GWENOLA, PRINTER } from './people.ts';
import { text, textFile } from './texts.ts';

/** The supplier's offer, exchanged in one of two mailboxes for one that was saved months after it was mailed. */
export function attachmentExchanged(): Planted {
  const name = 'offre_impression.docx';
  const lines = (price: string): string[] => [
    'Offre d’impression',
    'Affiches A2, quadrichromie, 850 exemplaires.',
    `Prix ferme : ${price} unités, livraison comprise.`,
    'Offre valable trente jours.',
    'Imprimerie Kerdavel, Port-Selvane.',
  ];
  const offer = (price: string, saved: string): Uint8Array =>
    text({ name, author: PRINTER, created: '2022-02-08T08:00:00Z', saved, paragraphs: lines(price), as: { company: 'Kerdavel' } });
  const letter: Letter = {
    from: PRINTER,
    to: [AURELIE, DAMIEN],
    at: Date.parse('2022-02-09T09:30:12Z'),
    subject: 'Offre pour vos affiches',
    body: 'Madame, Monsieur,\n\nVeuillez trouver notre offre ci-jointe.\n\nImprimerie Kerdavel',
    attachments: [textFile(name, offer('2 850', '2022-02-08T15:32:00Z'))],
  };
  return {
    posted: [
      { letter, name: 'offer', copies: { thunderbird: { letter: { attachments: [textFile(name, offer('28 500', '2023-02-14T21:07:00Z'))] } } } },
    ],
    plants: [
      {
        path: 'offer@thunderbird!/mime:2',
        twin: 'offer@outlook!/mime:2',
        rules: ['attachment-changed-after-send'],
        proposition: 'altered',
        story: 'The attachment was opened a year later, its price multiplied by ten, and put back into the message; it records the saving.',
      },
    ],
  };
}

/** The same with the document inside an archive inside the message. */
export function packedExchanged(): Planted {
  const name = 'releve_des_dons.docx';
  const packed = (sum: string, saved: string): MailFile => {
    const paragraphs = ['Relevé des dons', 'Semaine 38, stand du marché.', `Total en caisse : ${sum} unités.`, 'Compté à deux.'];
    const content = text({ name, author: GWENOLA, created: '2022-09-25T16:00:00Z', saved, paragraphs });
    return {
      name: 'dons.zip',
      type: 'application/zip',
      bytes: buildZip([{ name, content, local: '2022-09-26T09:02:10' }], 'python-zipfile', { deflate: deflateFixed }),
    };
  };
  const letter: Letter = {
    from: GWENOLA,
    to: [DAMIEN, AURELIE],
    at: Date.parse('2022-09-26T07:15:40Z'),
    subject: 'Dons de la semaine',
    rich: true,
    body: 'Bonjour,\n\nLe relevé de la semaine, dans une archive.\n\nGwenola',
    attachments: [packed('318', '2022-09-25T17:44:00Z')],
  };
  return {
    posted: [{ letter, name: 'donations', copies: { outlook: { letter: { attachments: [packed('3 180', '2023-03-21T22:18:00Z')] } } } }],
    plants: [
      {
        path: `donations@outlook!/mime:2!/zip:${name}`,
        twin: `donations@thunderbird!/mime:2!/zip:${name}`,
        rules: ['attachment-changed-after-send'],
        proposition: 'altered',
        story:
          'A document in an archive in a message, saved half a year after the message was delivered; the clock of the archive was set back, that of the document was not.',
      },
    ],
  };
}

import { buildEmlx } from '../support/build-emlx.ts';
import { buildMail, type MailSpec } from '../support/build-mail.ts';
import { offsetAt } from './calendar.ts';
import type { Folder } from './folders.ts';
import { hopsTo, type Letter } from './letters.ts';
import { plainPdf } from './pdfs.ts';
import { CLEMENCE, mailboxOf, PRINTER } from './people.ts';

const FOLDER = 'depot/apple_mail';
const LINE = 76;

/** What stood in a message: base64 in lines, each with its line feed. */
function encodedBytes(file: Uint8Array): number {
  const bare = 4 * Math.ceil(file.byteLength / 3);
  return bare + Math.ceil(bare / LINE);
}

/** A letter as Apple Mail keeps it, and its attachment in a file beside it. */
function kept(number: number, at: string, name: string, sent: Uint8Array, lies: Uint8Array): [string, Uint8Array][] {
  const letter: Letter = { from: PRINTER, to: [CLEMENCE], at: Date.parse(at), subject: `Devis ${number}`, body: 'Madame,\n\nVoici notre devis.\n' };
  const spec: MailSpec = {
    client: PRINTER.client,
    from: mailboxOf(PRINTER),
    to: [mailboxOf(CLEMENCE)],
    subject: letter.subject,
    date: at,
    offsetMinutes: offsetAt(letter.at),
    body: letter.body,
    attachments: [{ name, bytes: Buffer.from('left out'), type: 'application/pdf' }],
    received: hopsTo(letter, CLEMENCE.address),
  };
  const mail = Buffer.from(buildMail(spec)).toString('latin1').replaceAll('\r\n', '\n');
  const partial = mail.replace(/\n\nbGVmdCBvdXQ=\n/, `\nX-Apple-Content-Length: ${encodedBytes(sent)}\n\n\n`);
  return [
    [`${FOLDER}/Messages/${number}.partial.emlx`, buildEmlx({ mail: Buffer.from(partial, 'latin1'), received: at })],
    [`${FOLDER}/Attachments/${number}/2/${name}`, lies],
  ];
}

/** Many pages, and one. */
const book = (name: string): Uint8Array => Buffer.concat([plainPdf(name, PRINTER, '2022-02-07T10:11:12Z'), Buffer.alloc(9000, '% \n')]);

/** Two letters whose attachments Apple Mail keeps beside them; in the place of one lies another file. */
export function keptPlants(): Folder {
  const [planted, honest] = [`${FOLDER}/Attachments/4107/2/devis_4107.pdf`, `${FOLDER}/Attachments/4112/2/devis_4112.pdf`];
  return {
    files: new Map([
      ...kept(4107, '2022-02-08T09:14:55Z', 'devis_4107.pdf', book('devis_4107.pdf'), plainPdf('devis_4107.pdf', PRINTER, '2022-02-07T10:11:12Z')),
      ...kept(4112, '2022-02-10T11:02:31Z', 'devis_4112.pdf', book('devis_4112.pdf'), book('devis_4112.pdf')),
    ]),
    plants: [
      {
        path: planted,
        twin: honest,
        rules: ['kept-attachment-differs'],
        proposition: 'altered',
        story:
          'Another file with the same dates was put where the mail program keeps the attachment; the message still says how long the first one was.',
      },
    ],
  };
}

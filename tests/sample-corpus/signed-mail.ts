import type { DkimKeys } from '../../src/model/dkim-key.ts';
import { RSA_1024 } from '../support/build-dkim.data.ts';
import { signMail, testKey } from '../support/build-dkim.ts';
import { buildMail } from '../support/build-mail.ts';
import { DAY } from './calendar.ts';
import type { Folder } from './folders.ts';
import { AURELIE, HONORINE, type Person, PRINTER } from './people.ts';

const FOLDER = 'depot/accuses';
const KEY = testKey(RSA_1024);
const DOMAIN = 'kerdavel.example';
const SELECTOR = 'envoi';
const FIRST = Date.parse('2022-03-07T08:12:20Z');
const DELIVERIES = 14;
const CHANGED_BODY = 4;
const CHANGED_HEADER = 7;

/** What the operator of the tests hands in as --dkim-keys. */
export const SAMPLE_KEYS: DkimKeys = new Map([
  [
    `${SELECTOR}._domainkey.${DOMAIN}`,
    [{ name: `${SELECTOR}._domainkey.${DOMAIN}`, record: KEY.record, from: null, until: null, source: 'sample corpus' }],
  ],
]);

interface Notice {
  readonly from: Person;
  readonly at: number;
  readonly subject: string;
  readonly body: string;
  readonly domain: string;
  readonly selector: string;
}

/** As the provider signed it when it took it. */
function signed({ from, at, subject, body, domain, selector }: Notice): string {
  const mail = buildMail({
    client: 'thunderbird',
    from: `${from.name} <${from.address}>`,
    to: `${AURELIE.name} <${AURELIE.address}>`,
    subject,
    date: new Date(at).toISOString(),
    offsetMinutes: 60,
    body,
  });
  const seconds = Math.floor(at / 1000) + 2;
  return signMail(Buffer.from(mail).toString('latin1'), {
    key: KEY,
    domain,
    selector,
    h: ['From', 'To', 'Subject', 'Date', 'Message-ID'],
    tags: [`t=${seconds}`],
  });
}

const delivery = (n: number): string =>
  signed({
    from: PRINTER,
    at: FIRST + n * DAY,
    subject: `Avis de livraison ${n + 1}`,
    body: `Madame,\r\n\r\nNous livrons ce jour ${n + 4} cartons de bulletins.\r\n\r\nImprimerie Kerdavel`,
    domain: DOMAIN,
    selector: SELECTOR,
  });

/** Signed with a key that is called after a later day; nothing else in it is wrong. */
const early = (at: string): string =>
  signed({
    from: HONORINE,
    at: Date.parse(at),
    subject: 'Clefs du local',
    body: 'Bonsoir,\r\n\r\nLes clefs sont chez le gardien.\r\n\r\nHonorine',
    domain: 'gmail.com',
    selector: '20230601',
  });

/** Notices of one sender, two of them changed after they were signed, and two letters whose key bears a date. */
export function signedMail(): Folder {
  const path = (n: number): string => `${FOLDER}/livraison_${String(n + 1).padStart(2, '0')}.eml`;
  const files = new Map<string, Uint8Array>();
  for (let n = 0; n < DELIVERIES; n++) {
    let mail = delivery(n);
    if (n === CHANGED_BODY) mail = mail.replace(`${n + 4} cartons`, `${n + 14} cartons`);
    if (n === CHANGED_HEADER) mail = mail.replace(`livraison ${n + 1}`, `livraison ${n + 2}`);
    files.set(path(n), Buffer.from(mail, 'latin1'));
  }
  const [late, later] = ['depot/clefs/clefs.eml', 'depot/clefs/clefs_rappel.eml'];
  files.set(late, Buffer.from(early('2022-04-12T17:03:44Z'), 'latin1'));
  files.set(later, Buffer.from(early('2023-07-12T17:03:44Z'), 'latin1'));
  return {
    files,
    plants: [
      {
        path: path(CHANGED_BODY),
        twin: path(CHANGED_BODY + 1),
        rules: ['signed-body-changed'],
        proposition: 'altered',
        story: 'The number of cartons was changed in the text after the server had signed it; the signature still holds the digest of the old text.',
      },
      {
        path: path(CHANGED_HEADER),
        twin: path(CHANGED_HEADER + 1),
        rules: ['signed-headers-changed'],
        proposition: 'altered',
        story: 'The number in the subject was changed after the server had signed it; the text is the signed one.',
      },
      {
        path: late,
        twin: later,
        rules: ['selector-later-than-message'],
        proposition: 'misdated',
        story: 'All dates say April 2022; the key that signed it is called after a day in June 2023.',
      },
    ],
    supports: [{ path: path(0), rule: 'signature-verified' }],
  };
}

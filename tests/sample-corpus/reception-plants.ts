import { type Hop, buildMail, type MailSpec } from '../support/build-mail.ts';
import { mailDate, outlookBoundary } from '../support/build-mail-clocks.ts';
import { pythonMessageId, sendmailId } from '../support/build-queue-ids.ts';
import { DAY, HOUR, iso, MINUTE, offsetAt } from './calendar.ts';
import type { Plant } from './expectation.ts';
import type { Folder } from './folders.ts';
import { AURELIE, JOURNALIST, mailboxOf, type Person, PRINTER } from './people.ts';

const FOLDER = 'depot/reception';
const FIRST = Date.parse('2022-05-02T07:20:00Z');
const LETTERS = 66;
const SUBJECTS = ['Interview', 'Épreuve', 'Affiche', 'Tribune', 'Portrait', 'Tract', 'Encart', 'Photo', 'Calendrier', 'Annonce', 'Relecture'];
const MX = 'mx.grand-estuaire.example';

const pathOf = (n: number): string => `${FOLDER}/${String(n + 1).padStart(2, '0')}.eml`;
/** One a day, minutes apart from the day before. */
const atOf = (n: number): number => FIRST + n * DAY + ((n * 37) % 300) * MINUTE;
const senderOf = (n: number): Person => (n % 3 === 2 ? PRINTER : JOURNALIST);

function specOf(n: number): MailSpec {
  const from = senderOf(n);
  return {
    client: from.client,
    from: mailboxOf(from),
    to: mailboxOf(AURELIE),
    subject: `${SUBJECTS[n % SUBJECTS.length] ?? ''} ${n + 1}`,
    date: iso(atOf(n)),
    offsetMinutes: offsetAt(atOf(n)),
    body: 'Bien reçu, merci.\n',
  };
}

/** By way of the sender's server; `mx` says when and as what the recipient's one took it. */
function hops(n: number, mx: Partial<Hop>): Hop[] {
  const out = `smtp.${senderOf(n).address.split('@')[1] ?? ''}`;
  const sent = atOf(n);
  return [
    { from: '[192.0.2.44]', by: out, with: 'ESMTPSA', id: `4KX${n}A`, at: iso(sent + 2_000) },
    { from: `${out} (${out} [198.51.100.7])`, by: MX, with: 'ESMTPS', for: AURELIE.address, at: iso(sent + 5_000), ...mx },
  ];
}

const WEEKDAY = /^[A-Z][a-z]{2}/;

/** What is done to single letters of the folder, by their number. */
const CHANGES: Readonly<Record<number, { readonly spec: Partial<MailSpec>; readonly plant: Omit<Plant, 'path' | 'twin'> }>> = {
  9: {
    spec: {
      dateHeader: mailDate(atOf(9) - 5 * DAY, offsetAt(atOf(9))).replace(WEEKDAY, WEEKDAY.exec(mailDate(atOf(9), offsetAt(atOf(9))))?.[0] ?? ''),
    },
    plant: {
      rules: ['impossible-weekday'],
      proposition: 'misdated',
      story: 'Date was moved back by five days, as if the letter had waited; it still begins with the name of the day on which the servers had it.',
    },
  },
  15: {
    spec: { received: hops(15, { by: `${MX} (8.14.4/8.14.4)`, id: sendmailId(Date.parse('2022-11-07T19:12:40Z'), 10442) }) },
    plant: {
      rules: ['queue-id-against-received'],
      proposition: 'misdated',
      story: 'Every date in words says May 2022; the id that the receiving server gave counts a day in November.',
    },
  },
  20: {
    spec: { boundary: outlookBoundary(atOf(20) + 5 * HOUR), html: '<p>Bien reçu, merci.</p>' },
    plant: {
      rules: ['sender-offset-disagreement'],
      proposition: 'misdated',
      story: "Date names the zone of the other letters; the computer's own clock, in the boundary, stood three hours further east.",
    },
  },
  26: {
    spec: {
      messageId: pythonMessageId(atOf(26) + 1000, 'kerdavel.example'),
      boundary: '===============0428837110928812==',
      html: '<p>Bien reçu, merci.</p>',
    },
    plant: {
      rules: ['client-fingerprint-mismatch'],
      proposition: 'fabricated',
      story: 'Names Outlook as its program; Message-ID and boundary are those of a script.',
    },
  },
  31: {
    spec: {
      body: 'Bonjour,\n\nLe solde de 8 450 unités est dû à la livraison, comme convenu.\n',
      html: '<p>Bonjour,</p><p>Le solde de 1 450 unités est dû à la livraison, comme convenu.</p>',
    },
    plant: {
      rules: ['edited-alternative'],
      proposition: 'altered',
      story: 'The sum was changed in the plain text and forgotten in the HTML.',
    },
  },
  38: {
    spec: { from: 'Imprimerie Kerdavel <devis@kerdave1.example>' },
    plant: {
      rules: ['lookalike-address'],
      proposition: 'context',
      story: "A lure that really arrived: its domain has a digit where the printer's has a letter.",
    },
  },
  45: {
    spec: { received: [] },
    plant: {
      rules: ['absent-server-trace'],
      proposition: 'fabricated',
      story: 'Put into the folder without ever being sent: no server left a trace on it.',
    },
  },
  52: {
    spec: { received: hops(52, { at: iso(atOf(52) - 24 * DAY - 100 * MINUTE) }) },
    plant: {
      rules: ['impossible-hop-order'],
      proposition: 'misdated',
      story: "The receiving server's time was moved back by three weeks, the sending one's was not.",
    },
  },
};

const tls = (at: string): MailSpec => ({
  client: 'apple-mail',
  from: mailboxOf(JOURNALIST),
  to: mailboxOf(AURELIE),
  subject: 'Vœux',
  date: at,
  offsetMinutes: offsetAt(Date.parse(at)),
  body: 'Bonne année à vous deux.\n',
  received: [
    {
      from: 'smtp.gazette-selvane.example',
      by: MX,
      with: 'ESMTPS (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256)',
      id: '4KX0ZZ',
      at: iso(Date.parse(at) + 4_000),
    },
  ],
});

/** The letters of ten weeks as single files, some of them changed; and two of other years. */
export function receptionPlants(): Folder {
  const files = new Map<string, Uint8Array>();
  const plants: Plant[] = [];
  for (let n = 0; n < LETTERS; n++) {
    const change = CHANGES[n];
    files.set(pathOf(n), buildMail({ ...specOf(n), ...change?.spec }));
    // Three on, the next letter of the same sender.
    if (change) plants.push({ ...change.plant, path: pathOf(n), twin: pathOf(n + 3) });
  }
  const [early, late] = ['depot/voeux/voeux_2014.eml', 'depot/voeux/voeux_2022.eml'];
  files.set(early, buildMail(tls('2014-01-06T09:12:31Z')));
  files.set(late, buildMail(tls('2022-01-05T09:12:31Z')));
  plants.push({
    path: early,
    twin: late,
    rules: ['header-newer-than-date'],
    proposition: 'misdated',
    story: 'All dates say January 2014; the server notes a protocol that came years later.',
  });
  return { files, plants };
}

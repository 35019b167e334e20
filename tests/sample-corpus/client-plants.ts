import { RSA_1024 } from '../support/build-dkim.data.ts';
import { sealMail, signMail, testKey } from '../support/build-dkim.ts';
import { buildMail } from '../support/build-mail.ts';
import { mailDate } from '../support/build-mail-clocks.ts';
import { DAY, HOUR, iso, MINUTE, offsetAt } from './calendar.ts';
import type { Plant } from './expectation.ts';
import type { Folder } from './folders.ts';
import { AURELIE, mailboxOf, MAELYS } from './people.ts';

const FOLDER = 'depot/benevolat';
const DOMAIN = 'lacourbe.example';
const KEY = testKey(RSA_1024);
const FIRST = Date.parse('2022-11-02T07:10:00Z');
const LETTERS = 40;
/** Letters of the autumn after, signed with the next key. */
const EARLIER = Date.parse('2021-10-05T07:10:00Z');
const EARLIER_LETTERS = 6;

const pathOf = (n: number): string => `${FOLDER}/${String(n + 1).padStart(2, '0')}.eml`;
/** Two a day, in the morning and three hours later, with some minutes more or less. */
const atOf = (n: number): number => FIRST + Math.floor(n / 2) * DAY + (n % 2) * 3 * HOUR + ((n * 17) % 23) * MINUTE;

interface Letter {
  readonly at: number;
  readonly subject: string;
  readonly selector: string;
  readonly signedAt: number;
  readonly dateHeader?: string;
}

const usual = (n: number): Letter => ({ at: atOf(n), subject: `Permanence ${n + 1}`, selector: 'courrier1', signedAt: atOf(n) + 3_000 });

const written = ({ at, subject, dateHeader }: Letter): string =>
  Buffer.from(
    buildMail({
      client: 'thunderbird',
      from: mailboxOf(MAELYS),
      to: mailboxOf(AURELIE),
      subject,
      date: iso(at),
      offsetMinutes: offsetAt(at),
      body: 'Bonjour,\n\nTout va bien au local.\n\nMaëlys\n',
      ...(dateHeader === undefined ? {} : { dateHeader }),
    }),
  ).toString('latin1');

const signed = (l: Letter, mail = written(l)): string =>
  signMail(mail, { key: KEY, domain: DOMAIN, selector: l.selector, tags: [`t=${Math.floor(l.signedAt / 1000)}`] });

/** Two servers on the way that each seal what they found. */
const sealed = (l: Letter): string => {
  const spec = { key: KEY, domain: 'relais.example', selector: 'arc' };
  return sealMail(sealMail(signed(l), spec, 1), spec, 2);
};

/** 'From' lifted above 'To', as another program would write it. */
const fromFirst = (mail: string): string => {
  const from = /^From: .*\r\n/m.exec(mail)?.[0] ?? '';
  return mail.replace(from, '').replace(/^To: /m, `${from}To: `);
};

/** What is done to single letters of the folder, by their number. */
const CHANGES: Readonly<Record<number, { readonly mail: (l: Letter) => string; readonly plant: Omit<Plant, 'path' | 'twin'> }>> = {
  6: {
    mail: (l) => signed(l, fromFirst(written(l))),
    plant: {
      rules: ['header-order-outlier'],
      proposition: 'fabricated',
      story: 'Made of the lines of another letter by hand; they stand in an order in which the program that it names never writes them.',
    },
  },
  12: {
    mail: (l) => written(l),
    plant: {
      rules: ['unsigned-among-signed'],
      proposition: 'fabricated',
      story: "Written by somebody who copied the servers' lines of another letter and could not copy the signature.",
    },
  },
  18: {
    mail: (l) => signed({ ...l, dateHeader: mailDate(l.at, 240) }),
    plant: {
      rules: ['sender-zone-outlier'],
      proposition: 'misdated',
      story: 'Written on a computer three hours further east than the one on which the letters before and after it were written.',
    },
  },
  24: {
    mail: (l) => signed({ ...l, dateHeader: `${mailDate(l.at, 60)} (CEST)` }),
    plant: {
      rules: ['impossible-zone'],
      proposition: 'misdated',
      story: 'Date was typed over one of July: the offset was put right, the name of the zone was forgotten.',
    },
  },
  30: {
    mail: (l) => signed({ ...l, signedAt: l.at - 26 * DAY - 3 * HOUR - 100_000 }),
    plant: {
      rules: ['signature-time-disagreement'],
      proposition: 'misdated',
      story: 'Bears the signature of a letter of the month before, with the time at which that one was signed.',
    },
  },
  34: {
    mail: (l) => sealed(l).replace('cv=pass', 'cv=fail'),
    plant: {
      rules: ['broken-arc-chain'],
      proposition: 'context',
      story: 'Somebody changed it between two relays; the second one noted that the seal of the first no longer fitted.',
    },
  },
  37: {
    mail: (l) => signed({ ...l, selector: 'courrier0' }),
    plant: {
      rules: ['selector-out-of-its-time'],
      proposition: 'misdated',
      story: 'Says November 2022; the key that signed it is one that the domain gave up in the autumn of 2021.',
    },
  },
};
/** The twin of a sealed letter is sealed; the others' twins are the next letters. */
const SEALED_TWIN = 35;

/** Letters of one volunteer, signed by her provider, some of them changed; and six of the year before. */
export function clientPlants(): Folder {
  const files = new Map<string, Uint8Array>();
  const plants: Plant[] = [];
  for (let n = 0; n < LETTERS; n++) {
    const change = CHANGES[n];
    const mail = n === SEALED_TWIN ? sealed(usual(n)) : (change?.mail ?? signed)(usual(n));
    files.set(pathOf(n), Buffer.from(mail, 'latin1'));
    if (change) plants.push({ ...change.plant, path: pathOf(n), twin: pathOf(n + 1) });
  }
  for (let n = 0; n < EARLIER_LETTERS; n++) {
    const at = EARLIER + n * 3 * DAY;
    const letter = { at, subject: `Rentrée ${n + 1}`, selector: 'courrier0', signedAt: at + 3_000 };
    files.set(`${FOLDER}/rentree_${n + 1}.eml`, Buffer.from(signed(letter), 'latin1'));
  }
  return { files, plants };
}

import { hexOf } from '../support/build-mail-clocks.ts';
import { buildMbox, maildirName, type MboxEntry, type MboxLayout } from '../support/build-mbox.ts';
import { iso } from './calendar.ts';
import { ENDS } from './correspondence.ts';
import { type CopyTraits, type Letter, messageIdOf, receivedCopy, sentCopy } from './letters.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, LIST, type Person } from './people.ts';

export type Box = 'outlook' | 'gmail' | 'apple' | 'thunderbird' | 'archive';

/** What one mailbox holds of a letter, where that is not simply the letter. */
export interface Copy extends CopyTraits {
  /** Another content under the same Message-ID. */
  readonly letter?: Partial<Letter>;
  /** Put behind everything else, whatever its time. */
  readonly last?: boolean;
  readonly absent?: boolean;
}

/** A letter on its way into the mailboxes of everybody who wrote or received it. */
export interface Posted {
  readonly letter: Letter;
  /** By this name and a mailbox its place can be asked for: 'budget@gmail'. */
  readonly name?: string;
  readonly copies?: Partial<Record<Box, Copy>>;
}

/** Files by path, and where in them the named letters came to lie, as provenance paths. */
export interface Filed {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly places: ReadonlyMap<string, string>;
}

interface Entry extends MboxEntry {
  readonly at: number;
  readonly last: boolean;
  readonly name?: string;
}

const OWNER: Readonly<Record<Exclude<Box, 'archive'>, Person>> = { outlook: AURELIE, gmail: BASTIEN, apple: CLEMENCE, thunderbird: DAMIEN };
/** The weeks that the archive of the list has lost. */
export const LOST = { from: Date.parse('2023-02-06T00:00:00Z'), to: Date.parse('2023-03-18T00:00:00Z') } as const;
/** A volunteer turned the list's mail off but for these weeks. */
const LIST_READ = { from: Date.parse('2023-01-30T00:00:00Z'), to: Date.parse('2023-02-20T00:00:00Z') } as const;

const isOwn = (box: Box, l: Letter): boolean => box !== 'archive' && l.from === OWNER[box];

/** Whether a mailbox has a copy at all. */
function holds(box: Box, l: Letter): boolean {
  if (box === 'archive') return l.toList === true && (l.at < LOST.from || l.at >= LOST.to);
  if (l.at > Date.parse(ENDS[box])) return false;
  if (l.toList) return isOwn(box, l) || (box === 'thunderbird' && l.at >= LIST_READ.from && l.at < LIST_READ.to);
  return isOwn(box, l) || l.to.includes(OWNER[box]) || (l.cc ?? []).includes(OWNER[box]);
}

/** What Takeout writes on top of every message. */
const takeoutHeaders = (l: Letter, own: boolean): CopyTraits['extraHeaders'] => [
  ['X-GM-THRID', String(1_690_000_000_000_000_000n + BigInt(`0x${hexOf(messageIdOf(l.answers ?? l), 12)}`))],
  ['X-Gmail-Labels', own ? 'Sent' : 'Inbox,Opened'],
];

function entryOf(box: Box, { letter, name, copies }: Posted): Entry | null {
  const copy = copies?.[box] ?? {};
  if (copy.absent || !holds(box, letter)) return null;
  const own = isOwn(box, letter);
  const written: Letter = { ...letter, ...copy.letter };
  const traits: CopyTraits = {
    ...copy,
    extraHeaders: [...(box === 'gmail' ? (takeoutHeaders(letter, own) ?? []) : []), ...(copy.extraHeaders ?? [])],
  };
  const address = box === 'archive' ? LIST : OWNER[box].address;
  const mail = own ? sentCopy(written, traits) : receivedCopy(written, address, traits);
  return {
    mail,
    at: letter.at,
    envelopeDate: iso(letter.at + (own ? 0 : 12_000)),
    sender: own && box !== 'gmail' ? '-' : letter.from.address,
    last: copy.last ?? false,
    ...(name === undefined ? {} : { name }),
  };
}

const inOrder = (entries: readonly Entry[]): Entry[] => [...entries].sort((a, b) => Number(a.last) - Number(b.last) || a.at - b.at);

function mbox(path: string, box: Box, entries: readonly Entry[], layout: MboxLayout): Filed {
  const places = new Map<string, string>();
  let offset = 0;
  for (const e of inOrder(entries)) {
    if (e.name !== undefined) places.set(`${e.name}@${box}`, `${path}!/mbox:@${offset}`);
    offset += buildMbox([e], layout).byteLength;
  }
  return { files: new Map([[path, buildMbox(inOrder(entries), layout)]]), places };
}

/** The separator of Maildir names is a colon; where that is not allowed in a file name, programs write a semicolon. */
function maildir(folder: string, box: Box, entries: readonly Entry[], flags: string): Filed {
  const files = new Map<string, Uint8Array>();
  const places = new Map<string, string>();
  for (const [i, e] of inOrder(entries).entries()) {
    const path = `${folder}/cur/${maildirName({ delivered: e.envelopeDate, unique: i + 1, size: e.mail.byteLength, flags }).replace(':', ';')}`;
    files.set(path, e.mail);
    if (e.name !== undefined) places.set(`${e.name}@${box}`, path);
  }
  return { files, places };
}

export function merged(...parts: readonly Filed[]): Filed {
  return { files: new Map(parts.flatMap((p) => [...p.files])), places: new Map(parts.flatMap((p) => [...p.places])) };
}

export const PATHS = {
  inbox: 'courriels/tisserand-outlook/Inbox.mbox',
  sent: 'courriels/tisserand-outlook/Sent Items.mbox',
  takeout: 'courriels/corbelot-gmail/All mail Including Spam and Trash.mbox',
  maildir: 'courriels/vautrelle-apple/INBOX',
  maildirSent: 'courriels/vautrelle-apple/Sent Messages',
  thunderbird: 'courriels/hirsoux-thunderbird/Inbox',
  thunderbirdSent: 'courriels/hirsoux-thunderbird/Sent',
  archive: 'courriels/liste-benevoles/benevoles.mbox',
} as const;

/** Files every letter into the five mailboxes, each in the layout of its program. */
export function fileLetters(posted: readonly Posted[]): Filed {
  const of = (box: Box, own?: boolean): Entry[] =>
    posted.filter((p) => own === undefined || isOwn(box, p.letter) === own).flatMap((p) => entryOf(box, p) ?? []);
  const crlf: MboxLayout = { eol: '\r\n', flavour: 'mboxo' };
  return merged(
    mbox(PATHS.inbox, 'outlook', of('outlook', false), {}),
    mbox(PATHS.sent, 'outlook', of('outlook', true), {}),
    mbox(PATHS.takeout, 'gmail', of('gmail'), {}),
    maildir(PATHS.maildir, 'apple', of('apple', false), 'S'),
    maildir(PATHS.maildirSent, 'apple', of('apple', true), 'S'),
    mbox(PATHS.thunderbird, 'thunderbird', of('thunderbird', false), crlf),
    mbox(PATHS.thunderbirdSent, 'thunderbird', of('thunderbird', true), crlf),
    mbox(PATHS.archive, 'archive', of('archive'), { flavour: 'mboxo' }),
  );
}

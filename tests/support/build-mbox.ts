import { envelopeDate } from './build-mail-clocks.ts';

export interface MboxEntry {
  readonly mail: Uint8Array;
  /** ISO 8601 in UTC; an envelope names no zone. */
  readonly envelopeDate: string;
  readonly sender: string;
}

export interface MboxLayout {
  /** mbox(5): how body lines that begin with 'From ' are kept apart from separators. Default 'mboxrd'. */
  readonly flavour?: 'mboxo' | 'mboxrd' | 'mboxcl' | 'mboxcl2';
  /** Of the whole mailbox, messages included. Default LF. */
  readonly eol?: '\n' | '\r\n';
}

/** latin1 text keeps every byte. */
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

function escaped(body: string, flavour: MboxLayout['flavour']): string {
  if (flavour === 'mboxcl2') return body;
  return flavour === 'mboxrd' || flavour === undefined ? body.replace(/^(>*From )/gm, '>$1') : body.replace(/^From /gm, '>From ');
}

function withLength(head: string, body: string, { flavour, eol = '\n' }: MboxLayout): string {
  return flavour === 'mboxcl' || flavour === 'mboxcl2' ? `${head}${eol}Content-Length: ${body.length}` : head;
}

/** A mailbox of these messages, in this order. */
export function buildMbox(entries: readonly MboxEntry[], layout: MboxLayout = {}): Uint8Array {
  const { flavour, eol = '\n' } = layout;
  const chunks = entries.map((e) => {
    const text = textOf(e.mail).replace(/\r?\n/g, eol);
    const split = text.indexOf(eol + eol);
    const head = split === -1 ? text : text.slice(0, split);
    const written = escaped(split === -1 ? '' : text.slice(split + 2 * eol.length), flavour);
    const body = written.endsWith(eol) ? written : written + eol;
    return `From ${e.sender} ${envelopeDate(Date.parse(e.envelopeDate))}${eol}${withLength(head, body, layout)}${eol}${eol}${body}${eol}`;
  });
  return Buffer.from(chunks.join(''), 'latin1');
}

export interface MaildirEntry {
  /** When the server stored it: ISO 8601 in UTC. */
  readonly delivered: string;
  /** Keeps names apart that were stored in one second. */
  readonly unique: number;
  readonly host?: string;
  /** Bytes of the file, as Dovecot and Courier write it: ',S=1234'. */
  readonly size?: number;
  /** 'S' seen, 'R' replied, 'F' flagged, 'T' trashed, 'D' draft. */
  readonly flags?: string;
}

/** maildir(5): '1490618467.M123P456.mail.example.org,S=1234:2,S', for the folder cur. */
export function maildirName(e: MaildirEntry): string {
  const seconds = Math.trunc(Date.parse(e.delivered) / 1000);
  const size = e.size === undefined ? '' : `,S=${e.size}`;
  return `${seconds}.M${e.unique}P456.${e.host ?? 'mail.example.org'}${size}:2,${e.flags ?? 'S'}`;
}

import { type BuiltPart, encodeWords, filePart, multipart, textPart } from './build-mail-body.ts';
import { gmailBoundary, gmailSmtpId, hexOf, mailDate, outlookBoundary, outlookMessageId, threadIndex, uuid } from './build-mail-clocks.ts';

export { buildMbox, maildirName } from './build-mbox.ts';

export type MailClient = 'outlook' | 'gmail' | 'apple-mail' | 'thunderbird' | 'mailman';

export interface MailFile {
  readonly name: string;
  /** 'application/pdf'; 'message/rfc822' is written as it is, everything else in base64. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Makes it a picture inside the text: <img src="cid:…">. */
  readonly contentId?: string;
  /** As written: 'creation-date="Mon, 27 Mar 2017 14:41:05 +0200"'. */
  readonly dispositionParameters?: readonly string[];
}

export interface Hop {
  readonly from: string;
  readonly by: string;
  readonly with?: string;
  readonly id?: string;
  readonly for?: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** The server's own zone, minutes east of UTC. Default 0. */
  readonly offsetMinutes?: number;
}

export interface MailSpec {
  readonly client: MailClient;
  /** 'Ann Example <ann@example.org>'. */
  readonly from: string;
  readonly to: string | readonly string[];
  readonly cc?: readonly string[];
  readonly subject: string;
  /** When it was sent: ISO 8601 in UTC, '2017-03-27T12:41:05Z'. Every clock of an honest mail follows from it. */
  readonly date: string;
  /** The sender's zone, minutes east of UTC. */
  readonly offsetMinutes: number;
  readonly body: string;
  readonly html?: string;
  readonly attachments?: readonly MailFile[];
  /** With its angle brackets. */
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  /** Servers in the order of travel; the newest comes out on top. [] for a copy in the sender's own folder. Default: two hops, 2 s and 5 s after `date`. */
  readonly received?: readonly Hop[];
  /** Outermost boundary; inner ones get a letter behind it. */
  readonly boundary?: string;
  /** Null leaves it out. Default: consistent, Outlook only. */
  readonly threadIndex?: string | null;
  /** Outlook only. */
  readonly threadTopic?: string;
  /** Clocks that do not follow `date`, ISO 8601 in UTC: what a date edited by hand leaves behind. */
  readonly clocks?: { readonly messageId?: string; readonly boundary?: string; readonly threadIndex?: string; readonly smtpId?: string };
  /** The Date header as written, in place of the one made of `date`. */
  readonly dateHeader?: string;
  /** Put on top, in order: ['X-Proofpoint-Virus-Version', 'vendor=…']. */
  readonly extraHeaders?: readonly (readonly [string, string])[];
  /** Address of the list, for client 'mailman'. */
  readonly list?: string;
}

const CRLF = '\r\n';

const addressOf = (mailbox: string): string => /<([^>]*)>/.exec(mailbox)?.[1] ?? mailbox;
const domainOf = (mailbox: string): string => addressOf(mailbox).split('@')[1] ?? 'example.org';
const ms = (iso: string): number => Date.parse(iso);
const seedOf = (s: MailSpec): string => `${s.client}|${s.from}|${s.date}|${s.subject}`;
const toList = (s: MailSpec): readonly string[] => (typeof s.to === 'string' ? [s.to] : s.to);

/** 'Käthe <k@example.org>' with its name as an encoded word. */
const writtenMailbox = (mailbox: string): string => {
  const m = /^(.*?)\s*<([^>]*)>$/.exec(mailbox);
  return m ? `${/^[\w .'-]*$/.test(m[1] ?? '') ? m[1] : encodeWords(m[1] ?? '')} <${m[2]}>`.trim() : mailbox;
};

/** A few seconds after Date for Outlook, which stamps the id when it sends. */
function messageIdOf(s: MailSpec): string {
  if (s.messageId !== undefined) return s.messageId;
  const seed = seedOf(s);
  const at = s.clocks?.messageId === undefined ? ms(s.date) + 3_000 : ms(s.clocks.messageId);
  if (s.client === 'outlook') return outlookMessageId(at, domainOf(s.from), seed);
  if (s.client === 'gmail') return `<CA+${Buffer.from(hexOf(seed, 64), 'hex').toString('base64url').slice(0, 40)}w@mail.gmail.com>`;
  return `<${s.client === 'apple-mail' ? uuid(seed) : uuid(seed).toLowerCase()}@${domainOf(s.from)}>`;
}

/** `level` counts inwards from 0. Outlook's is taken while the mail is written, Gmail's when it is sent. */
function boundaryOf(s: MailSpec, level: number): string {
  if (s.boundary !== undefined) return level === 0 ? s.boundary : `${s.boundary}${'abc'.charAt(level - 1)}`;
  const forced = s.clocks?.boundary === undefined ? null : ms(s.clocks.boundary);
  if (s.client === 'outlook') return outlookBoundary((forced ?? ms(s.date) - 40_000) + s.offsetMinutes * 60_000, level);
  if (s.client === 'gmail') return gmailBoundary((forced ?? ms(s.date)) + 400, 0x18 + level);
  const seed = `${seedOf(s)}#${level}`;
  return s.client === 'apple-mail' ? `Apple-Mail=_${uuid(seed)}` : `------------${hexOf(seed, 24).toUpperCase()}`;
}

function contentOf(s: MailSpec): BuiltPart {
  const footer = s.client === 'mailman' ? `\n_______________________________________________\n${listName(s)} mailing list\n${listAddress(s)}\n` : '';
  const plain = textPart('plain', s.body + footer);
  const files = s.attachments ?? [];
  const pictures = files.filter((f) => f.contentId !== undefined).map((f) => filePart(f, s.client));
  const attached = files.filter((f) => f.contentId === undefined).map((f) => filePart(f, s.client));
  const outer = attached.length > 0 ? 1 : 0;
  let text = plain;
  if (s.html !== undefined)
    text = multipart('alternative', boundaryOf(s, outer + (pictures.length > 0 ? 1 : 0)), [plain, textPart('html', s.html)], s.client);
  if (pictures.length > 0) text = multipart('related', boundaryOf(s, outer), [text, ...pictures], s.client);
  return attached.length > 0 ? multipart('mixed', boundaryOf(s, 0), [text, ...attached], s.client) : text;
}

const listAddress = (s: MailSpec): string => s.list ?? 'list@lists.example.org';
const listName = (s: MailSpec): string => listAddress(s).split('@')[0] ?? 'list';

function defaultHops(s: MailSpec): Hop[] {
  const [to = 'nobody@example.net'] = toList(s);
  const sent = ms(s.date);
  const out = `smtp.${domainOf(s.from)}`;
  return [
    {
      from: `[192.0.2.${parseInt(hexOf(seedOf(s), 2), 16)}]`,
      by: out,
      with: 'ESMTPSA',
      id: hexOf(`a${seedOf(s)}`, 10),
      at: new Date(sent + 2_000).toISOString(),
    },
    {
      from: `${out} (${out} [198.51.100.7])`,
      by: `mx.${domainOf(to)}`,
      with: 'ESMTPS',
      id: hexOf(`b${seedOf(s)}`, 10),
      for: addressOf(to),
      at: new Date(sent + 5_000).toISOString(),
    },
  ];
}

function traceOf(s: MailSpec): string[] {
  const hops = s.received ?? defaultHops(s);
  if (hops.length === 0) return [];
  const [to = ''] = toList(s);
  const lines = [...hops].reverse().map((h) => {
    const clauses = [
      `from ${h.from}`,
      `by ${h.by}`,
      `with ${h.with ?? 'ESMTP'}`,
      `id ${h.id ?? hexOf(`${h.by}${h.at}`, 10)}`,
      ...(h.for === undefined ? [] : [`for <${h.for}>`]),
    ];
    return `Received: ${clauses.join(`${CRLF}\t`)}; ${mailDate(ms(h.at), h.offsetMinutes ?? 0)}`;
  });
  if (s.client === 'gmail') {
    const at = s.clocks?.smtpId === undefined ? ms(s.date) + 636 : ms(s.clocks.smtpId);
    lines.push(`X-Gm-Message-State: AN3rC/${hexOf(seedOf(s), 40)}`);
    lines.push(`X-Received: by 10.28.150.71 with SMTP id ${gmailSmtpId(at, seedOf(s))};${CRLF} ${mailDate(ms(s.date), -420)} (PDT)`);
  }
  return [`Return-Path: <${addressOf(s.from)}>`, `Delivered-To: ${addressOf(to)}`, ...lines];
}

/** What Outlook writes of the conversation. */
function threadOf(s: MailSpec): string[] {
  const began = s.clocks?.threadIndex === undefined ? ms(s.date) - 60_000 : ms(s.clocks.threadIndex);
  const index = s.threadIndex === undefined ? threadIndex(began, seedOf(s)) : s.threadIndex;
  return [
    ...(s.threadTopic === undefined ? [] : [`Thread-Topic: ${encodeWords(s.threadTopic)}`]),
    ...(index === null ? [] : [`Thread-Index: ${index}`]),
  ];
}

/** The sender's own header lines, in the order and spelling of its program (versions of spring 2017). */
function headersOf(s: MailSpec, content: BuiltPart): string[] {
  const h = {
    from: `From: ${writtenMailbox(s.from)}`,
    to: `To: ${toList(s).map(writtenMailbox).join(`,${CRLF}\t`)}`,
    cc: s.cc === undefined ? [] : [`Cc: ${s.cc.map(writtenMailbox).join(`,${CRLF}\t`)}`],
    subject: `Subject: ${encodeWords(s.client === 'mailman' ? `[${listName(s)}] ${s.subject}` : s.subject)}`,
    date: `Date: ${s.dateHeader ?? mailDate(ms(s.date), s.offsetMinutes)}`,
    id: `${s.client === 'apple-mail' ? 'Message-Id' : 'Message-ID'}: ${messageIdOf(s)}`,
    replyTo: s.inReplyTo === undefined ? [] : [`In-Reply-To: ${s.inReplyTo}`],
    references: s.references === undefined ? [] : [`References: ${s.references.join(`${CRLF} `)}`],
  };
  const mime = 'MIME-Version: 1.0';
  if (s.client === 'outlook') {
    return [
      h.from,
      h.to,
      ...h.cc,
      ...h.references,
      ...h.replyTo,
      h.subject,
      h.date,
      h.id,
      mime,
      ...content.headers,
      'X-Mailer: Microsoft Outlook 15.0',
      ...threadOf(s),
      'Content-Language: en-us',
    ];
  }
  const index = s.threadIndex === undefined || s.threadIndex === null ? [] : [`Thread-Index: ${s.threadIndex}`];
  if (s.client === 'gmail') {
    const web = s.received?.length === 0 ? [] : [`Received: by 10.28.54.8 with HTTP; ${mailDate(ms(s.date), -420)} (PDT)`];
    return [mime, ...web, ...h.replyTo, ...h.references, h.from, h.date, h.id, h.subject, h.to, ...h.cc, ...index, ...content.headers];
  }
  if (s.client === 'apple-mail') {
    return [
      h.from,
      ...content.headers,
      'Mime-Version: 1.0 (Mac OS X Mail 10.3 \\(3273\\))',
      h.subject,
      h.id,
      h.date,
      ...h.references,
      ...h.replyTo,
      ...h.cc,
      h.to,
      ...index,
      'X-Mailer: Apple Mail (2.3273)',
    ];
  }
  const agent = `User-Agent: Mozilla/5.0 (Windows NT 6.1; WOW64; rv:45.0) Gecko/20100101${CRLF} Thunderbird/45.8.0`;
  const own = [h.to, ...h.cc, ...h.references, h.from, h.id, h.date, agent, mime, ...h.replyTo, ...index, ...content.headers];
  if (s.client === 'thunderbird')
    return [h.to, ...h.cc, ...h.references, h.from, h.subject, h.id, h.date, agent, mime, ...h.replyTo, ...index, ...content.headers];
  const host = listAddress(s).split('@')[1] ?? '';
  return [
    ...own,
    h.subject,
    `X-BeenThere: ${listAddress(s)}`,
    'X-Mailman-Version: 2.1.20',
    'Precedence: list',
    `List-Id: <${listName(s)}.${host}>`,
    `List-Post: <mailto:${listAddress(s)}>`,
    `Errors-To: ${listName(s)}-bounces@${host}`,
    `Sender: "${listName(s)}" <${listName(s)}-bounces@${host}>`,
  ];
}

/** A mail as that client writes it, its hidden clocks in step with `date` unless `clocks` says otherwise. The same spec is always the same bytes. */
export function buildMail(s: MailSpec): Uint8Array {
  const content = contentOf(s);
  const extra = (s.extraHeaders ?? []).map(([name, value]) => `${name}: ${value}`);
  const lines = [...extra, ...traceOf(s), ...headersOf(s, content)];
  return Buffer.concat([Buffer.from(`${lines.join(CRLF)}${CRLF}${CRLF}`, 'utf8'), content.body, Buffer.from(CRLF)]);
}

/** A message of nothing but these lines: for headers and bodies no client would write. Latin-1, so that '\u00e9' is the byte E9. */
export const rawMail = (...lines: readonly string[]): Uint8Array => Buffer.from(lines.join(CRLF), 'latin1');

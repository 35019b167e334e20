/** The shape of a mark that one program gives and no other. Shapes that several share (a bare UUID, 32 hexadecimal digits) are left out. */
export interface Shape {
  readonly program: string;
  readonly shape: RegExp;
}

export const MESSAGE_IDS: readonly Shape[] = [
  { program: 'outlook', shape: /^<[0-9a-f]{12}\$[0-9a-f]{8}\$[0-9a-f]{0,8}\$?@/i },
  // Of the web page, the telephones and the API; what comes by SMTP or IMAP keeps its own.
  { program: 'gmail', shape: /^<CA[\w+=-]{40,}@mail\.gmail\.com>$/ },
  // email.utils.make_msgid, with a 64-bit number at its end.
  { program: 'python', shape: /^<(?:\d{12}|20\d{12})\.\d{1,7}\.\d{15,20}@/ },
  { program: 'javamail', shape: /^<[\w.-]{1,100}\.JavaMail\.[^@<>]{0,100}@/ },
  { program: 'swiftmailer', shape: /^<[0-9a-f]{32}@swift\.generated>$/ },
];

export const BOUNDARIES: readonly Shape[] = [
  { program: 'outlook', shape: /^-{4}=_NextPart_[0-9A-F]{3}_[0-9A-F]{4}_[0-9A-F]{8}\.[0-9A-F]{8}$/ },
  { program: 'gmail', shape: /^(?:0{12}|[0-9a-f]{12})[0-9a-f]{6}0[456][0-9a-f]{8}$/ },
  { program: 'apple-mail', shape: /^Apple-Mail(?:-\d{1,3})?[=-]/ },
  { program: 'python', shape: /^={15}\d{15,20}==$/ },
  { program: 'javamail', shape: /^-{4}=_Part_\d{1,10}_-?\d{1,10}\.\d{13}$/ },
  { program: 'phpmailer', shape: /^b[123]=?_[0-9A-Za-z]{32,44}$/ },
  { program: 'nodemailer', shape: /^--_NmP-[0-9a-f]{12,20}-Part_\d+$/ },
  { program: 'mime-lite', shape: /^_-{10}=_\d{6,20}$/ },
  { program: 'swiftmailer', shape: /^_=_swift_/ },
];

/** Fields of which the first draft is dated: rules/shared/header-years.data.ts. Lower case. */
export const DATED_HEADERS: ReadonlySet<string> = new Set([
  'arc-authentication-results',
  'arc-seal',
  'arc-message-signature',
  'authentication-results',
  'autocrypt',
  'bimi-selector',
  'dkim-signature',
  'domainkey-signature',
  'feedback-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'received-spf',
  'tls-required',
]);

/**
 * Fields that the sender's own program writes; what servers, filters and lists put on top or in between is left out.
 */
export const OWN_FIELDS: ReadonlySet<string> = new Set([
  'from',
  'sender',
  'reply-to',
  'to',
  'cc',
  'subject',
  'date',
  'message-id',
  'in-reply-to',
  'references',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
  'content-language',
  'accept-language',
  'thread-index',
  'thread-topic',
  'x-mailer',
  'user-agent',
  'x-mimeole',
  'x-priority',
  'x-msmail-priority',
  'importance',
  'priority',
  'organization',
  'autocrypt',
  'disposition-notification-to',
  'return-receipt-to',
  'x-accept-language',
]);

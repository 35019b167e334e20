/** Programs by what they call themselves in X-Mailer, User-Agent and X-MimeOLE, and which marks are theirs beside their own. */
export const CLIENTS: readonly { readonly program: string; readonly name: string; readonly called: RegExp }[] = [
  {
    program: 'outlook',
    name: 'Outlook',
    called: /^(?:Microsoft (?:Office )?Outlook\b(?! Connector)|Produced By Microsoft MimeOLE\b|Microsoft Windows (?:Live )?Mail\b)/i,
  },
  { program: 'apple-mail', name: 'Apple Mail', called: /^(?:Apple Mail \(|i(?:Phone|Pad|Pod) Mail \()/ },
  { program: 'thunderbird', name: 'Thunderbird', called: /\bThunderbird\/\d/ },
];

/** Libraries with which people write programs that send mail: none of the clients above is made with them. */
export const LIBRARIES: ReadonlyMap<string, string> = new Map([
  ['python', "Python's email package"],
  ['javamail', 'JavaMail'],
  ['phpmailer', 'PHPMailer'],
  ['nodemailer', 'Nodemailer'],
  ['mime-lite', 'MIME::Lite'],
  ['swiftmailer', 'Swift Mailer'],
]);

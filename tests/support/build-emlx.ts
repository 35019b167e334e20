export interface EmlxSpec {
  readonly mail: Uint8Array;
  /** When Mail fetched it: ISO 8601 in UTC. */
  readonly received: string;
  /** What the first line says, in bytes; default: the truth. */
  readonly declared?: number;
  /** The account it came from: 'imap://claire@mail.example/INBOX'. */
  readonly originalMailbox?: string;
  /** Leaves the property list out, as a copy that broke off would. */
  readonly withoutProperties?: boolean;
}

/** One message as Apple Mail writes it: length line padded to ten characters, message, property list. */
export function buildEmlx(spec: EmlxSpec): Uint8Array {
  const first = `${String(spec.declared ?? spec.mail.byteLength).padEnd(10)}\n`;
  const mailbox = spec.originalMailbox === undefined ? '' : `\t<key>original-mailbox</key>\n\t<string>${spec.originalMailbox}</string>\n`;
  const properties = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
\t<key>date-last-viewed</key>
\t<integer>0</integer>
\t<key>date-received</key>
\t<integer>${Math.trunc(Date.parse(spec.received) / 1000)}</integer>
\t<key>flags</key>
\t<integer>8623750272</integer>
${mailbox}</dict>
</plist>
`;
  return Buffer.concat([Buffer.from(first), spec.mail, Buffer.from(spec.withoutProperties ? '' : properties)]);
}

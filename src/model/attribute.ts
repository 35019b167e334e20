import type { Sha256 } from './provenance.ts';

/** A zone-less wall time can never be ordered against an instant; the type keeps the two apart. */
export type TimeValue =
  /** `epochMs` since 1970-01-01T00:00Z; `offsetMinutes` east of UTC as written (0 for Z). */
  | { readonly kind: 'instant'; readonly epochMs: number; readonly offsetMinutes: number; readonly precisionMs: number }
  /** `local` is 'YYYY-MM-DDTHH:MM:SS[.sss]', of a clock whose zone nobody wrote down. */
  | { readonly kind: 'wall'; readonly local: string; readonly precisionMs: number };

export type Instant = Extract<TimeValue, { kind: 'instant' }>;
export type WallTime = Extract<TimeValue, { kind: 'wall' }>;

/** As decoded from a header; `mailbox` is lower-cased 'local@domain', or '' where only a name stands. */
export interface Address {
  readonly name: string;
  readonly mailbox: string;
}

interface Values {
  text: string;
  number: number;
  time: TimeValue;
  address: Address;
  digest: Sha256;
}

/**
 * The shared vocabulary. Readers map their own field names onto it; rules see only this.
 * Adding a line here is a reviewed decision: it is a promise that two formats mean the same thing.
 */
export const ATTRIBUTES = {
  // What it is called and what it is.
  /** The name somebody gave it: a file name, Content-Disposition filename, a member's name; without folders. */
  'name.file': 'text',
  /** Title, Subject. */
  'name.title': 'text',
  /** The subject of the conversation, which Outlook keeps beside that of the message: Thread-Topic, PidTagConversationTopic. */
  'name.topic': 'text',
  /** What the enclosing artifact or header says it is: 'application/pdf'. Lower case, without parameters. */
  'type.declared': 'text',
  /** The media type its name promises ('report.pdf' -> 'application/pdf'), where the extension is a known one. */
  'type.extension': 'text',
  /** The media type its bytes have (observed). */
  'type.detected': 'text',
  /** Another media type the same bytes would also pass for (observed): a polyglot. */
  'type.also': 'text',
  /** The format's own version: '1.7', '%PDF-1.4'. */
  'type.version': 'text',

  // Where it lies (observed).
  /** The folder, archive folder or mailbox around it; Maildir's cur/new/tmp fold into one. A rendered path. */
  'place.folder': 'text',
  /** Position among its siblings as stored: byte offset in an mbox, number in an archive. */
  'place.position': 'number',
  /** A label its owner or the mail service put on it (asserted): one claim an item of X-Gmail-Labels, in the language of the account. */
  'place.label': 'text',

  // Identifiers.
  /** Message-ID without angle brackets. */
  'id.message': 'text',
  'id.in-reply-to': 'text',
  /** One claim an id of References. */
  'id.reference': 'text',
  /** The conversation, by the number of the service that keeps it: X-GM-THRID. */
  'id.thread': 'text',
  /** The conversation, by the number that Outlook gave it: the GUID in Thread-Index, 32 hex digits. */
  'id.conversation': 'text',
  /** The place in it: all of Thread-Index in hex, 22 bytes and 5 an answer. That of an answer begins with that of the message answered. */
  'id.conversation-index': 'text',
  /** Survives re-saving: PDF /ID[0], XMP OriginalDocumentID or DocumentID, w15:docId. */
  'id.document': 'text',
  /** Changes with every save: PDF /ID[1], XMP InstanceID. */
  'id.instance': 'text',
  /** rsidRoot of a Word document, 8 hex digits. */
  'id.rsid-root': 'text',
  /** One rsid of the table, 8 hex digits. */
  'id.rsid': 'text',
  /** The organisation (tenant) whose label or directory it came under, a GUID in lower case. */
  'id.tenant': 'text',

  // Times. See the clock table of the catalogue: who keeps that clock, in what zone, how fine.
  'time.created': 'time',
  /** Last saved, by the document's own account. */
  'time.modified': 'time',
  'time.printed': 'time',
  /** XMP MetadataDate. */
  'time.metadata': 'time',
  /** Exif DateTimeOriginal. */
  'time.captured': 'time',
  /** Exif DateTimeDigitized. */
  'time.digitized': 'time',
  /** GPSDateStamp + GPSTimeStamp, UTC. */
  'time.gps': 'time',
  /** The Date header. */
  'time.sent': 'time',
  /** One claim a Received header, top down: the newest hop first. */
  'time.received': 'time',
  /** A clock few people know of: in a Message-ID, a MIME boundary, Thread-Index, an SMTP id. `field` names it. */
  'time.hidden': 'time',
  /** t= of a DKIM or ARC signature; the time a signer or a time-stamping authority wrote. */
  'time.signed': 'time',
  /** What the container around it stamped: a zip entry (DOS time is wall time), an mbox envelope, a Maildir name. */
  'time.stored': 'time',
  /** mtime of the file on disk. Copying changes it: no rule rests on it. */
  'time.filesystem': 'time',
  /** Clock of an OPC or ODF package's own members. One claim a distinct time. */
  'time.member': 'time',
  /** CFB directory entries: root and storages. */
  'time.directory': 'time',
  /** A comment or tracked change, by its own account. */
  'time.reviewed': 'time',
  /** When its sensitivity label was set. */
  'time.labelled': 'time',

  // People and organisations.
  'party.author': 'text',
  /** Last saved by. */
  'party.last-author': 'text',
  'party.company': 'text',
  'party.manager': 'text',
  /** Whose it was, by the machine that made it: uname of a tar member, the owner a camera was told. */
  'party.owner': 'text',
  /** Who commented on it or changed it with tracking on. One claim a list entry, comment or change. */
  'party.reviewer': 'text',
  /** Who set its sensitivity label. */
  'party.label-owner': 'text',
  'party.from': 'address',
  'party.sender': 'address',
  'party.reply-to': 'address',
  /** One claim an address of To, Cc or Bcc; `field` tells which. */
  'party.to': 'address',
  /** The mailbox it was delivered to: Delivered-To, X-Original-To, Envelope-To. */
  'party.delivered-to': 'address',
  /** The envelope's sender, as the last server noted it: Return-Path. */
  'party.return-path': 'address',
  /** The host that wrote a Received header, lower case: its 'by'. One claim a header that names one; the locator's `nth` tells which. */
  'hop.by': 'text',

  // Tools.
  /** The program a person used: app.xml Application, PDF Creator, xmp:CreatorTool, Exif Software, OLE AppName. */
  'tool.application': 'text',
  /** Its version as the file states it apart: AppVersion '16.0300'. */
  'tool.version': 'text',
  /** The library that wrote the bytes: PDF Producer, meta:generator. */
  'tool.producer': 'text',
  /** X-Mailer, User-Agent. */
  'tool.mailer': 'text',
  /** x:xmptk. */
  'tool.toolkit': 'text',
  /** xl fileVersion@appName. */
  'tool.part-application': 'text',
  /** xl fileVersion@lastEdited, an Office generation: 4 = 2007, 5 = 2010, 6 = 2013, 7 = 2016 and later. */
  'tool.last-edited': 'number',
  'tool.lowest-edited': 'number',
  /** xl fileVersion@rupBuild. */
  'tool.build': 'text',
  /** xl calcPr@calcId. */
  'tool.calculation': 'number',
  /** Word compatibilityMode: 12 = 2007, 14 = 2010, 15 = 2013 and later. */
  'tool.compatibility': 'number',
  /** xl workbookPr@defaultThemeVersion. */
  'tool.theme-version': 'number',
  /** Which writer the container's bytes look like (observed): 'microsoft-office', 'libreoffice', 'info-zip', … */
  'tool.container': 'text',
  /** Which program a mark of a message is of, by its shape (observed): 'outlook', 'gmail', 'python', …; `field` names the mark: 'Message-ID', 'MIME boundary'. */
  'tool.message': 'text',
  /** Make and Model. */
  'tool.camera': 'text',
  'tool.camera-serial': 'text',
  /** CompObj user type of an OLE file. */
  'tool.object-type': 'text',

  // Language and machine. Values of locale.* are BCP 47 primary tags: 'ru', 'fr'.
  /** UI language of the program that saved last, from strings it rewrites at each save (HeadingPairs). */
  'locale.saved': 'text',
  /** UI language of the program that created the file, from strings that persist (style names, default sheet names). */
  'locale.created': 'text',
  /** Language of the text as declared: w:lang, /Lang, Content-Language. Full tag as written. */
  'locale.text': 'text',
  /** ANSI code page of the last writer: 1251, 1252. */
  'locale.codepage': 'number',
  /** A folder, template or link of the machine it was saved on. */
  'machine.path': 'text',
  'machine.printer': 'text',
  /** What a computer, or the account on it, is called: a NetBIOS or host name, a login. */
  'machine.name': 'text',
  /** What tells one machine from all others: a network card's address '00:0c:29:ab:cd:ef', a volume's serial 'A1B2-C3D4'. */
  'machine.hardware': 'text',

  // What a file system or browser left behind.
  /** A file that lay beside it or in its folder, by a list that the system keeps: .DS_Store, Thumbs.db, $I. It may be gone. */
  'residue.file': 'text',
  /** Where it was downloaded or saved from: kMDItemWhereFroms, Snapshot-Content-Location, the remark 'saved from url' of a page; of a web shortcut, where it leads. */
  'origin.url': 'text',

  // Counters.
  'count.revision': 'number',
  /** Total editing time, minutes. */
  'count.editing-minutes': 'number',
  'count.words': 'number',
  'count.pages': 'number',

  /** States saved one behind the other in the file: PowerPoint's chain of edits. */
  'count.saves': 'number',

  // What the program remembers of earlier states, oldest first.
  /** Who saved an earlier state: Word's SttbSavedBy. */
  'history.saved-by': 'text',
  /** Where that state was saved to: a path. */
  'history.saved-to': 'text',
  /** When an earlier state was made or saved: stEvt:when of xmpMM:History. */
  'history.saved': 'time',
  /** The program that did: stEvt:softwareAgent. */
  'history.saved-with': 'text',
  /** What that state was called then: stEvt:instanceID, and what it was derived from. */
  'history.instance': 'text',

  // Fonts.
  /** Full name of a font: 'Garamond Premier Pro'. */
  'font.name': 'text',
  /** Its version as it states it: 'Version 1.007'. Fonts get new versions with each release of what ships them. */
  'font.version': 'text',
  /** What its maker calls this font and no other: name 3 of OpenType, UniqueID of Type 1 and CFF. */
  'font.id': 'text',
  /** The clocks of a font that a document embeds: when its maker began it and when he last changed it ('head', UTC); some writers of subsets set their own time. */
  'font.created': 'time',
  'font.modified': 'time',

  // What people and add-ons noted under names of their own.
  /** A property that `field` names: custom.xml, the user-defined section of an OLE property set. */
  'property.custom': 'text',

  // Content (observed).
  /** SHA-256 of the bytes themselves; on documents only, absent where they are empty. */
  'content.bytes': 'digest',
  /** Digest of the normalised text: paragraphs, cells, pages, or the body of a message. Absent where there is no text. */
  'content.text': 'digest',
  /** Digest over the sha256 of a message's attachments, in order. Absent where there are none. */
  'content.attachments': 'digest',

  // Marks.
  /** A scrubber's trace: 'removePersonalInformation', 'ExifTool', 'mat2'. */
  'mark.scrubbed': 'text',
  /** A package member whose zip header is of another make than the rest (observed). Value: its name. */
  'mark.odd-member': 'text',
  /** What one later revision of a file changed (observed): 'content', 'annotation', 'form', 'signature', 'metadata', 'structure'. */
  'mark.revision-change': 'text',
  /** What a signature's byte range covers (observed): 'whole file', 'up to byte 1234 of 5678'. */
  'mark.signature-coverage': 'text',
  /** Known software that rewrites mail on the way: list, gateway, exporter. Value: its kind: 'list', 'gateway', 'export'. */
  'mark.relayed': 'text',
  /** By which line of the list of passwords it was opened (observed): 'line 3 of the password file'. */
  'mark.password': 'text',
  /** Which part of a split file it is (observed): 'volume 2 of 3 of mail.zip; its members are listed there'. */
  'mark.volume': 'text',
  /** A protection that keeps nobody out who reads the bytes: 'a checksum of a password; nothing is encrypted with it'. */
  'mark.protected': 'text',
  /** A trace of a crash or of automatic saving: 'saved in a crash', 'repaired on opening', 'automatic copy of Word'. */
  'mark.recovery': 'text',
  /** A sensitivity label (MSIP): its name or its id. */
  'mark.label': 'text',

  /** A header field that nobody wrote before a certain year. Value: its name, lower case: 'arc-seal'. */
  'mark.dated-header': 'text',
  /** The fields that a sender's program writes, in the order in which they stand, lower case, a blank between them (observed): 'date from to subject'. */
  'mark.header-order': 'text',
  /** Words of a letter's plain text that its HTML has other words for, at the same place (observed): "'pay 12,000' in the plain text, 'pay 92,000' in the HTML". */
  'mark.alternative': 'text',

  // Signatures and envelopes.
  /** What made it: 'cms', 'pgp', 'xml', 'pdf', 'c2pa'. */
  'signature.kind': 'text',
  /** Who signed, as the certificate, the key or the signature itself names them; `field` tells which. */
  'signature.signer': 'text',
  /** Who issued the signer's certificate. */
  'signature.issuer': 'text',
  /** What checking it came to (observed): 'verified', 'content changed', 'signature does not fit', 'certificate not inside', … */
  'signature.state': 'text',
  /** What is known of the signer's certificate beyond its own word (observed): 'self-signed', 'issuer not inside, trust not checked'. */
  'signature.trust': 'text',
  /** The digest algorithm: 'sha256'. */
  'signature.digest': 'text',
  /** What the signer wrote beside it: reason, place, role. `field` tells which. */
  'signature.remark': 'text',
  /** Whose certificate or key lies inside where it signs nothing there. */
  'certificate.subject': 'text',
  /** Validity of the signer's certificate or key. */
  'time.valid-from': 'time',
  'time.valid-until': 'time',
  /** To whom something is encrypted: issuer and serial of a certificate, or a key identifier. */
  'envelope.recipient': 'text',
  /** With what: 'AES-256-CBC'. */
  'envelope.cipher': 'text',
  /** What a provenance manifest says was done: 'c2pa.created', or that there is one. */
  'mark.provenance': 'text',

  // DKIM and ARC (observed).
  /** One claim a signature: what verifying it needs, without the message; JSON, see model/dkim.ts. */
  'dkim.signature': 'text',
  /** Whose key made it: 'example.org s=20161025'. */
  'dkim.signer': 'text',
  /** What became of the signed body: 'intact', 'intact (undone: list footer)', 'changed', 'absent'; 'unsigned' where no DKIM-Signature is. */
  'dkim.body': 'text',
  /** What checking it with the keys at hand came to (by an examination): 'verified', 'key unknown', … and notes in brackets, see model/dkim.ts. */
  'dkim.state': 'text',
  /** Bits of the key that was used (by an examination). */
  'dkim.key-bits': 'number',
  /** Other messages that bear a signature of this signer made within 14 days of it, and those of them that came through unchanged (by an examination). */
  'dkim.neighbours': 'number',
  'dkim.neighbours-unchanged': 'number',
  /** Other signatures of this signer that are, like it, older than the first server's time, and by as much: a clock (by an examination). */
  'dkim.early-alike': 'number',

  /** What the server of an ARC set said of the sets before its own, cv= of its seal: 'none', 'pass', 'fail' (asserted). `field` names the set: 'ARC-Seal i=2'. */
  'arc.verdict': 'text',
  /** How the ARC sets of a message are no chain (observed), in words: 'no set 2, though there is one of number 3'. */
  'arc.fault': 'text',

  // OpenPGP (observed).
  /** One claim a signature over a document that is at hand: what verifying it needs; JSON, see model/pgp.ts. */
  'pgp.signature': 'text',
  /** One claim a public key that can sign: JSON, see model/pgp.ts. */
  'pgp.key': 'text',
  /** How many of them stand in one row of packets: one claim a row. */
  'pgp.keys': 'number',
  /** Key ID that such a signature names, 16 hexadecimal digits; zeros for none. */
  'pgp.issuer': 'text',

  // Made by examinations (observed, corpus-wide).
  /** The act of saving that left a document as it is; one value for all documents of one burst. The root cause of what follows from it. */
  'event.save': 'text',
  /** A person's name in the form that joins scripts and orders: 'rozhkov egor p'. */
  'identity.key': 'text',
  /** Another spelling of the same name elsewhere in the corpus, `other` tells where. */
  'identity.spelling': 'text',
  /** Documents of the corpus that name this last author. */
  'identity.documents': 'number',
  /** Where else the identity occurs: 'address', 'author', or 'nowhere'. */
  'identity.known-as': 'text',
  /** A copy of this document lies elsewhere: `other` tells where; value: 'same-bytes', 'same-content', 'different-content'. */
  'copy.relation': 'text',
  /** What differs between the two, in words with values: "Budget!B7: '12,000' there, '92,000' here". */
  'copy.difference': 'text',
  /** Passages compared and found equal. */
  'copy.equal-passages': 'number',
  /** When the mail delivered the other copy, by the newest server on the way; by its Date where no server stamped it. */
  'copy.mailed': 'time',
  /** When the other copy says it was last saved, and by whom. */
  'copy.saved': 'time',
  'copy.saved-by': 'text',
  /** On an attachment that its message no longer holds, and on the file in which the mail program keeps it beside the message: 'under its name', 'under another name'. */
  'attachment.kept': 'text',
  /** On such a file: when the mail delivered its message, by the newest server on the way; by its Date where no server stamped it. */
  'attachment.delivered': 'time',
  /** On such an attachment: how many bytes its base64 had in the message, as the mail program wrote that took it out; on such a file: the same, of the message beside it. */
  'attachment.encoded-bytes': 'number',
  /** The family of texts that are nearly alike; the same for all of them. */
  'near.family': 'text',
  /** Different texts in the family; on the first of them. */
  'near.family-size': 'number',
  /** Which of them it holds: equal for artifacts whose words are the same. */
  'near.text': 'text',
  /** What few words differ from another text of the family, `other` tells whose: "'transfer 12,000' there, 'transfer 92,000' here". */
  'near.difference': 'text',
  /** What they touch, one claim a kind: 'account', 'amount', 'date', 'address', 'negation', 'banner', 'name', 'words'. */
  'near.edit': 'text',
  /** Places that differ, and words of the text that has them. */
  'near.places': 'number',
  'near.words': 'number',
  /** The last time a server stamped in this mailbox; on its youngest message. */
  'mailbox.end': 'time',
  /** How the signature of the message that carries the other copy fared: a state as in `dkim.state`; `field` names the signer. */
  'copy.signed': 'text',
  /** The message whose words this one quotes, by its Message-ID, where a copy of it lies in the corpus. */
  'quote.of': 'text',
  /** How the quotation stands to that copy, which is `other`: 'verbatim', 'trimmed', 'reworded', 'differs'. */
  'quote.relation': 'text',
  /** The first place where it says something else, in words: "a number: 'pay 12,000' in the original, 'pay 92,000' in the quotation". */
  'quote.difference': 'text',
  /** Senders who quote that place as the original has it, and senders who quote it as this message does, its own among them. */
  'quote.with-original': 'number',
  'quote.with-quotation': 'number',
  /** Those of either whose message bears a signature that verifies over all of it. */
  'quote.with-original-signed': 'number',
  'quote.with-quotation-signed': 'number',
  /** On an original: senders other than its own who quote most of it and change nothing; `other` is the first of their messages. */
  'quote.verbatim-by': 'number',
  /** Those of them whose message bears a signature that verifies over all of it. */
  'quote.verbatim-signed': 'number',
  /** In how many folders those messages lie. */
  'quote.verbatim-in': 'number',
  /** A message that is known only by being quoted here, though the mailboxes of both its ends lie in the corpus: 'a@x to b@y'. */
  'quote.unfiled': 'text',
  /** The message that this one answers, by its Message-ID; `other` is a copy of it. */
  'thread.parent': 'text',
  /** The same where no copy of it lies in the corpus. */
  'thread.missing': 'text',
  /** When a server first had a message that this one refers to, where that is after the last time of this one; `other` is that message. */
  'thread.later': 'time',
  /** When the message that this one answers, by its Thread-Index, was sent, or a server first had it, where that is after this answer was begun; `other` is that message. */
  'thread.answered-sent': 'time',
  /** The message from which its Thread-Index goes on, by its Message-ID, where In-Reply-To names another one of the conversation; `other` is a copy of it. */
  'thread.branch': 'text',
} as const satisfies Record<string, keyof Values>;

export type Attribute = keyof typeof ATTRIBUTES;
export type ValueOf<A extends Attribute> = Values[(typeof ATTRIBUTES)[A]];
/** The attributes whose values have one type: AttributeOf<'time'> is every time. */
export type AttributeOf<T extends keyof Values> = { [A in Attribute]: (typeof ATTRIBUTES)[A] extends T ? A : never }[Attribute];

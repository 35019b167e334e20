import type { AttributeOf } from '../../model/attribute.ts';

/** Header fields that hold addresses, lower case. */
export const PARTIES: Readonly<Record<string, AttributeOf<'address'>>> = {
  from: 'party.from',
  sender: 'party.sender',
  'reply-to': 'party.reply-to',
  to: 'party.to',
  cc: 'party.to',
  bcc: 'party.to',
  'delivered-to': 'party.delivered-to',
  'x-original-to': 'party.delivered-to',
  'envelope-to': 'party.delivered-to',
  'x-envelope-to': 'party.delivered-to',
  'return-path': 'party.return-path',
};

/** Fields with one text in them. */
export const TEXTS: Readonly<Record<string, AttributeOf<'text'>>> = {
  subject: 'name.title',
  'thread-topic': 'name.topic',
  'x-mailer': 'tool.mailer',
  'user-agent': 'tool.mailer',
  'x-newsreader': 'tool.mailer',
  'x-mimeole': 'tool.mailer',
};

export type Relay = 'list' | 'gateway' | 'export' | 'resent';

/** A field whose presence (and, where given, whose value) shows software that rewrites mail on the way, or a person who sent it on. */
export interface RelayMark {
  readonly relay: Relay;
  readonly name: RegExp;
  readonly value?: RegExp;
}

/** The first field of each kind counts. Anyone can write these: they explain a difference, they do not excuse it. */
export const RELAYS: readonly RelayMark[] = [
  { relay: 'list', name: /^(?:list-id|list-post|x-mailman-version|x-beenthere|mailing-list|x-mailing-list|x-google-group-id|x-listname)$/ },
  { relay: 'list', name: /^precedence$/, value: /^list\b/i },
  { relay: 'gateway', name: /^x-(?:proofpoint|mimecast|barracuda|ironport|fireeye|sophos|exclaimer|codetwo|zix|messagelabs|trend-?micro|tm-as)/ },
  {
    relay: 'gateway',
    name: /^x-ms-exchange-(?:(?=[\w-]*$)[\w-]*external[\w-]*|organization-disclaimer[\w-]*|safelinks-url-keyver|atpmessageproperties)$/,
  },
  { relay: 'export', name: /^x-(?:gm-(?:msgid|thrid|labels)|gmail-labels|libpst-[\w-]+|tika[\w:-]*|sdoc|zlid|folder|filename)$/ },
  { relay: 'resent', name: /^resent-date$/ },
];

/** readpst takes messages apart and puts them together again, with a boundary of its own. */
export const EXPORT_BOUNDARY = /LibPST-iamunique/;

import type { AttributeOf } from '../../model/attribute.ts';
import { PID } from '../../structures/outlook/mapi.data.ts';

/** Times of a message. Its delivery is told with the Received lines. */
export const TIMES: readonly (readonly [id: number, attribute: AttributeOf<'time'>])[] = [
  [PID.ClientSubmitTime, 'time.sent'],
  [PID.CreationTime, 'time.created'],
  [PID.LastModificationTime, 'time.modified'],
];

/**
 * Times of a message within a message. Outlook stamps its creation and modification anew whenever the message around it is
 * saved, an export years later included: they are its store's, and say nothing about the text.
 */
export const EMBEDDED_TIMES: typeof TIMES = [
  [PID.ClientSubmitTime, 'time.sent'],
  [PID.CreationTime, 'time.stored'],
  [PID.LastModificationTime, 'time.stored'],
];

/** A party by the four properties that name it; `email` is an Internet address only where `kind` says 'SMTP'. */
export interface PartyIds {
  readonly name: number;
  readonly smtp: number;
  readonly email: number;
  readonly kind: number;
}

export const PARTY_IDS: readonly (readonly [attribute: AttributeOf<'address'>, ids: PartyIds])[] = [
  [
    'party.from',
    {
      name: PID.SentRepresentingName,
      smtp: PID.SentRepresentingSmtpAddress,
      email: PID.SentRepresentingEmailAddress,
      kind: PID.SentRepresentingAddressType,
    },
  ],
  ['party.sender', { name: PID.SenderName, smtp: PID.SenderSmtpAddress, email: PID.SenderEmailAddress, kind: PID.SenderAddressType }],
  [
    'party.delivered-to',
    { name: PID.ReceivedByName, smtp: PID.ReceivedBySmtpAddress, email: PID.ReceivedByEmailAddress, kind: PID.ReceivedByAddressType },
  ],
];

export const RECIPIENT_IDS: PartyIds = { name: PID.DisplayName, smtp: PID.SmtpAddress, email: PID.EmailAddress, kind: PID.AddressType };

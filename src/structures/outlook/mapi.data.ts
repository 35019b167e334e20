/** Property types, the low half of a tag. [MS-OXCDATA] 2.11.1. */
export const TYPE = {
  int16: 0x0002,
  int32: 0x0003,
  boolean: 0x000b,
  object: 0x000d,
  string8: 0x001e,
  string: 0x001f,
  time: 0x0040,
  guid: 0x0048,
  binary: 0x0102,
  /** Set in the type of a list of values. */
  multiple: 0x1000,
  /** No MAPI type: the date of seven words that TNEF's own attributes hold. [MS-OXTNEF] 2.1.3.3.10. */
  tnefDate: 0xf000,
} as const;

/** Property ids, the high half of a tag, under the names of [MS-OXPROPS]. */
export const PID = {
  Subject: 0x0037,
  ClientSubmitTime: 0x0039,
  ReceivedByName: 0x0040,
  SentRepresentingName: 0x0042,
  SentRepresentingAddressType: 0x0064,
  SentRepresentingEmailAddress: 0x0065,
  ConversationTopic: 0x0070,
  ConversationIndex: 0x0071,
  ReceivedByAddressType: 0x0075,
  ReceivedByEmailAddress: 0x0076,
  TransportMessageHeaders: 0x007d,
  RecipientType: 0x0c15,
  SenderName: 0x0c1a,
  SenderAddressType: 0x0c1e,
  SenderEmailAddress: 0x0c1f,
  MessageDeliveryTime: 0x0e06,
  Body: 0x1000,
  RtfCompressed: 0x1009,
  Html: 0x1013,
  InternetMessageId: 0x1035,
  InternetReferences: 0x1039,
  InReplyToId: 0x1042,
  DisplayName: 0x3001,
  AddressType: 0x3002,
  EmailAddress: 0x3003,
  CreationTime: 0x3007,
  LastModificationTime: 0x3008,
  AttachDataBinary: 0x3701,
  AttachExtension: 0x3703,
  AttachFilename: 0x3704,
  AttachMethod: 0x3705,
  AttachLongFilename: 0x3707,
  AttachLongPathname: 0x370d,
  AttachMimeTag: 0x370e,
  AttachContentId: 0x3712,
  AttachFlags: 0x3714,
  SmtpAddress: 0x39fe,
  InternetCodepage: 0x3fde,
  LastModifierName: 0x3ffa,
  MessageCodepage: 0x3ffd,
  SenderSmtpAddress: 0x5d01,
  SentRepresentingSmtpAddress: 0x5d02,
  ReceivedBySmtpAddress: 0x5d07,
  AttachmentHidden: 0x7ffe,
} as const;

const NAMES: ReadonlyMap<number, string> = new Map(Object.entries(PID).map(([name, id]) => [id, `PidTag${name}`]));

/** 'PidTagClientSubmitTime', as [MS-OXPROPS] calls the property; its number in hex where it is none of ours. */
export const pidName = (id: number): string => NAMES.get(id) ?? `0x${id.toString(16).padStart(4, '0')}`;

/** Values of PidTagAttachMethod: how the attachment is held. [MS-OXCMSG] 2.2.2.9. */
export const ATTACHED = { nothing: 0, byValue: 1, byReference: 2, byReferenceOnly: 4, embeddedMessage: 5, ole: 6, byWebReference: 7 } as const;

/** Bit of PidTagAttachFlags: shown within the HTML. [MS-OXCMSG] 2.2.2.18. */
export const RENDERED_IN_BODY = 0x4;

/** PidTagRecipientType without its flags, as a header field. [MS-OXOMSG] 2.2.3.1. */
export const RECIPIENT_FIELDS: Readonly<Record<number, string>> = { 1: 'To', 2: 'Cc', 3: 'Bcc' };

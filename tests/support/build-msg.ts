import { crc } from '../../src/structures/outlook/lzfu.ts';
import { DICTIONARY_START } from '../../src/structures/outlook/lzfu.data.ts';
import { encodeCodePage } from './code-page.ts';
import { ATTACHED, PID, TYPE } from '../../src/structures/outlook/mapi.data.ts';
import { buildCfb, filetime, type Ticks } from './build-cfb.ts';

export interface MsgParty {
  readonly name: string;
  /** 'claire@campagne.example'. */
  readonly mailbox: string;
}

export interface MsgFile {
  readonly name: string;
  /** PidTagAttachMimeTag. */
  readonly type?: string;
  readonly bytes: Uint8Array;
  readonly created?: Ticks;
  readonly modified?: Ticks;
  /** Given: a picture within the HTML. */
  readonly contentId?: string;
}

export type MsgAttachment = MsgFile | { readonly message: MsgSpec } | { readonly link: string };

export interface MsgSpec {
  readonly subject?: string;
  readonly body?: string;
  /** Kept as bytes in UTF-8. */
  readonly html?: string;
  /** ASCII; kept compressed. */
  readonly rtf?: string;
  readonly from?: MsgParty;
  readonly sender?: MsgParty;
  readonly to?: readonly (MsgParty & { readonly field?: 'To' | 'Cc' | 'Bcc' })[];
  readonly sent?: Ticks;
  readonly delivered?: Ticks;
  readonly created?: Ticks;
  readonly modified?: Ticks;
  readonly lastModifiedBy?: string;
  readonly messageId?: string;
  readonly inReplyTo?: string;
  readonly references?: string;
  /** When the conversation began. */
  readonly conversation?: Ticks;
  /** Its subject: PidTagConversationTopic. */
  readonly topic?: string;
  /** The transport header, lines ended by \r\n. */
  readonly headers?: string;
  readonly attachments?: readonly MsgAttachment[];
  /** Strings in eight bits of this code page; absent: in UTF-16. */
  readonly codePage?: number;
}

/** A property as it will be written; `value` is the bytes of the value alone. */
export interface MapiValue {
  readonly tag: number;
  readonly value: Uint8Array;
}

const u32 = (n: number): Buffer => {
  const b = Buffer.alloc(4);
  b.writeUInt32LE(n >>> 0);
  return b;
};
const hex8 = (n: number): string => (n >>> 0).toString(16).toUpperCase().padStart(8, '0');
const tagged = (id: number, type: number, value: Uint8Array): MapiValue => ({ tag: id * 0x10000 + type, value });

/** The property of this id, in the type its value asks for; none for undefined. */
export function mapiValue(id: number, value: string | number | Uint8Array | { readonly ticks: Ticks } | undefined, codePage?: number): MapiValue[] {
  if (value === undefined) return [];
  if (typeof value === 'number') return [tagged(id, TYPE.int32, u32(value))];
  if (typeof value === 'string') {
    return [
      codePage === undefined ? tagged(id, TYPE.string, Buffer.from(value, 'utf16le')) : tagged(id, TYPE.string8, encodeCodePage(value, codePage)),
    ];
  }
  if (value instanceof Uint8Array) return [tagged(id, TYPE.binary, value)];
  const ticks = Buffer.alloc(8);
  ticks.writeBigUInt64LE(filetime(value.ticks));
  return [tagged(id, TYPE.time, ticks)];
}

const at = (t: Ticks | undefined): { ticks: Ticks } | undefined => (t === undefined ? undefined : { ticks: t });

/** The value of PidTagConversationIndex: the top 48 bits of a FILETIME, then a GUID. [MS-OXOMSG] 2.2.1.3. */
export function conversationIndex(began: Ticks): Uint8Array {
  const index = Buffer.alloc(22, 0x5a);
  index.writeUIntBE(Number(filetime(began) >> 16n), 0, 6);
  return index;
}

/** RTF as PidTagRtfCompressed holds it: literals only, which is valid. [MS-OXRTFCP] 2.1.3. */
export function compressedRtf(rtf: string): Uint8Array {
  const text = Buffer.from(rtf, 'latin1');
  const end = ((DICTIONARY_START.length + text.byteLength) % 4096) << 4;
  const chunks: Uint8Array[] = [];
  for (let i = 0; i <= text.byteLength; i += 8) {
    const literals = text.subarray(i, i + 8);
    const last = literals.byteLength < 8;
    chunks.push(Buffer.from([last ? 1 << literals.byteLength : 0]), literals, ...(last ? [Buffer.from([end >> 8, end & 0xff])] : []));
  }
  const body = Buffer.concat(chunks);
  return Buffer.concat([u32(body.byteLength + 12), u32(text.byteLength), u32(0x75465a4c), u32(crc(body)), body]);
}

/** Properties of the message itself. */
export function messageValues(m: MsgSpec): MapiValue[] {
  const text = (id: number, value: string | undefined): MapiValue[] => mapiValue(id, value, m.codePage);
  return [
    ...text(PID.Subject, m.subject),
    ...text(PID.Body, m.body),
    ...mapiValue(PID.Html, m.html === undefined ? undefined : Buffer.from(m.html)),
    ...mapiValue(PID.InternetCodepage, m.html === undefined ? undefined : 65_001),
    ...mapiValue(PID.RtfCompressed, m.rtf === undefined ? undefined : compressedRtf(m.rtf)),
    ...text(PID.SentRepresentingName, m.from?.name),
    ...text(PID.SentRepresentingAddressType, m.from && 'SMTP'),
    ...text(PID.SentRepresentingEmailAddress, m.from?.mailbox),
    ...text(PID.SenderName, (m.sender ?? m.from)?.name),
    ...text(PID.SenderAddressType, m.from && 'SMTP'),
    ...text(PID.SenderEmailAddress, (m.sender ?? m.from)?.mailbox),
    ...mapiValue(PID.ClientSubmitTime, at(m.sent)),
    ...mapiValue(PID.MessageDeliveryTime, at(m.delivered)),
    ...mapiValue(PID.CreationTime, at(m.created)),
    ...mapiValue(PID.LastModificationTime, at(m.modified)),
    ...text(PID.LastModifierName, m.lastModifiedBy),
    ...text(PID.InternetMessageId, m.messageId),
    ...text(PID.InReplyToId, m.inReplyTo),
    ...text(PID.InternetReferences, m.references),
    ...text(PID.TransportMessageHeaders, m.headers),
    ...text(PID.ConversationTopic, m.topic),
    ...mapiValue(PID.ConversationIndex, m.conversation === undefined ? undefined : conversationIndex(m.conversation)),
    ...mapiValue(PID.MessageCodepage, m.codePage),
  ];
}

const RECIPIENTS = { To: 1, Cc: 2, Bcc: 3 } as const;

/** Properties of each recipient. */
export const recipientValues = (m: MsgSpec): MapiValue[][] =>
  (m.to ?? []).map(({ name, mailbox, field = 'To' }) => [
    ...mapiValue(PID.RecipientType, RECIPIENTS[field]),
    ...mapiValue(PID.DisplayName, name, m.codePage),
    ...mapiValue(PID.AddressType, 'SMTP', m.codePage),
    ...mapiValue(PID.EmailAddress, mailbox, m.codePage),
  ]);

/** Properties of an attachment, but for its content. */
export function attachmentValues(a: MsgAttachment, codePage?: number): MapiValue[] {
  if ('message' in a) return [...mapiValue(PID.AttachMethod, ATTACHED.embeddedMessage), ...mapiValue(PID.DisplayName, a.message.subject, codePage)];
  if ('link' in a) return [...mapiValue(PID.AttachMethod, ATTACHED.byReferenceOnly), ...mapiValue(PID.AttachLongPathname, a.link, codePage)];
  return [
    ...mapiValue(PID.AttachMethod, ATTACHED.byValue),
    ...mapiValue(PID.AttachLongFilename, a.name, codePage),
    ...mapiValue(PID.AttachMimeTag, a.type, codePage),
    ...mapiValue(PID.CreationTime, at(a.created)),
    ...mapiValue(PID.LastModificationTime, at(a.modified)),
    ...mapiValue(PID.AttachContentId, a.contentId, codePage),
  ];
}

type Streams = Record<string, Uint8Array>;

/** The streams of one storage: values of fixed length in the table, each other one in a stream. [MS-OXMSG] 2.4. */
function storage(path: string, headerBytes: number, values: readonly MapiValue[]): Streams {
  const streams: Streams = {};
  const records = values.map(({ tag, value }) => {
    const fixed = [TYPE.int32, TYPE.time].some((t) => t === (tag & 0xffff));
    if (!fixed) streams[`${path}__substg1.0_${hex8(tag)}`] = value;
    return Buffer.concat([u32(tag), u32(6), fixed ? value : u32(value.byteLength), Buffer.alloc(8)]).subarray(0, 16);
  });
  return { [`${path}__properties_version1.0`]: Buffer.concat([Buffer.alloc(headerBytes), ...records]), ...streams };
}

function message(m: MsgSpec, path: string): Streams {
  const streams = storage(path, path === '' ? 32 : 24, messageValues(m));
  for (const [i, values] of recipientValues(m).entries()) Object.assign(streams, storage(`${path}__recip_version1.0_#${hex8(i)}/`, 8, values));
  for (const [i, a] of (m.attachments ?? []).entries()) {
    const inside = `${path}__attach_version1.0_#${hex8(i)}/`;
    const content = 'bytes' in a ? mapiValue(PID.AttachDataBinary, a.bytes) : [];
    Object.assign(streams, storage(inside, 8, [...attachmentValues(a, m.codePage), ...content]));
    if ('message' in a) Object.assign(streams, message(a.message, `${inside}__substg1.0_3701000D/`));
  }
  return streams;
}

/** A message as Outlook saves it. Deterministic. */
export const buildMsg = (m: MsgSpec): Uint8Array => buildCfb({ streams: message(m, ''), root: { clsid: '00020d0b-0000-0000-c000-000000000046' } });

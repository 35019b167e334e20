import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { guidOf } from '../ole/cfb-directory.ts';
import { codePageOf, type MapiAttachment, type MapiBag, type MapiContent, type MapiMessage, type MapiProperty } from './mapi.ts';
import { PID, TYPE } from './mapi.data.ts';
import { tnefProperties } from './tnef-properties.ts';

/** Attributes by their numbers. [MS-OXTNEF] 2.1.3.3. */
const ATTRIBUTE = {
  recipients: 0x00069004,
  codePage: 0x00069007,
  message: 0x00069003,
  attachment: 0x00069005,
  render: 0x00069002,
  data: 0x0006800f,
} as const;

/** Attributes of their own that say what a property says too; the property wins. */
const EQUIVALENTS: ReadonlyMap<number, readonly [id: number, type: number]> = new Map([
  [0x00018004, [PID.Subject, TYPE.string8]],
  [0x0002800c, [PID.Body, TYPE.string8]],
  [0x00038005, [PID.ClientSubmitTime, TYPE.tnefDate]],
  [0x00038006, [PID.MessageDeliveryTime, TYPE.tnefDate]],
  [0x00038020, [PID.LastModificationTime, TYPE.tnefDate]],
  [0x00018010, [PID.AttachFilename, TYPE.string8]],
  [0x00038012, [PID.CreationTime, TYPE.tnefDate]],
  [0x00038013, [PID.LastModificationTime, TYPE.tnefDate]],
  [ATTRIBUTE.data, [PID.AttachDataBinary, TYPE.binary]],
]);

const SIGNATURE = 0x223e9f78;
const HEADER_BYTES = 6;
/** Level, number and length before the data, a checksum behind. */
const BEFORE = 9;
const AFTER = 2;
const OF_ATTACHMENT = 2;

const MESSAGE_CLASS = '00020307-0000-0000-c000-000000000046';
const STORAGE_CLASS = '0000000b-0000-0000-c000-000000000046';

interface Attribute {
  readonly level: number;
  readonly tag: number;
  readonly data: Uint8Array;
}

type Note = (code: ProblemDraft['code'], message: string) => void;

function* attributesOf(bytes: Uint8Array, note: Note): Generator<Attribute> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES || view.getUint32(0, true) !== SIGNATURE) return note('malformed', 'no TNEF stream: the signature is missing');
  for (let at = HEADER_BYTES; at < bytes.byteLength;) {
    const level = bytes[at];
    if (bytes.byteLength - at < BEFORE && isPadding(bytes.subarray(at))) return;
    if (level !== 1 && level !== OF_ATTACHMENT) return note('malformed', `no attribute stands at byte ${at}, where one should`);
    if (at + BEFORE > bytes.byteLength) return note('truncated', 'the last attribute breaks off');
    const length = view.getUint32(at + 5, true);
    const data = bytes.subarray(at + BEFORE, at + BEFORE + length);
    yield { level, tag: view.getUint32(at + 1, true), data };
    if (data.byteLength < length) return note('truncated', `the last attribute has ${data.byteLength} of ${length} bytes`);
    if (at + BEFORE + length + AFTER > bytes.byteLength) return note('truncated', 'the last checksum is missing');
    const sum = view.getUint16(at + BEFORE + length, true);
    if (sum !== checksum(data)) note('malformed', `attribute 0x${view.getUint32(at + 1, true).toString(16)}: the checksum is that of other bytes`);
    at += BEFORE + length + AFTER;
  }
}

/** Line ends that a mail left behind the attachment's last byte, or zeros. */
const isPadding = (rest: Uint8Array): boolean => rest.every((b) => b === 0 || b === 0x0d || b === 0x0a);

/** Sum of the bytes, 16 bits. [MS-OXTNEF] 2.1.3.1. */
function checksum(data: Uint8Array): number {
  let sum = 0;
  for (const b of data) sum = (sum + b) & 0xffff;
  return sum;
}

/** One message or attachment being read: its own attributes, then what its list of properties adds. */
interface Draft {
  readonly stream: string;
  readonly bag: Map<number, MapiProperty>;
}

function take(draft: Draft, { tag, data }: Attribute, note: Note): void {
  if (tag === ATTRIBUTE.message || tag === ATTRIBUTE.attachment) {
    const list = tnefProperties(data, 0, draft.stream);
    if (list.broken) note('malformed', `the properties of ${draft.stream} break off`);
    for (const [id, property] of list.bag) draft.bag.set(id, property);
    return;
  }
  const same = EQUIVALENTS.get(tag);
  if (same && !draft.bag.has(same[0])) draft.bag.set(same[0], { tag, type: same[1], stream: draft.stream, read: () => data });
}

function recipientsOf(table: Uint8Array, maxRecipients: number, note: Note): MapiBag[] {
  const found: MapiBag[] = [];
  const count = table.byteLength < 4 ? 0 : new DataView(table.buffer, table.byteOffset).getUint32(0, true);
  for (let at = 4; found.length < count && at < table.byteLength;) {
    if (found.length >= maxRecipients) {
      note('limit-exceeded', `${count} recipients, of which ${maxRecipients} were read`);
      break;
    }
    const list = tnefProperties(table, at, `recipient ${found.length}`);
    found.push(list.bag);
    at = list.end;
    if (list.broken) note('malformed', 'the table of recipients breaks off');
  }
  return found;
}

function contentOf(bag: MapiBag): MapiContent {
  const data = bag.get(PID.AttachDataBinary);
  if (!data) return { kind: 'reference', bytes: () => new Uint8Array(0) };
  if (data.type !== TYPE.object) return { kind: 'file', bytes: () => data.read() };
  // An object begins with the class through which it is to be opened.
  const whole = data.read() ?? new Uint8Array(0);
  const opened = guidOf(whole.subarray(0, 16));
  return { kind: opened === MESSAGE_CLASS ? 'message' : opened === STORAGE_CLASS ? 'ole' : 'file', bytes: () => whole.subarray(16) };
}

/** The message in a TNEF stream ([MS-OXTNEF]), which Outlook sends as winmail.dat. Never throws. Use as input.once(readTnef). */
export function readTnef(input: Input): MapiMessage {
  const { limits } = input;
  const problems: ProblemDraft[] = [];
  const seen = new Set<string>();
  const note: Note = (code, message) => {
    if (seen.has(message) || seen.size >= 100) return;
    seen.add(message);
    problems.push({ code, message });
  };
  const message: Draft = { stream: 'message', bag: new Map() };
  const attachments: Draft[] = [];
  const recipients: MapiBag[] = [];
  let codePage: number | null = null;
  if (input.bytes.size > limits.maxArtifactBytes) note('limit-exceeded', `read to byte ${limits.maxArtifactBytes} of ${input.bytes.size}`);
  for (const attribute of attributesOf(input.bytes.slice(0, limits.maxArtifactBytes), note)) {
    if (attribute.level === OF_ATTACHMENT) {
      // The rendering data come first in each attachment; some writers leave them out of the first one.
      if (attribute.tag === ATTRIBUTE.render || attachments.length === 0) {
        if (attachments.length >= limits.maxChildren) {
          note('limit-exceeded', `more than ${limits.maxChildren} attachments; the rest was not read`);
          break;
        }
        attachments.push({ stream: `attachment ${attachments.length}`, bag: new Map() });
      }
      const last = attachments.at(-1);
      if (last) take(last, attribute, note);
    } else if (attribute.tag === ATTRIBUTE.recipients) recipients.push(...recipientsOf(attribute.data, limits.maxChildren - recipients.length, note));
    else if (attribute.tag === ATTRIBUTE.codePage && attribute.data.byteLength >= 4)
      codePage = new DataView(attribute.data.buffer, attribute.data.byteOffset).getUint32(0, true);
    else take(message, attribute, note);
  }
  const attached = attachments.map(({ stream, bag }): MapiAttachment => ({ key: stream, bag, content: contentOf(bag) }));
  return { bag: message.bag, recipients, attachments: attached, embedded: false, codePage: codePage || codePageOf(message.bag), problems };
}

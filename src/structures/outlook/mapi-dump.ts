import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { codePageOf, type MapiAttachment, type MapiBag, type MapiContent, type MapiMessage, type MapiProperty, putProperty } from './mapi.ts';
import { PID, pidName, TYPE } from './mapi.data.ts';

/**
 * The bytes of a message that has none of its own: in a store its properties lie in blocks all over the file, encoded and split.
 * This form is ours and holds nothing but them, each value as it stands, so that one message always has one digest:
 *
 *     8a 'MAPI' 0d 0a 1a, then two 16-bit numbers: the form's version, 1; 1 for a message within a message, else 0;
 *     for the message, then each recipient, then each attachment:
 *         32 bits: 0 message, 1 recipient, 2 attachment; 32 bits: how many properties;
 *         for each, by tag: 32 bits tag, 32 bits length, the value.
 *
 * Numbers are little-endian. A length of 0xffffffff stands for a value that could not be read, 0xfffffffe for one beyond the
 * budget; neither is followed by bytes. A message within it is the value of PidTagAttachDataObject (0x3701000d), in this form again.
 */
export const DUMP_MAGIC = '\u008aMAPI\r\n\u001a';
export const DUMP_TYPE = 'application/x-mapi-message';

const HEADER_BYTES = 12;
const VERSION = 1;
const UNREADABLE = 0xffff_ffff;
const OVER_LIMIT = 0xffff_fffe;
const KINDS = ['message', 'recipient', 'attachment'] as const;
/** The tag under which an object lies in an attachment. */
export const ATTACHED_OBJECT = PID.AttachDataBinary * 0x1_0000 + TYPE.object;

/** A value as it stands, or why it is missing. */
export interface DumpValue {
  readonly tag: number;
  readonly bytes: Uint8Array | 'over-limit' | 'unreadable';
}
export interface DumpObject {
  readonly kind: (typeof KINDS)[number];
  readonly values: readonly DumpValue[];
}

const u32s = (...numbers: readonly number[]): Uint8Array => {
  const out = Buffer.alloc(4 * numbers.length);
  for (const [i, n] of numbers.entries()) out.writeUInt32LE(n, 4 * i);
  return out;
};

export function writeDump(objects: readonly DumpObject[], embedded: boolean): Uint8Array {
  const chunks: Uint8Array[] = [Buffer.from(DUMP_MAGIC, 'latin1'), Buffer.from([VERSION, 0, embedded ? 1 : 0, 0])];
  for (const { kind, values } of objects) {
    chunks.push(u32s(KINDS.indexOf(kind), values.length));
    for (const { tag, bytes } of [...values].sort((a, b) => a.tag - b.tag)) {
      if (typeof bytes === 'string') chunks.push(u32s(tag, bytes === 'over-limit' ? OVER_LIMIT : UNREADABLE));
      else chunks.push(u32s(tag, bytes.byteLength), bytes);
    }
  }
  return Buffer.concat(chunks);
}

interface Lacking {
  readonly stream: string;
  readonly tag: number;
  readonly why: 'over-limit' | 'unreadable';
}

/** Reads what {@link writeDump} wrote. Never throws: what breaks off is a problem. Use as input.once(readDump). */
export function readDump(input: Input): MapiMessage {
  const { bytes } = input;
  const bags: Record<(typeof KINDS)[number], Map<number, MapiProperty>[]> = { message: [], recipient: [], attachment: [] };
  const lacking: Lacking[] = [];
  let broken = false;
  let at = HEADER_BYTES;
  const numbers = (n: number): DataView => {
    const b = bytes.slice(at, 4 * n);
    at += 4 * n;
    broken ||= b.byteLength < 4 * n;
    return broken ? new DataView(new ArrayBuffer(4 * n)) : new DataView(b.buffer, b.byteOffset, b.byteLength);
  };
  const property = (stream: string, bag: Map<number, MapiProperty>): void => {
    const head = numbers(2);
    const [tag, length] = [head.getUint32(0, true), head.getUint32(4, true)];
    const missing = length === UNREADABLE ? 'unreadable' : length === OVER_LIMIT ? 'over-limit' : null;
    if (missing) lacking.push({ stream, tag, why: missing });
    const from = at;
    if (!missing) at += length;
    if (at > bytes.size) broken = true;
    if (!broken) putProperty(bag, tag >>> 16, { tag, type: tag & 0xffff, stream, read: () => (missing ? null : bytes.slice(from, length)) });
  };
  while (!broken && at < bytes.size) {
    const head = numbers(2);
    const kind = KINDS[head.getUint32(0, true)];
    if (!kind) broken = true;
    if (broken || !kind) break;
    const bag = new Map<number, MapiProperty>();
    const stream = kind === 'message' ? kind : `${kind} ${bags[kind].length}`;
    bags[kind].push(bag);
    for (let left = head.getUint32(4, true); left > 0 && !broken; left--) property(stream, bag);
  }
  const bag = bags.message[0] ?? new Map<number, MapiProperty>();
  const attachments = bags.attachment.map((own, i): MapiAttachment => ({ key: `attachment ${i}`, bag: own, content: contentOf(own, lacking, i) }));
  return {
    bag,
    recipients: bags.recipient,
    attachments,
    embedded: (bytes.slice(10, 1)[0] ?? 0) === 1,
    codePage: codePageOf(bag),
    problems: problemsOf(lacking, broken || bags.message.length === 0),
  };
}

function contentOf(bag: MapiBag, lacking: readonly Lacking[], nth: number): MapiContent {
  const data = bag.get(PID.AttachDataBinary);
  if (!data) return { kind: 'reference', bytes: () => new Uint8Array(0) };
  const lost = lacking.some((l) => l.stream === `attachment ${nth}` && l.tag === data.tag && l.why === 'unreadable');
  const begins = data.type === TYPE.object ? Buffer.from(data.read()?.subarray(0, DUMP_MAGIC.length) ?? []).toString('latin1') : '';
  const kind = data.type !== TYPE.object ? 'file' : begins === DUMP_MAGIC ? 'message' : 'ole';
  return { kind, bytes: () => data.read(), ...(lost ? { lost: true } : {}) };
}

function problemsOf(lacking: readonly Lacking[], broken: boolean): ProblemDraft[] {
  // What an attachment lacks of its content is said where it is opened.
  const told = lacking.filter((l) => l.tag >>> 16 !== PID.AttachDataBinary).slice(0, 100);
  return [
    ...told.map(({ stream, tag, why }): ProblemDraft => ({
      code: why === 'over-limit' ? 'limit-exceeded' : 'malformed',
      message: `${pidName(tag >>> 16)} of ${stream} ${why === 'over-limit' ? 'is larger than the budget allows' : 'could not be read: its bytes are missing'}`,
    })),
    ...(broken ? [{ code: 'truncated', message: 'the list of properties breaks off' } as const] : []),
  ];
}

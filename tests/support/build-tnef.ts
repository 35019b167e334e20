import { guidBytes } from '../../src/structures/ole/cfb-write.ts';
import { encodeCodePage } from './code-page.ts';
import { PID, TYPE } from '../../src/structures/outlook/mapi.data.ts';
import { attachmentValues, type MapiValue, messageValues, type MsgSpec, recipientValues } from './build-msg.ts';

/** Year, month, day, hour, minute, second, day of the week. */
export type TnefDate = readonly [number, number, number, number, number, number, number];

export interface TnefSpec extends MsgSpec {
  /** What stands in TNEF's own attributes, where old programs put it: no zone, and strings in eight bits. */
  readonly legacy?: { readonly subject?: string; readonly body?: string; readonly sent?: TnefDate };
  /** Values of a property with a name, which a reader has to step over. */
  readonly words?: readonly string[];
  /** Files named and dated by attributes alone. */
  readonly legacyFiles?: readonly { readonly name: string; readonly bytes: Uint8Array; readonly modified?: TnefDate }[];
}

const u16 = (n: number): Buffer => Buffer.from([n & 0xff, (n >> 8) & 0xff]);
const u32 = (n: number): Buffer => Buffer.concat([u16(n & 0xffff), u16(n >>> 16)]);
const padded = (b: Uint8Array): Buffer => Buffer.concat([b, Buffer.alloc(-b.byteLength & 3)]);

const IID_MESSAGE = guidBytes('00020307-0000-0000-c000-000000000046');

function attribute(level: 1 | 2, tag: number, data: Uint8Array): Buffer {
  const sum = data.reduce((a, b) => (a + b) & 0xffff, 0);
  return Buffer.concat([Buffer.from([level]), u32(tag), u32(data.byteLength), data, u16(sum)]);
}

const GUID = guidBytes('00020329-0000-0000-c000-000000000046');

/** A list of strings under the name 'Words'. */
function named(words: readonly string[]): Buffer {
  const utf16 = (s: string): Buffer => Buffer.from(s, 'utf16le');
  const values = words.flatMap((w) => [u32(2 * w.length), padded(utf16(w))]);
  return Buffer.concat([
    u32(0x8001_0000 + (TYPE.string | TYPE.multiple)),
    GUID,
    u32(1),
    u32(10),
    padded(utf16('Words')),
    u32(words.length),
    ...values,
  ]);
}

/** [MS-OXTNEF] 2.1.3.4. */
function properties(values: readonly MapiValue[], words?: readonly string[]): Buffer {
  const written = values.map(({ tag, value }) => {
    const fixed = [TYPE.int32, TYPE.time].some((t) => t === (tag & 0xffff));
    return Buffer.concat([u32(tag), ...(fixed ? [value] : [u32(1), u32(value.byteLength), padded(value)])]);
  });
  return Buffer.concat([u32(values.length + (words ? 1 : 0)), ...(words ? [named(words)] : []), ...written]);
}

const date = (d: TnefDate): Buffer => Buffer.concat(d.map(u16));

/** winmail.dat as Outlook sends it. Deterministic. */
export function buildTnef(m: TnefSpec): Uint8Array {
  const codePage = m.codePage ?? 1252;
  const text = (s: string): Uint8Array => encodeCodePage(`${s}\u0000`, codePage);
  const { legacy } = m;
  const recipients = recipientValues(m).map((values) => properties(values));
  const parts = [
    u32(0x223e9f78),
    u16(1),
    attribute(1, 0x00089006, u32(0x10000)),
    attribute(1, 0x00069007, Buffer.concat([u32(codePage), u32(0)])),
    ...(legacy?.subject === undefined ? [] : [attribute(1, 0x00018004, text(legacy.subject))]),
    ...(legacy?.sent === undefined ? [] : [attribute(1, 0x00038005, date(legacy.sent))]),
    ...(legacy?.body === undefined ? [] : [attribute(1, 0x0002800c, text(legacy.body))]),
    attribute(1, 0x00069003, properties(messageValues(m), m.words)),
    ...(recipients.length === 0 ? [] : [attribute(1, 0x00069004, Buffer.concat([u32(recipients.length), ...recipients]))]),
  ];
  for (const a of m.attachments ?? []) {
    const object =
      'message' in a ? [{ tag: PID.AttachDataBinary * 0x10000 + TYPE.object, value: Buffer.concat([IID_MESSAGE, buildTnef(a.message)]) }] : [];
    parts.push(attribute(2, 0x00069002, Buffer.alloc(14)), ...('bytes' in a ? [attribute(2, 0x0006800f, a.bytes)] : []));
    parts.push(attribute(2, 0x00069005, properties([...attachmentValues(a, m.codePage), ...object])));
  }
  for (const f of m.legacyFiles ?? []) {
    parts.push(attribute(2, 0x00069002, Buffer.alloc(14)), attribute(2, 0x00018010, text(f.name)), attribute(2, 0x0006800f, f.bytes));
    if (f.modified) parts.push(attribute(2, 0x00038013, date(f.modified)));
  }
  return Buffer.concat(parts);
}

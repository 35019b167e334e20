import type { Instant } from '../model/attribute.ts';
import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { type AppleEntry, ENTRY_ID, type ExtendedAttribute, readAppleDouble } from '../structures/apple-double.ts';
import { bufferOf } from '../structures/placed.ts';
import { type PlistValue, readPlist } from '../structures/plist.ts';

/** Longer values are contents, not notes. */
const MAX_VALUE = 256 * 1024;
const WHERE_FROM = 'com.apple.metadata:kMDItemWhereFroms';
const QUARANTINE = 'com.apple.quarantine';
const LAST_USED = 'com.apple.lastuseddate#PS';
/** What Mail notes of an attachment that was saved: 'com_apple_mail_dateReceived', 'com_apple_mail_messageID'. */
const MAIL_ID = 'com.apple.metadata:com_apple_mail_messageID';

const instant = (epochMs: number, precisionMs = 1000): Instant | null =>
  Math.abs(epochMs) < 8.64e15 ? { kind: 'instant', epochMs, offsetMinutes: 0, precisionMs } : null;

type Said = Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'>;
const said = (field: string, raw: string, offset: number, length: number): Said => ({
  basis: 'asserted',
  field,
  raw: raw.slice(0, MAX_RAW),
  locator: { in: 'bytes', offset, length },
});

/** '0083;5fa1b2c3;Safari;GUID': flags, seconds since 1970 in hexadecimal, the program that fetched it. */
function* quarantine(text: string, { name, offset }: ExtendedAttribute): Iterable<ClaimDraft> {
  const [flags = '', seconds = '', agent = ''] = text.split(';');
  const timeAt = offset + flags.length + 1;
  if (seconds !== '') {
    const value = /^[0-9a-f]{1,8}$/i.test(seconds) ? instant(parseInt(seconds, 16) * 1000) : null;
    yield { ...said(`${name} time`, seconds, timeAt, seconds.length), attribute: 'time.hidden', value };
  }
  const agentBytes = Buffer.byteLength(agent);
  if (agent !== '')
    yield { ...said(`${name} agent`, agent, timeAt + seconds.length + 1, agentBytes), attribute: 'tool.application', value: agent.slice(0, MAX_RAW) };
}

/** Seconds and nanoseconds, 64 bits each, low byte first. */
function* lastUsed(value: Buffer, { name, offset }: ExtendedAttribute): Iterable<ClaimDraft> {
  if (value.byteLength < 16) return;
  const seconds = Number(value.readBigInt64LE(0));
  yield { ...said(name, value.toString('hex', 0, 8), offset, 8), attribute: 'time.hidden', value: instant(seconds * 1000) };
}

function* listed(v: PlistValue, { name, offset }: ExtendedAttribute): Iterable<ClaimDraft> {
  if (v.offset === null || v.length === 0) return;
  const base = said(name, v.text, offset + v.offset, v.length);
  if (v.kind === 'date') yield { ...base, attribute: 'time.hidden', value: instant(Date.parse(v.text)) };
  else if (v.kind === 'string' && name === WHERE_FROM && v.text !== '') yield { ...base, attribute: 'origin.url', value: base.raw };
  else if (v.kind === 'string' && name === MAIL_ID) yield { ...base, attribute: 'id.message', value: base.raw.replace(/^<|>$/g, '') || null };
}

function* attributeClaims(input: Input, attribute: ExtendedAttribute): Iterable<ClaimDraft> {
  const value = bufferOf(input.bytes.slice(attribute.offset, Math.min(attribute.length, MAX_VALUE)));
  if (attribute.name === QUARANTINE) yield* quarantine(value.toString('utf8'), attribute);
  else if (attribute.name === LAST_USED) yield* lastUsed(value, attribute);
  else if (value.toString('latin1', 0, 7) === 'bplist0') for (const v of readPlist(value).values) yield* listed(v, attribute);
}

/** Seconds from 2000-01-01T00:00Z, signed; the smallest number is "unknown". RFC 1740 appendix A.3. */
const DATES = [
  ['File Dates Info create', 'time.created'],
  ['File Dates Info modify', 'time.modified'],
  ['File Dates Info backup', 'time.hidden'],
  ['File Dates Info access', 'time.hidden'],
] as const;
const UNKNOWN = -0x80000000;

function* entryClaims(input: Input, { id, offset, length }: AppleEntry): Iterable<ClaimDraft> {
  if (id === ENTRY_ID.realName) {
    const raw = bufferOf(input.bytes.slice(offset, Math.min(length, MAX_RAW))).toString('utf8');
    yield { ...said('Real Name', raw, offset, length), attribute: 'residue.file', value: raw.trim() || null };
  }
  if (id !== ENTRY_ID.fileDates) return;
  const dates = bufferOf(input.bytes.slice(offset, 16));
  for (const [i, [field, attribute]] of DATES.entries()) {
    const seconds = 4 * i + 4 <= dates.byteLength ? dates.readInt32BE(4 * i) : UNKNOWN;
    if (seconds === UNKNOWN || seconds === 0) continue;
    const value = instant(Date.UTC(2000, 0, 1) + seconds * 1000);
    yield { ...said(field, dates.toString('hex', 4 * i, 4 * i + 4), offset + 4 * i, 4), attribute, value };
  }
}

function* drafts(input: Input): Iterable<ClaimDraft> {
  const { entries, attributes } = input.once(readAppleDouble);
  for (const entry of entries) yield* entryClaims(input, entry);
  for (const attribute of attributes) yield* attributeClaims(input, attribute);
}

function* read(input: Input): Iterable<Extracted> {
  for (const draft of drafts(input)) yield claim(draft);
  for (const p of input.once(readAppleDouble).problems) yield problem(p.code, p.message);
}

const stands = (a: Locator, b: Locator): boolean => a.in === 'bytes' && b.in === 'bytes' && a.offset === b.offset && a.length === b.length;

/**
 * What a Mac keeps of a file beside its data ('._name', '__MACOSX'), AppleDouble and AppleSingle: where it was downloaded from,
 * when and with what, when it was opened last. It speaks of the file it belongs to.
 */
export const appleDouble: FormatReader = {
  id: 'apple-double',
  version: 1,
  mediaTypes: ['application/applefile'],
  read,
  replay(input, locator) {
    for (const draft of drafts(input)) if (stands(draft.locator, locator)) return draft.raw;
    return null;
  },
};

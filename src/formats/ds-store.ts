import type { Instant } from '../model/attribute.ts';
import { claim, type ClaimDraft, type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { type DsRecord, readDsStore } from '../structures/ds-store.ts';
import { bufferOf } from '../structures/placed.ts';
import { rawAt } from './shared/quote-bytes.ts';

/** Where a file in the Trash was before, and what it was called there. */
const TEXTS = { ptbL: 'machine.path', ptbN: 'residue.file' } as const;
/** When what is in a folder was changed last: of the folder, and of the Trash's. */
const TIMES = new Set(['modD', 'moDD']);
const MAC_EPOCH_MS = Date.UTC(1904, 0, 1);
const COCOA_EPOCH_MS = Date.UTC(2001, 0, 1);

const instant = (epochMs: number): Instant | null =>
  Math.abs(epochMs) < 8.64e15 ? { kind: 'instant', epochMs: Math.trunc(epochMs), offsetMinutes: 0, precisionMs: 1000 } : null;

/** 'dutc': 1/65536 seconds since 1904, UTC; a blob of eight bytes: seconds since 2001 as a double, low byte first. */
function timeOf({ type, length }: DsRecord, value: Buffer): Instant | null {
  if (value.byteLength < 8) return null;
  if (type === 'dutc') return instant(MAC_EPOCH_MS + Number(value.readBigUInt64BE() >> 16n) * 1000);
  return type === 'blob' && length === 8 ? instant(COCOA_EPOCH_MS + value.readDoubleLE() * 1000) : null;
}

function valueClaim(input: Input, record: DsRecord): ClaimDraft | null {
  const { id, type, offset, length } = record;
  const attribute = id === 'ptbL' || id === 'ptbN' ? TEXTS[id] : null;
  if (length === 0 || (attribute === null && !TIMES.has(id))) return null;
  const value = bufferOf(input.bytes.slice(offset, Math.min(length, 2 * MAX_RAW)));
  const base = { basis: 'asserted', field: id, locator: { in: 'bytes', offset, length } } as const;
  if (attribute === null) return { ...base, attribute: 'time.hidden', raw: value.toString('hex'), value: timeOf(record, value) };
  if (type !== 'ustr') return null;
  const raw = Buffer.from(value).swap16().toString('utf16le').slice(0, MAX_RAW);
  return { ...base, attribute, raw, value: raw };
}

function* drafts(input: Input): Iterable<ClaimDraft> {
  const named = new Set<string>();
  for (const record of input.once(readDsStore).records) {
    const { name, nameOffset, nameLength } = record;
    if (name !== '.' && !named.has(name)) {
      named.add(name);
      const raw = name.slice(0, MAX_RAW);
      yield {
        basis: 'asserted',
        attribute: 'residue.file',
        field: 'name',
        raw,
        value: raw,
        locator: { in: 'bytes', offset: nameOffset, length: nameLength },
      };
    }
    const said = valueClaim(input, record);
    if (said) yield said;
  }
}

function* read(input: Input): Iterable<Extracted> {
  for (const draft of drafts(input)) yield claim(draft);
  for (const p of input.once(readDsStore).problems) yield problem(p.code, p.message);
}

/**
 * The Finder's '.DS_Store': names of files that lay in the folder when somebody looked at it, those since deleted or moved
 * included, and of what is in the Trash where it came from.
 */
export const dsStore: FormatReader = {
  id: 'ds-store',
  version: 1,
  mediaTypes: ['application/x-apple-ds-store'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? rawAt(drafts(input), locator) : null),
};

import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { readCfb } from '../structures/ole/cfb.ts';
import { CATALOG, type ThumbEntry, thumbEntries, THUMB_FIELD } from '../structures/ole/thumbs-db.ts';

const ticksHex = (ticks: bigint): string => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(ticks);
  return b.toString('hex');
};

function* draftsOf({ index, name, modified }: ThumbEntry): Iterable<ClaimDraft> {
  const at = (id: number): Locator => ({ in: 'property', stream: CATALOG, section: index, id });
  const raw = name.slice(0, MAX_RAW);
  if (raw !== '') yield { basis: 'asserted', attribute: 'residue.file', field: 'Catalog name', raw, value: raw, locator: at(THUMB_FIELD.name) };
  if (modified !== 0n)
    yield {
      basis: 'asserted',
      attribute: 'time.hidden',
      field: 'Catalog modified',
      raw: ticksHex(modified),
      value: fromFiletime(modified),
      locator: at(THUMB_FIELD.modified),
    };
}

function* read(input: Input): Iterable<Extracted> {
  const cfb = input.once(readCfb);
  const { entries, whole } = thumbEntries(cfb);
  for (const e of entries) for (const draft of draftsOf(e)) yield claim(draft);
  if (!whole) yield problem('truncated', 'the catalogue breaks off');
  for (const p of cfb.problems) yield problem(p.code, p.message);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in !== 'property' || locator.stream !== CATALOG) return null;
  const entry = thumbEntries(input.once(readCfb)).entries[locator.section];
  for (const { locator: l, raw } of entry ? draftsOf(entry) : []) if (l.in === 'property' && l.id === locator.id) return raw;
  return null;
}

/** Explorer's 'Thumbs.db': pictures that lay in the folder, and when each was last changed. Locators: entry, byte of the field. */
export const thumbsDb: FormatReader = { id: 'thumbs-db', version: 1, mediaTypes: ['application/x-thumbs-db'], read, replay };

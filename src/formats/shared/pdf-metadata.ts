import type { Attribute, AttributeOf, TimeValue } from '../../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import { wallMs } from '../../model/time.ts';
import { latestOf, type PdfFile } from '../../structures/pdf/file.ts';
import type { PdfRevision } from '../../structures/pdf/revisions.ts';
import { ghostscriptTime } from '../../structures/pdf/ghostscript.ts';
import { type PdfLocator, rawOf, xmpOf, xmpPart } from '../../structures/pdf/lookup.ts';
import { catalogOf } from '../../structures/pdf/objects.ts';
import { cleanText, parsePdfDate } from '../../structures/pdf/strings.ts';
import { dictOf, isArray, isRef, isString } from '../../structures/pdf/values.ts';
import { xmpClaims } from '../../structures/xmp.ts';

/** Information dictionary, ISO 32000-2 14.3.3. */
const INFO_TEXTS = [
  ['Author', 'party.author'],
  ['Title', 'name.title'],
  ['Creator', 'tool.application'],
  ['Producer', 'tool.producer'],
] as const;
const INFO_TIMES = [
  ['CreationDate', 'time.created'],
  ['ModDate', 'time.modified'],
] as const;

/** What was claimed already: an older revision's values are told only where they differ. */
export type Told = Set<string>;

function* once(told: Told, attribute: Attribute, field: string, raw: string, make: () => Iterable<Extracted>): Iterable<Extracted> {
  const key = `${attribute}\n${field}\n${raw}`;
  if (told.has(key)) return;
  told.add(key);
  yield* make();
}

function* cut(field: string, raw: string): Iterable<Extracted> {
  if (raw.length > MAX_RAW) yield problem('limit-exceeded', `${field}: ${raw.length} characters, the first ${MAX_RAW} kept as raw`);
}

function* text(attribute: AttributeOf<'text'>, field: string, raw: string, locator: Locator): Iterable<Extracted> {
  const value = cleanText(raw);
  // An empty author is no author; it is not something that we failed to understand.
  if (value === '') return;
  yield claim({ basis: 'asserted', attribute, field, raw: raw.slice(0, MAX_RAW), value, locator });
  yield* cut(field, raw);
}

function* time(attribute: AttributeOf<'time'>, field: string, raw: string, locator: Locator): Iterable<Extracted> {
  yield claim({ basis: 'asserted', attribute, field, raw: raw.slice(0, MAX_RAW), value: parsePdfDate(raw), locator });
  yield* cut(field, raw);
}

/** Author, title, tools and times of the information dictionary; fields 'Info/Author'. */
export function* infoClaims(revision: PdfRevision, told: Told): Iterable<Extracted> {
  const { view } = revision;
  const reference = view.trailer.get('Info');
  const info = dictOf(view.resolve(reference));
  if (!info) return;
  const place = isRef(reference) ? { object: reference.object, generation: reference.generation } : { object: 0, generation: 0 };
  for (const [key, attribute] of [...INFO_TEXTS, ...INFO_TIMES]) {
    const raw = rawOf(view.resolve(info.get(key)));
    if (raw === null) continue;
    const field = `Info/${key}`;
    const locator: PdfLocator = { in: 'pdf', revision: revision.number, ...place, key: field };
    yield* once(told, attribute, field, raw, () =>
      attribute === 'time.created' || attribute === 'time.modified' ? time(attribute, field, raw, locator) : text(attribute, field, raw, locator),
    );
  }
}

/** ISO 32000-2 14.4: the first half names the document for good, the second this save of it. */
export function* idClaims(revision: PdfRevision, told: Told): Iterable<Extracted> {
  const id = revision.view.resolve(revision.view.trailer.get('ID'));
  for (const [i, attribute] of (['id.document', 'id.instance'] as const).entries()) {
    const half = isArray(id) ? revision.view.resolve(id[i]) : null;
    if (!isString(half) || half.bytes.length === 0) continue;
    const raw = Buffer.from(half.bytes).toString('hex').slice(0, MAX_RAW);
    const locator: PdfLocator = { in: 'pdf', revision: revision.number, object: 0, generation: 0, key: `ID/${i}` };
    yield* once(told, attribute, `ID/${i}`, raw, () => [claim({ basis: 'asserted', attribute, field: `ID/${i}`, raw, value: raw, locator })]);
  }
}

/** Version and language by the catalog; the language only where strings are readable. */
export function* catalogClaims(revision: PdfRevision, told: Told, isReadable: boolean): Iterable<Extracted> {
  const { view } = revision;
  const root = view.trailer.get('Root');
  const catalog = catalogOf(view);
  if (!isRef(root) || !catalog) return;
  for (const [key, attribute] of [
    ['Version', 'type.version'],
    ['Lang', 'locale.text'],
  ] as const) {
    const raw = key === 'Lang' && !isReadable ? null : rawOf(view.resolve(catalog.get(key)));
    if (raw === null) continue;
    const locator: PdfLocator = { in: 'pdf', revision: revision.number, object: root.object, generation: root.generation, key };
    yield* once(told, attribute, key, raw, () => text(attribute, key, raw, locator));
  }
}

const statedMs = (t: TimeValue | null): number | null => (t === null ? null : t.kind === 'instant' ? t.epochMs : wallMs(t));

/** The creation time by its packet, else by its information dictionary; ms since 1970, zones where there are any. */
function creationOf(revision: PdfRevision, packet: readonly Extracted[]): number | null {
  const inPacket = packet.find((i) => i.t === 'claim' && i.claim.field === 'xmp:CreateDate');
  if (inPacket?.t === 'claim' && inPacket.claim.value !== null) return statedMs(inPacket.claim.value as TimeValue);
  const raw = rawOf(revision.view.resolve(dictOf(revision.view.resolve(revision.view.trailer.get('Info')))?.get('CreationDate')));
  return raw === null ? null : statedMs(parsePdfDate(raw));
}

/** What the XMP packet says, and the time hidden in an identifier that Ghostscript made. */
export function* packetClaims(pdf: PdfFile, revision: PdfRevision, told: Told): Iterable<Extracted> {
  const packet = xmpOf(pdf, revision);
  const items = packet === null ? [] : xmpClaims(packet, xmpPart(pdf, revision));
  for (const item of items) {
    if (item.t !== 'claim') {
      if (revision === latestOf(pdf)) yield item;
      continue;
    }
    const { attribute, field, raw, locator } = item.claim;
    yield* once(told, attribute, field, raw, () => [item]);
    const value = field === 'xmpMM:DocumentID' ? ghostscriptTime(raw, creationOf(revision, items)) : null;
    if (value)
      yield* once(told, 'time.hidden', field, raw, () => [
        claim({ basis: 'observed', attribute: 'time.hidden', field: 'Ghostscript DocumentID', raw, value, locator }),
      ]);
  }
}

import type { Attribute, AttributeOf, TimeValue } from '../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { wallMs } from '../model/time.ts';
import { changeBetween, openRevision, type OpenRevision } from '../structures/pdf-changes.ts';
import { latestOf, openPdf, type PdfFile, type PdfRevision } from '../structures/pdf-file.ts';
import { ghostscriptTime } from '../structures/pdf-ghostscript.ts';
import { quoteAt, type PdfLocator, rawOf, xmpOf, xmpPart } from '../structures/pdf-lookup.ts';
import { writerMarks } from '../structures/pdf-marks.ts';
import { catalogOf } from '../structures/pdf-objects.ts';
import { type PdfSignature, signaturesOf } from '../structures/pdf-signatures.ts';
import { cleanText, parsePdfDate } from '../structures/pdf-strings.ts';
import { dictOf, isArray, isRef, isString } from '../structures/pdf-values.ts';
import { replayXmp, xmpClaims } from '../structures/xmp.ts';

/** Information dictionary, ISO 32000-2 14.3.3. */
const INFO_TEXTS = [
  ['Author', 'party.author'], ['Title', 'name.title'], ['Creator', 'tool.application'], ['Producer', 'tool.producer'],
] as const;
const INFO_TIMES = [['CreationDate', 'time.created'], ['ModDate', 'time.modified']] as const;

/** What was claimed already: an older revision's values are told only where they differ. */
type Told = Set<string>;

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

function* infoClaims(revision: PdfRevision, told: Told): Iterable<Extracted> {
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
    yield* once(told, attribute, field, raw, () => (attribute === 'time.created' || attribute === 'time.modified' ? time(attribute, field, raw, locator) : text(attribute, field, raw, locator)));
  }
}

/** ISO 32000-2 14.4: the first half names the document for good, the second this save of it. */
function* idClaims(revision: PdfRevision, told: Told): Iterable<Extracted> {
  const id = revision.view.resolve(revision.view.trailer.get('ID'));
  for (const [i, attribute] of (['id.document', 'id.instance'] as const).entries()) {
    const half = isArray(id) ? revision.view.resolve(id[i]) : null;
    if (!isString(half) || half.bytes.length === 0) continue;
    const raw = Buffer.from(half.bytes).toString('hex').slice(0, MAX_RAW);
    const locator: PdfLocator = { in: 'pdf', revision: revision.number, object: 0, generation: 0, key: `ID/${i}` };
    yield* once(told, attribute, `ID/${i}`, raw, () => [claim({ basis: 'asserted', attribute, field: `ID/${i}`, raw, value: raw, locator })]);
  }
}

function* catalogClaims(revision: PdfRevision, told: Told, isReadable: boolean): Iterable<Extracted> {
  const { view } = revision;
  const root = view.trailer.get('Root');
  const catalog = catalogOf(view);
  if (!isRef(root) || !catalog) return;
  for (const [key, attribute] of [['Version', 'type.version'], ['Lang', 'locale.text']] as const) {
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

function* packetClaims(pdf: PdfFile, revision: PdfRevision, told: Told): Iterable<Extracted> {
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
    if (value) yield* once(told, 'time.hidden', field, raw, () => [claim({ basis: 'observed', attribute: 'time.hidden', field: 'Ghostscript DocumentID', raw, value, locator })]);
  }
}

const headerLocator = (pdf: PdfFile, raw: string): Locator => ({ in: 'bytes', offset: pdf.shift, length: raw.length });

function* headerClaims(pdf: PdfFile): Iterable<Extracted> {
  const raw = /^%PDF-[0-9.]{1,8}/.exec(Buffer.from(pdf.source.bytes.slice(0, 16)).toString('latin1'))?.[0];
  if (raw !== undefined) yield claim({ basis: 'asserted', attribute: 'type.version', field: 'header', raw, value: raw.slice(5), locator: headerLocator(pdf, raw) });
  for (const { attribute, field, value, raw: quoted, offset } of writerMarks(pdf)) {
    yield claim({ basis: 'observed', attribute, field, raw: quoted, value, locator: { in: 'bytes', offset: offset + pdf.shift, length: quoted.length } });
  }
}

function* signatureClaims(pdf: PdfFile, signatures: readonly PdfSignature[]): Iterable<Extracted> {
  for (const { object, generation, key, field, range, coverage } of signatures) {
    const locator: PdfLocator = { in: 'pdf', revision: latestOf(pdf).number, object, generation, key };
    yield claim({ basis: 'observed', attribute: 'mark.signature-coverage', field: `signature ${field}`.trim().slice(0, 200), raw: range, value: coverage, locator });
  }
}

/** The pages of the newest revision, and of each older one those that read otherwise. */
async function* pageTexts(pdf: PdfFile, revisions: readonly OpenRevision[]): AsyncIterable<Extracted> {
  const latest: string[] = [];
  for (const open of [...revisions].reverse()) {
    const isLatest = open === revisions[revisions.length - 1];
    for (const page of open.zones.pages) {
      if (!isLatest && !open.isExtracted(page)) continue;
      const { text: shown } = await open.content(page);
      if (isLatest) latest.push(shown);
      else if (latest[page.number - 1] === shown) continue;
      if (shown === '') continue;
      const address: PdfLocator = { in: 'pdf', revision: open.revision.number, object: page.object, generation: page.generation, key: 'Contents' };
      yield passage({ role: 'page', address, label: `page ${page.number}`, text: shown, ...(isLatest ? {} : { revision: open.revision.number }) });
    }
  }
  const joined = latest.filter((t) => t !== '').join('\n');
  if (joined === '') return;
  const digest = sha256Of(joined);
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'pages', raw: digest, value: digest, locator: { in: 'bytes', offset: pdf.shift, length: latestOf(pdf).end } });
}

async function* revisionClaims(pdf: PdfFile): AsyncIterable<Extracted> {
  const revisions = pdf.revisions.map((r) => openRevision(pdf, r));
  for (const [i, after] of revisions.entries()) {
    const before = revisions[i - 1];
    if (!before) continue;
    const { start, end, number } = after.revision;
    const { kind, summary } = await changeBetween(pdf, before, after);
    yield claim({
      basis: 'observed', attribute: 'mark.revision-change', field: `revision ${number}`, raw: summary, value: kind,
      locator: { in: 'bytes', offset: start + pdf.shift, length: end - start },
    });
  }
  yield* pageTexts(pdf, revisions);
}

async function* read(input: Input): AsyncIterable<Extracted> {
  const pdf = input.once(openPdf);
  const isReadable = pdf.encryption !== 'closed';
  yield* headerClaims(pdf);
  const told: Told = new Set();
  // The newest first: it is what the file says now, the others what it said before.
  for (const revision of [...pdf.revisions].reverse()) {
    if (isReadable) yield* infoClaims(revision, told);
    yield* idClaims(revision, told);
    yield* catalogClaims(revision, told, isReadable);
    yield* packetClaims(pdf, revision, told);
  }
  if (isReadable) {
    const signatures = [...signaturesOf(pdf)];
    yield* signatureClaims(pdf, signatures);
    // Text costs more than all the rest: it is extracted where there is something to compare, or something signed.
    if (pdf.revisions.length > 1 || signatures.length > 0) yield* revisionClaims(pdf);
  }
  for (const p of pdf.problems) yield problem(p.code, p.message);
}

function replay(input: Input, locator: Locator): string | null {
  const pdf = input.once(openPdf);
  if (locator.in === 'bytes') return Buffer.from(input.bytes.slice(locator.offset, Math.min(locator.length, MAX_RAW))).toString('latin1');
  if (locator.in === 'pdf') return quoteAt(pdf, locator);
  if (locator.in !== 'xml') return null;
  const revision = pdf.revisions.find((r) => xmpPart(pdf, r) === locator.part);
  const packet = revision ? xmpOf(pdf, revision) : null;
  return packet === null ? null : replayXmp(packet, locator);
}

export const pdf: FormatReader = { id: 'pdf', version: 1, mediaTypes: ['application/pdf'], read, replay };

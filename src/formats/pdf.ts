import { claim, type Extracted, type Locator, MAX_RAW, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { changeBetween, openRevision, type OpenRevision } from '../structures/pdf-changes.ts';
import { latestOf, openPdf, type PdfFile } from '../structures/pdf-file.ts';
import { type PdfLocator, quoteAt, xmpOf, xmpPart } from '../structures/pdf-lookup.ts';
import { writerMarks } from '../structures/pdf-marks.ts';
import { type PdfSignature, signaturesOf } from '../structures/pdf-signatures.ts';
import { replayXmp } from '../structures/xmp.ts';
import { catalogClaims, idClaims, infoClaims, packetClaims, type Told } from './shared/pdf-metadata.ts';

const headerLocator = (pdf: PdfFile, raw: string): Locator => ({ in: 'bytes', offset: pdf.shift, length: raw.length });

function* headerClaims(pdf: PdfFile): Iterable<Extracted> {
  const raw = /^%PDF-[0-9.]{1,8}/.exec(Buffer.from(pdf.source.bytes.slice(0, 16)).toString('latin1'))?.[0];
  if (raw !== undefined)
    yield claim({ basis: 'asserted', attribute: 'type.version', field: 'header', raw, value: raw.slice(5), locator: headerLocator(pdf, raw) });
  for (const { attribute, field, value, raw: quoted, offset } of writerMarks(pdf)) {
    yield claim({
      basis: 'observed',
      attribute,
      field,
      raw: quoted,
      value,
      locator: { in: 'bytes', offset: offset + pdf.shift, length: quoted.length },
    });
  }
}

function* signatureClaims(pdf: PdfFile, signatures: readonly PdfSignature[]): Iterable<Extracted> {
  for (const { object, generation, key, field, range, coverage } of signatures) {
    const locator: PdfLocator = { in: 'pdf', revision: latestOf(pdf).number, object, generation, key };
    yield claim({
      basis: 'observed',
      attribute: 'mark.signature-coverage',
      field: `signature ${field}`.trim().slice(0, 200),
      raw: range,
      value: coverage,
      locator,
    });
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
  yield claim({
    basis: 'observed',
    attribute: 'content.text',
    field: 'pages',
    raw: digest,
    value: digest,
    locator: { in: 'bytes', offset: pdf.shift, length: latestOf(pdf).end },
  });
}

async function* revisionClaims(pdf: PdfFile): AsyncIterable<Extracted> {
  const revisions = pdf.revisions.map((r) => openRevision(pdf, r));
  for (const [i, after] of revisions.entries()) {
    const before = revisions[i - 1];
    if (!before) continue;
    const { start, end, number } = after.revision;
    const { kind, summary } = await changeBetween(pdf, before, after);
    yield claim({
      basis: 'observed',
      attribute: 'mark.revision-change',
      field: `revision ${number}`,
      raw: summary,
      value: kind,
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

import { claim, type Extracted, type Locator, MAX_RAW, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { passwordClaim } from '../structures/passwords.ts';
import { changeBetween } from '../structures/pdf/changes.ts';
import { openPdf, type PdfFile } from '../structures/pdf/file.ts';
import { quoteAt, xmpOf, xmpPart } from '../structures/pdf/lookup.ts';
import { writerMarks } from '../structures/pdf/marks.ts';
import { openRevision, type OpenRevision } from '../structures/pdf/open-revision.ts';
import type { PdfPage } from '../structures/pdf/pages.ts';
import { signaturesOf } from '../structures/pdf/signatures.ts';
import { isSpent } from '../structures/pdf/source.ts';
import { replayXmp } from '../structures/xmp.ts';
import { fontClaims, quoteFont } from './shared/pdf-fonts.ts';
import { catalogClaims, idClaims, infoClaims, packetClaims, type Told } from './shared/pdf-metadata.ts';
import { quoteSignature, signatureClaims } from './shared/pdf-signatures.ts';

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

/** A page of an older revision whose text was compared with the next. */
interface OlderPage {
  readonly revision: number;
  readonly page: PdfPage;
  readonly text: string;
}

const pagePassage = (revision: number, { object, generation, number }: PdfPage, text: string, isOlder: boolean): Extracted =>
  passage({
    role: 'page',
    address: { in: 'pdf', revision, object, generation, key: 'Contents' },
    label: `page ${number}`,
    text,
    ...(isOlder ? { revision } : {}),
  });

/** The pages of the newest revision, and of the older ones, newest first, those that read otherwise. */
async function* pageTexts(pdf: PdfFile, latest: OpenRevision, older: readonly OlderPage[]): AsyncIterable<Extracted> {
  const texts: string[] = [];
  for (const page of latest.zones.pages) {
    const { text } = await latest.content(page);
    texts.push(text);
    if (text !== '') yield pagePassage(latest.revision.number, page, text, false);
  }
  for (const { revision, page, text } of [...older].reverse()) {
    if (text !== '' && texts[page.number - 1] !== text) yield pagePassage(revision, page, text, true);
  }
  const joined = texts.filter((t) => t !== '').join('\n');
  if (joined === '') return;
  const digest = sha256Of(joined);
  const locator: Locator = { in: 'bytes', offset: pdf.shift, length: latest.revision.end };
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'pages', raw: digest, value: digest, locator });
}

async function extractedPages(open: OpenRevision): Promise<OlderPage[]> {
  const pages: OlderPage[] = [];
  // Backwards, as the whole list is turned round in the end.
  for (const page of [...open.zones.pages].reverse()) {
    if (open.isExtracted(page)) pages.push({ revision: open.revision.number, page, text: (await open.content(page)).text });
  }
  return pages;
}

async function* revisionClaims(pdf: PdfFile): AsyncIterable<Extracted> {
  const [first, ...updates] = pdf.revisions;
  // Two revisions are open at a time: a file may have a thousand.
  let before = openRevision(pdf, first);
  const older: OlderPage[] = [];
  for (const revision of updates) {
    const after = openRevision(pdf, revision);
    const { kind, summary } = await changeBetween(pdf, before, after);
    if (isSpent(pdf.source)) return;
    const locator: Locator = { in: 'bytes', offset: revision.start + pdf.shift, length: revision.end - revision.start };
    yield claim({ basis: 'observed', attribute: 'mark.revision-change', field: `revision ${revision.number}`, raw: summary, value: kind, locator });
    for (const page of await extractedPages(before)) older.push(page);
    before = after;
  }
  if (!isSpent(pdf.source)) yield* pageTexts(pdf, before, older);
}

async function* read(input: Input): AsyncIterable<Extracted> {
  const pdf = input.once(openPdf);
  const isReadable = pdf.encryption !== 'closed';
  yield* headerClaims(pdf);
  if (pdf.password) yield claim(passwordClaim(pdf.password));
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
    yield* fontClaims(pdf);
  }
  for (const p of pdf.problems) yield problem(p.code, p.message);
}

function replay(input: Input, locator: Locator): string | null {
  const pdf = input.once(openPdf);
  if (locator.in === 'bytes') return Buffer.from(input.bytes.slice(locator.offset, Math.min(locator.length, MAX_RAW))).toString('latin1');
  if (locator.in === 'pdf') {
    const signed = quoteSignature(pdf, locator);
    const inFont = signed === undefined ? quoteFont(pdf, locator) : signed;
    return inFont === undefined ? quoteAt(pdf, locator) : inFont;
  }
  if (locator.in !== 'xml') return null;
  const revision = pdf.revisions.find((r) => xmpPart(pdf, r) === locator.part);
  const packet = revision ? xmpOf(pdf, revision) : null;
  return packet === null ? null : replayXmp(packet, locator);
}

export const pdf: FormatReader = { id: 'pdf', version: 3, mediaTypes: ['application/pdf'], read, replay };

import { MAX_RAW } from '../../model/claim.ts';
import type { Locator } from '../../model/claim.ts';
import { pageContent } from './content.ts';
import { latestOf, type PdfFile } from './file.ts';
import type { PdfRevision } from './revisions.ts';
import { pagesOf } from './pages.ts';
import { note } from './source.ts';
import { decodeTextString } from './strings.ts';
import { dictOf, isArray, isName, isStream, isString, type PdfValue } from './values.ts';
import { catalogOf } from './objects.ts';
import { decodeXmp } from '../xmp.ts';

export type PdfLocator = Extract<Locator, { in: 'pdf' }>;

/**
 * The value a locator names. Object 0 is the trailer. A key 'Info/Author' inside an object other than the trailer is its
 * 'Author': the first name says what the object is for.
 */
function valueAt(pdf: PdfFile, locator: PdfLocator): PdfValue {
  const view = pdf.revisions[locator.revision - 1]?.view;
  if (!view) return null;
  let value: PdfValue = locator.object === 0 ? view.trailer : view.object(locator.object);
  const names = locator.key.split('/');
  for (const name of locator.object !== 0 && names[0] === 'Info' ? names.slice(1) : names) {
    const v = view.resolve(value);
    value = isArray(v) ? (v[Number(name)] ?? null) : (dictOf(v)?.get(name) ?? null);
  }
  return view.resolve(value);
}

/** A value as it is quoted: text strings as text, an array of numbers separated by blanks, names without their slash. */
export function rawOf(value: PdfValue): string | null {
  if (isString(value)) return decodeTextString(value.bytes);
  if (isName(value)) return value.name;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return isArray(value) ? value.map((v) => rawOf(v) ?? '').join(' ') : null;
}

/** The raw value a locator of the reader's stands for; null where there is none. */
export function quoteAt(pdf: PdfFile, locator: PdfLocator): string | null {
  const { key } = locator;
  if (key === 'Contents') {
    const view = pdf.revisions[locator.revision - 1]?.view;
    if (!view) return null;
    for (const page of pagesOf(view)) if (page.object === locator.object) return pageContent(view, page, pdf.source.limits.maxTextBytes).text;
    return null;
  }
  const value = valueAt(pdf, locator);
  if (/^ID\/[01]$/.test(key)) return isString(value) ? Buffer.from(value.bytes).toString('hex').slice(0, MAX_RAW) : null;
  return rawOf(value)?.slice(0, MAX_RAW) ?? null;
}

/** The packet of a revision's catalog (ISO 32000-2 14.3.2), decoded; null where there is none or it cannot be read. */
export function xmpOf(pdf: PdfFile, revision: PdfRevision): string | null {
  const stream = revision.view.resolve(catalogOf(revision.view)?.get('Metadata'));
  if (!isStream(stream) || (pdf.encryption === 'closed' && !pdf.hasClearMetadata)) return null;
  const decoded = revision.view.decode(stream, pdf.source.limits.maxTextBytes);
  if (decoded.ok) return decodeXmp(decoded.bytes);
  note(
    pdf.source,
    decoded.why === 'limit' ? 'limit-exceeded' : 'malformed',
    `the XMP packet of revision ${revision.number} cannot be decoded (${decoded.filter})`,
  );
  return null;
}

/** Locators of the newest packet name the part 'xmp', those of an older one 'xmp@2': the revision it was last valid in. */
export const xmpPart = (pdf: PdfFile, revision: PdfRevision): string => (revision === latestOf(pdf) ? 'xmp' : `xmp@${revision.number}`);

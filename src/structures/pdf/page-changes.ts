import type { PdfFile } from './file.ts';
import type { OpenRevision } from './open-revision.ts';
import type { PdfPage } from './pages.ts';
import { quoteChange, readsAlike } from './quote.ts';
import { reach, sameObject } from './reach.ts';
import { note } from './source.ts';
import { dictOf, isStream, nameOf, type PdfDict, type PdfValue } from './values.ts';

/** Keys of a page that say nothing about what it shows. */
const QUIET: ReadonlySet<string> = new Set([
  'Annots',
  'LastModified',
  'Metadata',
  'PieceInfo',
  'StructParents',
  'Tabs',
  'Parent',
  'Contents',
  'Resources',
  'Type',
  'Thumb',
  'Trans',
  'Dur',
  'ID',
  'AA',
]);
/** Objects followed from pages, in one comparison of two revisions. */
export const MAX_FOLLOWED = 2_000_000;

/** Two consecutive revisions, laid open. */
export interface Comparison {
  readonly pdf: PdfFile;
  readonly before: OpenRevision;
  readonly after: OpenRevision;
  /** Objects that say something else than before. */
  readonly altered: ReadonlySet<number>;
  /** False where nothing was altered but metadata: pages need not be followed then. */
  readonly mayTouchPages: boolean;
  readonly left: { followed: number };
}

export const valueBefore = (c: Comparison, object: number): PdfValue => c.before.revision.view.object(object);
export const valueAfter = (c: Comparison, object: number): PdfValue => c.after.revision.view.object(object);

/** The altered objects that a page's content leads to, in either revision. */
function alteredUnder(c: Comparison, before: PdfPage, after: PdfPage): number[] {
  const found = new Set<number>();
  for (const [open, page] of [
    [c.before, before],
    [c.after, after],
  ] as const) {
    const seen = new Set<number>();
    const enter = (object: number): boolean => {
      if (seen.has(object) || --c.left.followed < 0) return false;
      seen.add(object);
      if (c.altered.has(object)) found.add(object);
      return true;
    };
    // Both the page's own reference to its resources and the inherited dictionary: either may be what was altered.
    for (const value of [page.dict.get('Contents'), page.dict.get('Resources'), page.resources]) reach(open.revision.view, value, enter);
  }
  return [...found];
}

/** Keys whose values say something else. */
export function alteredKeys(c: Comparison, before: PdfDict, after: PdfDict): string[] {
  const { view } = c.before.revision;
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((k) => !sameObject(view, before.get(k) ?? null, c.after.revision.view, after.get(k) ?? null));
}

const FONT_TYPES: ReadonlySet<string> = new Set(['Font', 'FontDescriptor', 'CMap', 'Encoding']);
const isFontPart = (v: PdfValue): boolean =>
  FONT_TYPES.has(nameOf(dictOf(v)?.get('Type')) ?? '') ||
  (isStream(v) && (v.dict.has('Length1') || /Type1C|CIDFontType0C|OpenType/.test(nameOf(v.dict.get('Subtype')) ?? '')));

/** What changed in what a page shows; null where it shows the same. */
async function pageChange(c: Comparison, before: PdfPage, after: PdfPage): Promise<string | null> {
  const keys = before.dict === after.dict ? [] : alteredKeys(c, before.dict, after.dict);
  const under = c.mayTouchPages ? alteredUnder(c, before, after) : [];
  const shown = keys.filter((k) => !QUIET.has(k));
  if (under.length === 0 && shown.length === 0 && !keys.includes('Contents') && !keys.includes('Resources')) return null;
  const was = await c.before.content(before);
  const is = await c.after.content(after);
  const label = `page ${after.number}`;
  if (!readsAlike(was.text, is.text)) return `${label}: ${quoteChange(was.text, is.text)}`;
  if (was.unknown !== is.unknown) return `${label}: text in a font without a character map changed`;
  if (was.images.join() !== is.images.join()) return `${label}: images changed (${was.images.length} before, ${is.images.length} after)`;
  if (was.paints !== is.paints) return `${label}: paths drawn changed (${was.paints} before, ${is.paints} after)`;
  const box = shown.find((k) => k === 'MediaBox' || k === 'CropBox' || k === 'Rotate');
  if (box !== undefined && before.dict.has(box)) return `${label}: ${box} changed`;
  // A font that draws other shapes for the same codes changes what is read without touching the text.
  const font = under.find((object) => isFontPart(valueBefore(c, object)) && isFontPart(valueAfter(c, object)));
  return font !== undefined && is.text !== '' ? `${label}: font redefined (object ${font})` : null;
}

/** Pages that correspond: of one object number, or, where the tree was written anew, at one place. */
function pagePairs(
  before: readonly PdfPage[],
  after: readonly PdfPage[],
): { readonly pairs: (readonly [PdfPage, PdfPage])[]; readonly added: PdfPage[]; readonly removed: PdfPage[] } {
  const old = new Map(before.map((p) => [p.object, p]));
  const pairs = after.flatMap((p) => (p.object > 0 && old.has(p.object) ? [[old.get(p.object) as PdfPage, p] as const] : []));
  const paired = new Set(pairs.flatMap(([a, b]) => [a, b]));
  const added = after.filter((p) => !paired.has(p));
  const removed = before.filter((p) => !paired.has(p));
  if (added.length !== removed.length) return { pairs, added, removed };
  return {
    pairs: [...pairs, ...added.map((p, i) => [removed[i] as PdfPage, p] as const)].sort((a, b) => a[1].number - b[1].number),
    added: [],
    removed: [],
  };
}

const quoted = (text: string): string => (text === '' ? '' : `: '${text.replace(/\s+/g, ' ').slice(0, 160)}'`);

/** What changed in what pages show, a line each. */
export async function contentChanges(c: Comparison): Promise<string[]> {
  const { pairs, added, removed } = pagePairs(c.before.zones.pages, c.after.zones.pages);
  const lines: string[] = [];
  for (const p of removed) lines.push(`page ${p.number} removed${quoted((await c.before.content(p)).text)}`);
  for (const p of added) lines.push(`page ${p.number} added${quoted((await c.after.content(p)).text)}`);
  if (pairs.some(([a], i) => i > 0 && a.number < (pairs[i - 1]?.[0].number ?? 0))) lines.push('order of pages changed');
  for (const [a, b] of pairs) {
    const line = await pageChange(c, a, b);
    if (line !== null) lines.push(line);
  }
  if (c.left.followed < 0)
    note(c.pdf.source, 'limit-exceeded', `more than ${MAX_FOLLOWED} objects followed between revisions; later pages were not compared`);
  return lines;
}

import { type PageContent, pageContent } from './pdf-content.ts';
import type { PdfFile, PdfRevision } from './pdf-file.ts';
import { catalogOf } from './pdf-objects.ts';
import type { PdfPage } from './pdf-pages.ts';
import { quoteChange, readsAlike } from './pdf-quote.ts';
import { reach, sameObject } from './pdf-reach.ts';
import { note } from './pdf-source.ts';
import { pageTexts } from './pdf-text.ts';
import { dictOf, isRef, isStream, nameOf, type PdfDict, type PdfValue } from './pdf-values.ts';
import { textOf, type Zone, type Zones, zonesOf } from './pdf-zones.ts';

/** What a revision changed, the gravest first. */
export const CHANGE_KINDS = ['content', 'annotation', 'form', 'signature', 'metadata', 'structure'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface RevisionChange {
  /** The gravest of what it changed. */
  readonly kind: ChangeKind;
  /** One line, the gravest first: "page 1: 'EUR 12,000' -> 'EUR 92,000'; Info, XMP". */
  readonly summary: string;
}

/** One revision laid open: read once, compared with the one before and the one after. */
export interface OpenRevision {
  readonly revision: PdfRevision;
  readonly zones: Zones;
  /** What a page shows; its text by pdf.js where our own extraction finds codes and no characters. */
  content(page: PdfPage): Promise<PageContent>;
  /** True for a page that was asked for: the others of an older revision read as they do in the next. */
  isExtracted(page: PdfPage): boolean;
}

/** Lays a revision open. Nothing is extracted before it is asked for, and nothing twice. */
export function openRevision(pdf: PdfFile, revision: PdfRevision): OpenRevision {
  const contents = new Map<number, PageContent>();
  let others: Promise<readonly string[] | null> | undefined;
  return {
    revision,
    zones: zonesOf(revision.view),
    isExtracted: (page) => contents.has(page.number),
    async content(page) {
      const known = contents.get(page.number);
      if (known) return known;
      let content = pageContent(revision.view, page, pdf.source.limits.maxTextBytes);
      if (content.unknown > content.text.length) {
        others ??= pageTexts(pdf.source.bytes.slice(0, revision.end));
        const texts = await others;
        if (!texts) note(pdf.source, 'malformed', `pages of revision ${revision.number} show text that cannot be put into characters`);
        const text = texts?.[page.number - 1]?.trim() ?? '';
        if (text !== '') content = { ...content, text, unknown: 0 };
      }
      contents.set(page.number, content);
      return content;
    },
  };
}

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
const MAX_FOLLOWED = 2_000_000;
/** Changes named in one line. */
const MAX_NAMED = 5;

interface Comparison {
  readonly pdf: PdfFile;
  readonly before: OpenRevision;
  readonly after: OpenRevision;
  /** Objects that say something else than before. */
  readonly altered: ReadonlySet<number>;
  /** False where nothing was altered but metadata: pages need not be followed then. */
  readonly mayTouchPages: boolean;
  readonly left: { followed: number };
}

const valueBefore = (c: Comparison, object: number): PdfValue => c.before.revision.view.object(object);
const valueAfter = (c: Comparison, object: number): PdfValue => c.after.revision.view.object(object);

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

function alteredKeys(c: Comparison, before: PdfDict, after: PdfDict): string[] {
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

async function contentChanges(c: Comparison): Promise<string[]> {
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

/** What was filled into a field: ": '' -> '92,000'". */
function valueChange(c: Comparison, object: number): string {
  const [was, is] = [valueBefore(c, object), valueAfter(c, object)].map((v) => {
    const entry = dictOf(v)?.get('V');
    return nameOf(entry) ?? textOf(entry);
  });
  return was === is ? '' : `: ${quoteChange(was ?? '', is ?? '')}`;
}

/** What altered objects outside of pages are about. */
function zoneChanges(c: Comparison): Map<Zone, string[]> {
  const found = new Map<Zone, string[]>();
  const add = (zone: Zone, name: string | undefined): void => {
    const names = found.get(zone) ?? [];
    if (name !== undefined && !names.includes(name)) names.push(name);
    found.set(zone, names);
  };
  for (const object of c.altered) {
    const zone = c.after.zones.objects.get(object) ?? c.before.zones.objects.get(object);
    const name = c.after.zones.names.get(object) ?? c.before.zones.names.get(object);
    if (zone) add(zone, zone === 'form' && name !== undefined ? `${name}${valueChange(c, object)}` : name);
  }
  if (found.has('annotation') || found.has('form') || found.has('signature')) return found;
  // A list changed and nothing it lists: something was taken off it.
  for (const object of c.altered) {
    const list = c.after.zones.lists.get(object) ?? c.before.zones.lists.get(object);
    if (list) add(list, `list of ${list === 'form' ? 'fields' : 'annotations'} changed`);
  }
  for (const [i, page] of c.after.zones.pages.entries()) {
    const old = c.before.zones.pages[i];
    if (old && page.object === old.object && c.altered.has(page.object) && alteredKeys(c, old.dict, page.dict).includes('Annots'))
      add('annotation', `list of annotations changed on page ${page.number}`);
  }
  return found;
}

const ZONE_OF_KEY: Readonly<Record<string, Zone>> = { AcroForm: 'form', DSS: 'signature', Perms: 'signature', Metadata: 'metadata' };

/** Keys of the catalog that changed by themselves, where what they lead to stayed. */
function catalogChanges(c: Comparison, found: Map<Zone, string[]>): string[] {
  const before = catalogOf(c.before.revision.view);
  const after = catalogOf(c.after.revision.view);
  if (!before || !after) return [];
  const keys = alteredKeys(c, before, after);
  for (const key of keys) {
    const zone = ZONE_OF_KEY[key];
    const isExplained = zone === undefined || found.has(zone) || (zone === 'form' && found.has('signature'));
    if (!isExplained) found.set(zone, [`/${key} of the catalog`]);
  }
  return keys.filter((k) => !(k in ZONE_OF_KEY)).map((k) => `/${k} of the catalog`);
}

function alteredObjects(before: PdfRevision, after: PdfRevision): Set<number> {
  const altered = new Set<number>();
  for (const object of after.changed) {
    const value = after.view.object(object);
    const type = nameOf(dictOf(value)?.get('Type'));
    // How the revision is stored is not what it says.
    if (type === 'XRef' || type === 'ObjStm') continue;
    if (!sameObject(before.view, before.view.object(object), after.view, value)) altered.add(object);
  }
  return altered;
}

const some = (names: readonly string[]): string =>
  names.length > MAX_NAMED ? `${names.slice(0, MAX_NAMED).join(', ')} and ${names.length - MAX_NAMED} more` : names.join(', ');

/** Compares a revision with the one before it and says what changed, the gravest first. */
export async function changeBetween(pdf: PdfFile, before: OpenRevision, after: OpenRevision): Promise<RevisionChange> {
  const altered = alteredObjects(before.revision, after.revision);
  const root = after.revision.view.trailer.get('Root');
  const isRoot = (object: number): boolean => isRef(root) && object === root.object;
  const isMetadata = (object: number): boolean =>
    isRoot(object) || (after.zones.objects.get(object) ?? before.zones.objects.get(object)) === 'metadata';
  const c: Comparison = { pdf, before, after, altered, mayTouchPages: [...altered].some((o) => !isMetadata(o)), left: { followed: MAX_FOLLOWED } };
  const content = await contentChanges(c);
  const zones = zoneChanges(c);
  const inCatalog = catalogChanges(c, zones);
  const lines: [ChangeKind, string][] = [];
  if (content.length > 0)
    lines.push([
      'content',
      content.length > MAX_NAMED ? `${content.slice(0, MAX_NAMED).join('; ')} and ${content.length - MAX_NAMED} more` : content.join('; '),
    ]);
  for (const kind of ['annotation', 'form', 'signature', 'metadata'] as const) {
    const names = zones.get(kind);
    if (names) lines.push([kind, names.length > 0 ? some(names) : `objects that serve ${kind}s`]);
  }
  const rest = [...altered].filter((o) => !after.zones.objects.has(o) && !before.zones.objects.has(o) && !isRoot(o));
  if (lines.length === 0)
    lines.push([
      'structure',
      [...inCatalog, ...(rest.length > 0 ? [`objects ${some(rest.map(String))}`] : [])].join(', ') || 'the same objects written again',
    ]);
  return {
    kind: lines[0]?.[0] ?? 'structure',
    summary: lines
      .map(([, line]) => line)
      .join('; ')
      .slice(0, 1000),
  };
}

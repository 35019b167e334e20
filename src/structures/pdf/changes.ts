import type { PdfFile } from './file.ts';
import type { PdfRevision } from './revisions.ts';
import { catalogOf } from './objects.ts';
import type { OpenRevision } from './open-revision.ts';
import { alteredKeys, type Comparison, contentChanges, MAX_FOLLOWED, valueAfter, valueBefore } from './page-changes.ts';
import { quoteChange } from './quote.ts';
import { sameObject } from './reach.ts';
import { dictOf, isRef, nameOf } from './values.ts';
import { textOf, type Zone } from './zones.ts';

/** What a revision changed, the gravest first. */
export type ChangeKind = 'content' | 'annotation' | 'form' | 'signature' | 'metadata' | 'structure';

export interface RevisionChange {
  /** The gravest of what it changed. */
  readonly kind: ChangeKind;
  /** One line, the gravest first: "page 1: 'EUR 12,000' -> 'EUR 92,000'; Info, XMP". */
  readonly summary: string;
}

/** Changes named in one line. */
const MAX_NAMED = 5;

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

import { catalogOf, type PdfView } from './objects.ts';
import { fieldsOf, pagesOf, type PdfPage } from './pages.ts';
import { reach } from './reach.ts';
import { cleanText, decodeTextString } from './strings.ts';
import { isArray, isDict, isRef, isString, nameOf, type PdfDict, type PdfValue } from './values.ts';

export type Zone = 'annotation' | 'form' | 'signature' | 'metadata';

/** Which objects of a revision serve what, apart from the content of its pages. */
export interface Zones {
  readonly pages: readonly PdfPage[];
  readonly objects: ReadonlyMap<number, Zone>;
  /** Objects that only list fields or annotations, or that fields share: their change is that of what they list. */
  readonly lists: ReadonlyMap<number, 'annotation' | 'form'>;
  /** What a person would call an object: "field 'amount'", 'FreeText on page 2'. */
  readonly names: ReadonlyMap<number, string>;
}

/** Objects sorted into zones; the rest of a larger file counts as structure. */
const MAX_SORTED = 200_000;

/** What a text string says, or nothing where the value is none. */
export const textOf = (v: PdfValue | undefined): string => (isString(v) ? cleanText(decodeTextString(v.bytes)) : '');

interface Sorting {
  readonly view: PdfView;
  readonly objects: Map<number, Zone>;
  readonly lists: Map<number, 'annotation' | 'form'>;
  readonly names: Map<number, string>;
}

/** Everything a value leads to goes into a zone, under the name of what leads to it, but for what is in one already. */
function take(s: Sorting, zone: Zone, value: PdfValue | undefined, name?: string): void {
  reach(s.view, value, (object) => {
    if (s.objects.has(object) || s.lists.has(object) || s.objects.size >= MAX_SORTED) return false;
    s.objects.set(object, zone);
    if (name !== undefined && !s.names.has(object)) s.names.set(object, name);
    return true;
  });
}

function listed(s: Sorting, kind: 'annotation' | 'form', value: PdfValue | undefined): readonly PdfValue[] {
  if (isRef(value)) s.lists.set(value.object, kind);
  const list = s.view.resolve(value);
  return isArray(list) ? list : [];
}

function sortForm(s: Sorting, catalog: PdfDict): void {
  const value = catalog.get('AcroForm');
  if (isRef(value)) s.lists.set(value.object, 'form');
  const form = s.view.resolve(value);
  if (!isDict(form)) return;
  listed(s, 'form', form.get('Fields'));
  const fields = [...fieldsOf(s.view, textOf)];
  // Signatures first: what they reach is theirs, also where a text field uses it too.
  for (const zone of ['signature', 'form'] as const) {
    for (const field of fields) {
      if (zone === 'signature' && field.type !== 'Sig') continue;
      const name = `${zone === 'signature' ? 'signature' : 'field'} '${field.name.slice(0, 60)}'`;
      if (field.object > 0 && !s.objects.has(field.object)) {
        s.objects.set(field.object, zone);
        s.names.set(field.object, name);
      }
      take(s, zone, field.dict, name);
    }
  }
  // The data of an XFA form are its fields; other keys hold what fields share, which signing adds to as well.
  take(s, 'form', form.get('XFA'), 'XFA');
  for (const [key, inner] of form) {
    if (key === 'Fields' || key === 'XFA') continue;
    reach(s.view, inner, (object) => !s.objects.has(object) && !s.lists.has(object) && s.lists.set(object, 'form').size < MAX_SORTED);
  }
}

function sortAnnotations(s: Sorting, page: PdfPage): void {
  for (const item of listed(s, 'annotation', page.dict.get('Annots'))) {
    const annotation = s.view.resolve(item);
    if (!isDict(annotation)) continue;
    const subtype = nameOf(annotation.get('Subtype')) ?? '';
    const zone = subtype !== 'Widget' ? 'annotation' : nameOf(s.view.resolve(annotation.get('FT'))) === 'Sig' ? 'signature' : 'form';
    const name = `${subtype || 'annotation'} on page ${page.number}${quoted(textOf(annotation.get('Contents')))}`;
    take(s, zone, item, name);
    if (subtype !== 'Widget') take(s, 'annotation', annotation.get('Popup'), name);
  }
}

const quoted = (text: string): string => (text === '' ? '' : ` '${text.replace(/\s+/g, ' ').slice(0, 60)}'`);

/** Sorts the objects of a revision. */
export function zonesOf(view: PdfView): Zones {
  const s: Sorting = { view, objects: new Map(), lists: new Map(), names: new Map() };
  const catalog = catalogOf(view) ?? new Map<string, PdfValue>();
  const info = view.trailer.get('Info');
  for (const [value, name] of [
    [info, 'Info'],
    [catalog.get('Metadata'), 'XMP'],
  ] as const) {
    take(s, 'metadata', value, name);
  }
  sortForm(s, catalog);
  take(s, 'signature', catalog.get('DSS'), 'DSS');
  take(s, 'signature', catalog.get('Perms'), 'Perms');
  const pages = [...pagesOf(view)];
  for (const page of pages) sortAnnotations(s, page);
  return { pages, objects: s.objects, lists: s.lists, names: s.names };
}

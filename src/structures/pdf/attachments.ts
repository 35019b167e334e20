import { catalogOf, type PdfView } from './objects.ts';
import { pagesOf } from './pages.ts';
import { dictOf, isArray, isDict, isRef, isStream, nameOf, type PdfDict, type PdfStream, type PdfValue } from './values.ts';
import { rawOf } from './lookup.ts';

export interface PdfAttachment {
  /** The embedded file stream (ISO 32000-2 7.11.4). */
  readonly stream: PdfStream;
  /** Its file specification's name as written: a name, or a path of another machine; null where it has none. */
  readonly name: string | null;
  /** 'UF' or 'F': where the name stands. */
  readonly nameKey: 'UF' | 'F';
  /** What its author said of it (7.11.3, Desc), as written. */
  readonly description: string | null;
  /** Its name in the name tree, as written; null for the file of an annotation. */
  readonly treeName: string | null;
  /** What a portfolio's list says of it (7.11.6). */
  readonly item: PdfDict | null;
}

interface Specification {
  readonly value: PdfValue;
  readonly treeName: string | null;
}

/** Nodes of the name tree, and annotations, that are looked at. */
const MAX_NODES = 100_000;

/** File specifications in a name tree's leaves (ISO 32000-2 7.9.6), and in the order of its names. */
function* namedFiles(view: PdfView, root: PdfValue | undefined): Generator<Specification> {
  const open: PdfValue[] = [root ?? null];
  const visited = new Set<number>();
  for (let seen = 0; seen < MAX_NODES && open.length > 0; seen++) {
    const value = open.pop() ?? null;
    if (isRef(value)) {
      if (visited.has(value.object)) continue;
      visited.add(value.object);
    }
    const node = view.resolve(value);
    if (!isDict(node)) continue;
    const names = view.resolve(node.get('Names'));
    if (isArray(names))
      for (let i = 1; i < Math.min(names.length, MAX_NODES); i += 2) yield { value: names[i] ?? null, treeName: rawOf(view.resolve(names[i - 1])) };
    const kids = view.resolve(node.get('Kids'));
    if (isArray(kids)) for (let i = Math.min(kids.length, MAX_NODES - open.length) - 1; i >= 0; i--) open.push(kids[i] ?? null);
  }
}

/** File specifications of annotations: 'FileAttachment' (ISO 32000-2 12.5.6.15). */
function* annotatedFiles(view: PdfView): Generator<Specification> {
  let seen = 0;
  for (const page of pagesOf(view)) {
    const annotations = view.resolve(page.dict.get('Annots'));
    for (const item of isArray(annotations) ? annotations : []) {
      if (++seen > MAX_NODES) return;
      const annotation = view.resolve(item);
      if (isDict(annotation) && nameOf(annotation.get('Subtype')) === 'FileAttachment') yield { value: annotation.get('FS') ?? null, treeName: null };
    }
  }
}

function attachmentOf(view: PdfView, { value, treeName }: Specification): PdfAttachment | null {
  const dict = view.resolve(value);
  const files = isDict(dict) ? view.resolve(dict.get('EF')) : null;
  if (!isDict(dict) || !isDict(files)) return null;
  const stream = [...files.values()].map((v) => view.resolve(v)).find(isStream);
  if (!stream) return null;
  const nameKey = dict.has('UF') ? 'UF' : 'F';
  const item = dictOf(view.resolve(dict.get('CI')));
  return { stream, name: rawOf(view.resolve(dict.get(nameKey))), nameKey, description: rawOf(view.resolve(dict.get('Desc'))), treeName, item };
}

/** Every embedded file of a revision once, named ones first. */
export function* attachmentsOf(view: PdfView): Generator<PdfAttachment> {
  const seen = new Set<number>();
  const names = view.resolve(catalogOf(view)?.get('Names'));
  const sources = [isDict(names) ? namedFiles(view, names.get('EmbeddedFiles')) : [], annotatedFiles(view)];
  for (const source of sources) {
    for (const specification of source) {
      const found = attachmentOf(view, specification);
      if (!found || seen.has(found.stream.object)) continue;
      seen.add(found.stream.object);
      yield found;
    }
  }
}

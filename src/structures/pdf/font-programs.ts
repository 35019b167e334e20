import { type FontProgram, readFontProgram } from '../font/program.ts';
import type { PdfView } from './objects.ts';
import { pagesOf } from './pages.ts';
import { dictOf, isArray, isDict, isRef, isStream, nameOf, type PdfDict, type PdfRef, type PdfValue } from './values.ts';

/** A font descriptor (ISO 32000-2 9.8) that is an object of its own. */
export interface PdfFont {
  readonly descriptor: PdfRef;
  /** 'ABCDEF+Calibri' as it stands; null where it has no name. */
  readonly name: string | null;
  readonly program: EmbeddedProgram | null;
}

export interface EmbeddedProgram {
  /** The stream's object. */
  readonly object: number;
  readonly generation: number;
  /** Where the descriptor names it. */
  readonly entry: ProgramEntry;
}

const ENTRIES = ['FontFile', 'FontFile2', 'FontFile3'] as const;
export type ProgramEntry = (typeof ENTRIES)[number];

/** Resource dictionaries and fonts that are looked at: a book has some hundred. */
const MAX_NODES = 10_000;
const MAX_PROGRAM_BYTES = 16 * 1024 ** 2;

/** Adds a reference's object to those seen; false where it was among them. */
function isNew(seen: Set<number>, value: PdfValue | undefined): boolean {
  if (!isRef(value)) return true;
  if (seen.has(value.object)) return false;
  seen.add(value.object);
  return true;
}

const entriesOf = (view: PdfView, dict: PdfDict, key: string): Iterable<PdfValue> => dictOf(view.resolve(dict.get(key)))?.values() ?? [];

/** The dictionaries of fonts that pages name, and the forms they draw, each once. */
function* fontsOf(view: PdfView): Generator<PdfDict> {
  const seen = new Set<number>();
  const known = new Set<PdfDict>();
  let nodes = 0;
  for (const page of pagesOf(view)) {
    const open: PdfDict[] = page.resources ? [page.resources] : [];
    for (let resources = open.pop(); resources; resources = open.pop()) {
      if (known.has(resources)) continue;
      known.add(resources);
      for (const item of entriesOf(view, resources, 'Font')) {
        if (++nodes > MAX_NODES) return;
        const font = isNew(seen, item) ? view.resolve(item) : null;
        if (isDict(font)) yield font;
      }
      for (const item of entriesOf(view, resources, 'XObject')) {
        if (++nodes > MAX_NODES) return;
        const form = isNew(seen, item) ? view.resolve(item) : null;
        const own = isStream(form) && nameOf(form.dict.get('Subtype')) === 'Form' ? view.resolve(form.dict.get('Resources')) : null;
        if (isDict(own)) open.push(own);
      }
    }
  }
}

function programOf(view: PdfView, descriptor: PdfDict): EmbeddedProgram | null {
  for (const entry of ENTRIES) {
    const stream = view.resolve(descriptor.get(entry));
    if (isStream(stream)) return { object: stream.object, generation: stream.generation, entry };
  }
  return null;
}

/** The descriptors of all fonts that pages use, in their order, each once. */
export function* describedFonts(view: PdfView): Generator<PdfFont> {
  const seen = new Set<number>();
  for (const font of fontsOf(view)) {
    const descendants = view.resolve(font.get('DescendantFonts'));
    const inner = isArray(descendants) ? dictOf(view.resolve(descendants[0])) : null;
    const reference = (inner ?? font).get('FontDescriptor');
    const descriptor = isRef(reference) && isNew(seen, reference) ? view.resolve(reference) : null;
    if (isRef(reference) && isDict(descriptor))
      yield { descriptor: reference, name: nameOf(view.resolve(descriptor.get('FontName'))), program: programOf(view, descriptor) };
  }
}

/** What an embedded program says; 'limit' where it unpacks to more than 16 MiB, 'malformed' where it is none. */
export function programAt(view: PdfView, object: number): FontProgram | 'limit' | 'malformed' {
  const stream = view.object(object);
  const decoded = isStream(stream) ? view.decode(stream, MAX_PROGRAM_BYTES) : null;
  if (!decoded?.ok) return decoded?.why === 'limit' ? 'limit' : 'malformed';
  return readFontProgram(decoded.bytes) ?? 'malformed';
}

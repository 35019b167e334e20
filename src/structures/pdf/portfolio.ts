import { rawOf } from './lookup.ts';
import { catalogOf, type PdfView } from './objects.ts';
import { cleanText } from './strings.ts';
import { dictOf, isRef, numberOf, type PdfDict, type PdfValue } from './values.ts';

/** What a portfolio lists of its files (ISO 32000-2 7.11.6, 12.3.5). */
export interface Portfolio {
  /** The names of its columns as they are shown, by the key that items use. */
  readonly columns: ReadonlyMap<string, string>;
  /** Paths of its folders, by number: 'Réception/2017'. */
  readonly folders: ReadonlyMap<number, string>;
}

/** One cell of the list. */
export interface PortfolioCell {
  readonly key: string;
  readonly column: string;
  readonly raw: string;
}

const MAX_COLUMNS = 256;
const MAX_FOLDERS = 10_000;
/** Characters of a path: of folders that nest deeper only the beginning is kept. */
const MAX_PATH = 1000;
/** In front of a file's name in the tree stands the number of its folder: '<5>plan.pdf'. */
const IN_FOLDER = /^<(\d{1,9})>/;

function columnsOf(view: PdfView, schema: PdfDict | null): Map<string, string> {
  const columns = new Map<string, string>();
  for (const [key, value] of schema ?? []) {
    if (columns.size === MAX_COLUMNS) break;
    const name = rawOf(view.resolve(dictOf(view.resolve(value))?.get('N')));
    if (key !== 'Type') columns.set(key, cleanText(name ?? '') || key);
  }
  return columns;
}

/** The tree of folders: a first child, and the next of the same level. Each object once, so that it cannot loop. */
function foldersOf(view: PdfView, root: PdfValue | undefined): Map<number, string> {
  const folders = new Map<number, string>();
  const seen = new Set<number>();
  const open: { readonly value: PdfValue | undefined; readonly path: string }[] = [{ value: root, path: '' }];
  for (let next = open.pop(); next && seen.size < MAX_FOLDERS; next = open.pop()) {
    // Folders are indirect objects: what is none could hold itself.
    if (!isRef(next.value) || seen.has(next.value.object)) continue;
    seen.add(next.value.object);
    const folder = dictOf(view.resolve(next.value));
    if (!folder) continue;
    const name = cleanText(rawOf(view.resolve(folder.get('Name'))) ?? '');
    // The outermost stands for the portfolio itself.
    const path = next.value === root ? '' : `${next.path}${next.path === '' ? '' : '/'}${name}`.slice(0, MAX_PATH);
    const id = numberOf(view.resolve(folder.get('ID')));
    if (id !== null && path !== '') folders.set(id, path);
    open.push({ value: folder.get('Next'), path: next.path }, { value: folder.get('Child'), path });
  }
  return folders;
}

/** Null for a file that is no portfolio. */
export function portfolioOf(view: PdfView): Portfolio | null {
  const collection = dictOf(view.resolve(catalogOf(view)?.get('Collection')));
  if (!collection) return null;
  return { columns: columnsOf(view, dictOf(view.resolve(collection.get('Schema')))), folders: foldersOf(view, collection.get('Folders')) };
}

/** The folder that a file lies in, by its name in the tree; null where it lies in none. */
export function folderOf(portfolio: Portfolio | null, treeName: string | null): string | null {
  const id = IN_FOLDER.exec(treeName ?? '')?.[1];
  return (id !== undefined && portfolio?.folders.get(Number(id))) || null;
}

/** What the list says of one file: its collection item (ISO 32000-2 7.11.6), the value without the prefix that is only shown. */
export function cellsOf(view: PdfView, portfolio: Portfolio | null, item: PdfDict | null): PortfolioCell[] {
  const cells: PortfolioCell[] = [];
  for (const [key, value] of item ?? []) {
    if (cells.length === MAX_COLUMNS) break;
    const cell = view.resolve(value);
    const sub = dictOf(cell);
    const raw = rawOf(sub ? view.resolve(sub.get('D')) : cell);
    if (key !== 'Type' && raw !== null && raw !== '') cells.push({ key, column: portfolio?.columns.get(key) ?? key, raw });
  }
  return cells;
}

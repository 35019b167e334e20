import { catalogOf, type PdfView } from './objects.ts';
import { isArray, isDict, isRef, nameOf, type PdfDict, type PdfValue } from './values.ts';

export interface PdfPage {
  /** From 1. */
  readonly number: number;
  /** 0 where the page is no object of its own. */
  readonly object: number;
  readonly generation: number;
  readonly dict: PdfDict;
  /** Its own or the nearest inherited one (ISO 32000-2 7.7.3.4). */
  readonly resources: PdfDict | null;
}

/** Nodes of a tree that are looked at, and that wait at a time; a tree that refers to itself ends at its visited set. */
const MAX_NODES = 100_000;

interface Node {
  readonly value: PdfValue;
  readonly resources: PdfDict | null;
}

/** The leaves of the page tree in reading order; what is no page is passed over. */
export function* pagesOf(view: PdfView): Generator<PdfPage> {
  const visited = new Set<number>();
  const open: Node[] = [{ value: catalogOf(view)?.get('Pages') ?? null, resources: null }];
  let number = 0;
  for (let seen = 0; seen < MAX_NODES; seen++) {
    const node = open.pop();
    if (!node) return;
    const ref = isRef(node.value) ? node.value : null;
    if (ref && visited.has(ref.object)) continue;
    if (ref) visited.add(ref.object);
    const dict = view.resolve(node.value);
    if (!isDict(dict)) continue;
    const own = view.resolve(dict.get('Resources'));
    const resources = isDict(own) ? own : node.resources;
    const kids = view.resolve(dict.get('Kids'));
    if (isArray(kids)) for (let i = Math.min(kids.length, MAX_NODES - open.length) - 1; i >= 0; i--) open.push({ value: kids[i] ?? null, resources });
    else if (nameOf(dict.get('Type')) !== 'Pages')
      yield { number: ++number, object: ref?.object ?? 0, generation: ref?.generation ?? 0, dict, resources };
  }
}

export interface PdfField {
  /** 0 where the field is no object of its own. */
  readonly object: number;
  readonly generation: number;
  /** Partial names joined by dots (ISO 32000-2 12.7.4.2). */
  readonly name: string;
  /** 'Tx', 'Btn', 'Ch', 'Sig', own or inherited; '' where none is given. */
  readonly type: string;
  readonly dict: PdfDict;
}

interface FieldNode {
  readonly value: PdfValue;
  readonly name: string;
  readonly type: string;
}

interface Waiting {
  readonly open: FieldNode[];
  readonly visited: Set<number>;
}

/** Puts kids on the stack, the first on top. */
function wait(open: FieldNode[], kids: PdfValue, name: string, type: string): void {
  if (!isArray(kids)) return;
  for (let i = Math.min(kids.length, MAX_NODES - open.length) - 1; i >= 0; i--) open.push({ value: kids[i] ?? null, name, type });
}

/** The next node that is a dictionary and was not met before; null at the end. */
function nextField(view: PdfView, { open, visited }: Waiting): (FieldNode & { readonly dict: PdfDict }) | null {
  for (let node = open.pop(); node; node = open.pop()) {
    if (isRef(node.value)) {
      if (visited.has(node.value.object)) continue;
      visited.add(node.value.object);
    }
    const dict = view.resolve(node.value);
    if (isDict(dict)) return { ...node, dict };
  }
  return null;
}

/** Every node of the form's field tree, parents before their kids. `decode` turns a partial name into text. */
export function* fieldsOf(view: PdfView, decode: (v: PdfValue | undefined) => string): Generator<PdfField> {
  const form = view.resolve(catalogOf(view)?.get('AcroForm'));
  const waiting: Waiting = { open: [], visited: new Set() };
  wait(waiting.open, isDict(form) ? view.resolve(form.get('Fields')) : null, '', '');
  for (let seen = 0; seen < MAX_NODES; seen++) {
    const node = nextField(view, waiting);
    if (!node) return;
    const { dict, value } = node;
    const name = [node.name, decode(view.resolve(dict.get('T')))]
      .filter((n) => n !== '')
      .join('.')
      .slice(0, 300);
    const type = nameOf(view.resolve(dict.get('FT'))) ?? node.type;
    yield { object: isRef(value) ? value.object : 0, generation: isRef(value) ? value.generation : 0, name, type, dict };
    wait(waiting.open, view.resolve(dict.get('Kids')), name, type);
  }
}

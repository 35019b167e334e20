import type { PdfView } from './objects.ts';
import { dictOf, isArray, isDict, isName, isRef, isStream, isString, type PdfStream, type PdfValue } from './values.ts';

/** Keys that lead from a page, field or annotation back to others. */
const BACK: ReadonlySet<string> = new Set([
  'Parent',
  'P',
  'Pg',
  'Popup',
  'IRT',
  'Dest',
  'A',
  'AA',
  'B',
  'StructParent',
  'Prev',
  'Next',
  'First',
  'Last',
]);

/** Follows a value to every object it leads to but for back references. `enter` says whether an object is to be looked into. */
export function reach(view: PdfView, value: PdfValue | undefined, enter: (object: number) => boolean): void {
  const open: (PdfValue | undefined)[] = [value];
  while (open.length > 0) {
    const v = open.pop();
    if (isRef(v)) {
      if (enter(v.object)) open.push(view.object(v.object));
    } else if (isArray(v)) {
      for (const item of v) if (typeof item === 'object') open.push(item);
    } else {
      for (const [key, inner] of dictOf(v) ?? []) if (typeof inner === 'object' && !BACK.has(key)) open.push(inner);
    }
  }
}

/** Values compared before two objects count as different. */
const MAX_COMPARED = 200_000;
const MAX_STREAM_BYTES = 16 * 1024 ** 2;
/** How a stream is stored says nothing about what it says. */
const STORAGE: ReadonlySet<string> = new Set(['Length', 'Filter', 'DecodeParms', 'DL']);

function sameStream(before: PdfView, a: PdfStream, after: PdfView, b: PdfStream): boolean {
  const decodedA = before.decode(a, MAX_STREAM_BYTES);
  const decodedB = after.decode(b, MAX_STREAM_BYTES);
  if (decodedA.ok && decodedB.ok) return Buffer.compare(decodedA.bytes, decodedB.bytes) === 0;
  // A picture's own coding: equal only if stored alike.
  return a.length === b.length && Buffer.compare(before.stored(a), after.stored(b)) === 0;
}

type Pair = readonly [PdfValue | undefined, PdfValue | undefined];

function sameLeaf(a: PdfValue, b: PdfValue): boolean {
  if (isName(a)) return isName(b) && a.name === b.name;
  if (isString(a)) return isString(b) && Buffer.compare(a.bytes, b.bytes) === 0;
  return isRef(a) ? isRef(b) && a.object === b.object : a === b;
}

/** The pairs that have to be equal for two values to be; null where they differ already. */
function pairsOf(a: PdfValue, b: PdfValue): readonly Pair[] | null {
  if (isArray(a)) return isArray(b) && a.length === b.length ? a.map((v, i): Pair => [v, b[i]]) : null;
  if (isDict(a)) return isDict(b) && a.size === b.size ? [...a].map(([key, v]): Pair => [v, b.get(key)]) : null;
  return sameLeaf(a, b) ? [] : null;
}

/** True where two objects say the same, however they are stored. References are equal by number; they are not followed. */
export function sameObject(before: PdfView, a: PdfValue, after: PdfView, b: PdfValue): boolean {
  if (isStream(a) || isStream(b)) {
    if (!isStream(a) || !isStream(b)) return false;
    const said = (s: PdfStream): PdfValue => new Map([...s.dict].filter(([key]) => !STORAGE.has(key)));
    return sameObject(before, said(a), after, said(b)) && sameStream(before, a, after, b);
  }
  const open: Pair[] = [[a, b]];
  for (let n = 0; open.length > 0; n++) {
    const [x, y] = open.pop() as Pair;
    const pairs = n < MAX_COMPARED ? pairsOf(x ?? null, y ?? null) : null;
    if (!pairs) return false;
    for (const p of pairs) open.push(p);
  }
  return true;
}

import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { litManifest, type LitItem } from '../structures/ebook/lit-manifest.ts';
import { readLit } from '../structures/ebook/lit.ts';

const MANIFEST = '/manifest';
const MAX_MANIFEST = 16 * 1024 ** 2;

const listed = (input: Input): ReturnType<typeof litManifest> => {
  const place = input.once(readLit).placeOf(MANIFEST);
  if (place === null) return { items: [], error: input.once(readLit).entries.size > 0 ? 'it is missing, or lies behind the end of the file' : null };
  return litManifest(input.bytes.slice(place.offset, Math.min(place.length, MAX_MANIFEST)));
};

function saidOf({ original, mediaType }: LitItem, label: string): ClaimDraft[] {
  const said = (field: string, raw: string): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
    basis: 'asserted',
    field,
    raw: raw.slice(0, MAX_RAW),
    locator: { in: 'parent', key: field },
  });
  const name: ClaimDraft = { ...said('manifest name', original), attribute: 'name.file', value: label };
  return mediaType === null ? [name] : [name, { ...said('manifest media type', mediaType), attribute: 'type.declared', value: mediaType }];
}

function childOf(input: Input, item: LitItem, key: string): Child | ClosedChild {
  const { placeOf, entries, protection } = input.once(readLit);
  const label = item.original.slice(Math.max(item.original.lastIndexOf('/'), item.original.lastIndexOf('\\')) + 1).slice(0, MAX_RAW);
  const child = { key, label, role: 'part', says: saidOf(item, label) } as const;
  const place = placeOf(item.entry);
  if (place !== null) return { ...child, bytes: input.bytes.window(place.offset, place.length) };
  if ((entries.get(item.entry)?.section ?? 0) === 0)
    return {
      ...child,
      bytes: null,
      why: 'unreadable',
      problem: { code: 'malformed', message: 'the directory has no such file, or the file ends before it' },
    };
  return protection === null
    ? { ...child, bytes: null, why: 'unreadable', problem: { code: 'unsupported', message: 'it lies in a packed section, which is not read' } }
    : {
        ...child,
        bytes: null,
        why: 'encrypted',
        problem: { code: 'encrypted', message: `it lies in an encrypted section of the book (${protection})` },
      };
}

/** Keys are names in the directory; of two alike the second is '#2'. */
function* children(input: Input): Generator<Child | ClosedChild> {
  const met = new Map<string, number>();
  for (const item of listed(input).items) {
    const nth = (met.get(item.entry) ?? 0) + 1;
    met.set(item.entry, nth);
    yield childOf(input, item, nth === 1 ? item.entry : `${item.entry}#${nth}`);
  }
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  const { error } = listed(input);
  if (error !== null) yield { problem: { code: error.startsWith('it lists') ? 'limit-exceeded' : 'malformed', message: `${MANIFEST}: ${error}` } };
  yield* children(input);
}

/** Chapters, style sheets and pictures of a book of Microsoft Reader, with the names they had. Most lie in sections that are encrypted. */
export const lit: Container = {
  id: 'lit',
  version: 1,
  mediaTypes: ['application/x-ms-reader'],
  open,
  openOne(input, key) {
    for (const child of children(input)) if (child.key === key) return child;
    return null;
  },
};

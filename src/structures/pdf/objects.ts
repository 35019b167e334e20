import type { Decoded } from './filters.ts';
import type { PdfCipher } from './crypt.ts';
import { indirectAt, note, type PdfSource, step } from './source.ts';
import { decodeStream, isLeftClear, streamOf } from './stream.ts';
import { readValue } from './syntax.ts';
import { cursorAt, nextToken } from './tokens.ts';
import { isDict, isRef, isStream, nameOf, numberOf, type PdfDict, type PdfStream, type PdfValue } from './values.ts';
import type { XrefEntry, XrefSection } from './xref.ts';

/** The file as one of its revisions shows it. */
export interface PdfView {
  readonly trailer: PdfDict;
  /** Where an object is defined; null where it is not or was deleted. */
  locate(object: number): Exclude<XrefEntry, { kind: 'free' }> | null;
  /** The object's value; null where there is none. */
  object(object: number): PdfValue;
  /** Follows references to a value that is none. */
  readonly resolve: (value: PdfValue | undefined) => PdfValue;
  /** Decoded, deciphered, at most `maxBytes`. */
  decode(stream: PdfStream, maxBytes: number): Decoded;
  /** The bytes of a stream as they stand in the file. */
  stored(stream: PdfStream): Uint8Array;
  /** The numbers of the objects in an object stream, in their order. */
  packed(stream: number): readonly number[];
}

/** What all views of one file share. */
export interface ObjectStore {
  readonly source: PdfSource;
  cipher: PdfCipher | null;
  readonly parsed: Map<string, PdfValue>;
  readonly packs: Map<number, Pack | null>;
}

interface Pack {
  /** Number and offset inside `data` of each object. */
  readonly index: readonly { readonly object: number; readonly at: number }[];
  readonly data: Uint8Array;
}

const MAX_HOPS = 32;
const MAX_PACK_BYTES = 64 * 1024 ** 2;
const MAX_PACKED = 100_000;
/** Parsed objects kept; beyond it all are forgotten and read again where asked for. */
const MAX_PARSED = 20_000;

export const objectStore = (source: PdfSource): ObjectStore => ({ source, cipher: null, parsed: new Map(), packs: new Map() });

/** ISO 32000-2 7.5.7: pairs of number and offset in front, the objects from /First on. */
function packOf(dict: PdfDict, data: Uint8Array): Pack {
  const first = numberOf(dict.get('First')) ?? 0;
  const count = Math.min(numberOf(dict.get('N')) ?? 0, MAX_PACKED);
  const c = cursorAt(data.subarray(0, first));
  const index: { object: number; at: number }[] = [];
  for (let i = 0; i < count; i++) {
    const object = nextToken(c);
    const at = nextToken(c);
    if (typeof object !== 'number' || typeof at !== 'number') break;
    index.push({ object, at: first + at });
  }
  return { index, data };
}

interface Reading {
  readonly store: ObjectStore;
  readonly view: PdfView;
  /** Objects being read: a stream whose length is itself must not be followed for ever. */
  readonly active: Set<number>;
  /** By object number: what was found once in this view is not located again. */
  readonly found: Map<number, PdfValue>;
}

function plainObject({ store, view }: Reading, object: number, offset: number): PdfValue {
  const { source, cipher } = store;
  const found = indirectAt(source, offset, cipher ? (n, g) => (b) => cipher.string(b, n, g) : undefined);
  if (!found || found.object !== object) {
    note(source, 'malformed', `no object ${object} at byte ${offset}, where the cross-reference section has it`);
    return null;
  }
  return found.isStream ? streamOf(source, found, view.resolve) : found.value;
}

/** The object stream of that number, unpacked once; null where it cannot be read. */
function packAt({ store, view }: Reading, stream: number): Pack | null {
  const entry = view.locate(stream);
  if (entry?.kind !== 'offset') return null;
  const known = store.packs.get(entry.offset);
  if (known !== undefined) return known;
  const container = view.object(stream);
  const decoded = isStream(container) ? view.decode(container, MAX_PACK_BYTES) : null;
  if (decoded && !decoded.ok)
    note(store.source, decoded.why === 'limit' ? 'limit-exceeded' : 'malformed', `object stream ${stream} cannot be decoded`);
  const pack = isStream(container) && decoded?.ok ? packOf(container.dict, decoded.bytes) : null;
  store.packs.set(entry.offset, pack);
  return pack;
}

function packedObject(reading: Reading, object: number, entry: Extract<XrefEntry, { kind: 'packed' }>): PdfValue {
  const pack = packAt(reading, entry.stream);
  const indexed = pack?.index[entry.index];
  const place = indexed?.object === object ? indexed : pack?.index.find((p) => p.object === object);
  if (!pack || !place) return null;
  const c = cursorAt(pack.data, place.at);
  const value = readValue(c);
  reading.store.source.left.parseBytes -= Math.max(0, c.pos - place.at);
  return value;
}

function objectOf(reading: Reading, object: number): PdfValue {
  const { found, active, store } = reading;
  if (!step(store.source, 1)) return null;
  const known = found.get(object);
  if (known !== undefined) return known;
  const value = readObject(reading, object);
  if (found.size >= MAX_PARSED) found.clear();
  if (!active.has(object)) found.set(object, value);
  return value;
}

function readObject(reading: Reading, object: number): PdfValue {
  const { store, view, active } = reading;
  const entry = view.locate(object);
  const pack = entry?.kind === 'packed' ? view.locate(entry.stream) : null;
  if (!entry || active.has(object) || (entry.kind === 'packed' && pack?.kind !== 'offset')) return null;
  // Keyed by place, so that the views of all revisions share what did not change between them.
  const key = entry.kind === 'offset' ? `${object}@${entry.offset}` : `${object}@${pack?.kind === 'offset' ? pack.offset : 0}#${entry.index}`;
  const known = store.parsed.get(key);
  if (known !== undefined) return known;
  active.add(object);
  const value = entry.kind === 'offset' ? plainObject(reading, object, entry.offset) : packedObject(reading, object, entry);
  active.delete(object);
  if (store.parsed.size >= MAX_PARSED) store.parsed.clear();
  store.parsed.set(key, value);
  return value;
}

function decodeIn({ store, view }: Reading, stream: PdfStream, maxBytes: number): Decoded {
  const { source, cipher } = store;
  // Cross-reference streams are never encrypted, and metadata need not be.
  const type = nameOf(stream.dict.get('Type'));
  const isClear = !cipher || type === 'XRef' || (type === 'Metadata' && !cipher.coversMetadata) || isLeftClear(stream, view.resolve);
  return decodeStream(source, stream, view.resolve, maxBytes, isClear ? undefined : (b) => cipher.stream(b, stream.object, stream.generation));
}

/** The view of the given sections, newest first. */
export function viewOf(store: ObjectStore, sections: readonly XrefSection[], trailer: PdfDict): PdfView {
  const view: PdfView = {
    trailer,
    locate(object) {
      if (!step(store.source, sections.length)) return null;
      for (const section of sections) {
        const entry = section.find(object);
        if (entry) return entry.kind === 'free' ? null : entry;
      }
      return null;
    },
    object: (object) => objectOf(reading, object),
    resolve: (value) => {
      let v = value;
      for (let hops = 0; isRef(v); hops++) v = hops < MAX_HOPS ? view.object(v.object) : null;
      return v ?? null;
    },
    decode: (stream, maxBytes) => decodeIn(reading, stream, maxBytes),
    stored: (stream) => store.source.bytes.slice(stream.offset, stream.length),
    packed: (stream) => packAt(reading, stream)?.index.map((p) => p.object) ?? [],
  };
  const reading: Reading = { store, view, active: new Set(), found: new Map() };
  return view;
}

/** The document's root: ISO 32000-2 7.7.2. Null where the trailer names none. */
export function catalogOf(view: PdfView): PdfDict | null {
  const root = view.resolve(view.trailer.get('Root'));
  return isDict(root) ? root : null;
}

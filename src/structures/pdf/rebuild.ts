import { latin1At, note, parseAt, type PdfSource } from './source.ts';
import { readValue } from './syntax.ts';
import { isDict, isRef, type PdfDict, type PdfValue } from './values.ts';
import type { XrefEntry, XrefSection } from './xref.ts';

const CHUNK = 1024 ** 2;
/** No header of an object or 'trailer' is longer; chunks overlap by it. */
const OVERLAP = 64;
const MAX_OBJECTS = 2_000_000;

const LANDMARK = /(?:^|[^0-9])(\d{1,10})[ \t\r\n\0\f]{1,8}(\d{1,5})[ \t\r\n\0\f]{1,8}obj(?![a-z])|(trailer)/g;

interface Landmarks {
  readonly offsets: Map<number, { readonly offset: number; readonly generation: number }>;
  /** Offsets of 'trailer'. */
  readonly trailers: number[];
  /** Objects that begin like object streams, and like catalogs, in the order of the file. */
  readonly objectStreams: number[];
  readonly crossReferences: number[];
  readonly catalogs: number[];
}

/** What an object is, from its first bytes: whole objects are not parsed here. */
function sort(source: PdfSource, marks: Landmarks, object: number, bodyAt: number): void {
  const begin = latin1At(source.bytes, bodyAt, 300).split(/endobj|stream\r?\n/, 1)[0] ?? '';
  if (begin.includes('/ObjStm')) marks.objectStreams.push(object);
  else if (begin.includes('/XRef')) marks.crossReferences.push(bodyAt);
  else if (/\/Type\s*\/Catalog/.test(begin)) marks.catalogs.push(object);
}

function landmarksOf(source: PdfSource): Landmarks {
  const { bytes } = source;
  const marks: Landmarks = { offsets: new Map(), trailers: [], objectStreams: [], crossReferences: [], catalogs: [] };
  for (let at = 0; at < bytes.size; at += CHUNK) {
    const text = latin1At(bytes, at, CHUNK + OVERLAP);
    for (const m of text.matchAll(LANDMARK)) {
      const from = m.index + (m[1] === undefined ? 0 : m[0].indexOf(m[1]));
      if (from >= CHUNK) continue;
      if (m[3] !== undefined) {
        marks.trailers.push(at + from);
        continue;
      }
      const object = Number(m[1]);
      if (marks.offsets.size >= MAX_OBJECTS && !marks.offsets.has(object)) {
        note(source, 'limit-exceeded', `more than ${MAX_OBJECTS} objects; the rest is left out`);
        return marks;
      }
      marks.offsets.set(object, { offset: at + from, generation: Number(m[2]) });
      sort(source, marks, object, at + m.index + m[0].length);
    }
  }
  return marks;
}

/** Trailers looked at for what they name; one file has as many as it has revisions. */
const MAX_TRAILERS = 1_000;

/** Later trailers override earlier ones key by key: a broken file has lost some of its keys with some of its trailers. */
function mergedTrailer(source: PdfSource, marks: Landmarks): PdfDict {
  const merged = new Map<string, PdfValue>();
  const places = [...marks.trailers.map((at) => at + 'trailer'.length), ...marks.crossReferences].sort((a, b) => a - b);
  for (const at of places.slice(-MAX_TRAILERS)) {
    const dict = parseAt(source, at, (c) => readValue(c));
    if (!isDict(dict)) continue;
    for (const key of ['Root', 'Info', 'ID', 'Encrypt']) {
      const v = dict.get(key);
      if (v !== undefined) merged.set(key, v);
    }
  }
  const catalog = marks.catalogs.at(-1);
  const root = merged.get('Root');
  // The root may be an object that cannot be seen from here, but only where objects are packed into streams.
  const isPlausible = isRef(root) && (marks.catalogs.includes(root.object) || marks.objectStreams.length > 0);
  if (!isPlausible && catalog !== undefined) merged.set('Root', { kind: 'ref', object: catalog, generation: 0 });
  return merged;
}

export interface Rebuilt {
  readonly section: XrefSection;
  /** Numbers of object streams: what they hold is to be added by {@link Rebuilt.pack} once they can be read. */
  readonly objectStreams: readonly number[];
  pack(object: number, stream: number, index: number): void;
}

/**
 * A cross-reference section made from the objects as they stand in the file, last definition first: for files whose own is
 * missing or wrong. One linear pass; revisions cannot be told apart in such a file.
 */
export function rebuildSection(source: PdfSource): Rebuilt {
  const marks = landmarksOf(source);
  const packed = new Map<number, XrefEntry>();
  const section: XrefSection = {
    offset: 0,
    end: source.bytes.size,
    trailer: mergedTrailer(source, marks),
    find(object) {
      const direct = marks.offsets.get(object);
      return direct ? { kind: 'offset', ...direct } : (packed.get(object) ?? null);
    },
    *objects() {
      yield* marks.offsets.keys();
      yield* packed.keys();
    },
  };
  return {
    section,
    objectStreams: marks.objectStreams,
    pack(object, stream, index) {
      if (packed.size < MAX_OBJECTS) packed.set(object, { kind: 'packed', stream, index });
    },
  };
}

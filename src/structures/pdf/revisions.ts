import { type ObjectStore, type PdfView, viewOf } from './objects.ts';
import { indexOfText, latin1At, note, type PdfSource } from './source.ts';
import { isRef, type PdfDict, type PdfValue } from './values.ts';
import type { XrefEntry, XrefSection } from './xref.ts';

/** One state of the file: what its first save, or one incremental update (ISO 32000-2 7.5.6), left behind. */
export interface PdfRevision {
  /** From 1, oldest first. */
  readonly number: number;
  /** Its bytes, in the file: from the end of the revision before to the end of its own %%EOF. */
  readonly start: number;
  readonly end: number;
  readonly view: PdfView;
  /** Objects whose entry differs from the revision before, ascending; empty for the first. */
  readonly changed: readonly number[];
}

/** Look-ups of entries in sections, over all revisions. */
const MAX_COMPARED = 20_000_000;

const sameEntry = (a: XrefEntry | null, b: XrefEntry | null): boolean => {
  if (!a || !b || a.kind === 'free' || b.kind === 'free') return (!a || a.kind === 'free') === (!b || b.kind === 'free');
  if (a.kind === 'offset') return b.kind === 'offset' && a.offset === b.offset;
  return b.kind === 'packed' && a.stream === b.stream && a.index === b.index;
};

/**
 * Sections of one save stay together. In a linearised file the section in the head points forward to the main one
 * (ISO 32000-2 annex F.3.5): an update, being appended, never does.
 */
function saves(chain: readonly XrefSection[]): XrefSection[][] {
  const groups: XrefSection[][] = [];
  for (const section of chain) {
    const group = groups.at(-1);
    const newer = group?.at(-1);
    if (group && newer && newer.offset < section.offset) group.push(section);
    else groups.push([section]);
  }
  return groups.reverse();
}

/** Keys that an update's trailer should repeat and does not always. */
const INHERITED = ['Root', 'Info', 'ID', 'Encrypt'];

function trailerOf(sections: readonly XrefSection[]): PdfDict {
  const trailer = new Map(sections[0]?.trailer ?? []);
  for (const key of INHERITED) {
    const v = sections.find((s) => s.trailer.has(key))?.trailer.get(key);
    if (v !== undefined) trailer.set(key, v);
  }
  return trailer;
}

/** Behind the %%EOF that follows a section; where there is none, behind the section. */
function endOf(source: PdfSource, sections: readonly XrefSection[]): number {
  const from = sections.reduce((end, s) => Math.max(end, s.end), 0);
  const mark = indexOfText(source.bytes, '%%EOF', from, Math.min(source.bytes.size, from + 2048));
  if (mark < 0) return from;
  const eol = /^(?:\r\n|\r|\n)?/.exec(latin1At(source.bytes, mark + 5, 2))?.[0].length ?? 0;
  return mark + 5 + eol;
}

function findIn(sections: readonly XrefSection[], object: number): XrefEntry | null {
  for (const s of sections) {
    const entry = s.find(object);
    if (entry) return entry;
  }
  return null;
}

function changedObjects(sections: readonly XrefSection[], before: readonly XrefSection[], budget: { left: number }): number[] {
  const changed = new Set<number>();
  for (const section of sections) {
    for (const object of section.objects()) {
      budget.left -= 2 * sections.length + before.length;
      if (budget.left < 0) break;
      if (!sameEntry(findIn(sections, object), findIn(before, object))) changed.add(object);
    }
  }
  return [...changed].sort((a, b) => a - b);
}

const sameRef = (a: PdfValue | undefined, b: PdfValue | undefined): boolean => a === b || (isRef(a) && isRef(b) && a.object === b.object);

interface Save {
  readonly sections: readonly XrefSection[];
  readonly changed: readonly number[];
  readonly end: number;
}

/** True where a section is the second half of the save before: it adds what lies before that save's own section. */
function completes(group: readonly XrefSection[], before: readonly XrefSection[], changed: readonly number[]): boolean {
  if (group.length !== 1 || !group[0]?.isHybridTail) return false;
  const limit = before[0]?.offset ?? 0;
  const placeOf = (entry: XrefEntry | null): number =>
    entry?.kind === 'offset'
      ? entry.offset
      : entry?.kind === 'packed'
        ? placeOf(findIn(group, entry.stream) ?? findIn(before, entry.stream))
        : Infinity;
  return changed.every((object) => (findIn(before, object)?.kind ?? 'free') === 'free' && placeOf(findIn(group, object)) < limit);
}

/** True where the trailer of a section names another root or information dictionary than the trailers before. */
function renamesRoots(group: readonly XrefSection[], before: readonly XrefSection[]): boolean {
  const trailer = group[0]?.trailer;
  const old = trailerOf(before);
  return (['Root', 'Info'] as const).some((k) => trailer?.has(k) && !sameRef(trailer.get(k), old.get(k)));
}

/** The saves of a chain of sections (newest first), oldest first; what changed nothing belongs to the save before. */
export function revisionsOf(store: ObjectStore, chain: readonly XrefSection[]): PdfRevision[] {
  const kept: Save[] = [];
  const budget = { left: MAX_COMPARED };
  let before: readonly XrefSection[] = [];
  for (const group of saves(chain)) {
    const sections = [...group, ...before];
    const changed = kept.length === 0 ? [] : changedObjects(group, before, budget);
    const previous = kept.at(-1);
    const end = endOf(store.source, group);
    const isSame = previous && !renamesRoots(group, before) && (changed.length === 0 || completes(group, before, changed));
    if (isSame) kept[kept.length - 1] = { sections, changed: previous.changed, end: Math.max(previous.end, end) };
    else kept.push({ sections, changed, end });
    before = sections;
  }
  if (budget.left < 0) note(store.source, 'limit-exceeded', `more than ${MAX_COMPARED} cross-reference entries to compare; the rest is left out`);
  return kept.map(({ sections, changed, end }, i): PdfRevision => ({
    number: i + 1,
    start: kept[i - 1]?.end ?? 0,
    end,
    changed,
    view: viewOf(store, sections, trailerOf(sections)),
  }));
}

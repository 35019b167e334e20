import type { AttributeOf } from '../../model/attribute.ts';
import { claim, type ClaimDraft, type Extracted, MAX_RAW, problem } from '../../model/claim.ts';
import type { FontFact, FontSaid } from '../../structures/font/program.ts';
import { seconds1904, writtenTime } from '../../structures/media/media-times.ts';
import { latestOf, type PdfFile } from '../../structures/pdf/file.ts';
import { describedFonts, type PdfFont, programAt } from '../../structures/pdf/font-programs.ts';
import type { PdfLocator } from '../../structures/pdf/lookup.ts';
import { isSpent } from '../../structures/pdf/source.ts';

/** Programs that are unpacked; of a file with more the rest is named by its descriptors. */
const MAX_PROGRAMS = 128;
/** Six capitals in front of the name of a subset (ISO 32000-2 9.9.2). */
const SUBSET = /^[A-Z]{6}\+/;

const TEXTS: Readonly<Partial<Record<FontFact, readonly [field: string, attribute: AttributeOf<'text'>]>>> = {
  name: ['font full name', 'font.name'],
  family: ['font family', 'font.name'],
  version: ['font version', 'font.version'],
  id: ['font unique id', 'font.id'],
};
const TIMES: Readonly<Partial<Record<FontFact, readonly [field: string, attribute: AttributeOf<'time'>]>>> = {
  created: ['head created', 'font.created'],
  modified: ['head modified', 'font.modified'],
  written: ['CreationDate', 'font.created'],
};

const KEY = /^FontFile[23]?\/(.+)$/;

function draftOf({ fact, raw }: FontSaid, locator: PdfLocator): ClaimDraft | null {
  const said = { basis: 'asserted', raw: raw.slice(0, MAX_RAW), locator } as const;
  const [timeField, time] = TIMES[fact] ?? [];
  if (timeField !== undefined && time !== undefined) {
    const value = fact === 'written' ? writtenTime(raw) : seconds1904(raw);
    // Makers of subsets write 0 where they do not keep the clock.
    return raw === '0' ? null : { ...said, field: timeField, attribute: time, value };
  }
  const [field, attribute] = TEXTS[fact] ?? [];
  return field === undefined || attribute === undefined || raw.trim() === ''
    ? null
    : { ...said, field, attribute, value: raw.trim().slice(0, MAX_RAW) };
}

function* programClaims(pdf: PdfFile, { descriptor, program, name }: PdfFont): Generator<ClaimDraft | Extracted> {
  const { view, number: revision } = latestOf(pdf);
  const read = program ? programAt(view, program.object) : null;
  if (program && (read === 'limit' || read === 'malformed'))
    yield problem(
      read === 'limit' ? 'limit-exceeded' : 'malformed',
      `font program ${program.object}: ${read === 'limit' ? 'unpacks to more than the limit' : 'cannot be decoded, or is no font'}`,
    );
  const said = read === null || typeof read === 'string' ? [] : read.said;
  const isNamed = said.some((s) => s.fact === 'name');
  for (const s of program ? said : []) {
    if (s.fact === 'family' && isNamed) continue;
    const draft =
      program && draftOf(s, { in: 'pdf', revision, object: program.object, generation: program.generation, key: `${program.entry}/${s.place}` });
    if (draft) yield draft;
  }
  const bare = (name ?? '').replace(SUBSET, '').trim().slice(0, MAX_RAW);
  if (name === null || bare === '' || said.some((s) => s.fact === 'name' || s.fact === 'family')) return;
  // A program without names, and a font that is not embedded, have the name of their descriptor.
  const locator: PdfLocator = { in: 'pdf', revision, object: descriptor.object, generation: descriptor.generation, key: 'FontName' };
  yield { basis: 'asserted', attribute: 'font.name', field: 'FontName', raw: name.slice(0, MAX_RAW), value: bare, locator };
}

/**
 * Fonts of the newest revision: names, versions, and the clocks of 'head', UTC since 1904, which most makers of subsets copy and
 * some set to the time of the writing. Each statement once, however many subsets repeat it.
 */
export function* fontClaims(pdf: PdfFile): Generator<Extracted> {
  const told = new Set<string>();
  let programs = 0;
  for (const font of describedFonts(latestOf(pdf).view)) {
    if (isSpent(pdf.source)) return;
    if (font.program) programs++;
    for (const item of programClaims(pdf, programs > MAX_PROGRAMS ? { ...font, program: null } : font)) {
      if ('t' in item) {
        yield item;
        continue;
      }
      const key = `${item.attribute}\n${item.raw.replace(SUBSET, '')}`;
      if (told.has(key)) continue;
      told.add(key);
      yield claim(item);
    }
  }
  if (programs > MAX_PROGRAMS) yield problem('limit-exceeded', `${programs} embedded fonts, the first ${MAX_PROGRAMS} unpacked`);
}

/** What a font program says at a place; undefined where the locator names none of that kind. */
export function quoteFont(pdf: PdfFile, { key, object, revision }: PdfLocator): string | null | undefined {
  const place = KEY.exec(key)?.[1];
  if (place === undefined) return undefined;
  const view = pdf.revisions[revision - 1]?.view;
  const read = view ? programAt(view, object) : null;
  if (read === null || typeof read === 'string') return null;
  return read.said.find((s) => s.place === place)?.raw.slice(0, MAX_RAW) ?? null;
}

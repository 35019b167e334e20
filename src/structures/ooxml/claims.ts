import type { ProblemDraft } from '../../model/artifact.ts';
import { type Extracted, problem } from '../../model/claim.ts';
import { headingRuns, uiLanguageOfStyleIds } from '../office-strings.ts';
import { isBinary } from './binary-part.ts';
import { customClaims, LABEL_ROWS } from './claims-custom.ts';
import { variableClaims } from './claims-variables.ts';
import { type FieldRow, fieldClaims, textClaim } from './fields.ts';
import type { Ooxml } from './package.ts';
import { REVIEW_ROWS, REVIEWED_PARTS } from './review.data.ts';
import { APP_ROWS, CELL_STYLE_ROWS, coreRows, PRESENTATION_ROWS, SETTINGS_ROWS, THEME_ROWS, WORKBOOK_ROWS } from './rows.data.ts';
import { trackedChanges } from './tracked-changes.ts';
import { asTag, asTargetPath } from './values.ts';
import { scanXml, type XmlElement } from '../xml.ts';

/** Characters of a theme: its name stands in the first element. */
const THEME_HEAD = 4096;

interface Reading {
  readonly ooxml: Ooxml;
  /** Claims of one part; more are not even counted. */
  readonly most: number;
}

/** What the parts of a package say about who, when, with what and where. */
export function* partClaims(ooxml: Ooxml, most: number): Generator<Extracted> {
  const { main, program } = ooxml;
  const reading: Reading = { ooxml, most };
  for (const core of new Set(ooxml.core)) yield* rowsOf(reading, core, coreRows(program === 'word'));
  yield* rowsOf(reading, ooxml.app, APP_ROWS);
  if (ooxml.app !== null) yield* headingClaims(ooxml, ooxml.app);
  const custom = ooxml.related('', 'custom-properties') ?? ooxml.related('', 'customProperties');
  if (custom !== null) yield* customClaims(ooxml, custom, most);
  yield* rowsOf(reading, ooxml.related('', 'classificationlabels'), LABEL_ROWS);
  if (main === null) return;
  if (program === 'excel') yield* excelClaims(reading, main);
  if (program === 'word') yield* wordClaims(reading, main);
  if (program === 'powerpoint') yield* rowsOf(reading, main, PRESENTATION_ROWS);
  yield* themeClaims(ooxml, main);
  yield* linkClaims(ooxml, main);
  yield* reviewClaims(reading, main);
}

/** Sheets or slides whose comments are looked for. */
const MAX_REVIEWED = 500;

/** Who commented, changed or shared it, and when: each name of a part once. */
function* reviewClaims(reading: Reading, main: string): Generator<Extracted> {
  const { ooxml } = reading;
  const below = ooxml.relationships(main).filter((r) => REVIEWED_PARTS.has(r.type) && r.part !== null);
  const sources = [main, ...below.slice(0, MAX_REVIEWED).flatMap((r) => r.part ?? [])];
  const seen = new Set<string>();
  for (const source of sources) {
    for (const { type, part } of ooxml.relationships(source)) {
      const rows = REVIEW_ROWS[type];
      if (!rows || part === null || seen.has(part)) continue;
      seen.add(part);
      yield* namesOnce(rowsOf(reading, part, rows));
    }
  }
}

function* namesOnce(items: Iterable<Extracted>): Generator<Extracted> {
  const seen = new Set<unknown>();
  for (const item of items) {
    if (item.t === 'claim' && item.claim.attribute === 'party.reviewer') {
      if (seen.has(item.claim.value)) continue;
      seen.add(item.claim.value);
    }
    yield item;
  }
}

function* rowsOf({ ooxml, most }: Reading, part: string | null, rows: readonly FieldRow[]): Generator<Extracted> {
  if (part === null || isBinary(part)) return;
  const { text, problem: trouble } = ooxml.text(part);
  if (text === null) yield* said(trouble);
  if (text === null) return;
  const { found, outcome } = fieldClaims(part, text, rows, most);
  yield* found;
  yield* said(trouble ?? (outcome.error === null ? null : { code: 'malformed', message: `${part}: ${outcome.error}` }));
}

function* said(trouble: ProblemDraft | null): Generator<Extracted> {
  if (trouble) yield problem(trouble.code, trouble.message);
}

/** HeadingPairs: the words of the program that saved last, and behind them, in Word, those of programs before it. */
function* headingClaims(ooxml: Ooxml, part: string): Generator<Extracted> {
  const { text } = ooxml.text(part);
  const words: { text: string; element: XmlElement }[] = [];
  let inside = false;
  scanXml(text ?? '', {
    open(e) {
      if (e.local === 'HeadingPairs') inside = true;
    },
    close(e, inner) {
      if (e.local === 'HeadingPairs') inside = false;
      if (inside && e.local === 'lpstr' && inner.trim() !== '') words.push({ text: inner, element: e });
    },
  });
  for (const [i, run] of headingRuns(words.map((w) => w.text)).entries()) {
    const word = words[run.word];
    if (!word || (i > 0 && run.language === null)) continue;
    const locator = { in: 'xml', part, element: word.element.name, nth: word.element.nth } as const;
    yield* textClaim({ attribute: i === 0 ? 'locale.saved' : 'locale.created', field: 'HeadingPairs', read: () => run.language }, word.text, locator);
  }
}

function* excelClaims(reading: Reading, main: string): Generator<Extracted> {
  const languages = new Set<unknown>();
  for (const item of rowsOf(reading, main, WORKBOOK_ROWS)) {
    // Every new sheet is called so: one claim a language.
    const repeated = item.t === 'claim' && item.claim.attribute === 'locale.created' && languages.has(item.claim.value);
    if (item.t === 'claim' && item.claim.attribute === 'locale.created') languages.add(item.claim.value);
    if (!repeated) yield item;
  }
  yield* rowsOf(reading, reading.ooxml.related(main, 'styles'), CELL_STYLE_ROWS);
}

function* wordClaims(reading: Reading, main: string): Generator<Extracted> {
  const settings = reading.ooxml.related(main, 'settings');
  yield* rowsOf(reading, settings, SETTINGS_ROWS);
  if (settings !== null) yield* variableClaims(reading.ooxml, settings);
  yield* changesBeside(reading.ooxml, main);
  const styles = reading.ooxml.related(main, 'styles');
  if (styles !== null) yield* wordStyleClaims(reading.ooxml, styles);
}

/** Parts beside the body that have text of their own; the body's changes are told with its text. */
const BESIDE = new Set(['header', 'footer', 'footnotes', 'endnotes']);
const MAX_BESIDE = 100;

/** Changes in headers, footers and notes. A part in which nobody changed anything is not parsed. */
function* changesBeside(ooxml: Ooxml, main: string): Generator<Extracted> {
  const changes = trackedChanges();
  const parts = new Set(ooxml.relationships(main).flatMap((r) => (BESIDE.has(r.type) && r.part !== null ? [r.part] : [])));
  for (const part of [...parts].slice(0, MAX_BESIDE)) {
    const { text, problem: trouble } = ooxml.text(part);
    yield* said(trouble);
    if (text?.includes(':author=')) scanXml(text, changes.visitor(part));
  }
  yield* changes.found;
}

/** The default language of the text, and the language of Word's own ids for its default styles and first heading. */
function* wordStyleClaims(ooxml: Ooxml, part: string): Generator<Extracted> {
  const { text, problem: trouble } = ooxml.text(part);
  if (text === null) yield* said(trouble);
  if (text === null) return;
  const ids = new Map<string, XmlElement>();
  const defaults: { lang: XmlElement | null; open: boolean } = { lang: null, open: false };
  const valueOf = (e: XmlElement | null, local: string): string => e?.attributes.find((a) => a.local === local)?.value ?? '';
  let style: XmlElement | null = null;
  const { error } = scanXml(text, {
    open(e) {
      if (e.local === 'docDefaults') defaults.open = true;
      else if (e.local === 'style') style = e;
      else if (e.local === 'lang' && defaults.open) defaults.lang ??= e;
      const isDefault = e.local === 'style' && ['1', 'true', 'on'].includes(valueOf(e, 'default'));
      const isHeading = e.local === 'name' && valueOf(e, 'val') === 'heading 1';
      if (style && (isDefault || isHeading) && ids.size < 8) ids.set(valueOf(style, 'styleId'), style);
    },
    close(e) {
      if (e.local === 'docDefaults') defaults.open = false;
    },
  });
  yield* said(trouble ?? (error === null ? null : { code: 'malformed', message: `${part}: ${error}` }));
  const { lang } = defaults;
  const attribute = lang?.attributes.find((a) => a.local === 'val');
  if (lang && attribute)
    yield* textClaim({ attribute: 'locale.text', field: 'w:docDefaults w:lang', read: asTag }, attribute.value, {
      in: 'xml',
      part,
      element: lang.name,
      attribute: attribute.name,
      nth: lang.nth,
    });
  const found = uiLanguageOfStyleIds([...ids.keys()], {
    latin: attribute?.value ?? '',
    eastAsia: valueOf(lang, 'eastAsia'),
    bidi: valueOf(lang, 'bidi'),
  });
  const decisive = found && ids.get(found.id);
  const name = decisive?.attributes.find((a) => a.local === 'styleId')?.name;
  if (!found || !decisive || name === undefined) return;
  yield* textClaim({ attribute: 'locale.created', field: 'w:style@w:styleId', read: () => found.language }, found.id, {
    in: 'xml',
    part,
    element: decisive.name,
    attribute: name,
    nth: decisive.nth,
  });
}

/** The document's own theme; in a presentation that of its first master. */
function* themeClaims(ooxml: Ooxml, main: string): Generator<Extracted> {
  const part = ooxml.related(main, 'theme');
  const text = part === null ? null : ooxml.text(part).text;
  // Only the head is parsed, so that it is not well-formed is no news.
  if (part !== null && text !== null) yield* fieldClaims(part, text.slice(0, THEME_HEAD), THEME_ROWS, 1).found;
}

const LOCAL_TARGET = /^\s*(?:file:|[A-Za-z]:[\\/]|\\\\)/i;

/** Links to places on a machine: the attached template, linked pictures and workbooks, hyperlinks to files. */
function* linkClaims(ooxml: Ooxml, main: string): Generator<Extracted> {
  const workbooks = ooxml.relationships(main).flatMap((r) => (r.type === 'externalLink' && r.part !== null ? [r.part] : []));
  const settings = ooxml.related(main, 'settings');
  for (const source of new Set([main, ...(settings === null ? [] : [settings]), ...workbooks])) {
    for (const r of ooxml.relationships(source)) {
      if (r.part !== null || (r.type !== 'attachedTemplate' && !LOCAL_TARGET.test(r.target))) continue;
      yield* textClaim({ attribute: 'machine.path', field: `${r.type}@Target`, read: asTargetPath }, r.target, {
        in: 'xml',
        part: r.list,
        element: r.element,
        attribute: 'Target',
        nth: r.nth,
      });
    }
  }
}

import { type Extracted, problem } from '../../model/claim.ts';
import type { Odf } from './package.ts';
import { printerSetupClaims } from './printer-setup.ts';
import { META_ROWS, SETTINGS_ROWS } from './rows.data.ts';
import { type FieldRow, fieldClaims, textClaim } from '../ooxml/fields.ts';
import { asSheetLanguage, asTag } from '../ooxml/values.ts';
import { scanXml, type XmlElement } from '../xml.ts';

/** What the parts of a package say about who, when, with what and where. */
export function* odfClaims(odf: Odf, most: number): Generator<Extracted> {
  yield* rowsOf(odf, 'meta.xml', META_ROWS, most);
  yield* settingsOf(odf, 'settings.xml', SETTINGS_ROWS, most);
  yield* languageClaims(odf, 'styles.xml');
}

/** The same of a document that is one XML file (part 3, 3.1.2): its parts are children of the root. */
export function* flatOdfClaims(text: string, most: number): Generator<Extracted> {
  const odf = { text: () => ({ text, problem: null }) };
  const meta = META_ROWS.map((row): FieldRow => ({ ...row, inside: 'meta' }));
  yield* settingsOf(odf, '', [...meta, ...SETTINGS_ROWS], most);
  yield* languageClaims(odf, '');
}

/** As {@link rowsOf}, and what the setup of the printer says beyond its name. */
function* settingsOf(odf: Pick<Odf, 'text'>, part: string, rows: readonly FieldRow[], most: number): Generator<Extracted> {
  const known = new Set<unknown>();
  for (const item of rowsOf(odf, part, rows, most)) {
    if (item.t === 'claim' && item.claim.attribute === 'machine.printer') known.add(item.claim.value);
    yield item;
  }
  yield* printerSetupClaims(part, odf.text(part).text ?? '', known);
}

function* rowsOf(odf: Pick<Odf, 'text'>, part: string, rows: readonly FieldRow[], most: number): Generator<Extracted> {
  const { text, problem: trouble } = odf.text(part);
  if (trouble) yield problem(trouble.code, trouble.message);
  if (text === null) return;
  const { found, outcome } = fieldClaims(part, text, rows, most);
  yield* found;
  if (outcome.error !== null && !trouble) yield problem('malformed', part === '' ? outcome.error : `${part}: ${outcome.error}`);
}

/** Default languages stand in the default styles, one a family: one claim a language, that of paragraphs among them. The country stands beside it in an attribute of its own. */
function* languageClaims(odf: Pick<Odf, 'text'>, part: string): Generator<Extracted> {
  const { text, problem: trouble } = odf.text(part);
  if (trouble) yield problem(trouble.code, trouble.message);
  if (text === null) return;
  const found = new Map<string, XmlElement>();
  let inside = 0;
  const { error } = scanXml(text, {
    open(e) {
      if (e.local === 'default-style') inside++;
      const tag = inside > 0 ? tagOf(e) : null;
      if (tag !== null && !found.has(tag)) found.set(tag, e);
    },
    close(e) {
      if (e.local === 'default-style') inside--;
    },
  });
  for (const [tag, e] of found) {
    const language = e.attributes.find((a) => a.local === 'language' && isFo(a.uri));
    if (!language) continue;
    const locator = { in: 'xml', part, element: e.name, attribute: language.name, nth: e.nth } as const;
    yield* textClaim({ attribute: 'locale.text', field: 'style:default-style fo:language', read: () => asTag(tag) }, language.value, locator);
  }
  // Of one file the other rows have said so.
  if (error !== null && !trouble && part !== '') yield problem('malformed', `${part}: ${error}`);
}

/** Of XSL-FO; 'style:language-asian' and its like are what the program has ready for other scripts. */
const isFo = (uri: string): boolean => uri.includes('xsl-fo') || uri.endsWith('/XSL/Format');

/** 'fr-FR'; null where none is stated: 'zxx' and 'none' are no language. */
function tagOf(e: XmlElement): string | null {
  const value = (local: string): string => e.attributes.find((a) => a.local === local && isFo(a.uri))?.value.trim() ?? '';
  const [language, country] = [value('language'), value('country')];
  if (language === '' || language === 'none' || language === 'zxx') return null;
  return country === '' || country === 'none' ? language : `${language}-${country}`;
}

/** The language of the program that named new sheets, where people left the names: one claim a language. */
export function* sheetLanguageClaims(part: string, tables: readonly XmlElement[]): Generator<Extracted> {
  const said = new Set<string>();
  for (const table of tables) {
    const name = table.attributes.find((a) => a.local === 'name');
    const language = name && asSheetLanguage(name.value);
    if (!language || said.has(language)) continue;
    said.add(language);
    yield* textClaim({ attribute: 'locale.created', field: 'table:table@table:name', read: asSheetLanguage }, name.value, {
      in: 'xml',
      part,
      element: table.name,
      attribute: name.name,
      nth: table.nth,
    });
  }
}

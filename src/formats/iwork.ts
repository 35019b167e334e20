import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { documentContent } from './shared/document-content.ts';
import { objectClaims, quoteObject } from './shared/iwork-objects.ts';
import { hexAt } from './shared/quote-bytes.ts';
import { IWORK_MEDIA_TYPES, iworkIndex } from '../structures/iwork.ts';
import { containerClaims } from '../structures/ooxml/container.ts';
import { fieldClaims } from '../structures/ooxml/fields.ts';
import { partText } from '../structures/ooxml/package.ts';
import { BudgetSpent, textSink } from '../structures/ooxml/text-sink.ts';
import { type PlistValue, readPlist } from '../structures/plist.ts';
import { iworkText } from '../structures/xml-document/iwork-text.ts';
import { IWORK_ROWS } from '../structures/xml-document/rows.data.ts';
import { replayXml } from '../structures/xml.ts';
import { memberOf, readMember, readZip } from '../structures/zip/zip.ts';

const PROPERTIES = 'Metadata/Properties.plist';
const IDENTIFIER = 'Metadata/DocumentIdentifier';
const HISTORIES: readonly string[] = ['Metadata/BuildVersionHistory.plist', 'buildVersionHistory.plist'];
const MAX_PLIST = 1024 ** 2;

/** Keys of Properties.plist (2013 and later). */
const KEYS: Readonly<Record<string, 'id.document' | 'id.instance' | 'type.version'>> = {
  documentUUID: 'id.document',
  stableDocumentUUID: 'id.document',
  versionUUID: 'id.instance',
  fileFormatVersion: 'type.version',
};

/** Values of a property list, of XML or binary alike, are told by their path: the locator's element. */
const at = (part: string, path: string): Locator => ({ in: 'xml', part, element: path, nth: 0 });

function plistOf(
  input: Input,
  name: string,
): { readonly part: string; readonly values: readonly PlistValue[]; readonly trouble: string | null } | null {
  const member = memberOf(input.once(readZip), name);
  if (!member) return null;
  const content = readMember(input, member, MAX_PLIST);
  if (!content.ok) return { part: member.name, values: [], trouble: content.problem.message };
  const { values, error } = readPlist(content.bytes);
  return { part: member.name, values, trouble: error === null ? null : `${member.name}: ${error}` };
}

function identifierOf(input: Input): string | null {
  const member = memberOf(input.once(readZip), IDENTIFIER);
  const content = member ? readMember(input, member, 4 * MAX_RAW) : null;
  return content?.ok ? Buffer.from(content.bytes).toString('utf8').slice(0, MAX_RAW) : null;
}

const said = (field: string, raw: string, locator: Locator): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
  basis: 'asserted',
  field,
  raw: raw.slice(0, MAX_RAW),
  locator,
});

function* packageClaims(input: Input): Generator<Extracted> {
  const identifier = identifierOf(input);
  if (identifier !== null && identifier.trim() !== '')
    yield claim({ ...said('DocumentIdentifier', identifier, at(IDENTIFIER, '')), attribute: 'id.document', value: identifier.trim() });
  const properties = plistOf(input, PROPERTIES);
  if (properties?.trouble) yield problem('malformed', properties.trouble);
  for (const { path, text } of properties?.values ?? []) {
    const attribute = Object.hasOwn(KEYS, path) ? KEYS[path] : undefined;
    if (attribute !== undefined && properties)
      yield claim({ ...said(path, text, at(properties.part, path)), attribute, value: text.trim().slice(0, MAX_RAW) || null });
  }
  for (const name of HISTORIES) {
    const history = plistOf(input, name);
    if (!history) continue;
    if (history.trouble) yield problem('malformed', history.trouble);
    // Each version that saved it, oldest first; the template it was begun with may stand in front.
    for (const { path, text } of history.values)
      yield claim({
        ...said('BuildVersionHistory', text, at(history.part, path)),
        attribute: 'tool.build',
        value: text.trim().slice(0, MAX_RAW) || null,
      });
    return;
  }
}

function* indexClaims(input: Input): Generator<Extracted> {
  const part = iworkIndex(input.once(readZip));
  if (part === null) return;
  const { text, problem: trouble } = partText(input, part);
  if (trouble) yield problem(trouble.code, trouble.message);
  if (text === null) return;
  const { found, outcome } = fieldClaims(part, text, IWORK_ROWS, input.limits.maxClaims + 1);
  yield* found;
  if (outcome.error !== null && !trouble) yield problem('malformed', `${part}: ${outcome.error}`);
  const sink = textSink(input, { text: () => ({ text, problem: null }) });
  try {
    sink.visit(part, iworkText(sink, part));
  } catch (error) {
    if (!(error instanceof BudgetSpent)) throw error;
    sink.problems.push({ code: 'limit-exceeded', message: error.message });
    yield problem('limit-exceeded', error.message);
  }
  yield* documentContent(sink.passages, sink.problems.length === 0 && !trouble);
}

function* read(input: Input): Generator<Extracted> {
  const zip = input.once(readZip);
  for (const p of zip.problems) yield problem(p.code, p.message);
  yield* packageClaims(input);
  yield* indexClaims(input);
  if (memberOf(zip, 'Index/Document.iwa')) yield* objectClaims(input);
  for (const item of containerClaims(zip)) if (item.t !== 'claim' || item.claim.attribute !== 'mark.odd-member') yield item;
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'bytes') return hexAt(input, locator);
  if (locator.in !== 'xml') return null;
  if (locator.part === IDENTIFIER) return identifierOf(input);
  if (locator.part.endsWith('.plist')) {
    const value = plistOf(input, locator.part)?.values.find((v) => v.path === locator.element);
    return value?.text.slice(0, MAX_RAW) ?? null;
  }
  if (locator.part.endsWith('.iwa')) return quoteObject(input, locator);
  const { text } = partText(input, locator.part);
  return text === null ? null : (replayXml(text, locator)?.slice(0, MAX_RAW) ?? null);
}

/**
 * Pages, Numbers and Keynote: identifiers, the versions of the program that saved it, text; dates and authors where the document
 * is XML (2008 and 2009), comments and tracked changes where it is of 2013 and later. No published specification.
 */
export const iwork: FormatReader = { id: 'iwork', version: 3, mediaTypes: IWORK_MEDIA_TYPES, read, replay };

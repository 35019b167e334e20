import { type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { documentContent } from './shared/document-content.ts';
import { hexAt } from './shared/quote-bytes.ts';
import { isBinary } from '../structures/ooxml/binary-part.ts';
import { binaryWorkbookClaims, replayBinary } from '../structures/ooxml/claims-binary.ts';
import { partClaims } from '../structures/ooxml/claims.ts';
import { containerClaims } from '../structures/ooxml/container.ts';
import { type Ooxml, partText, readOoxml } from '../structures/ooxml/package.ts';
import { printerClaims, printerName } from '../structures/ooxml/printers.ts';
import { ooxmlText } from '../structures/ooxml/text.ts';
import { OOXML_MEDIA_TYPES } from '../structures/ooxml/types.data.ts';
import { replayXml } from '../structures/xml.ts';
import { packageSignatureClaims } from '../structures/xmldsig/package.ts';
import { memberOf, readZip } from '../structures/zip/zip.ts';

function* read(input: Input): Generator<Extracted> {
  const ooxml = readOoxml(input);
  for (const p of ooxml.zip.problems) yield problem(p.code, p.message);
  yield* once(partClaims(ooxml, input.limits.maxClaims + 1), content(input, ooxml), problemsOf(ooxml));
  if (ooxml.main !== null && isBinary(ooxml.main)) yield* binaryWorkbookClaims(input, ooxml.main);
  yield* packageSignatureClaims(input, ooxml.zip, ooxml.text);
  yield* printerClaims(input, ooxml.zip);
  yield* containerClaims(ooxml.zip);
}

/** A part is read for its claims and again for its text: what is wrong with it is said once. */
function* once(...sources: readonly Iterable<Extracted>[]): Generator<Extracted> {
  const said = new Set<string>();
  for (const source of sources) {
    for (const item of source) {
      const text = item.t === 'problem' ? item.problem.message : null;
      if (text === null || !said.has(text)) yield item;
      if (text !== null) said.add(text);
    }
  }
}

function* problemsOf({ problems }: Ooxml): Generator<Extracted> {
  for (const p of problems) yield problem(p.code, p.message);
}

function* content(input: Input, ooxml: Ooxml): Generator<Extracted> {
  const { passages, problems, reviews } = ooxmlText(input, ooxml);
  yield* reviews;
  for (const p of problems) yield problem(p.code, p.message);
  yield* documentContent(passages, problems.length === 0);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'bytes') return hexAt(input, locator);
  if (locator.in === 'property')
    return isBinary(locator.stream) ? (replayBinary(input, locator.stream, locator.section, locator.id)?.slice(0, MAX_RAW) ?? null) : null;
  if (locator.in !== 'xml') return null;
  if (locator.element === '') {
    const member = memberOf(input.once(readZip), locator.part);
    return member ? printerName(input, member) : null;
  }
  const { text } = partText(input, locator.part);
  return text === null ? null : replayXml(text, locator);
}

/** Word, Excel and PowerPoint since 2007 and what else writes their formats (ECMA-376, ISO/IEC 29500). */
export const ooxml: FormatReader = { id: 'ooxml', version: 3, mediaTypes: OOXML_MEDIA_TYPES, read, replay };

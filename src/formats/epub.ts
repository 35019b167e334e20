import { type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { containerClaims } from '../structures/ooxml/container.ts';
import { fieldClaims } from '../structures/ooxml/fields.ts';
import { partText } from '../structures/ooxml/package.ts';
import { OPF_ROWS, withoutRepeats } from '../structures/opf.ts';
import { replayXml, scanXml } from '../structures/xml.ts';
import { readZip, type Zip } from '../structures/zip/zip.ts';
import { hexAt } from './shared/quote-bytes.ts';

const CONTAINER = 'META-INF/container.xml';
/** One book in several renditions has as many. */
const MAX_PACKAGES = 16;

/** Package documents by the container document (OCF, EPUB 3.3, 4.2.6.3); by their name where it is lost. */
function packagesOf(input: Input, zip: Zip): readonly string[] {
  const { text } = partText(input, CONTAINER);
  const found = new Set<string>();
  scanXml(text ?? '<none/>', {
    open(e) {
      const path = e.local === 'rootfile' ? e.attributes.find((a) => a.local === 'full-path')?.value : undefined;
      if (path !== undefined && found.size < MAX_PACKAGES) found.add(path);
    },
  });
  const fallback = zip.members.find((m) => m.name.toLowerCase().endsWith('.opf'))?.name;
  return found.size > 0 || fallback === undefined ? [...found] : [fallback];
}

function* read(input: Input): Generator<Extracted> {
  const zip = input.once(readZip);
  const packages = packagesOf(input, zip);
  if (packages.length === 0) yield problem('malformed', 'no package document is named or found');
  for (const part of packages) {
    const { text, problem: trouble } = partText(input, part);
    if (trouble) yield problem(trouble.code, trouble.message);
    if (text === null) {
      if (!trouble) yield problem('malformed', `the package document '${part.slice(0, 200)}' is missing`);
      continue;
    }
    const { found, outcome } = fieldClaims(part, text.trimStart(), OPF_ROWS, input.limits.maxClaims + 1);
    yield* withoutRepeats(found);
    if (outcome.error !== null && !trouble) yield problem('malformed', `${part}: ${outcome.error}`);
  }
  // Books are packed by hand and by many tools: a member of another make says nothing.
  for (const item of containerClaims(zip)) if (item.t !== 'claim' || item.claim.attribute !== 'mark.odd-member') yield item;
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'bytes') return hexAt(input, locator);
  if (locator.in !== 'xml') return null;
  const { text } = partText(input, locator.part);
  return text === null ? null : (replayXml(text.trimStart(), locator)?.slice(0, MAX_RAW) ?? null);
}

/** E-books of the IDPF and the W3C: what the package document says. The chapters are the zip's members. */
export const epub: FormatReader = { id: 'epub', version: 1, mediaTypes: ['application/epub+zip'], read, replay };

import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { documentContent } from './shared/document-content.ts';
import { hexAt } from './shared/quote-bytes.ts';
import { passwordClaim } from '../structures/passwords.ts';
import { odfClaims, sheetLanguageClaims } from '../structures/odf/claims.ts';
import { type Odf, readOdf } from '../structures/odf/package.ts';
import { CONTENT } from '../structures/odf/paragraphs.ts';
import { replayPrinterSetup } from '../structures/odf/printer-setup.ts';
import { odfText } from '../structures/odf/text.ts';
import { ODF_MEDIA_TYPES } from '../structures/odf/types.data.ts';
import { containerClaims } from '../structures/ooxml/container.ts';
import { clearPartText } from '../structures/odf/unlocked.ts';
import { replayXml } from '../structures/xml.ts';
import { packageSignatureClaims } from '../structures/xmldsig/package.ts';
import { zipMediaType } from '../structures/zip/type.ts';

function* read(input: Input): Generator<Extracted> {
  const odf = readOdf(input);
  for (const p of [...odf.zip.problems, ...odf.problems]) yield problem(p.code, p.message);
  const { entries, password, visible, tried } = odf.unlocked;
  const [first] = entries.keys();
  if (password) yield claim(passwordClaim(password));
  else if (first !== undefined)
    yield problem(
      'encrypted',
      `${entries.size} parts are encrypted${visible}, first ${first.slice(0, 200)}; only what stands outside of them was read${tried}`,
    );
  yield* odfClaims(odf, input.limits.maxClaims + 1);
  yield* content(input, odf);
  yield* packageSignatureClaims(input, odf.zip, odf.text);
  yield* containerClaims(odf.zip);
}

function* content(input: Input, odf: Odf): Generator<Extracted> {
  const { passages, problems, sheets, reviews } = odfText(input, odf, zipMediaType(input) ?? '');
  yield* sheetLanguageClaims(CONTENT, sheets);
  yield* reviews;
  for (const p of problems) yield problem(p.code, p.message);
  yield* documentContent(passages, problems.length === 0);
}

function replay(input: Input, locator: Locator): string | null {
  if (locator.in === 'bytes') return hexAt(input, locator);
  if (locator.in === 'property') return replayPrinterSetup(clearPartText(input, locator.stream).text ?? '', locator);
  if (locator.in !== 'xml') return null;
  const { text } = clearPartText(input, locator.part);
  return text === null ? null : (replayXml(text, locator)?.slice(0, MAX_RAW) ?? null);
}

/** Documents of LibreOffice, OpenOffice and what else writes OpenDocument packages (ISO/IEC 26300), and StarOffice 6's before them. */
export const odf: FormatReader = { id: 'odf', version: 3, mediaTypes: ODF_MEDIA_TYPES, read, replay };

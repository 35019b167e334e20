import type { AttributeOf } from '../model/attribute.ts';
import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { bytesOf } from '../structures/bytes.ts';
import { attachmentsOf, type PdfAttachment } from '../structures/pdf/attachments.ts';
import { latestOf, openPdf } from '../structures/pdf/file.ts';
import { rawOf } from '../structures/pdf/lookup.ts';
import { cellsOf, folderOf, type Portfolio, portfolioOf } from '../structures/pdf/portfolio.ts';
import { cleanText, parsePdfDate } from '../structures/pdf/strings.ts';
import { dictOf } from '../structures/pdf/values.ts';

const keyOf = (a: PdfAttachment): string => `object ${a.stream.object}`;

const portfolio = (input: Input): Portfolio | null => portfolioOf(latestOf(input.once(openPdf)).view);

/** What the file says about a file inside it: ISO 32000-2 7.11.4. */
function saysOf(input: Input, a: PdfAttachment): ClaimDraft[] {
  const { view } = latestOf(input.once(openPdf));
  const claims: ClaimDraft[] = [];
  const at = (key: string): ClaimDraft['locator'] => ({ in: 'parent', key });
  const text = (attribute: AttributeOf<'text'>, field: string, raw: string | null, value: string): void => {
    if (raw !== null && value !== '') claims.push({ basis: 'asserted', attribute, field, raw: raw.slice(0, MAX_RAW), value, locator: at(field) });
  };
  // Only the last part is the name: a specification may hold the whole path of the machine it came from.
  text(
    'name.file',
    a.nameKey,
    a.name,
    cleanText(a.name ?? '')
      .split(/[\\/]/)
      .pop() ?? '',
  );
  const type = rawOf(view.resolve(a.stream.dict.get('Subtype')));
  text('type.declared', 'Subtype', type, (type ?? '').toLowerCase());
  const parameters = dictOf(view.resolve(a.stream.dict.get('Params')));
  for (const key of ['CreationDate', 'ModDate']) {
    const raw = rawOf(view.resolve(parameters?.get(key)));
    if (raw !== null)
      claims.push({
        basis: 'asserted',
        attribute: 'time.stored',
        field: `Params/${key}`,
        raw: raw.slice(0, MAX_RAW),
        value: parsePdfDate(raw),
        locator: at(`Params/${key}`),
      });
  }
  text('property.custom', 'Desc', a.description, cleanText(a.description ?? '').slice(0, MAX_RAW));
  const list = input.once(portfolio);
  const folder = folderOf(list, a.treeName);
  text('place.label', 'folder of the portfolio', folder, (folder ?? '').slice(0, MAX_RAW));
  for (const { key, column, raw } of cellsOf(view, list, a.item))
    claims.push({
      basis: 'asserted',
      attribute: 'property.custom',
      field: `portfolio ${column}`.slice(0, 160),
      raw: raw.slice(0, MAX_RAW),
      value: cleanText(raw).slice(0, MAX_RAW) || null,
      locator: at(`CI/${key}`.slice(0, 160)),
    });
  return claims;
}

function childOf(input: Input, a: PdfAttachment): Child | ClosedChild {
  const pdf = input.once(openPdf);
  const label = cleanText(a.name ?? '');
  const common = { key: keyOf(a), ...(label === '' ? {} : { label }), role: 'document' as const, says: saysOf(input, a) };
  const decoded = latestOf(pdf).view.decode(a.stream, input.limits.maxArtifactBytes);
  if (decoded.ok) return { ...common, bytes: bytesOf(decoded.bytes) };
  const isLimit = decoded.why === 'limit';
  const message = isLimit ? 'an embedded file unpacks to more than the limit' : `an embedded file cannot be decoded (${decoded.filter})`;
  return { ...common, bytes: null, why: isLimit ? 'over-limit' : 'unreadable', problem: { code: isLimit ? 'limit-exceeded' : 'malformed', message } };
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  const pdf = input.once(openPdf);
  // Without the password neither names nor bytes can be read; the reader has said so.
  if (pdf.encryption === 'closed') return;
  for (const a of attachmentsOf(latestOf(pdf).view)) yield childOf(input, a);
}

function openOne(input: Input, key: string): Child | ClosedChild | null {
  const pdf = input.once(openPdf);
  if (pdf.encryption === 'closed') return null;
  for (const a of attachmentsOf(latestOf(pdf).view)) if (keyOf(a) === key) return childOf(input, a);
  return null;
}

/** Files embedded in a PDF, by its name tree and by annotations, in its newest revision. Pictures are not children. */
export const pdf: Container = { id: 'pdf', version: 2, mediaTypes: ['application/pdf'], open, openOne };

import type { ProblemDraft } from '../../model/artifact.ts';
import { type Extracted, problem } from '../../model/claim.ts';
import { bareGuid, customMeaning } from '../sensitivity-label.ts';
import { scanXml, type XmlElement } from '../xml.ts';
import { type FieldRow, fieldRow, textClaim } from './fields.ts';
import type { Ooxml } from './package.ts';

/** docMetadata/LabelInfo.xml ([MS-OFFCRYPTO] 2.6.1.1): the labels of new Office, without their names. */
export const LABEL_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'label', at: 'id', where: ['removed', '0'], field: 'clbl:label@id', attribute: 'mark.label', read: bareGuid }),
  fieldRow({ element: 'label', at: 'siteId', where: ['removed', '0'], field: 'clbl:label@siteId', attribute: 'id.tenant', read: bareGuid }),
];

/** docProps/custom.xml (ECMA-376-1 22.3): properties with names of somebody's own, sensitivity labels among them. At most `most` of them. */
export function* customClaims(ooxml: Ooxml, part: string, most: number): Generator<Extracted> {
  const { text, problem: trouble } = ooxml.text(part);
  if (text === null) {
    yield* said(trouble);
    return;
  }
  let property: { readonly name: string; readonly depth: number } | null = null;
  const found: Extracted[] = [];
  const { error } = scanXml(text, {
    open(e) {
      if (e.local === 'property') property = { name: e.attributes.find((a) => a.local === 'name')?.value ?? '', depth: e.depth };
    },
    close(e: XmlElement, inner) {
      if (e.local === 'property') property = null;
      // Lists have their values one level deeper, and are nothing that a person entered.
      if (property?.depth !== e.depth - 1 || property.name === '' || inner.trim() === '' || found.length >= most) return;
      found.push(...textClaim(customMeaning(property.name), inner, { in: 'xml', part, element: e.name, nth: e.nth }));
    },
  });
  yield* found;
  yield* said(trouble ?? (error === null ? null : { code: 'malformed', message: `${part}: ${error}` }));
}

function* said(trouble: ProblemDraft | null): Generator<Extracted> {
  if (trouble) yield problem(trouble.code, trouble.message);
}

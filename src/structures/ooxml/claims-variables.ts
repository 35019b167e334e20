import { type Extracted, problem } from '../../model/claim.ts';
import { scanXml } from '../xml.ts';
import { textClaim } from './fields.ts';
import type { Ooxml } from './package.ts';

/** Add-ons keep whole tables there; nobody reads the thousandth. */
const MOST = 200;
/** Characters of a name that are kept. */
const MAX_NAME = 120;

/** Variables that macros and add-ons left in a document of Word: w:docVar, ECMA-376-1 17.15.1.34. What is wrong with the part is said where its settings are read. */
export function* variableClaims(ooxml: Ooxml, part: string): Generator<Extracted> {
  const { text } = ooxml.text(part);
  if (!text?.includes('docVar ')) return;
  const found: Extracted[] = [];
  let count = 0;
  scanXml(text, {
    open(e) {
      if (e.local !== 'docVar' || ++count > MOST) return;
      const name = e.attributes.find((a) => a.local === 'name')?.value ?? '';
      const value = e.attributes.find((a) => a.local === 'val');
      if (!value || value.value.trim() === '') return;
      const locator = { in: 'xml', part, element: e.name, attribute: value.name, nth: e.nth } as const;
      const field = `w:docVar ${name.slice(0, MAX_NAME)}`;
      found.push(...textClaim({ attribute: 'property.custom', field, read: (raw) => raw.trim() }, value.value, locator));
    },
  });
  yield* found;
  if (count > MOST) yield problem('limit-exceeded', `${count} variables of macros and add-ons; the first ${MOST} were read`);
}

import type { Attribute, ValueOf } from '../../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../../model/claim.ts';
import { scanXml, type XmlElement, type XmlOutcome, type XmlVisitor } from '../xml.ts';

/** What one element or attribute of a part means. Names are local ones: prefixes are the writer's choice. */
export interface FieldRow<A extends Attribute = Attribute> {
  readonly element: string;
  /** The attribute that holds the value; absent: the element's text. */
  readonly at?: string;
  /** Only where another attribute has this value. */
  readonly where?: readonly [attribute: string, value: string];
  /** Only where the element's namespace ends so. */
  readonly namespace?: string;
  /** Only inside an element of that local name, at any depth. */
  readonly inside?: string;
  /** Counts although it is empty or has no such attribute: an element whose presence is the statement. */
  readonly present?: true;
  /** The format's own name for it: 'dc:creator'. */
  readonly field: string;
  readonly attribute: A;
  /** Null: not understood. Undefined: nothing to claim. */
  readonly read: (raw: string) => ValueOf<A> | null | undefined;
}

/** Checks at the place of writing that what `read` returns is what the attribute holds. */
export const fieldRow = <A extends Attribute>(row: FieldRow<A>): FieldRow => row;

/** Collects what rows say of the elements it is shown. */
export interface FieldVisitor extends XmlVisitor {
  readonly open: (e: XmlElement) => void;
  readonly close: (e: XmlElement, inner: string) => void;
  /** In the order of the document; grows as it visits. */
  readonly found: readonly Extracted[];
}

/** To be called for everything in a part, in order; keeps the first `most` claims, or a few more. */
export function fieldVisitor(part: string, rows: readonly FieldRow[], most: number): FieldVisitor {
  const byElement = new Map<string, FieldRow[]>();
  for (const row of rows) byElement.set(row.element, [...(byElement.get(row.element) ?? []), row]);
  const around = new Map<string, number>(rows.flatMap((row) => (row.inside === undefined ? [] : [[row.inside, 0] as const])));
  const found: Extracted[] = [];
  const enter = (e: XmlElement, by: number): void => {
    const depth = around.get(e.local);
    if (depth !== undefined) around.set(e.local, depth + by);
  };
  const applies = (row: FieldRow, e: XmlElement): boolean => appliesTo(row, e) && (row.inside === undefined || (around.get(row.inside) ?? 0) > 0);
  const take = (e: XmlElement, row: FieldRow, raw: string | undefined): void => {
    if (found.length >= most || raw === undefined || (raw.trim() === '' && !row.present)) return;
    const attribute = e.attributes.find((a) => a.local === row.at)?.name;
    const locator: Locator = { in: 'xml', part, element: e.name, ...(attribute === undefined ? {} : { attribute }), nth: e.nth };
    found.push(...textClaim(row, raw, locator));
  };
  return {
    found,
    open(e) {
      enter(e, 1);
      for (const row of byElement.get(e.local) ?? []) {
        if (row.at === undefined || !applies(row, e)) continue;
        const raw = e.attributes.find((a) => a.local === row.at)?.value;
        take(e, row, raw ?? (row.present ? '' : undefined));
      }
    },
    close(e, inner) {
      for (const row of byElement.get(e.local) ?? []) if (row.at === undefined && applies(row, e)) take(e, row, inner);
      enter(e, -1);
    },
  };
}

/** The first `most` claims, or a few more, that the rows find in one part, in the order of the document, and whether it was well-formed. */
export function fieldClaims(
  part: string,
  text: string,
  rows: readonly FieldRow[],
  most: number,
): { readonly found: readonly Extracted[]; readonly outcome: XmlOutcome } {
  const visitor = fieldVisitor(part, rows, most);
  return { outcome: scanXml(text, visitor), found: visitor.found };
}

const appliesTo = ({ where, namespace }: FieldRow, e: XmlElement): boolean =>
  (namespace === undefined || e.uri.endsWith(namespace)) &&
  (where === undefined || e.attributes.some((a) => a.local === where[0] && a.value === where[1]));

/** One value as a claim, cut where it is longer than a claim may be. */
export function textClaim(row: Pick<FieldRow, 'attribute' | 'field' | 'read'>, raw: string, locator: Locator): Extracted[] {
  const kept = raw.slice(0, MAX_RAW);
  const value = row.read(kept);
  if (value === undefined) return [];
  const said = claim({ basis: 'asserted', attribute: row.attribute, field: row.field, raw: kept, value, locator });
  return kept === raw ? [said] : [said, problem('limit-exceeded', `${row.field} is longer than ${MAX_RAW} characters; its beginning was kept`)];
}

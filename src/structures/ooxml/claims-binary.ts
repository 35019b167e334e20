import type { Attribute } from '../../model/attribute.ts';
import type { Extracted } from '../../model/claim.ts';
import type { Input } from '../../model/input.ts';
import { BRT } from './binary.data.ts';
import { binaryPart, type BinaryRecord, binaryRecords, wideString } from './binary-part.ts';
import { type FieldRow, textClaim } from './fields.ts';
import { asNumber, asPath, asSheetLanguage, asText } from './values.ts';
import { viewOf } from '../little-endian.ts';

/** A value of a record: which it is, and how the XML kind of workbook names it. */
interface BinaryField<A extends Attribute = Attribute> extends Pick<FieldRow<A>, 'attribute' | 'field' | 'read'> {
  readonly raw: string | null;
  /** Number of the value within its record. */
  readonly nth: number;
}

const binaryField = <A extends Attribute>(f: BinaryField<A>): BinaryField => f;

/** What the workbook part of a .xlsb says, as its XML twin does. Locators: the part, the record's offset, the value's number. */
export function* binaryWorkbookClaims(input: Input, main: string): Generator<Extracted> {
  const { bytes } = binaryPart(input, main);
  const languages = new Set<string>();
  for (const record of bytes ? binaryRecords(bytes) : []) {
    for (const field of fieldsOf(record)) {
      if (field.raw === null || field.raw.trim() === '') continue;
      const language = record.type === BRT.bundleSh ? asSheetLanguage(field.raw) : null;
      // Every new sheet is called so: one claim a language.
      if (typeof language === 'string' && languages.has(language)) continue;
      if (typeof language === 'string') languages.add(language);
      yield* textClaim(field, field.raw, { in: 'property', stream: main, section: record.at, id: field.nth });
    }
  }
}

/** The raw value at a place of the workbook part. */
export function replayBinary(input: Input, part: string, at: number, nth: number): string | null {
  const { bytes } = binaryPart(input, part);
  for (const record of bytes ? binaryRecords(bytes) : []) {
    if (record.at === at) return fieldsOf(record).find((f) => f.nth === nth)?.raw ?? null;
    if (record.at > at) break;
  }
  return null;
}

/** [MS-XLSB] 2.4.677 BrtFileVersion, BrtWbProp, BrtCalcProp, BrtAbsPath15, BrtBundleSh. */
function fieldsOf({ type, body }: BinaryRecord): readonly BinaryField[] {
  const number = (at: number): string | null => (body.byteLength >= at + 4 ? String(viewOf(body).getUint32(at, true)) : null);
  switch (type) {
    case BRT.fileVersion: {
      const [app, last, lowest, build] = stringsFrom(body, 16, 4);
      return [
        binaryField({ attribute: 'tool.part-application', field: 'BrtFileVersion.stAppName', read: asText, raw: app ?? null, nth: 0 }),
        binaryField({ attribute: 'tool.last-edited', field: 'BrtFileVersion.stLastEdited', read: asNumber, raw: last ?? null, nth: 1 }),
        binaryField({ attribute: 'tool.lowest-edited', field: 'BrtFileVersion.stLowestEdited', read: asNumber, raw: lowest ?? null, nth: 2 }),
        binaryField({ attribute: 'tool.build', field: 'BrtFileVersion.stRupBuild', read: asText, raw: build ?? null, nth: 3 }),
      ];
    }
    case BRT.wbProp:
      return [binaryField({ attribute: 'tool.theme-version', field: 'BrtWbProp.dwThemeVersion', read: asNumber, raw: number(4), nth: 0 })];
    case BRT.calcProp:
      return [binaryField({ attribute: 'tool.calculation', field: 'BrtCalcProp.recalcID', read: asNumber, raw: number(0), nth: 0 })];
    case BRT.absPath15:
      return [
        binaryField({ attribute: 'machine.path', field: 'BrtAbsPath15.stAbsPath', read: asPath, raw: stringsFrom(body, 0, 1)[0] ?? null, nth: 0 }),
      ];
    case BRT.bundleSh:
      return [
        binaryField({
          attribute: 'locale.created',
          field: 'BrtBundleSh.strName',
          read: asSheetLanguage,
          raw: stringsFrom(body, 8, 2)[1] ?? null,
          nth: 0,
        }),
      ];
    default:
      return [];
  }
}

function stringsFrom(body: Uint8Array, from: number, count: number): string[] {
  const strings: string[] = [];
  for (let at = from; strings.length < count;) {
    const string = wideString(body, at);
    if (!string) break;
    strings.push(string.text);
    ({ at } = string);
  }
  return strings;
}

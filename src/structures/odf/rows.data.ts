import { type FieldRow, fieldRow } from '../ooxml/fields.ts';
import { asLocalPath, asNumber, asTag, asTargetPath, asText, asTime } from '../ooxml/values.ts';

const DURATION = /^\s*P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,]\d+)?S)?)?\s*$/;

/** xsd:dayTimeDuration 'P1DT2H3M59S' -> whole minutes, as Office counts them. Null where it is none, or counts months. */
function durationMinutes(raw: string): number | null {
  const m = DURATION.exec(raw);
  if (!m || !/\d/.test(raw)) return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = m.slice(1).map((n) => Number(n ?? 0));
  return days * 1440 + hours * 60 + minutes + Math.floor(seconds / 60);
}

/** 'LibreOffice/7.4.7.2$Linux_X86_64 …' -> 'LibreOffice', 'MicrosoftOffice/15.0 MicrosoftWord' -> 'MicrosoftOffice'. Undefined where nothing is left out. */
const asProgram = (raw: string): string | undefined => {
  const name = /^[^/$]{1,200}(?=[/$])/.exec(raw.trimStart())?.[0].trimEnd() ?? '';
  return name === '' || name.length > 100 ? undefined : name;
};

/** meta.xml (OpenDocument 1.3 part 3, 4.3): wall times unless a zone is written. dc:creator is who saved last, not who began. */
export const META_ROWS: readonly FieldRow[] = [
  fieldRow({ element: 'initial-creator', field: 'meta:initial-creator', attribute: 'party.author', read: asText }),
  fieldRow({ element: 'creator', field: 'dc:creator', attribute: 'party.last-author', read: asText }),
  fieldRow({ element: 'creation-date', field: 'meta:creation-date', attribute: 'time.created', read: asTime }),
  fieldRow({ element: 'date', field: 'dc:date', attribute: 'time.modified', read: asTime }),
  fieldRow({ element: 'print-date', field: 'meta:print-date', attribute: 'time.printed', read: asTime }),
  fieldRow({ element: 'generator', field: 'meta:generator', attribute: 'tool.producer', read: asText }),
  fieldRow({ element: 'generator', field: 'meta:generator', attribute: 'tool.application', read: asProgram }),
  fieldRow({ element: 'editing-cycles', field: 'meta:editing-cycles', attribute: 'count.revision', read: asNumber }),
  fieldRow({ element: 'editing-duration', field: 'meta:editing-duration', attribute: 'count.editing-minutes', read: durationMinutes }),
  fieldRow({ element: 'title', field: 'dc:title', attribute: 'name.title', read: asText }),
  fieldRow({ element: 'language', field: 'dc:language', attribute: 'locale.text', read: asTag }),
  fieldRow({
    element: 'template',
    at: 'href',
    field: 'meta:template@xlink:href',
    attribute: 'machine.path',
    read: (raw) => (asLocalPath(raw) === undefined ? undefined : asTargetPath(raw)),
  }),
  fieldRow({ element: 'document-statistic', at: 'page-count', field: 'meta:page-count', attribute: 'count.pages', read: asNumber }),
  fieldRow({ element: 'document-statistic', at: 'word-count', field: 'meta:word-count', attribute: 'count.words', read: asNumber }),
];

/** settings.xml (part 3, 3.10.3): items have the names that the program gives them. */
export const SETTINGS_ROWS: readonly FieldRow[] = [
  fieldRow({
    element: 'config-item',
    where: ['name', 'PrinterName'],
    field: 'config:config-item PrinterName',
    attribute: 'machine.printer',
    read: asText,
  }),
];

/** Who wrote a comment or made a change that is kept in the text, and when (part 3, 14.1 and 5.5; in StarOffice 6 as attributes). */
export const REVIEW_ROWS: readonly FieldRow[] = [
  ...(['annotation', 'change-info'] as const).flatMap((inside) => [
    fieldRow({ element: 'creator', inside, field: `office:${inside} dc:creator`, attribute: 'party.reviewer', read: asText }),
    fieldRow({ element: 'date', inside, field: `office:${inside} dc:date`, attribute: 'time.reviewed', read: asTime }),
  ]),
  fieldRow({ element: 'annotation', at: 'author', field: 'office:annotation@office:author', attribute: 'party.reviewer', read: asText }),
  fieldRow({ element: 'annotation', at: 'create-date', field: 'office:annotation@office:create-date', attribute: 'time.reviewed', read: asTime }),
  fieldRow({ element: 'change-info', at: 'chg-author', field: 'office:change-info@office:chg-author', attribute: 'party.reviewer', read: asText }),
  fieldRow({
    element: 'change-info',
    at: 'chg-date-time',
    field: 'office:change-info@office:chg-date-time',
    attribute: 'time.reviewed',
    read: asTime,
  }),
];

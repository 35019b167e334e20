import type { TimeValue } from '../../model/attribute.ts';
import { wallOf } from '../../model/time.ts';
import { type FieldRow, fieldRow } from '../ooxml/fields.ts';
import { asPath, asText } from '../ooxml/values.ts';
import { LANGUAGE_TAGS } from './rtf.data.ts';

/** Which attribute a control word is, and what its text or number says; `field` is the word, `element` repeats it. */
type Row = Pick<FieldRow, 'attribute' | 'field' | 'read'>;

/** {\creatim\yr2017\mo3\dy27\hr12\min41}: the writer's wall clock in minutes, in seconds where \sec stands (RTF 1.9.1, 'Information Group'). */
function rtfTime(raw: string): TimeValue | null {
  const part = (name: string): number | null => {
    const m = new RegExp(`\\\\${name}(\\d{1,4})(?!\\d)`).exec(raw);
    return m ? Number(m[1]) : null;
  };
  const [year, month, day] = [part('yr'), part('mo'), part('dy')];
  if (year === null || month === null || day === null) return null;
  const second = part('sec');
  return wallOf(
    { year, month, day, hour: part('hr') ?? 0, minute: part('min') ?? 0, second: second ?? 0 },
    part('hr') === null ? 86_400_000 : second === null ? 60_000 : 1000,
  );
}

const positive = (text: string): number | null => (Number(text) >= 0 ? Number(text) : null);
const hex8 = (text: string): string | null =>
  Number(text) >= 0 && Number(text) <= 0xffff_ffff ? Number(text).toString(16).toUpperCase().padStart(8, '0') : null;
const row = (word: string, rest: Omit<FieldRow, 'element' | 'field'>): readonly [string, Row] => [
  word,
  fieldRow({ element: word, field: `\\${word}`, ...rest }),
];

/** By control word. Values of text are read decoded, those of numbers as their digits, times as they stand. */
export const RTF_ROWS: ReadonlyMap<string, Row> = new Map([
  row('author', { attribute: 'party.author', read: asText }),
  row('operator', { attribute: 'party.last-author', read: asText }),
  row('title', { attribute: 'name.title', read: asText }),
  row('company', { attribute: 'party.company', read: asText }),
  row('manager', { attribute: 'party.manager', read: asText }),
  row('creatim', { attribute: 'time.created', read: rtfTime }),
  row('revtim', { attribute: 'time.modified', read: rtfTime }),
  row('printim', { attribute: 'time.printed', read: rtfTime }),
  row('version', { attribute: 'count.revision', read: positive }),
  row('edmins', { attribute: 'count.editing-minutes', read: positive }),
  row('nofwords', { attribute: 'count.words', read: positive }),
  row('nofpages', { attribute: 'count.pages', read: positive }),
  row('generator', { attribute: 'tool.producer', read: (text) => asText(text.replace(/;\s*$/, '')) }),
  row('template', { attribute: 'machine.path', read: asPath }),
  row('ansicpg', { attribute: 'locale.codepage', read: positive }),
  // 1024 is no language, and 0 nobody's.
  row('deflang', { attribute: 'locale.text', read: (text) => (['1024', '0'].includes(text) ? undefined : (LANGUAGE_TAGS[Number(text)] ?? null)) }),
  row('rsid', { attribute: 'id.rsid', read: hex8 }),
  row('rsidroot', { attribute: 'id.rsid-root', read: hex8 }),
]);

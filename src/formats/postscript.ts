import type { TimeValue } from '../model/attribute.ts';
import type { Input } from '../model/input.ts';
import { wallOf } from '../model/time.ts';
import { dscText, programOf, readPostScript } from '../structures/image/postscript.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4}),? (\d{1,2}):(\d\d)(?::(\d\d))? ?([AP]M)?$/i;
const PDF_FORM = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/;

/** '7/18/05 2:33 PM' of Adobe's programs: month first, of the machine's clock. */
function americanTime(text: string): TimeValue | null {
  const m = AMERICAN.exec(text);
  if (!m) return null;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = m.slice(1, 6).map(Number);
  const full = year < 70 ? 2000 + year : year < 100 ? 1900 + year : year;
  const half = m[7]?.toUpperCase();
  const hours = half === undefined ? hour : (hour % 12) + (half === 'PM' ? 12 : 0);
  return wallOf({ year: full, month, day, hour: hours, minute, second: Number(m[6] ?? 0) }, m[6] === undefined ? 60_000 : 1000);
}

/** Any text is allowed as a date; these are the forms that programs write. */
function dscTime(raw: string): TimeValue | null {
  const text = dscText(raw);
  const known = writtenTime(text) ?? americanTime(text);
  const p = known ? null : PDF_FORM.exec(text);
  if (!p) return known;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = p.slice(1).map(Number);
  return wallOf({ year, month, day, hour, minute, second });
}

/** Adobe DSC 3.0 section 5.2; For names whoever printed. */
const TAGS: TagTable = new Map([
  ['Creator', { attribute: 'tool.application', say: dscText }],
  ['CreationDate', { attribute: 'time.created', time: dscTime }],
  ['Title', { attribute: 'name.title', say: dscText }],
  ['For', { attribute: 'party.author', say: (text: string) => dscText(text) || null }],
  ['Author', { attribute: 'party.author', say: dscText }],
]);

function carry(input: Input): Carried {
  const { tags, packets, resources } = readPostScript(input);
  const { from, length } = programOf(input);
  const photoshop = resources && Buffer.concat([Buffer.from('Photoshop 3.0\0', 'latin1'), resources]);
  const beyond = from + length > input.bytes.size;
  return { tags, packets, photoshop, problems: beyond ? [{ code: 'truncated', message: 'EPS: its program ends beyond the file' }] : [] };
}

/** PostScript, EPS and Illustrator files of that make: structuring comments, XMP and IPTC. The program is not run. */
export const postscript = taggedFileReader({ id: 'postscript', version: 1, mediaTypes: ['application/postscript'], carry, tags: TAGS });

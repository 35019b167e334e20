import type { TimeValue } from '../model/attribute.ts';
import { claim, type ClaimDraft, type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { wallOf } from '../model/time.ts';
import { type EwfValue, readEwf } from '../structures/ewf.ts';

const LAST_SECOND = 253_402_300_799;

/** '2013 12 10 12 28 38' on the wall of the machine that made the image, or seconds since 1970. */
function timeOf({ part, text }: EwfValue): TimeValue | null {
  if (part === 'header2') {
    const seconds = /^\d{1,12}$/.test(text) ? Number(text) : 0;
    return seconds > 0 && seconds <= LAST_SECOND ? { kind: 'instant', epochMs: seconds * 1000, offsetMinutes: 0, precisionMs: 1000 } : null;
  }
  const parts = /^(\d{4}) (\d{1,2}) (\d{1,2}) (\d{1,2}) (\d{1,2}) (\d{1,2})$/.exec(text)?.slice(1).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts ?? [];
  return parts ? wallOf({ year, month, day, hour, minute, second }) : null;
}

const TEXTS = {
  c: ['case number', 'property.custom'],
  n: ['evidence number', 'property.custom'],
  a: ['description', 'name.title'],
  e: ['examiner', 'party.author'],
  t: ['notes', 'property.custom'],
  av: ['version', 'tool.version'],
  ov: ['operating system', 'property.custom'],
  md: ['model of the disk', 'property.custom'],
  sn: ['serial number of the disk', 'machine.hardware'],
} as const;
const TIMES = { m: ['acquisition date', 'time.created'], u: ['system date', 'time.hidden'] } as const;

function drafts(value: EwfValue): ClaimDraft[] {
  const { part, name, text } = value;
  if (text.trim() === '') return [];
  const said = { basis: 'asserted', raw: text.slice(0, MAX_RAW), locator: { in: 'xml', part, element: name, nth: 0 } } as const;
  if (name === 'm' || name === 'u') {
    const [field, attribute] = TIMES[name];
    return [{ ...said, field, attribute, value: timeOf(value) }];
  }
  if (!Object.hasOwn(TEXTS, name)) return [];
  const [field, attribute] = TEXTS[name as keyof typeof TEXTS];
  return [{ ...said, field, attribute, value: said.raw.trim() }];
}

function* read(input: Input): Generator<Extracted> {
  const { values, problems } = input.once(readEwf);
  for (const value of values) for (const draft of drafts(value)) yield claim(draft);
  for (const p of problems) yield problem(p.code, p.message);
  yield problem('unsupported', 'of a disk image the head is read, its content not');
}

/** Disk images of EnCase and its kin: case, examiner, and when it was made. A locator's element is the name of a column. */
export const ewf: FormatReader = {
  id: 'ewf',
  version: 1,
  mediaTypes: ['application/x-ewf'],
  read,
  replay(input, locator) {
    if (locator.in !== 'xml') return null;
    return (
      input
        .once(readEwf)
        .values.find((v) => v.part === locator.part && v.name === locator.element)
        ?.text.slice(0, MAX_RAW) ?? null
    );
  },
};

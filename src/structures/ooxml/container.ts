import type { TimeValue } from '../../model/attribute.ts';
import { claim, type Extracted, type Locator, problem } from '../../model/claim.ts';
import { wallMs } from '../../model/time.ts';
import { containerClass, oddMembers } from '../zip/fingerprint.ts';
import { storedTime, type Zip, type ZipExtra, type ZipMember } from '../zip/zip.ts';
import { LOCAL_BYTES } from '../zip/header.ts';
import { distinctMemberTimes } from '../zip/time.ts';

/** Distinct member times that are told; the rest lies between them. */
const MAX_TIMES = 16;
const CENTRAL_BYTES = 46;

/** What the zip around a package shows: its writer, members of another make, and the clock of the packer. */
export function* containerClaims(zip: Zip): Generator<Extracted> {
  const { value, because } = containerClass(zip);
  const [first] = zip.members;
  if (first) yield claim({ basis: 'observed', attribute: 'tool.container', field: 'zip headers', raw: because, value, locator: headerOf(first) });
  for (const odd of oddMembers(zip)) {
    yield claim({
      basis: 'observed',
      attribute: 'mark.odd-member',
      field: 'zip headers',
      raw: odd.because,
      value: odd.member.name,
      locator: headerOf(odd.member),
    });
  }
  yield* memberTimes(zip, value === 'libreoffice');
}

const headerOf = (m: ZipMember): Locator => ({
  in: 'bytes',
  offset: m.local?.offset ?? m.centralOffset,
  length: m.local ? LOCAL_BYTES : CENTRAL_BYTES,
});

interface MemberTime {
  readonly field: string;
  readonly raw: string;
  readonly value: TimeValue;
  readonly locator: Locator;
}

/** Times in order, by UTC where an extra field has it, else by the DOS time of the local header: a wall clock, but UTC with LibreOffice. */
function* memberTimes(zip: Zip, inUtc: boolean): Generator<Extracted> {
  const files = zip.members.filter((m) => !m.directory);
  const exact = new Map<string, MemberTime>();
  const others = files.filter((member) => {
    const time = exactTime(member);
    if (time && !exact.has(time.raw)) exact.set(time.raw, time);
    return time === null;
  });
  const dos = distinctMemberTimes(others, others.length).flatMap(({ raw, value, offset }): MemberTime[] => {
    if (value === null) return [];
    const time: TimeValue = inUtc ? { kind: 'instant', epochMs: wallMs(value), offsetMinutes: 0, precisionMs: value.precisionMs } : value;
    return [{ field: 'DOS time', raw, value: time, locator: { in: 'bytes', offset, length: 4 } }];
  });
  const times = [...exact.values(), ...dos].sort((a, b) => msOf(a.value) - msOf(b.value));
  // A range is told by its ends.
  const kept = times.length > MAX_TIMES ? [...times.slice(0, MAX_TIMES / 2), ...times.slice(-MAX_TIMES / 2)] : times;
  for (const { field, raw, value, locator } of kept) yield claim({ basis: 'asserted', attribute: 'time.member', field, raw, value, locator });
  if (kept.length < times.length)
    yield problem('limit-exceeded', `${times.length} different member times; the ${MAX_TIMES} earliest and latest were kept`);
}

const msOf = (t: TimeValue): number => (t.kind === 'instant' ? t.epochMs : wallMs(t));

/** UTC of an extra field, with the bytes that hold it; null where there is none. */
function exactTime(member: ZipMember): MemberTime | null {
  const { field, raw, value } = storedTime(member);
  if (field === 'DOS time' || value === null) return null;
  const extra = placeOfExtra(member, field === 'extra 0x5455' ? 0x5455 : 0x000a);
  // Flags stand in front of the time, or a reserved word and the head of its record.
  const at = extra ? extra.hex.indexOf(raw) : -1;
  return extra && at >= 0 ? { field, raw, value, locator: { in: 'bytes', offset: extra.offset + at / 2, length: raw.length / 2 } } : null;
}

/** Where the content of an extra field stands in the artifact: in the directory, else in the local header. */
function placeOfExtra(member: ZipMember, id: number): { readonly offset: number; readonly hex: string } | null {
  const central = placeIn(member.extra, id, member.centralOffset + CENTRAL_BYTES + member.rawName.byteLength);
  if (central && member.centralOffset >= 0) return central;
  return member.local && placeIn(member.local.extra, id, member.local.offset + LOCAL_BYTES + member.local.rawName.byteLength);
}

function placeIn(extra: readonly ZipExtra[], id: number, start: number): { readonly offset: number; readonly hex: string } | null {
  let at = start;
  for (const e of extra) {
    if (e.id === id) return { offset: at + 4, hex: Buffer.from(e.bytes).toString('hex') };
    at += 4 + e.bytes.byteLength;
  }
  return null;
}

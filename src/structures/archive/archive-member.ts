import type { ProblemDraft } from '../../model/artifact.ts';
import type { TimeValue } from '../../model/attribute.ts';
import { type ClaimDraft, MAX_RAW } from '../../model/claim.ts';
import { fileNameClaim } from '../../model/file-name.ts';
import type { Child, ClosedChild, Limits, OpeningProblem } from '../../model/input.ts';
import { bytesOf } from '../bytes.ts';
import type { EntryContent } from './libarchive.ts';
import { shown } from '../zip/name.ts';

/** What makes a name dangerous to unpackers; here nothing is written to disk, so it is opened and told. */
const UNSAFE: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[/\\])\.\.(?:[/\\]|$)/, "climbs with '..'"],
  [/^[/\\]/, 'is absolute'],
  [/^[A-Za-z]:/, 'names a drive'],
  // Ends the name for programs written in C.
  [/\u0000/, 'holds a NUL'],
];

/** What follows the last separator; archives packed on Windows may use its own. */
export const baseName = (name: string): string => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);

/** Problems of a member's name: paths that would leave the folder they are unpacked to, and names longer than is kept. */
export function nameProblems(name: string): ProblemDraft[] {
  const problems = UNSAFE.flatMap(([pattern, what]): ProblemDraft[] =>
    pattern.test(name) ? [{ code: 'unsafe-path', message: `${shown(name)} ${what}` }] : [],
  );
  if (baseName(name).length > MAX_RAW) problems.push({ code: 'limit-exceeded', message: `the name ${shown(name)} was cut to ${MAX_RAW} characters` });
  return problems;
}

/** A time as the archive holds it. */
export interface MemberStamp {
  /** The format's own name for it. */
  readonly field: string;
  readonly raw: string;
  readonly value: TimeValue | null;
}

/** What an archive asserts of a member: its name without folders, when it was last changed, who owned it. */
function memberSays(name: string, time: MemberStamp | null): ClaimDraft[] {
  const base = baseName(name).slice(0, MAX_RAW);
  const claims: ClaimDraft[] = [];
  if (base !== '') claims.push(fileNameClaim(base));
  if (time)
    claims.push({
      basis: 'asserted',
      attribute: 'time.stored',
      field: time.field,
      raw: time.raw.slice(0, MAX_RAW),
      value: time.value,
      locator: { in: 'parent', key: 'modified' },
    });
  return claims;
}

/** Everything of a child but its bytes. */
export type Member = Omit<Child, 'bytes'>;

export function memberOf(key: string, name: string, time: MemberStamp | null): Member {
  const label = baseName(name);
  return { key, ...(label === '' ? {} : { label }), role: 'document', says: memberSays(name, time) };
}

export const closed = (member: Member, why: ClosedChild['why'], code: ProblemDraft['code'], message: string): ClosedChild => ({
  ...member,
  bytes: null,
  why,
  problem: { code, message },
});

/** Bytes that something packed into `packedBytes` may unpack to: the limit of an artifact, and the ratio once the floor is passed. */
export const unpackingCap = (packedBytes: number, limits: Limits): number =>
  Math.min(limits.maxArtifactBytes, Math.max(limits.expansionFloorBytes, packedBytes * limits.maxExpansionRatio));

/** A UTC time in whole seconds since 1970. Null for zero, which every archiver writes where it knows nothing, and beyond year 9999. */
export const unixStamp = (seconds: number, precisionMs = 1000): TimeValue | null =>
  !Number.isFinite(seconds) || seconds === 0 || Math.abs(seconds) > 253_402_300_799
    ? null
    : { kind: 'instant', epochMs: Math.trunc(seconds * 1000), offsetMinutes: 0, precisionMs };

/** A problem's code for a sentence of libarchive's. */
export function codeOfError(error: string): ProblemDraft['code'] {
  if (/encrypt/i.test(error)) return 'encrypted';
  if (/truncated/i.test(error)) return 'truncated';
  return /unsupported|not supported|unavailable|unknown codec|unexpected codec/i.test(error) ? 'unsupported' : 'malformed';
}

/** A name as it stands in a problem's one line. */
export const named = (name: string): string => (name === '' ? 'a member without a readable name' : shown(name));

/** A child of what was unpacked: open with all or the first part of its bytes, closed where none came out. */
export function* unpacked(
  member: Member,
  name: string,
  { bytes, over, error }: EntryContent,
  cap: number,
): Generator<Child | ClosedChild | OpeningProblem> {
  if (over) yield { ...closed(member, 'over-limit', 'limit-exceeded', `${named(name)} unpacks to more than ${cap} bytes`), refusedBytes: cap };
  else if (error === null) yield { ...member, bytes: bytesOf(bytes) };
  else if (codeOfError(error) === 'encrypted') yield closed(member, 'encrypted', 'encrypted', `${named(name)} is encrypted`);
  else if (bytes.byteLength === 0) yield closed(member, 'unreadable', codeOfError(error), `${named(name)}: ${error}`);
  else {
    yield { problem: { code: codeOfError(error), message: `${named(name)}: ${error}; kept are the first ${bytes.byteLength} bytes` } };
    yield { ...member, bytes: bytesOf(bytes) };
  }
}

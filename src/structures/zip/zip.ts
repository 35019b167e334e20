import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { findDirectory, localOffsetOf, type ZipDirectory } from './directory.ts';
import { FLAG, readCentralEntry } from './header.ts';
import { keyring, memberOfEntry, memberOfSalvage, type ZipMember } from './member.ts';
import { decodeName, shown } from './name.ts';
import { salvage } from './salvage.ts';

export { openMember, readMember } from './content.ts';
export type { ZipExtra } from './header.ts';
export type { ZipMember } from './member.ts';
export { storedTime } from './time.ts';

/** A zip archive (PKWARE APPNOTE 6.3.10) as its directory describes it. */
export interface Zip {
  /** In the order of the central directory. */
  readonly members: readonly ZipMember[];
  /** A few, each about all members that share a defect. */
  readonly problems: readonly ProblemDraft[];
  /** Bytes in front of the archive that its offsets do not count; negative where its front is missing. */
  readonly prefixBytes: number;
  readonly comment: string;
  /** True where the members were found by their local headers, for lack of a directory. */
  readonly salvaged: boolean;
}

/** Call as `input.once(readZip)`. Never throws; bytes that are no zip at all have no members and a problem. */
export function readZip(input: Input): Zip {
  const { bytes, limits } = input;
  const directory = findDirectory(bytes, input.volumes);
  const listed = directory ? list(bytes, directory, limits.maxChildren) : null;
  if (listed && (listed.complete || listed.members.length === limits.maxChildren)) return zipOf(input, listed, directory, limits.maxChildren);
  const keyOf = keyring();
  const members = Array.from(salvage(bytes, limits.maxChildren + 1), (s, index) => memberOfSalvage(s, index, keyOf));
  // A directory with a hole still knows more of a member than its local header does.
  if (listed && listed.members.length >= members.length) return zipOf(input, listed, directory, limits.maxChildren);
  const overfull = members.length > limits.maxChildren;
  const kept = overfull ? members.slice(0, limits.maxChildren) : members;
  const code = directory ? 'malformed' : 'truncated';
  const problems: ProblemDraft[] = [
    { code, message: `the central directory is ${directory ? 'damaged' : 'missing'}; ${kept.length} members were found by their local headers` },
  ];
  if (overfull) problems.push(tooMany(limits.maxChildren));
  return { members: kept, problems, prefixBytes: 0, comment: '', salvaged: true };
}

interface Listed {
  readonly members: readonly ZipMember[];
  /** As many entries as announced. */
  readonly complete: boolean;
}

function list(bytes: Bytes, directory: ZipDirectory, most: number): Listed {
  const members: ZipMember[] = [];
  const keyOf = keyring();
  for (let at = directory.start; at < directory.end && members.length < most;) {
    const entry = readCentralEntry(bytes, at);
    if (!entry) break;
    const localOffset = directory.starts ? localOffsetOf(entry, directory.starts) : entry.localOffset + directory.prefixBytes;
    members.push(memberOfEntry(bytes, entry, localOffset, members.length, keyOf));
    at = entry.next;
  }
  // Writers without zip64 count modulo 65536.
  return { members, complete: members.length === directory.announced || members.length % 0x10000 === directory.announced };
}

const tooMany = (most: number): ProblemDraft => ({ code: 'limit-exceeded', message: `more than ${most} members; the rest was not read` });

function zipOf({ bytes, volumes }: Input, { members, complete }: Listed, directory: ZipDirectory | null, most: number): Zip {
  const problems: ProblemDraft[] = [];
  if (!complete && members.length === most) problems.push(tooMany(most));
  else if (!complete)
    problems.push({ code: 'malformed', message: `the central directory announces ${directory?.announced ?? 0} members and lists ${members.length}` });
  if (directory && directory.disk > 0 && !directory.starts)
    problems.push({ code: 'truncated', message: `this is volume ${directory.disk + 1} of a split archive` });
  else if (directory?.starts && directory.disk >= volumes.length)
    problems.push({ code: 'truncated', message: `of ${directory.disk + 1} volumes ${volumes.length} are here` });
  problems.push(...disagreements(bytes, members), ...overlaps(members));
  return {
    members,
    problems,
    prefixBytes: directory?.prefixBytes ?? 0,
    comment: decodeName(directory?.rawComment ?? new Uint8Array(0)),
    salvaged: false,
  };
}

/** How a member's two headers disagree, or null. Sizes and CRC that stand behind the content are not in the local header. */
function disagreement(member: ZipMember): string | null {
  const { local } = member;
  if (!local || (member.flags & FLAG.masked) !== 0) return null;
  if (Buffer.compare(local.rawName, member.rawName) !== 0) return `the local header calls it ${shown(decodeName(local.rawName, local.extra))}`;
  if (local.method !== member.method) return `method ${member.method}, and ${local.method} in the local header`;
  if ((local.flags & FLAG.descriptor) !== 0) return null;
  if (local.size !== member.size || local.compressedSize !== member.compressedSize)
    return `${member.size} bytes, and ${local.size} in the local header`;
  if (local.crc32 !== member.crc32) return 'another CRC-32 in the local header';
  return null;
}

function disagreements(bytes: Bytes, members: readonly ZipMember[]): ProblemDraft[] {
  const homeless = members.filter((m) => !m.local);
  const problems: ProblemDraft[] = [];
  const [lost] = homeless;
  if (lost) {
    const beyond = lost.localOffset < 0 || lost.localOffset >= bytes.size;
    problems.push({
      code: beyond ? 'truncated' : 'malformed',
      message: `no local header stands where the directory says: ${homeless.length} members, first ${shown(lost.name)}`,
    });
  }
  let different = 0;
  let first = '';
  for (const m of members) {
    const how = disagreement(m);
    if (how !== null && ++different === 1) first = `${shown(m.name)}: ${how}`;
  }
  if (different > 0) problems.push({ code: 'malformed', message: `directory and local header differ: ${different} members, first ${first}` });
  return problems;
}

/** Members that share bytes: a bomb that unpacks one stream many times, or a second header laid into the content of another. */
function overlaps(members: readonly ZipMember[]): ProblemDraft[] {
  const extents = members.flatMap((m) => (m.local ? [{ member: m, from: m.localOffset, to: m.local.dataOffset + m.compressedSize }] : []));
  extents.sort((a, b) => a.from - b.from || a.member.index - b.member.index);
  let reached = -1;
  const shared: ZipMember[] = [];
  for (const { member, from, to } of extents) {
    if (from < reached) shared.push(member);
    reached = Math.max(reached, to);
  }
  const [first] = shared;
  return first ? [{ code: 'malformed', message: `members overlap: ${shared.length}, first ${shown(first.name)}` }] : [];
}

const indexes = new WeakMap<Zip, ReadonlyMap<string, ZipMember>>();

function indexOf(zip: Zip): ReadonlyMap<string, ZipMember> {
  const known = indexes.get(zip);
  if (known) return known;
  const made = new Map<string, ZipMember>();
  // Exact names first: a lower-cased one never takes the place of a name that is written so.
  for (const m of zip.members) if (!made.has(m.name)) made.set(m.name, m);
  for (const m of zip.members) if (!made.has(m.name.toLowerCase())) made.set(m.name.toLowerCase(), m);
  indexes.set(zip, made);
  return made;
}

/** By name, the first where it is repeated; without regard to case where no name is written so, as OPC demands (ECMA-376-2 6.2.2.3). */
export function memberOf(zip: Zip, name: string): ZipMember | undefined {
  const index = indexOf(zip);
  return index.get(name) ?? index.get(name.toLowerCase());
}

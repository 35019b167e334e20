import { crc32 } from 'node:zlib';
import type { Bytes, Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, type Member, memberOf, nameProblems, named, unpacked, unpackingCap } from '../structures/archive/archive-member.ts';
import { type EntryContent, MOST_PACKED_BYTES, type OpenArchive, openArchive } from '../structures/archive/libarchive.ts';
import { type Rar, readRar } from '../structures/archive/rar.ts';
import { empty, rarCopy } from '../structures/archive/rar-copy.ts';
import { RarMembers } from '../structures/archive/rar-solid.ts';
import type { MemberContent } from '../structures/archive/rar-window.ts';
import { canBeTried, type ReadableMember, readableMembers } from '../structures/archive/rar-unlock.ts';
import { crcOf } from '../structures/bytes.ts';
import { passwordClaim, triedInVain } from '../structures/passwords.ts';
import { shown } from '../structures/zip/name.ts';

type Opened = Child | ClosedChild | OpeningProblem;

const cipherOf = ({ needs }: ReadableMember): string => (needs >= 50 ? 'AES-256' : needs >= 29 ? 'AES-128' : `RAR ${needs / 10}`);

function encrypted(input: Input, rar: ReadableMember, member: Member): ClosedChild {
  const visible = `${cipherOf(rar)}${rar.size === null ? '' : `, ${rar.size} bytes`}`;
  return closed(member, 'encrypted', 'encrypted', `${named(rar.name)} is encrypted (${visible})${canBeTried(rar) ? triedInVain(input) : ''}`);
}

/** What need not be unpacked: members that are closed for good, and stored ones, which are read in place. Null for the rest. */
function plain(input: Input, rar: ReadableMember, member: Member): Opened[] | null {
  if (rar.encrypted) return [encrypted(input, rar, member)];
  if (rar.kind === 'link')
    return [closed(member, 'unreadable', 'unsupported', `${named(rar.name)} is a link${rar.target === '' ? '' : ` to ${shown(rar.target)}`}`)];
  if (rar.split) return [closed(member, 'unreadable', 'truncated', `${named(rar.name)} continues in another volume`)];
  if (!rar.stored) return null;
  const bytes = rar.packed;
  const opened = { ...member, bytes };
  if (bytes.size < rar.packedSize)
    return [{ problem: { code: 'truncated', message: `${named(rar.name)} breaks off after ${bytes.size} bytes of ${rar.packedSize}` } }, opened];
  if (rar.crc32 !== null && rar.sealed(crcOf(bytes, () => input.alive())) !== rar.crc32)
    return [{ problem: { code: 'malformed', message: `${named(rar.name)} has another checksum than it says` } }, opened];
  return [opened];
}

interface Source {
  readonly bytes: Bytes;
  readonly isCopy: boolean;
}

/**
 * What libarchive is given of RAR 5: the archive itself; or where a lock was taken off, or there are several volumes, which
 * libarchive does not find its way through, a copy with a member for each of ours.
 */
function sourceOf(input: Input, members: readonly ReadableMember[]): Source {
  if (input.volumes.length < 2 && members.every((m) => m.password === null)) return { bytes: input.bytes, isCopy: false };
  const isLeftOut = (m: ReadableMember): boolean => m.kind !== 'file' || m.encrypted || m.split;
  return { bytes: rarCopy(members.map((m) => (isLeftOut(m) ? empty : m))), isCopy: true };
}

/** Unpacks members, asked for in their order; what comes out counts against `budget`. */
type Unpack = (index: number, member: ReadableMember, budget: number) => Promise<MemberContent> | MemberContent;

const failed = (error: string): MemberContent => ({ bytes: new Uint8Array(0), over: false, error, made: 0 });

/** Walks libarchive's list beside ours: both are in the order of the headers. Opened when first needed. */
function byLibrary({ bytes }: Source, cap: number): Unpack {
  let library: OpenArchive | null = null;
  let next = 0;
  return async (index) => {
    if (bytes.size > MOST_PACKED_BYTES) return failed(`not supported in archives of more than ${MOST_PACKED_BYTES} bytes`);
    library ??= await openArchive(bytes);
    for (; next <= index; next++) {
      const entry = library.next();
      if (!entry) return failed(library.error() || 'cannot be unpacked');
      if (next < index) continue;
      next++;
      const content = entry.read(cap);
      return { ...content, made: content.bytes.byteLength };
    }
    return failed('cannot be unpacked');
  };
}

/** What libarchive gave belongs to this header only if it is what the header says. */
function checked({ size, crc32: announced, sealed }: ReadableMember, content: EntryContent): EntryContent {
  if (content.over || content.error !== null) return content;
  const same = (size === null || size === content.bytes.byteLength) && (announced === null || announced === sealed(crc32(content.bytes)));
  return same ? content : { bytes: new Uint8Array(0), over: false, error: 'unpacks to something else than its header says' };
}

const isPacked = (m: ReadableMember): boolean => m.kind !== 'folder' && !m.stored;

/** Of each member, whether another is packed with its help. */
function leanedOn(members: readonly ReadableMember[]): boolean[] {
  const found = members.map(() => false);
  let helps = false;
  for (const [i, m] of [...members.entries()].reverse()) {
    if (!isPacked(m)) continue;
    found[i] = helps;
    helps = m.solid;
  }
  return found;
}

/** Members of RAR 4. Where they are packed with the help of those before them, all are unpacked, each once, also those that are not to be opened. */
function byOurselves(input: Input, members: readonly ReadableMember[], cap: number): Unpack {
  const unpacking = new RarMembers(cap, () => input.alive());
  const isLeanedOn = leanedOn(members);
  let next = 0;
  const unpack = (member: ReadableMember, budget: number): MemberContent => {
    if (!member.solid) unpacking.restart();
    if (member.encrypted || member.split) unpacking.fail('the members that help to unpack it are missing');
    if (member.packed.size > MOST_PACKED_BYTES) unpacking.fail(`not supported where more than ${MOST_PACKED_BYTES} bytes are packed`);
    return unpacking.next(member.packed, member.needs, member.size ?? 0, budget);
  };
  return (index, asked, budget) => {
    let made = 0;
    for (; next < index; next++) {
      const member = members[next];
      if (member && isPacked(member) && isLeanedOn[next]) made += unpack(member, budget - made).made;
    }
    next = index + 1;
    const content = unpack(asked, Math.max(0, budget - made));
    return { ...content, made: made + content.made };
  };
}

function around(rar: ReadableMember): Member {
  const member = memberOf(rar.key, rar.name, rar.time);
  return rar.password && !rar.encrypted ? { ...member, says: [...member.says, passwordClaim(rar.password)] } : member;
}

async function* members(input: Input, rar: Rar): AsyncGenerator<Opened> {
  const readable = await readableMembers(input, rar);
  const cap = unpackingCap(input.bytes.size, input.limits);
  const unpack = rar.version === 4 ? byOurselves(input, readable, cap) : byLibrary(sourceOf(input, readable), cap);
  // The engine counts what comes out; what is unpacked and thrown away is counted here.
  let left = Math.max(input.limits.expansionFloorBytes, input.bytes.size * input.limits.maxExpansionRatio);
  for (const [index, member] of readable.entries()) {
    if (member.kind === 'folder') continue;
    for (const problem of nameProblems(member.name)) yield { problem };
    const child = around(member);
    const ready = plain(input, member, child);
    if (ready) yield* ready;
    else if (left < 0)
      yield closed(child, 'over-limit', 'limit-exceeded', `${named(member.name)} was not opened: too much of this archive exceeds the limits`);
    else {
      // The last that is begun may be as large as any.
      const content = await unpack(index, member, left + cap);
      left -= content.made;
      yield* unpacked(child, member.name, checked(member, content), cap);
    }
  }
}

async function* open(input: Input): AsyncGenerator<Opened> {
  const rar = input.once(readRar);
  if (!rar) {
    yield { problem: { code: 'malformed', message: 'the signature is damaged' } };
    return;
  }
  for (const problem of rar.problems) yield { problem };
  if (rar.volume) yield { problem: { code: 'truncated', message: 'this is one volume of a split archive' } };
  yield* members(input, rar);
}

/** RAR archives of versions 1.5 to 5: our own list of members; our own unpacking of versions 2 to 4, libarchive's of version 5. */
export const rar: Container = { id: 'rar', version: 4, mediaTypes: ['application/vnd.rar'], open };

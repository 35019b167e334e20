import { crc32 } from 'node:zlib';
import type { Bytes, Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, codeOfError, type Member, memberOf, nameProblems, named, unpacked, unpackingCap } from '../structures/archive/archive-member.ts';
import { type EntryContent, MOST_PACKED_BYTES, type OpenArchive, openArchive } from '../structures/archive/libarchive.ts';
import { type Rar, readRar } from '../structures/archive/rar.ts';
import { empty, rarCopy } from '../structures/archive/rar-copy.ts';
import { Rar29 } from '../structures/archive/rar29.ts';
import { wholeOf } from '../structures/bytes.ts';
import { canBeTried, crcOf, FIRST_READ_VERSION, type ReadableMember, readableMembers } from '../structures/archive/rar-unlock.ts';
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

/** Nothing that libarchive unpacks. */
const isBeyond = (m: ReadableMember): boolean => m.packing.version === 4 && (m.solid || m.needs < FIRST_READ_VERSION);

interface Source {
  readonly bytes: Bytes;
  readonly isCopy: boolean;
}

/**
 * What libarchive is given: the archive itself; or where a lock was taken off, or there are several volumes, which libarchive does
 * not find its way through, a copy with a member for each of ours.
 */
function sourceOf(input: Input, { version }: Rar, members: readonly ReadableMember[]): Source {
  if (input.volumes.length < 2 && members.every((m) => m.password === null)) return { bytes: input.bytes, isCopy: false };
  const isLeftOut = (m: ReadableMember): boolean => m.kind !== 'file' || m.encrypted || m.split || isBeyond(m);
  const copied = members.map((m) => (isLeftOut(m) ? empty(version) : m));
  return { bytes: rarCopy(version, copied), isCopy: true };
}

/** Walks libarchive's list beside ours: both are in the order of the headers. Opened when first needed. */
function unpacker({ bytes, isCopy }: Source): (index: number, member: ReadableMember, cap: number) => Promise<EntryContent> {
  let library: OpenArchive | null = null;
  let next = 0;
  const fail = (error: string): EntryContent => ({ bytes: new Uint8Array(0), over: false, error });
  return async (index, member, cap) => {
    if (isCopy && isBeyond(member)) return fail('not supported by libarchive');
    if (bytes.size > MOST_PACKED_BYTES) return fail(`not supported in archives of more than ${MOST_PACKED_BYTES} bytes`);
    library ??= await openArchive(bytes);
    for (; next <= index; next++) {
      const entry = library.next();
      if (!entry) return fail(library.error() || 'cannot be unpacked');
      if (next === index) {
        next++;
        return entry.read(cap);
      }
    }
    return fail('cannot be unpacked');
  };
}

/** What libarchive gave belongs to this header only if it is what the header says. */
function checked({ size, crc32: announced, sealed }: ReadableMember, content: EntryContent): EntryContent {
  if (content.over || content.error !== null) return content;
  const same = (size === null || size === content.bytes.byteLength) && (announced === null || announced === sealed(crc32(content.bytes)));
  return same ? content : { bytes: new Uint8Array(0), over: false, error: 'unpacks to something else than its header says' };
}

/**
 * Unpacks one member of RAR 2.9 to 4 as an archive of its own, for libarchive stops at what stands around some: old comments
 * within headers, service blocks marked as solid, the flag of a solid archive itself. Null where that cannot help: what a solid
 * member borrows from those before it, libarchive has no way to carry over.
 */
async function unpackAlone(member: ReadableMember, cap: number): Promise<EntryContent | null> {
  if (member.needs < FIRST_READ_VERSION)
    return { bytes: new Uint8Array(0), over: false, error: `not supported: packed by the method of RAR ${(member.needs / 10).toFixed(1)}` };
  return (await openArchive(rarCopy(4, [member]))).next()?.read(cap) ?? null;
}

/** What libarchive would not unpack in its place it may unpack alone; a checksum tells whether that is it. */
async function orAlone(rar: Rar, member: ReadableMember, content: EntryContent, cap: number): Promise<EntryContent> {
  if (content.error === null || content.over || rar.version !== 4 || member.solid) return content;
  const alone = await unpackAlone(member, cap);
  return alone !== null && (codeOfError(alone.error ?? '') === 'unsupported' || (member.crc32 !== null && checked(member, alone).error === null))
    ? alone
    : content;
}

/** Members of RAR 4 that are packed with the help of those before them: libarchive refuses them. Asked in their order, each is unpacked once. */
function solidUnpacker(input: Input, members: readonly ReadableMember[], cap: number): (index: number) => EntryContent {
  const isPacked = (m: ReadableMember | undefined): boolean => m?.kind === 'file' && !m.stored;
  let group = -1;
  const starts = members.map((m, i) => (group = !m.solid && isPacked(m) ? i : group));
  let [decoder, start, next] = [new Rar29(cap, () => input.alive()), -1, 0];
  return (index) => {
    if (starts[index] !== start) {
      start = next = starts[index] ?? -1;
      decoder = new Rar29(cap, () => input.alive());
    }
    let content: EntryContent = { bytes: new Uint8Array(0), over: false, error: 'the members that help to unpack it are missing' };
    for (next = Math.max(0, next); next <= index; next++) {
      const member = members[next];
      if (!member || !isPacked(member)) continue;
      content = decoder.next(member.encrypted || member.split ? new Uint8Array(0) : wholeOf(member.packed), member.size ?? 0);
    }
    return content;
  };
}

function around(rar: ReadableMember): Member {
  const member = memberOf(rar.key, rar.name, rar.time);
  return rar.password && !rar.encrypted ? { ...member, says: [...member.says, passwordClaim(rar.password)] } : member;
}

async function* members(input: Input, rar: Rar): AsyncGenerator<Opened> {
  const readable = await readableMembers(input, rar);
  const unpack = unpacker(sourceOf(input, rar, readable));
  const cap = unpackingCap(input.bytes.size, input.limits);
  const unpackSolid = solidUnpacker(input, readable, cap);
  const isSolid = (m: ReadableMember): boolean => rar.version === 4 && m.solid && m.needs >= FIRST_READ_VERSION;
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
      const content = isSolid(member) ? unpackSolid(index) : await orAlone(rar, member, await unpack(index, member, cap), cap);
      left -= content.bytes.byteLength;
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

/** RAR archives of versions 1.5 to 5: our own list of members, libarchive's unpacking. */
export const rar: Container = { id: 'rar', version: 3, mediaTypes: ['application/vnd.rar'], open };

import { crc32 } from 'node:zlib';
import type { Bytes, Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, codeOfError, memberOf, nameProblems, named, unpacked, unpackingCap } from '../structures/archive/archive-member.ts';
import { type EntryContent, MOST_PACKED_BYTES, type OpenArchive, openArchive } from '../structures/archive/libarchive.ts';
import { type Rar, type RarMember, readRar } from '../structures/archive/rar.ts';
import { unpackAlone } from '../structures/archive/rar4-alone.ts';
import { shown } from '../structures/zip/name.ts';

type Opened = Child | ClosedChild | OpeningProblem;

const BLOCK = 1024 * 1024;

function crcOf(bytes: Bytes): number {
  let crc = 0;
  for (let at = 0; at < bytes.size; at += BLOCK) crc = crc32(bytes.slice(at, BLOCK), crc);
  return crc;
}

const cipherOf = ({ needs }: RarMember): string => (needs >= 50 ? 'AES-256' : needs >= 29 ? 'AES-128' : `RAR ${needs / 10}`);

/** What need not be unpacked: members that are closed for good, and stored ones, which are read in place. Null for the rest. */
function plain(rar: RarMember): Opened[] | null {
  const member = memberOf(rar.key, rar.name, rar.time);
  if (rar.encrypted)
    return [
      closed(member, 'encrypted', 'encrypted', `${named(rar.name)} is encrypted (${cipherOf(rar)}${rar.size === null ? '' : `, ${rar.size} bytes`})`),
    ];
  if (rar.kind === 'link')
    return [closed(member, 'unreadable', 'unsupported', `${named(rar.name)} is a link${rar.target === '' ? '' : ` to ${shown(rar.target)}`}`)];
  if (rar.split) return [closed(member, 'unreadable', 'truncated', `${named(rar.name)} continues in another volume`)];
  if (!rar.stored) return null;
  const bytes = rar.packed;
  const opened = { ...member, bytes };
  if (bytes.size < rar.packedSize)
    return [{ problem: { code: 'truncated', message: `${named(rar.name)} breaks off after ${bytes.size} bytes of ${rar.packedSize}` } }, opened];
  if (rar.crc32 !== null && crcOf(bytes) !== rar.crc32)
    return [{ problem: { code: 'malformed', message: `${named(rar.name)} has another checksum than it says` } }, opened];
  return [opened];
}

/** Walks libarchive's list beside ours: both are in the order of the headers. Opened when first needed. */
function unpacker(input: Input): (index: number, cap: number) => Promise<EntryContent> {
  let library: OpenArchive | null = null;
  let next = 0;
  const fail = (error: string): EntryContent => ({ bytes: new Uint8Array(0), over: false, error });
  return async (index, cap) => {
    if (input.bytes.size > MOST_PACKED_BYTES) return fail(`not supported in archives of more than ${MOST_PACKED_BYTES} bytes`);
    library ??= await openArchive(input.bytes);
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
function checked({ size, crc32: announced }: RarMember, content: EntryContent): EntryContent {
  if (content.over || content.error !== null) return content;
  const same = (size === null || size === content.bytes.byteLength) && (announced === null || announced === crc32(content.bytes));
  return same ? content : { bytes: new Uint8Array(0), over: false, error: 'unpacks to something else than its header says' };
}

/** What libarchive would not unpack in its place it may unpack alone; a checksum tells whether that is it. */
async function orAlone(input: Input, rar: Rar, member: RarMember, content: EntryContent, cap: number): Promise<EntryContent> {
  if (content.error === null || content.over || rar.version !== 4 || member.solid) return content;
  const alone = await unpackAlone(input, member, cap);
  return alone !== null && (codeOfError(alone.error ?? '') === 'unsupported' || (member.crc32 !== null && checked(member, alone).error === null))
    ? alone
    : content;
}

async function* members(input: Input, rar: Rar): AsyncGenerator<Opened> {
  const unpack = unpacker(input);
  const cap = unpackingCap(input.bytes.size, input.limits);
  // The engine counts what comes out; what is unpacked and thrown away is counted here.
  let left = Math.max(input.limits.expansionFloorBytes, input.bytes.size * input.limits.maxExpansionRatio);
  for (const [index, member] of rar.members.entries()) {
    if (member.kind === 'folder') continue;
    for (const problem of nameProblems(member.name)) yield { problem };
    const ready = plain(member);
    if (ready) yield* ready;
    else if (left < 0)
      yield closed(
        memberOf(member.key, member.name, member.time),
        'over-limit',
        'limit-exceeded',
        `${named(member.name)} was not opened: too much of this archive exceeds the limits`,
      );
    else {
      const content = await orAlone(input, rar, member, await unpack(index, cap), cap);
      left -= content.bytes.byteLength;
      yield* unpacked(memberOf(member.key, member.name, member.time), member.name, checked(member, content), cap);
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
export const rar: Container = { id: 'rar', version: 2, mediaTypes: ['application/vnd.rar'], open };

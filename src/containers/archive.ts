import type { Child, ClosedChild, Container, Input, OpeningProblem, Password } from '../model/input.ts';
import {
  closed,
  codeOfError,
  type Member,
  memberOf,
  type MemberStamp,
  named,
  nameProblems,
  unixStamp,
  unpacked,
  unpackingCap,
} from '../structures/archive/archive-member.ts';
import { type ArchiveEntry, MOST_PACKED_BYTES, type OpenArchive, openArchive } from '../structures/archive/libarchive.ts';
import { isoMediaType, looksLikeLha } from '../structures/archive/magic.ts';
import { type SevenZipFile, sevenZipFinder } from '../structures/archive/sevenzip.ts';
import { type SevenZip, unlockSevenZip } from '../structures/archive/sevenzip-unlock.ts';
import { passwordClaim, triedInVain } from '../structures/passwords.ts';
import { keyring } from '../structures/zip/member.ts';
import { shown } from '../structures/zip/name.ts';

type Opened = Child | ClosedChild | OpeningProblem;

const startsWith = (input: Input, magic: string): boolean => Buffer.from(input.bytes.slice(0, magic.length)).toString('latin1') === magic;

const AR = '!<arch>\n';
/** Tables of symbols and of long names in an ar archive, which are no paths. */
const AR_TABLES = new Set(['/', '//', '/SYM64/']);
const SEVEN_ZIP = '7z\u00bc\u00af\u0027\u001c';

/** 7zFormat.txt, SignatureHeader: the size of the directory at the end, 8 bytes at 20. Zero in an archive of nothing. */
const hasSevenZipMembers = (input: Input): boolean => startsWith(input, SEVEN_ZIP) && input.bytes.slice(20, 8).some((b) => b !== 0);

/** What a 7z says of one entry of libarchive's, which tells names and times worse. */
interface Around {
  readonly own: SevenZipFile | null;
  /** What it was opened with. */
  readonly password: Password | null;
  /** What is seen of the lock on it; null where it is open. */
  readonly lock: string | null;
  /** Whether a right password would show. */
  readonly tells: boolean;
}

function aroundOf(sevenZip: SevenZip | null): (entry: ArchiveEntry) => Around {
  if (!sevenZip) return () => ({ own: null, password: null, lock: null, tells: false });
  const { files, isCopy, passwords, listPassword, locks, tells } = sevenZip;
  const find = sevenZipFinder(files);
  return (entry) => {
    const own = isCopy ? (files[Number(entry.name.replace('/', ''))] ?? null) : find(entry.name, entry.empty && entry.kind !== 'link');
    const folder = own?.folder ?? -1;
    return { own, password: passwords[folder] ?? listPassword, lock: locks[folder] ?? null, tells: tells[folder] ?? false };
  };
}

/** Cabinets keep DOS times, and so does LHA before header level 2 (the byte at 20): libarchive passes them through the zone of this machine. */
const keepsUtc = (input: Input): boolean =>
  !startsWith(input, 'MSCF') && (!looksLikeLha(input.bytes.slice(0, 32)) || (input.bytes.slice(20, 1)[0] ?? 0) >= 2);

/** Seconds as libarchive tells them, of a UTC clock; those of a local one are left out. */
function stampOf({ mtime }: ArchiveEntry, isUtc: boolean): MemberStamp | null {
  return mtime === null || !isUtc ? null : { field: 'mtime', raw: String(mtime), value: unixStamp(mtime) };
}

interface Progress {
  /** Bytes that may still come out, kept or not. */
  left: number;
  readonly cap: number;
  /** The first codec that is not read here; the members that are packed together with it fail with less to say. */
  unsupported: string | null;
}

function* opened(input: Input, entry: ArchiveEntry, name: string, bare: Member, around: Around, progress: Progress): Generator<Opened> {
  const { password, lock, tells } = around;
  const member = password ? { ...bare, says: [...bare.says, passwordClaim(password)] } : bare;
  if (lock !== null) yield closed(bare, 'encrypted', 'encrypted', `${named(name)} is encrypted (${lock})${tells ? triedInVain(input) : ''}`);
  else if (entry.kind === 'link') yield closed(member, 'unreadable', 'unsupported', `${named(name)} is a link to ${shown(entry.target)}`);
  else if (entry.kind === 'special') yield closed(member, 'unreadable', 'unsupported', `${named(name)} is a device or a pipe, not a file`);
  else if (entry.encrypted) yield closed(member, 'encrypted', 'encrypted', `${named(name)} is encrypted`);
  else {
    const content = entry.read(progress.cap);
    progress.left -= content.bytes.byteLength;
    if (content.error !== null && codeOfError(content.error) === 'unsupported') progress.unsupported ??= content.error;
    const error = content.error === 'Decompression internal error' ? (progress.unsupported ?? content.error) : content.error;
    yield* unpacked(member, name, { ...content, error }, progress.cap);
  }
}

/** Why the list ends where it does. */
function* ending(input: Input, archive: OpenArchive, members: number, sevenZip: SevenZip | null): Generator<OpeningProblem> {
  const listLock = sevenZip?.listLock ?? null;
  const error = listLock === null ? archive.error() : '';
  if (listLock !== null)
    yield {
      problem: { code: 'encrypted', message: `the list of members is encrypted (${listLock})${sevenZip?.listTells ? triedInVain(input) : ''}` },
    };
  if (archive.skipped() > 0) yield { problem: { code: 'malformed', message: `${archive.skipped()} members could not be listed` } };
  if (error !== '') yield { problem: { code: codeOfError(error), message: `the list of members ends after ${members}: ${error}` } };
  // libarchive takes what begins with zeros for an empty tar, unless it likes the image.
  else if (members === 0 && isoMediaType(input) !== null)
    yield { problem: { code: 'malformed', message: 'the volume descriptor is damaged: nothing is listed, not even the root' } };
  else if (members === 0 && listLock === null && hasSevenZipMembers(input))
    yield {
      problem: {
        code: 'malformed',
        message: 'members are announced and none is listed: the list is damaged, or encrypted in a way that does not show',
      },
    };
}

async function* open(input: Input): AsyncGenerator<Opened> {
  const { bytes, limits } = input;
  if (startsWith(input, 'xar!')) {
    yield { problem: { code: 'unsupported', message: 'a XAR archive: its list of members is not read here' } };
    return;
  }
  if (bytes.size > MOST_PACKED_BYTES) {
    yield { problem: { code: 'limit-exceeded', message: `not opened: ${bytes.size} bytes are more than ${MOST_PACKED_BYTES}` } };
    return;
  }
  const isUtc = keepsUtc(input);
  const cap = unpackingCap(bytes.size, limits);
  const progress: Progress = { left: Math.max(limits.expansionFloorBytes, bytes.size * limits.maxExpansionRatio), cap, unsupported: null };
  const isAr = startsWith(input, AR);
  const sevenZip = startsWith(input, SEVEN_ZIP) ? await unlockSevenZip(input) : null;
  const archive = await openArchive(sevenZip?.bytes ?? bytes);
  const aroundFor = aroundOf(sevenZip);
  const keyOf = keyring();
  let members = 0;
  for (let entry = archive.next(); entry; entry = archive.next()) {
    members++;
    const around = aroundFor(entry);
    const { own } = around;
    const name = own?.name ?? entry.name;
    if (entry.kind === 'folder') continue;
    if (progress.left < 0 || members > limits.maxChildren) {
      yield {
        problem: {
          code: 'limit-exceeded',
          message: `the list of members was left after ${members - 1}: too much of this archive exceeds the limits`,
        },
      };
      return;
    }
    if (!(isAr && AR_TABLES.has(name))) for (const problem of nameProblems(name)) yield { problem };
    const stamp = own?.mtime ? { field: 'mtime', ...own.mtime } : stampOf(entry, isUtc);
    yield* opened(input, entry, name, memberOf(keyOf(name === '' ? `@${members}` : name), name, stamp), around, progress);
  }
  yield* ending(input, archive, members, sevenZip);
}

/** Archives that libarchive lists and unpacks: 7z, Microsoft cabinets, cpio, ar, LHA, ISO images and packages of RPM. XAR is named only. */
export const archive: Container = {
  id: 'archive',
  version: 5,
  mediaTypes: [
    'application/x-7z-compressed',
    'application/vnd.ms-cab-compressed',
    'application/x-cpio',
    'application/x-archive',
    'application/x-iso9660-image',
    'application/x-lzh-compressed',
    'application/x-rpm',
    'application/x-xar',
  ],
  open,
};

import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, memberOf, type MemberStamp, nameProblems, unixStamp, unpackingCap } from '../structures/archive-member.ts';
import { type ArchiveEntry, MOST_PACKED_BYTES, openArchive } from '../structures/libarchive.ts';
import { keyring } from '../structures/zip-member.ts';
import { shown } from '../structures/zip-name.ts';

type Opened = Child | ClosedChild | OpeningProblem;

const SEVEN_ZIP = [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c];
const SEVEN_ZIP_HEADER_BYTES = 32;
const CABINET = [0x4d, 0x53, 0x43, 0x46];

const startsWith = (input: Input, magic: readonly number[]): boolean => {
  const head = input.bytes.slice(0, magic.length);
  return magic.every((b, i) => head[i] === b);
};

/** Seconds as libarchive tells them: the formats here keep finer times, 7z to 100 ns. */
function stampOf({ mtime }: ArchiveEntry): MemberStamp | null {
  return mtime === null ? null : { field: 'mtime', raw: String(mtime), value: unixStamp(mtime) };
}

const named = (name: string): string => (name === '' ? 'a member without a readable name' : shown(name));

function* opened(entry: ArchiveEntry, key: string, stamp: MemberStamp | null, cap: number): Generator<Opened, number> {
  const { name } = entry;
  const member = memberOf(key, name, stamp);
  if (entry.kind === 'link') yield closed(member, 'unreadable', 'unsupported', `${named(name)} is a link to ${shown(entry.target)}`);
  else if (entry.kind === 'special') yield closed(member, 'unreadable', 'unsupported', `${named(name)} is a device or pipe, not a file`);
  else if (entry.encrypted) yield closed(member, 'encrypted', 'encrypted', `${named(name)} is encrypted`);
  else {
    const { bytes, over, error } = entry.read(cap);
    const isCipher = error !== null && /encrypt/i.test(error);
    if (over) yield closed(member, 'over-limit', 'limit-exceeded', `${named(name)} unpacks to more than ${cap} bytes`);
    else if (isCipher) yield closed(member, 'encrypted', 'encrypted', `${named(name)} is encrypted`);
    else if (error !== null && bytes.byteLength === 0) yield closed(member, 'unreadable', codeOf(error), `${named(name)}: ${error}`);
    else {
      if (error !== null) yield { problem: { code: codeOf(error), message: `${named(name)}: ${error}; kept are the first ${bytes.byteLength} bytes` } };
      yield { ...member, bytes: bytesIn(bytes) };
    }
    return bytes.byteLength;
  }
  return 0;
}

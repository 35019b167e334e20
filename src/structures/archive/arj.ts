import { crc32 } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input } from '../../model/input.ts';
import { decodeName } from '../zip/name.ts';
import { dosHex, dosWallTime } from '../zip/time.ts';
import { type MemberStamp, unixStamp } from './archive-member.ts';
import type { Listed, ListedMember } from './listed.ts';
import { u16, u32 } from '../little-endian.ts';

const MAX_HEADER = 2600;
const AT = { first: 0, host: 3, flags: 4, method: 5, type: 6, time: 8, packed: 12, size: 16, crc: 20 } as const;
const FLAG = { garbled: 0x01, continues: 0x04, continued: 0x08 } as const;
const FOLDER = 3;
const LABEL = 4;
/** Hosts whose programs write seconds since 1970 where the others write DOS time: Unix and NeXT. */
const UNIX_HOSTS = new Set([2, 8]);

interface Header {
  readonly basic: Uint8Array;
  /** Behind the header, its checksum and its extensions. */
  readonly end: number;
}

/** An extension has a size, its bytes and a checksum; a size of zero ends them. */
function behindExtensions(bytes: Bytes, from: number): number {
  let at = from;
  for (let size = u16(bytes.slice(at, 2), 0); size > 0; size = u16(bytes.slice(at, 2), 0)) at += 2 + size + 4;
  return at + 2;
}

/** Null at the end of the archive; a problem where no header stands. */
function headerAt(bytes: Bytes, at: number): Header | ProblemDraft | null {
  const head = bytes.slice(at, 4);
  if (head.byteLength < 4) return { code: 'truncated', message: `the header at byte ${at} breaks off` };
  const size = u16(head, 2);
  if (u16(head, 0) !== 0xea60 || size > MAX_HEADER) return { code: 'malformed', message: `no header stands at byte ${at}: the rest was not read` };
  if (size === 0) return null;
  const rest = bytes.slice(at + 4, size + 6);
  if (rest.byteLength < size + 6) return { code: 'truncated', message: `the header at byte ${at} breaks off` };
  const basic = rest.subarray(0, size);
  if (crc32(basic) !== u32(rest, size))
    return { code: 'malformed', message: `the header at byte ${at} has another checksum than it says: the rest was not read` };
  return { basic, end: behindExtensions(bytes, at + 4 + size + 4) };
}

function stampOf(basic: Uint8Array): MemberStamp {
  const raw = u32(basic, AT.time);
  if (UNIX_HOSTS.has(basic[AT.host] ?? 0)) return { field: 'time stamp', raw: String(raw), value: unixStamp(raw) };
  const [time, date] = [raw & 0xffff, raw >>> 16];
  return { field: 'time stamp', raw: dosHex(date, time), value: dosWallTime(date, time) };
}

function memberOf({ basic, end }: Header): ListedMember {
  const first = basic[AT.first] ?? 0;
  const zero = basic.indexOf(0, first);
  const flags = basic[AT.flags] ?? 0;
  return {
    name: decodeName(basic.subarray(first, zero === -1 ? basic.byteLength : zero)),
    kind: basic[AT.type] === FOLDER || basic[AT.type] === LABEL ? 'folder' : 'file',
    encrypted: (flags & FLAG.garbled) !== 0,
    split: (flags & (FLAG.continues | FLAG.continued)) !== 0,
    stored: basic[AT.method] === 0,
    size: u32(basic, AT.size),
    packedSize: u32(basic, AT.packed),
    crc32: u32(basic, AT.crc),
    stamp: stampOf(basic),
    dataOffset: end,
  };
}

/** The headers of an ARJ archive (ARJ technical note of version 3), one behind the other. Call as `input.once(readArj)`. */
export function readArj({ bytes, limits }: Input): Listed {
  const members: ListedMember[] = [];
  let at = 0;
  for (let n = 0; n <= limits.maxChildren; n++) {
    const header = headerAt(bytes, at);
    if (header === null) return { members, problems: [] };
    if ('code' in header) return { members, problems: [header] };
    at = header.end;
    // The first header is of the archive itself.
    if (n === 0) continue;
    const member = memberOf(header);
    members.push(member);
    at += member.packedSize;
  }
  return { members, problems: [{ code: 'limit-exceeded', message: `more than ${limits.maxChildren} members; the rest was not read` }] };
}

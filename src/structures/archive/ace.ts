import type { Input } from '../../model/input.ts';
import { decodeName } from '../zip/name.ts';
import { dosHex, dosWallTime } from '../zip/time.ts';
import type { Listed, ListedMember } from './listed.ts';
import { u16, u32 } from '../little-endian.ts';

const FILE = 1;
const AT = { size: 2, type: 4, flags: 5, added: 7, unpacked: 11, time: 15, attributes: 19, crc: 23, method: 27, nameLength: 33, name: 35 } as const;
const FLAG = { added: 0x0001, before: 0x1000, after: 0x2000, password: 0x4000 } as const;
const FOLDER = 0x10;

function memberOf(block: Uint8Array, dataOffset: number): ListedMember {
  const flags = u16(block, AT.flags);
  const [time, date] = [u16(block, AT.time), u16(block, AT.time + 2)];
  return {
    name: decodeName(block.subarray(AT.name, AT.name + u16(block, AT.nameLength))).replaceAll('\\', '/'),
    kind: (u32(block, AT.attributes) & FOLDER) !== 0 ? 'folder' : 'file',
    encrypted: (flags & FLAG.password) !== 0,
    split: (flags & (FLAG.before | FLAG.after)) !== 0,
    stored: block[AT.method] === 0,
    size: u32(block, AT.unpacked),
    packedSize: u32(block, AT.added),
    // ACE leaves out the last step of CRC-32, which turns all bits.
    crc32: ~u32(block, AT.crc) >>> 0,
    stamp: { field: 'ftime', raw: dosHex(date, time), value: dosWallTime(date, time) },
    dataOffset,
  };
}

/** The headers of an ACE archive of version 1 or 2 (unace 1.2, "acestruc.h"), one behind the other. Call as `input.once(readAce)`. */
export function readAce({ bytes, limits }: Input): Listed {
  const members: ListedMember[] = [];
  for (let at = 0; at < bytes.size;) {
    const size = u16(bytes.slice(at + AT.size, 2), 0);
    const block = bytes.slice(at, size + 4);
    if (size < 3) return { members, problems: [{ code: 'malformed', message: `no header stands at byte ${at}: the rest was not read` }] };
    if (block.byteLength < size + 4) return { members, problems: [{ code: 'truncated', message: `the header at byte ${at} breaks off` }] };
    at += size + 4;
    if (block[AT.type] === FILE) {
      if (members.length === limits.maxChildren)
        return { members, problems: [{ code: 'limit-exceeded', message: `more than ${limits.maxChildren} members; the rest was not read` }] };
      members.push(memberOf(block, at));
    }
    if (u16(block, AT.flags) & FLAG.added) at += u32(block, AT.added);
  }
  return { members, problems: [] };
}

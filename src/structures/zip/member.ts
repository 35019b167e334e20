import type { TimeValue } from '../../model/attribute.ts';
import type { Bytes } from '../../model/input.ts';
import { type CentralEntry, FLAG, METHOD_AES, readLocalHeader, type ZipExtra, type ZipHeader } from './header.ts';
import { decodeName } from './name.ts';
import type { Salvaged } from './salvage.ts';
import { modifiedOf } from './time.ts';

/** One member, by the central directory; by its local header alone in a salvaged archive. */
export interface ZipMember {
  /** Unique in this archive: the name, with '#2', '#3' appended for repeated names. Child.key. */
  readonly key: string;
  /** Decoded, as written: slashes, '..' and all. */
  readonly name: string;
  readonly rawName: Uint8Array;
  /** Order in the central directory. */
  readonly index: number;
  /** An entry without content whose name ends like a folder's. */
  readonly directory: boolean;
  readonly encrypted: boolean;
  /** Low byte: version times ten; high byte: host system (APPNOTE 4.4.2). 0 where salvaged. */
  readonly versionMadeBy: number;
  readonly versionNeeded: number;
  readonly flags: number;
  readonly method: number;
  readonly dosTime: number;
  readonly dosDate: number;
  readonly crc32: number;
  /** Bytes. */
  readonly compressedSize: number;
  /** Bytes, as announced. */
  readonly size: number;
  readonly externalAttributes: number;
  /** Of the directory entry; the local header has its own. */
  readonly extra: readonly ZipExtra[];
  readonly comment: string;
  /** Of the directory entry, in the artifact; -1 where salvaged. */
  readonly centralOffset: number;
  /** Of the local header, in the artifact, a prefix already added. */
  readonly localOffset: number;
  /** Null where no local header stands at `localOffset`. */
  readonly local: ZipHeader | null;
  /** UTC where an extra field has it, else the packer's wall clock; null for constants and where the bits are no date. */
  readonly modified: TimeValue | null;
}

/** Gives every name a key of its own, in linear time whatever the names are. */
export function keyring(): (name: string) => string {
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  return (name) => {
    let key = name;
    for (let n = (copies.get(name) ?? 0) + 1; taken.has(key); n++) {
      key = `${name}#${n + 1}`;
      copies.set(name, n);
    }
    taken.add(key);
    return key;
  };
}

const isEncrypted = (e: Pick<ZipHeader, 'flags' | 'method'>): boolean => (e.flags & FLAG.encrypted) !== 0 || e.method === METHOD_AES;

/** Twelve bytes are the header of an encrypted nothing; a 'folder' with content is a member like any other, lest it hide something. */
const isDirectory = (name: string, size: number, compressedSize: number): boolean => /[/\\]$/.test(name) && size === 0 && compressedSize <= 12;

/** Written out field by field: an archive may have a hundred thousand members, and copies by spread cost most of the reading. */
export function memberOfEntry(bytes: Bytes, e: CentralEntry, localOffset: number, index: number, keyOf: (name: string) => string): ZipMember {
  const local = readLocalHeader(bytes, localOffset);
  const name = decodeName(e.rawName, e.extra);
  return {
    key: keyOf(name),
    name,
    rawName: e.rawName,
    index,
    directory: isDirectory(name, e.size, e.compressedSize),
    encrypted: isEncrypted(e),
    versionMadeBy: e.versionMadeBy,
    versionNeeded: e.versionNeeded,
    flags: e.flags,
    method: e.method,
    dosTime: e.dosTime,
    dosDate: e.dosDate,
    crc32: e.crc32,
    compressedSize: e.compressedSize,
    size: e.size,
    externalAttributes: e.externalAttributes,
    extra: e.extra,
    comment: e.rawComment.byteLength === 0 ? '' : decodeName(e.rawComment),
    centralOffset: e.offset,
    localOffset,
    local,
    modified: modifiedOf(e, local),
  };
}

export function memberOfSalvage({ header: h, compressedSize, size, crc32 }: Salvaged, index: number, keyOf: (name: string) => string): ZipMember {
  const name = decodeName(h.rawName, h.extra);
  return {
    key: keyOf(name),
    name,
    rawName: h.rawName,
    index,
    directory: isDirectory(name, size, compressedSize),
    encrypted: isEncrypted(h),
    versionMadeBy: 0,
    versionNeeded: h.versionNeeded,
    flags: h.flags,
    method: h.method,
    dosTime: h.dosTime,
    dosDate: h.dosDate,
    crc32,
    compressedSize,
    size,
    externalAttributes: 0,
    extra: h.extra,
    comment: '',
    centralOffset: -1,
    localOffset: h.offset,
    local: h,
    modified: modifiedOf(h, h),
  };
}

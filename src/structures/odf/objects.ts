import { crc32 } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { partText } from '../ooxml/package.ts';
import { scanXml } from '../xml.ts';
import { CENTRAL_HEADER, LOCAL_HEADER } from '../zip/header.ts';
import { readZip, type ZipMember } from '../zip/zip.ts';
import { unlockedOdf } from './unlocked.ts';
import { le32 } from '../little-endian.ts';

/** An object of an office program: a chart, a formula or a whole document, which lies in a folder of the package around it. */
export interface ObjectPackage {
  /** 'Object 1/'. */
  readonly path: string;
  /** By the manifest. */
  readonly mediaType: string;
  /**
   * A package of what lies in the folder, with the packed contents as they stand there. Headers are made anew and tell nothing of a
   * writer or a time; so is the member 'mimetype'.
   */
  pack(input: Input): { readonly bytes: Uint8Array; readonly problem: null } | { readonly bytes: null; readonly problem: ProblemDraft };
}

export interface ObjectPackages {
  readonly all: ReadonlyMap<string, ObjectPackage>;
  /** The object in which a member lies; null where it lies in none. An object within an object is opened with the outer one. */
  of(member: ZipMember): ObjectPackage | null;
}

const MANIFEST = 'META-INF/manifest.xml';
const FOLDER = /^(?:\.\/)?(Object \d{1,9}\/)/;
const OBJECT_TYPE = /^application\/(?:vnd\.oasis\.opendocument\.[a-z-]{1,40}|vnd\.sun\.xml\.[a-z.]{1,40})$/;
const DIRECTORY_END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
/** What the fields of sizes and of numbers of members hold. */
const MOST_BYTES = 0xffffffff;
const MOST_PARTS = 0xfffe;
const DEFLATED = 8;

/** Use as `input.once(objectPackages)`. */
export function objectPackages(input: Input): ObjectPackages {
  const folders = new Map<string, ZipMember[]>();
  for (const member of input.once(readZip).members) {
    const path = FOLDER.exec(member.name)?.[1];
    if (path === undefined || !member.local || member.encrypted) continue;
    const known = folders.get(path);
    if (known) known.push(member);
    else folders.set(path, [member]);
  }
  const all = new Map<string, ObjectPackage>();
  for (const [path, mediaType] of folders.size === 0 ? [] : objectTypes(input)) {
    const members = folders.get(path);
    if (members?.some((m) => m.name.endsWith(`${path}content.xml`)))
      all.set(path, { path, mediaType, pack: (i) => packed(i, path, mediaType, members) });
  }
  return { all, of: ({ name }) => all.get(FOLDER.exec(name)?.[1] ?? '') ?? null };
}

function objectTypes(input: Input): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  scanXml(partText(input, MANIFEST).text ?? '', {
    open(e) {
      if (e.local !== 'file-entry') return;
      const value = (local: string): string => e.attributes.find((a) => a.local === local)?.value ?? '';
      const [whole, path] = FOLDER.exec(value('full-path')) ?? [];
      if (path !== undefined && whole === value('full-path') && OBJECT_TYPE.test(value('media-type'))) types.set(path, value('media-type'));
    },
  });
  return types;
}

/** A member of the new package. */
interface Packed {
  readonly name: Buffer;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly content: Uint8Array;
}

function packed(input: Input, path: string, mediaType: string, members: readonly ZipMember[]): ReturnType<ObjectPackage['pack']> {
  const total = members.reduce((sum, m) => sum + m.compressedSize, 0);
  // Honest members do not share bytes.
  if (members.length > MOST_PARTS || total > Math.min(input.bytes.size, input.limits.maxArtifactBytes))
    return {
      bytes: null,
      problem: { code: 'limit-exceeded', message: 'the parts of the object are too many, or larger than the file that holds them' },
    };
  const type = Buffer.from(mediaType, 'latin1');
  const parts: Packed[] = [{ name: Buffer.from('mimetype'), method: 0, crc: crc32(type), size: type.length, content: type }];
  for (const member of members) {
    const part = partOf(input, path, member);
    if ('problem' in part) return { bytes: null, problem: part.problem };
    if (part.name.length > 0) parts.push(part);
  }
  return { bytes: written(parts), problem: null };
}

function partOf(input: Input, path: string, member: ZipMember): Packed | { readonly problem: ProblemDraft } {
  const prefix = member.name.startsWith('./') ? `./${path}` : path;
  const name = Buffer.from(member.rawName).subarray(Buffer.byteLength(prefix, 'latin1'));
  const { method, crc32: crc, size } = member;
  const unlocked = input.once(unlockedOdf);
  if (!unlocked.entries.has(member.name))
    return { name, method, crc, size, content: input.bytes.slice(member.local?.dataOffset ?? 0, member.compressedSize) };
  const { bytes, packed: deflated, problem } = unlocked.clear(member.name, input.limits.maxArtifactBytes);
  if (!bytes || !deflated) return { problem: problem ?? { code: 'encrypted', message: 'encrypted, by the manifest' } };
  return { name, method: DEFLATED, crc: crc32(bytes), size: bytes.byteLength, content: deflated };
}

/** Headers of a writer that is none, without a clock: who packed it and when is for the package around it to say. */
function written(parts: readonly Packed[]): Uint8Array {
  const out: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, method, crc, size, content } of parts) {
    // Version needed, flags, method, time, date, CRC, sizes, length of the name: the same in both headers (APPNOTE 4.3.7, 4.3.12).
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(VERSION, 0);
    shared.writeUInt16LE(UTF8, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(content.byteLength, 14);
    shared.writeUInt32LE(Math.min(size, MOST_BYTES), 18);
    shared.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    out.push(le32(LOCAL_HEADER), shared, name, content);
    directory.push(le32(CENTRAL_HEADER), Buffer.alloc(2), shared, place, name);
    at += 4 + shared.length + name.length + content.byteLength;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(DIRECTORY_END, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...out, listed, end]);
}

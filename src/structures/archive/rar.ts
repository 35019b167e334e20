import { joinOf } from '../../model/bytes.ts';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Bytes, Input, Password } from '../../model/input.ts';
import { triedInVain } from '../passwords.ts';
import type { RarHeader, RarHeaders } from './rar-header.ts';
import { readRar4 } from './rar4.ts';
import { readRar5 } from './rar5.ts';
import { keyring } from '../zip/member.ts';

/** A member, addressed, put together from what several volumes have of it. */
export interface RarMember extends RarHeader {
  /** Unique in this archive: the name, with '#2', '#3' appended for repeated names. */
  readonly key: string;
  /** The packed content, over all volumes. */
  readonly packed: Bytes;
  /** Its beginning or its end is in a volume that is not here. */
  readonly split: boolean;
}

/** A RAR archive as its headers describe it. */
export interface Rar extends Omit<RarHeaders, 'files'> {
  readonly version: 4 | 5;
  readonly members: readonly RarMember[];
}

function versionOf(bytes: Bytes): 4 | 5 | null {
  const head = Buffer.from(bytes.slice(0, 8)).toString('latin1');
  return head === 'Rar!\u001a\u0007\u0001\u0000' ? 5 : head.startsWith('Rar!\u001a\u0007\u0000') ? 4 : null;
}

/** A member's pieces, first to last, as they stand in consecutive volumes. */
interface Pieces {
  readonly headers: RarHeader[];
  readonly packed: Bytes[];
  lastVolume: number;
}

/** Puts a header behind the one it continues; false where it begins a member, or the volume between is missing. */
function continues(last: Pieces | undefined, header: RarHeader, volume: number): last is Pieces {
  const before = last?.headers.at(-1);
  return header.splitBefore && before?.splitAfter === true && before.name === header.name && last?.lastVolume === volume - 1;
}

function memberOfPieces({ headers, packed }: Pieces, keyOf: (name: string) => string): RarMember {
  const [first, last] = [headers[0] as RarHeader, headers.at(-1) as RarHeader];
  return {
    ...first,
    key: keyOf(first.name),
    // The checksum of what it unpacks to stands with the last piece, those before have one of the piece.
    crc32: last.crc32,
    packedSize: headers.reduce((sum, h) => sum + h.packedSize, 0),
    packed: packed.length === 1 ? (packed[0] as Bytes) : joinOf(packed),
    split: first.splitBefore || last.splitAfter,
  };
}

const NOTHING: RarHeaders = { files: [], encrypted: false, password: null, volume: false, problems: [] };

function headersOf(archive: Input, part: Bytes): RarHeaders {
  const version = versionOf(part);
  if (version !== null) return (version === 5 ? readRar5 : readRar4)(archive, part);
  // Empty is one that is missing, which is told elsewhere.
  return part.size === 0 ? NOTHING : { ...NOTHING, problems: [{ code: 'malformed', message: 'the signature is damaged' }] };
}

/** Call as `input.once(readRar)`. Never throws; null where no RAR signature stands at the start. Offsets count from the first volume. */
export function readRar(input: Input): Rar | null {
  const { bytes } = input;
  const version = versionOf(bytes);
  if (version === null) return null;
  const volumes = input.volumes.length > 0 ? input.volumes : [bytes];
  const members: Pieces[] = [];
  const problems: ProblemDraft[] = [];
  let [closed, encrypted, volume, base] = [false, false, false, 0];
  let password: Password | null = null;
  for (const [index, part] of volumes.entries()) {
    const read = headersOf(input, part);
    const told = (p: ProblemDraft): ProblemDraft => (index === 0 ? p : { ...p, message: `volume ${index + 1}: ${p.message}` });
    problems.push(...read.problems.map(told));
    encrypted ||= read.encrypted;
    closed ||= read.encrypted && read.password === null;
    password ??= read.password;
    volume ||= read.volume;
    for (const file of read.files) {
      const header = { ...file, headerOffset: base + file.headerOffset, dataOffset: base + file.dataOffset };
      const packed = part.window(file.dataOffset, file.packedSize);
      const last = members.at(-1);
      if (continues(last, header, index)) {
        last.headers.push(header);
        last.packed.push(packed);
        last.lastVolume = index;
      } else members.push({ headers: [header], packed: [packed], lastVolume: index });
    }
    base += part.size;
  }
  const keyOf = keyring();
  if (closed) problems.push({ code: 'encrypted', message: `the list of members is encrypted${triedInVain(input)}` });
  return {
    version,
    encrypted,
    password,
    volume: volume && input.volumes.length === 0,
    members: members.map((m) => memberOfPieces(m, keyOf)),
    problems,
  };
}

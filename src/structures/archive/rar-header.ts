import type { ProblemDraft } from '../../model/artifact.ts';
import type { MemberStamp } from './archive-member.ts';

/** One file header of a RAR archive of version 1.5 to 4 (technote.txt of WinRAR 3) or 5 (RAR 5.0 archive format). */
export interface RarHeader {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Of a link of RAR 5; RAR 4 keeps it as the content. */
  readonly target: string;
  readonly encrypted: boolean;
  /** Packed with the help of the members before it. */
  readonly solid: boolean;
  /** Its beginning is in the volume before, its end in the next. */
  readonly splitBefore: boolean;
  readonly splitAfter: boolean;
  /** The version that can unpack it, times ten: 29 and more is encrypted by AES-128, 50 by AES-256. */
  readonly needs: number;
  readonly stored: boolean;
  /** Bytes unpacked; null where the packer did not know. */
  readonly size: number | null;
  /** Bytes in this archive. */
  readonly packedSize: number;
  /** Null where another checksum stands in its place. */
  readonly crc32: number | null;
  /** RAR 4: the packer's wall clock; RAR 5: UTC. */
  readonly time: MemberStamp | null;
  /** The system it was packed on: 'windows', 'unix', … */
  readonly host: string;
  /** Of the header, in the artifact. */
  readonly headerOffset: number;
  /** Of the packed content, in the artifact. */
  readonly dataOffset: number;
}

/** What the headers of either version come to. */
export interface RarHeaders {
  readonly files: readonly RarHeader[];
  /** The list of members itself is encrypted. */
  readonly encrypted: boolean;
  readonly volume: boolean;
  readonly problems: readonly ProblemDraft[];
}

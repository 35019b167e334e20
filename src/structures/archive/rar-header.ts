import type { ProblemDraft } from '../../model/artifact.ts';
import type { Password } from '../../model/input.ts';
import type { MemberStamp } from './archive-member.ts';
import type { RarLock } from './rar-keys.ts';

/** How content is packed, as the header says it. */
export type RarPacking =
  | {
      readonly version: 4;
      /** The version that packed it times ten, and the method, 0x30 for none. */
      readonly needs: number;
      readonly method: number;
      /** Three bits: the size of the window. */
      readonly window: number;
    }
  | { readonly version: 5; /** All of "Compression information". */ readonly compression: number };

/** One file header of a RAR archive of version 1.5 to 4 (technote.txt of WinRAR 3) or 5 (RAR 5.0 archive format). */
export interface RarHeader {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
  /** Of a link of RAR 5; RAR 4 keeps it as the content. */
  readonly target: string;
  readonly encrypted: boolean;
  /** How; null where it is not, or in a way that is not known here: that of RAR 2 and older. */
  readonly lock: RarLock | null;
  /** Packed with the help of the members before it. */
  readonly solid: boolean;
  /** Its beginning is in the volume before, its end in the next. */
  readonly splitBefore: boolean;
  readonly splitAfter: boolean;
  /** The version that can unpack it, times ten: 29 and more is encrypted by AES-128, 50 by AES-256. */
  readonly needs: number;
  readonly stored: boolean;
  readonly packing: RarPacking;
  /** Bytes unpacked; null where the packer did not know. */
  readonly size: number | null;
  /** Bytes in this archive. */
  readonly packedSize: number;
  /** As it stands, which may be mixed with the key of the lock. Null where another checksum stands in its place. */
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
  /** What opened it, if anything did. */
  readonly password: Password | null;
  readonly volume: boolean;
  readonly problems: readonly ProblemDraft[];
}

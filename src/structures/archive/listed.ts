import type { ProblemDraft } from '../../model/artifact.ts';
import type { MemberStamp } from './archive-member.ts';

/** A member of an archive whose headers are read here and whose methods are not. */
export interface ListedMember {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly encrypted: boolean;
  /** Its beginning or its end is in another volume. */
  readonly split: boolean;
  readonly stored: boolean;
  /** Bytes unpacked. */
  readonly size: number;
  /** Bytes in this archive. */
  readonly packedSize: number;
  /** Of the unpacked content, by the rule of zip. */
  readonly crc32: number;
  readonly stamp: MemberStamp;
  /** Of the packed content, in the artifact. */
  readonly dataOffset: number;
}

export interface Listed {
  readonly members: readonly ListedMember[];
  readonly problems: readonly ProblemDraft[];
}

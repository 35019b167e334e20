/** What the walk found at one place of the disk: the beginning of a provenance. */
export interface Unit {
  /** Key of the first step: relative to its root, '/' between folders, the root's label in front where there are several. */
  readonly path: string;
  /** Index into the list of scanned roots. */
  readonly root: number;
  /** Relative to its root, as the file system spells it; '' where the root is the file itself. */
  readonly file: string;
  /** Relative to the root, as bytes in base64 where the name is no UTF-8; otherwise absent and `file` opens it. */
  readonly rawPath?: string;
  /** Bytes on disk. */
  readonly size: number;
  /** Milliseconds since 1970, of the file system's clock. */
  readonly mtimeMs: number;
  readonly kind: 'file' | 'link' | 'special' | 'unreadable';
  /** Why it cannot be read, in one line, without a path. */
  readonly reason?: string;
  /** Where a link points, as written. */
  readonly target?: string;
  /** Where it is one of several files that are one file cut into pieces. */
  readonly volume?: Volume;
}

/** A place in a split set: 'x.z01 … x.zip', 'x.7z.001 …', 'x.part1.rar …', 'x.rar x.r00 …'. */
export interface Volume {
  /** From 1. */
  readonly number: number;
  /** How many there are, by the names of those that are there. */
  readonly of: number;
  /** The name of the file that opens the set. */
  readonly openedBy: string;
  /** Names of volumes that should be there and are not. */
  readonly missing: readonly string[];
  /** On the file that opens the set alone: all of them in order, relative to the root; null for one that is missing. */
  readonly files?: readonly (string | null)[];
}

/** Units whose paths hash to one bucket. The plan is a file; a shard is a number in it. */
export interface Shard {
  readonly index: number;
  readonly of: number;
  readonly units: readonly Unit[];
}

/** What the shell sees. */
export const EXIT = {
  done: 0,
  internal: 1,
  usage: 2,
  /** A path that does not exist, an empty directory. */
  nothing: 3,
  /** With --strict: something could not be read to the end. */
  incomplete: 4,
  /** A finding against a document reached --fail-on. */
  found: 10,
} as const;

export type Done = (code: number) => void;

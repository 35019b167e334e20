/** Bytes for one announcement; a longer path is cut, and then blames nobody: its shard is reported as lost. */
const TEXT_BYTES = 64 * 1024;
const HEAD_BYTES = 8;

/** Where a worker thread says what it is about to touch: memory that both sides see, because a message for each artifact cost a tenth of the reading. */
export interface Board {
  readonly memory: SharedArrayBuffer;
  /** Counts announcements: a sign of life. */
  signs(): number;
  /** The last announcement; null before the first. */
  at(): { readonly path: string; readonly opener: string } | null;
}

export function openBoard(): Board {
  const memory = new SharedArrayBuffer(HEAD_BYTES + TEXT_BYTES);
  const head = new Int32Array(memory, 0, 2);
  return {
    memory,
    signs: () => Atomics.load(head, 0),
    at() {
      if (Atomics.load(head, 0) === 0) return null;
      const text = Buffer.from(memory, HEAD_BYTES, Atomics.load(head, 1)).toString('utf8');
      const gap = text.indexOf('\u0000');
      return { opener: text.slice(0, gap), path: text.slice(gap + 1) };
    },
  };
}

/** The worker's side of {@link openBoard}. */
export function announcer(memory: SharedArrayBuffer): (path: string, opener: string) => void {
  const head = new Int32Array(memory, 0, 2);
  const text = new Uint8Array(memory, HEAD_BYTES);
  const encoder = new TextEncoder();
  return (path, opener) => {
    Atomics.store(head, 1, encoder.encodeInto(`${opener}\u0000${path}`, text).written);
    Atomics.add(head, 0, 1);
  };
}

import type { Outcome } from '../model/artifact.ts';
import type { Child, ClosedChild } from '../model/input.ts';
import type { ArtifactId, Sha256 } from '../model/provenance.ts';

/** What some bytes turned out to be and to hold, where they were met first. The same bytes elsewhere are not parsed again. */
export interface Content {
  /** Where they were met first: what their reader said stands there. */
  readonly first: ArtifactId;
  readonly sha256: Sha256;
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly also: readonly string[];
  readonly outcome: Outcome;
  readonly held: readonly Held[];
  /** Levels of artifacts inside; 0 where it holds none. */
  readonly height: number;
  /** Bytes of all that is inside, on every level, and of what was refused. */
  readonly outBytes: number;
}

/** One thing inside, with what its container says about it. */
export type Held =
  | { readonly opener: string; readonly child: Omit<Child, 'bytes'>; readonly content: Content }
  | { readonly opener: string; readonly closed: ClosedChild };

/** A mailbox holds more than is worth remembering; the messages in it are remembered themselves. */
export const MOST_HELD = 1000;
/** Contents remembered at once, with what they hold: some tens of megabytes. */
const MOST_REMEMBERED = 20_000;

export function contentOf(own: Omit<Content, 'height' | 'outBytes' | 'held'>, held: readonly Held[]): Content {
  let height = 0;
  let outBytes = 0;
  for (const h of held) {
    height = Math.max(height, 1 + ('content' in h ? h.content.height : 0));
    outBytes += 'content' in h ? h.content.size + h.content.outBytes : (h.closed.refusedBytes ?? 0);
  }
  return { ...own, held, height, outBytes };
}

/** The contents of one shard, the least recently met forgotten first: what is remembered depends on the shard's bytes alone. */
export class Contents {
  readonly #known = new Map<Sha256, Content>();
  #size = 0;

  recall(sha256: Sha256): Content | null {
    const content = this.#known.get(sha256);
    if (!content) return null;
    this.#known.delete(sha256);
    this.#known.set(sha256, content);
    return content;
  }

  remember(content: Content): void {
    if (this.#known.has(content.sha256)) return;
    this.#known.set(content.sha256, content);
    this.#size += 1 + content.held.length;
    for (const [sha256, oldest] of this.#known) {
      if (this.#size <= MOST_REMEMBERED) return;
      this.#known.delete(sha256);
      this.#size -= 1 + oldest.held.length;
    }
  }
}

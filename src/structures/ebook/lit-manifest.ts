import { bufferOf } from '../placed.ts';

/** A file of a book of Microsoft Reader. */
export interface LitItem {
  /** Its name in the directory: '/data/<internal>', and '/content' behind it where it is markup. */
  readonly entry: string;
  /** As its writer knew it: 'index.html', 'images\\plan.png'. */
  readonly original: string;
  /** Null where none is written. */
  readonly mediaType: string | null;
}

/** Markup in and beside the reading order, style sheets, pictures. */
const STATES = ['/content', '/content', '', ''] as const;
const MAX_ITEMS = 100_000;

class Ended extends Error {}

class Cursor {
  private at = 0;
  private readonly bytes: Buffer;

  constructor(bytes: Uint8Array) {
    this.bytes = bufferOf(bytes);
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.byteLength;
  }

  byte(): number {
    const b = this.bytes[this.at];
    if (b === undefined) throw new Ended('it breaks off');
    this.at++;
    return b;
  }

  number(): number {
    if (this.at + 4 > this.bytes.byteLength) throw new Ended('it breaks off');
    const n = this.bytes.readUInt32LE(this.at);
    this.at += 4;
    return n;
  }

  /** So many bytes. */
  text(length: number): string {
    const from = this.at;
    if (from + length > this.bytes.byteLength) throw new Ended('it breaks off');
    this.at += length;
    return this.bytes.toString('utf8', from, this.at);
  }

  /** Characters of UTF-8 behind their number, which is one, too. */
  sized(): string {
    const first = this.byte();
    const more = first < 0xc0 ? 0 : first < 0xe0 ? 1 : 2;
    let count = more === 0 ? first : first & (0x3f >> more);
    for (let i = 0; i < more; i++) count = count * 64 + (this.byte() & 0x3f);
    const from = this.at;
    for (; count > 0; count--) {
      const lead = this.byte();
      for (let i = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3; i > 0; i--) this.byte();
    }
    return this.bytes.toString('utf8', from, this.at);
  }

  skipZero(): void {
    if (this.bytes[this.at] === 0) this.at++;
  }
}

function* itemsOf(from: Cursor): Generator<LitItem> {
  while (!from.isAtEnd) {
    const root = from.byte();
    if (root === 0) return;
    from.text(root);
    for (const behind of STATES)
      for (let left = from.number(); left > 0; left--) {
        from.number();
        const internal = from.sized();
        const original = from.sized();
        const mediaType = from.sized();
        from.skipZero();
        yield { entry: `/data/${internal}${behind}`, original, mediaType: mediaType.trim().toLowerCase() || null };
      }
  }
}

/** The files that '/manifest' lists (openclit; calibre's reader): of every root, those of four kinds. Never throws. */
export function litManifest(bytes: Uint8Array): { readonly items: readonly LitItem[]; readonly error: string | null } {
  const items: LitItem[] = [];
  try {
    for (const item of itemsOf(new Cursor(bytes))) {
      if (items.length >= MAX_ITEMS) return { items, error: `it lists more than ${MAX_ITEMS} files; the rest was left out` };
      items.push(item);
    }
    return { items, error: null };
  } catch (thrown) {
    if (!(thrown instanceof Ended)) throw thrown;
    return { items, error: thrown.message };
  }
}

/** A regular expression as far as attacks on it need it (ECMA-262, 'Patterns'). */
type Node =
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  /** One character, a class or an escape, as it stands. */
  | { readonly kind: 'character'; readonly source: string }
  | { readonly kind: 'repeated'; readonly item: Node; readonly min: number; readonly max: number }
  /** Takes no characters. */
  | { readonly kind: 'nothing' };

/** Every ASCII character, blanks and controls that patterns name, and a few letters beyond. */
const ALPHABET = [...Array.from({ length: 128 }, (_, i) => String.fromCharCode(i)), '\u0085', '\u00a0', '\u00e9', '\u2028', '\u4e00'];
/** What stands behind a run that no pattern is made for; a second one where the first is meant. */
const ENDS = ['', '\u0001', '!\n'];
/** Repetitions of more than this are worth an attack. */
const LONG = 40;
const MOST_PUMPS = 6;

class Parser {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  choice(): Node {
    const options = [this.#sequence()];
    while (this.#peek('|')) {
      this.#at++;
      options.push(this.#sequence());
    }
    const [only] = options;
    return options.length === 1 && only ? only : { kind: 'choice', options };
  }

  #peek(text: string): boolean {
    return this.#source.startsWith(text, this.#at);
  }

  #take(pattern: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(pattern, 'y');
    sticky.lastIndex = this.#at;
    const m = sticky.exec(this.#source);
    if (m) this.#at += m[0].length;
    return m;
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (this.#at < this.#source.length && !this.#peek('|') && !this.#peek(')')) items.push(this.#repeated());
    return { kind: 'sequence', items };
  }

  #repeated(): Node {
    const item = this.#item();
    const m = this.#take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/);
    if (!m) return item;
    const [, sign, least, comma, most] = m;
    if (sign !== undefined) return { kind: 'repeated', item, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : Infinity };
    const min = Number(least);
    return { kind: 'repeated', item, min, max: comma === '' ? min : most === '' ? Infinity : Number(most) };
  }

  #item(): Node {
    if (this.#take(/\^|\$|\\[bB](?!\{)/)) return { kind: 'nothing' };
    const group = this.#take(/\((?:\?(?::|=|!|<=|<!|<[A-Za-z_$][\w$]*>|[a-z-]+:))?/);
    if (group) {
      const inner = this.choice();
      this.#at++;
      return /\?<?[=!]$/.test(group[0]) ? { kind: 'nothing' } : inner;
    }
    const source = this.#take(
      /\[(?:\\[^]|[^\]\\])*\]|\\(?:u\{[0-9A-Fa-f]+\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[pP]\{[^}]*\}|k<[^>]*>|c[A-Za-z]|[1-9]\d?|[^])|[^]/u,
    );
    if (!source) throw new RangeError(`not understood at ${this.#at}: ${this.#source}`);
    return /^\\(?:k<|[1-9])/.test(source[0]) ? { kind: 'nothing' } : { kind: 'character', source: source[0] };
  }
}

/** Strings that keep `pattern` busy if anything does: for each long repetition in it, what leads there, so many times what repeats, and an end that fails. */
export function* attacksOn(pattern: RegExp, length: number): Generator<string> {
  const flags = pattern.flags.replace(/[gy]/g, '');
  const known = new Map<string, readonly string[]>();
  const matching = (source: string): readonly string[] => {
    const before = known.get(source);
    if (before) return before;
    const one = new RegExp(`^(?:${source})$`, flags);
    const found = ALPHABET.filter((c) => one.test(c));
    known.set(source, found);
    return found;
  };
  /** A short text that matches, by the first of all options. */
  const shortest = (node: Node): string => {
    if (node.kind === 'sequence') return node.items.map(shortest).join('');
    if (node.kind === 'choice') return shortest(node.options[0] ?? { kind: 'nothing' });
    if (node.kind === 'character') return matching(node.source).find((c) => /[a-z0-9]/i.test(c)) ?? matching(node.source)[0] ?? '';
    return node.kind === 'repeated' ? shortest(node.item).repeat(Math.min(node.min, LONG)) : '';
  };
  const pumpsOf = (node: Node): readonly string[] => {
    if (node.kind === 'choice') return node.options.flatMap(pumpsOf).slice(0, 2 * MOST_PUMPS);
    if (node.kind === 'character') {
      const all = matching(node.source);
      const step = Math.max(1, Math.floor(all.length / MOST_PUMPS));
      // Blanks and line ends are what neighbouring repetitions share most.
      return [...new Set([...all.filter((c) => ' \n\t'.includes(c)), ...all.filter((_, i) => i % step === 0)])].slice(0, MOST_PUMPS + 2);
    }
    if (node.kind === 'sequence' && node.items.length === 1 && node.items[0]) return pumpsOf(node.items[0]);
    return node.kind === 'repeated' ? pumpsOf(node.item) : [shortest(node)];
  };
  function* repetitions(node: Node, before: string): Generator<{ readonly before: string; readonly pump: string }> {
    if (node.kind === 'repeated') {
      if (node.max > LONG) for (const pump of pumpsOf(node.item)) yield { before, pump };
      yield* repetitions(node.item, before);
    } else if (node.kind === 'choice') for (const option of node.options) yield* repetitions(option, before);
    else if (node.kind === 'sequence') {
      let lead = before;
      for (const item of node.items) {
        yield* repetitions(item, lead);
        lead += shortest(item);
      }
    }
  }
  const filled = (text: string): string => text.repeat(Math.ceil(length / Math.max(1, text.length))).slice(0, length);
  const seen = new Set<string>();
  for (const { before, pump } of repetitions(new Parser(pattern.source).choice(), '')) {
    if (pump === '' || seen.has(`${before}\u0000${pump}`)) continue;
    seen.add(`${before}\u0000${pump}`);
    for (const end of ENDS) yield before + filled(pump) + end;
    if (before !== '') for (const end of ENDS.slice(0, 2)) yield filled(before + pump) + end;
  }
}

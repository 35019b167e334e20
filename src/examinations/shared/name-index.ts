import type { PersonalName } from './personal-name.ts';
import { relate, type Relation } from './name-match.ts';
import { collapse } from './transliterate.ts';

/** Finds the names of a fixed stock that may be written otherwise. */
export interface NameIndex {
  add(name: PersonalName, id: number): void;
  /** Ids of related names, each once, in the order in which they were added. */
  related(name: PersonalName): { readonly id: number; readonly relation: Relation }[];
  /** Ids of names that people shorten to this mailbox, given folded by `collapse`: 'erozhkov', 'rozhkove', 'egorrozhkov'. */
  shortenedTo(local: string): readonly number[];
  /** Comparisons that were not made, because names of one beginning crowd or the budget is spent. */
  readonly skipped: number;
}

/** Names under one key that are compared; a corpus of real people stays far below. */
const MAX_CROWD = 2_000;
/** Comparisons of one run: some ten seconds. */
const MAX_COMPARISONS = 5_000_000;
/** Shorter mailboxes stand for too many people. */
const MIN_LOCAL_LENGTH = 4;

/** Each whole word lies under itself, and under its beginning with the first letter of each other word. */
function blocksOf(name: PersonalName): Set<string> {
  const keys = new Set<string>();
  for (const token of name.tokens) {
    const others = new Set(name.tokens.flatMap((t) => (t === token ? [] : t.firsts)));
    for (const key of token.initial ? [] : token.keys) {
      keys.add(`=${key}`);
      for (const first of others) keys.add(`${key.slice(0, 3)}|${first}`);
    }
  }
  return keys;
}

/** Only a lone word is looked for under '=': two names that share a given name are not worth comparing for that. */
function blocksToSearch(name: PersonalName): string[] {
  const blocks = [...blocksOf(name)];
  return name.tokens.length === 1 ? blocks : blocks.filter((b) => !b.startsWith('='));
}

function shortForms(name: PersonalName): Set<string> {
  const forms = new Set<string>();
  const whole = name.tokens.filter((t) => !t.initial);
  for (const a of whole) {
    for (const b of name.tokens) {
      if (a === b) continue;
      for (const key of a.keys) {
        for (const other of b.initial ? [] : b.keys) forms.add(collapse(key + other)).add(collapse(other + key));
        for (const first of b.firsts) forms.add(collapse(first + key)).add(collapse(key + first));
      }
    }
  }
  return forms;
}

export function nameIndex(): NameIndex {
  const names: { readonly name: PersonalName; readonly id: number }[] = [];
  const blocks = new Map<string, number[]>();
  const lone = new Map<string, number[]>();
  const locals = new Map<string, number[]>();
  let comparisons = 0;
  let skipped = 0;
  const put = (map: Map<string, number[]>, key: string, at: number): void => {
    const list = map.get(key);
    if (list) list.push(at);
    else map.set(key, [at]);
  };
  const candidates = (name: PersonalName): number[] => {
    const found = new Set<number>();
    const collect = (list: readonly number[] | undefined): void => {
      if (list && list.length > MAX_CROWD) skipped += list.length - MAX_CROWD;
      for (const at of list?.slice(0, MAX_CROWD) ?? []) found.add(at);
    };
    for (const key of blocksToSearch(name)) collect(blocks.get(key));
    for (const token of name.tokens) if (!token.initial) for (const key of token.keys) collect(lone.get(key));
    return [...found].sort((a, b) => a - b);
  };
  return {
    add(name, id) {
      const at = names.push({ name, id }) - 1;
      for (const key of blocksOf(name)) put(blocks, key, at);
      if (name.tokens.length === 1) for (const key of name.tokens[0]?.keys ?? []) put(lone, key, at);
      for (const form of shortForms(name)) if (form.length >= MIN_LOCAL_LENGTH) put(locals, form, at);
    },
    related(name) {
      const out: { id: number; relation: Relation }[] = [];
      for (const at of candidates(name)) {
        const entry = names[at];
        if (!entry) continue;
        if (++comparisons > MAX_COMPARISONS) {
          skipped++;
          continue;
        }
        const relation = relate(name, entry.name);
        if (relation) out.push({ id: entry.id, relation });
      }
      return out;
    },
    shortenedTo(local) {
      return (locals.get(local) ?? []).flatMap((at) => names[at]?.id ?? []);
    },
    get skipped() {
      return skipped;
    },
  };
}

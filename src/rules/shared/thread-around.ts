import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import { earliest, instants, type Moment } from './time.ts';

/** What tells of a message's place in its thread (RFC 5322 3.6.4); what it answers, In-Reply-To, was looked up by an examination. */
export const THREAD_CLAIMS = ['id.message', 'id.reference', 'thread.parent', 'thread.missing', 'party.from', 'time.received', 'time.sent'] as const;
type Read = (typeof THREAD_CLAIMS)[number];

/** Ancestors looked for, the nearest ones, and messages counted that name one and the same. */
const MOST_ANCESTORS = 50;
const MOST_WITNESSES = 1_000;

/** What the corpus holds of the thread in which a message is missing. */
export interface ThreadAround {
  /** The nearest one before it that lies in the corpus: when a server first had it, else its Date. */
  readonly ancestor: { readonly id: string; readonly claim: Claim<'id.message'>; readonly moment: Moment | null } | null;
  /** Messages that name it, by their Message-ID, and who wrote them; '' where nobody is named. */
  readonly witnesses: ReadonlyMap<string, string>;
  /** Who else answered that ancestor, in messages that do not name the missing one. */
  readonly otherAnswers: ReadonlySet<string>;
}

/** The ids that stand before one in References, the nearest first; [] where it does not stand there. */
export function idsBefore(message: Subject<'id.reference'>, id: string): string[] {
  const ids = message.claims('id.reference').map((c) => c.value ?? '');
  const at = ids.lastIndexOf(id);
  return at === -1 ? [] : [...new Set(ids.slice(Math.max(0, at - MOST_ANCESTORS), at).reverse())];
}

export const senderOf = (m: Subject<'party.from'>): string => m.claims('party.from')[0]?.value?.mailbox ?? '';

interface Known {
  claim: Claim<'id.message'> | null;
  moment: Moment | null;
  readonly answers: Set<string>;
}

const named = (m: Subject<Read>): Set<string> =>
  new Set([...m.claims('thread.missing'), ...m.claims('id.reference')].flatMap((c) => (c.value === null ? [] : [c.value])));

/** A copy of an ancestor: the earliest time of all its copies counts. */
function note(known: Known, m: Subject<Read>, claim: Claim<'id.message'>): void {
  known.claim ??= claim;
  const moment: Moment | null = earliest(instants(m.claims('time.received'))) ?? instants(m.claims('time.sent'))[0] ?? null;
  if (moment && (known.moment === null || moment.at < known.moment.at)) known.moment = moment;
}

/** Gathers what lies around missing messages while it is shown every message once. Holds the ids before them and what names them. */
export class ThreadSearch {
  readonly #missing: ReadonlyMap<string, readonly string[]>;
  readonly #ancestors = new Map<string, Known>();
  readonly #witnesses = new Map<string, Map<string, string>>();

  /** By each missing Message-ID, the ids that stand before it in References, the nearest first. */
  constructor(missing: ReadonlyMap<string, readonly string[]>) {
    this.#missing = missing;
    for (const [id, before] of missing) {
      this.#witnesses.set(id, new Map());
      for (const ancestor of before) this.#ancestors.set(ancestor, { claim: null, moment: null, answers: new Set() });
    }
  }

  see(m: Subject<Read>): void {
    const [own] = m.claims('id.message');
    if (!own?.value) return;
    const known = this.#ancestors.get(own.value);
    if (known) note(known, m, own);
    let isWitness = false;
    for (const id of named(m)) {
      const witnesses = this.#witnesses.get(id);
      isWitness ||= witnesses !== undefined;
      if (witnesses && witnesses.size < MOST_WITNESSES) witnesses.set(own.value, senderOf(m));
    }
    if (!isWitness) for (const c of m.claims('thread.parent')) this.#ancestors.get(c.value ?? '')?.answers.add(senderOf(m));
  }

  around(id: string): ThreadAround {
    const witnesses = this.#witnesses.get(id) ?? new Map<string, string>();
    for (const ancestor of this.#missing.get(id) ?? []) {
      const known = this.#ancestors.get(ancestor);
      if (known?.claim) return { ancestor: { id: ancestor, claim: known.claim, moment: known.moment }, witnesses, otherAnswers: known.answers };
    }
    return { ancestor: null, witnesses, otherAnswers: new Set() };
  }
}

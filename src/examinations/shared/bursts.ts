import { isoSeconds } from '../../model/time.ts';

/** One document's last saving. */
export interface Saving {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** Documents of one content were saved once and copied. */
  readonly content: string;
  /** Who saved it, where the file says so. */
  readonly identity: string | null;
  /** What saved it: program, version, language and kind of file; null where the file does not say. */
  readonly fingerprint: string | null;
}

/** Catalogue A01. */
export const WINDOW_MS = 10 * 60_000;
/** Who saves for longer than this works; it is no longer one act. */
const LONGEST_MS = 60 * 60_000;
const MIN_CONTENTS = 3;

/** Named savings of one fingerprint in order of time, with the place where the name changes next. */
interface NamedBy {
  readonly times: number[];
  readonly identities: string[];
  readonly nextOther: number[];
}

function namedByFingerprint(savings: readonly Saving[]): Map<string, NamedBy> {
  const out = new Map<string, NamedBy>();
  for (const s of savings) {
    if (s.identity === null || s.fingerprint === null) continue;
    const list = out.get(s.fingerprint) ?? { times: [], identities: [], nextOther: [] };
    list.times.push(s.at);
    list.identities.push(s.identity);
    out.set(s.fingerprint, list);
  }
  for (const { identities, nextOther } of out.values()) {
    for (let i = identities.length - 1; i >= 0; i--)
      nextOther[i] = identities[i] === identities[i + 1] ? (nextOther[i + 1] ?? identities.length) : i + 1;
  }
  return out;
}

function firstAtOrAfter(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The only person who saved with this fingerprint within the window around; null where there is none, or more than one. */
function onlyNeighbour(named: NamedBy | undefined, at: number): string | null {
  if (!named) return null;
  const first = firstAtOrAfter(named.times, at - WINDOW_MS);
  if ((named.times[first] ?? Infinity) > at + WINDOW_MS) return null;
  const other = named.times[named.nextOther[first] ?? named.times.length];
  return other !== undefined && other <= at + WINDOW_MS ? null : (named.identities[first] ?? null);
}

/** Runs of overlapping windows with at least three contents each; `from` and `to` inclusive. */
function runs(times: readonly number[]): { readonly from: number; readonly to: number }[] {
  const out: { from: number; to: number }[] = [];
  for (let k = 0; k + MIN_CONTENTS <= times.length; k++) {
    const end = k + MIN_CONTENTS - 1;
    if ((times[end] ?? 0) - (times[k] ?? 0) > WINDOW_MS) continue;
    const last = out.at(-1);
    if (last && k <= last.to) {
      if ((times[end] ?? 0) - (times[last.from] ?? 0) <= LONGEST_MS) last.to = end;
    } else out.push({ from: k, to: end });
  }
  return out;
}

/**
 * Names the act of saving for each of these savings, or null where it stands alone. Input in order of time. A burst is
 * at least three contents within ten minutes, by one person or, unnamed, by one fingerprint; what carries no name joins the
 * one person who saved with the same fingerprint at the same time.
 */
export function burstsOf(savings: readonly Saving[]): (string | null)[] {
  const named = namedByFingerprint(savings);
  const lanes = new Map<string, number[]>();
  for (const [i, s] of savings.entries()) {
    const person = s.identity ?? (s.fingerprint === null ? null : onlyNeighbour(named.get(s.fingerprint), s.at));
    const lane = person ?? (s.fingerprint === null ? null : `?${s.fingerprint}`);
    if (lane === null) continue;
    const list = lanes.get(lane);
    if (list) list.push(i);
    else lanes.set(lane, [i]);
  }
  const out: (string | null)[] = savings.map(() => null);
  for (const [lane, members] of lanes) {
    const contents = new Map<string, number>();
    for (const i of members) {
      const s = savings[i];
      if (s && !contents.has(s.content)) contents.set(s.content, s.at);
    }
    const order = [...contents.keys()];
    const times = [...contents.values()];
    const key = new Map<string, string>();
    for (const { from, to } of runs(times)) {
      const name = `save:${lane}:${isoSeconds(times[from] ?? 0).slice(0, 16)}Z`;
      for (const content of order.slice(from, to + 1)) key.set(content, name);
    }
    for (const i of members) out[i] = key.get(savings[i]?.content ?? '') ?? null;
  }
  return out;
}

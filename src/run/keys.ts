import { join, resolve } from 'node:path';
import { attemptsOf, type Candidate, candidatesOf } from '../examinations/shared/key-attempts.ts';
import { modulusIn, type RecoveredKey, recoveredKey } from '../examinations/shared/recovered-key.ts';
import type { SignerGroup } from '../examinations/shared/signer-groups.ts';
import { signerOf } from '../model/dkim.ts';
import { checkKeyFile, digestOf, earlierOutcomes, type GroupOutcome, keepOutcomes, signerGroups } from './key-case.ts';
import { KeyLane, type Solver } from './key-lane.ts';
import { NothingToScan } from './plan.ts';

export interface RecoverOptions {
  /** Where the key file goes; null: `keys.json` in the case. */
  readonly out: string | null;
  /** 'example.org/s1', or null for all. */
  readonly signer: string | null;
  readonly jobs: number;
  /** Null: until every group is done. */
  readonly minutes: number | null;
}

export interface RecoverStages {
  /** Before each gcd. */
  trying(signer: string, bits: number, attempt: number, of: number): void;
  done(outcome: GroupOutcome, done: number, of: number): void;
}

export interface Recovery {
  /** In the order of domains and selectors. */
  readonly outcomes: readonly GroupOutcome[];
  readonly keyFile: string;
}

/** Rare, and a matter of milliseconds: tried before 65537. RFC 8017 names no exponent; these are what signers used. */
const SMALL_EXPONENTS = [3, 17];
const EXPONENT = 65_537;
/** A group of twenty is worth more tries than one of two; beyond this many it is not. */
const MOST_WEIGHT = 8;
/** A key that speaks for authors is worth so many of those that speak for whoever passed mail on. */
const AUTHORS_WEIGHT = 2;

/** One group on its way. */
interface Work {
  readonly group: SignerGroup;
  readonly signer: string;
  readonly digest: string;
  readonly candidates: readonly Candidate[];
  readonly attempts: ReturnType<typeof attemptsOf>;
  tried: number;
  small: boolean;
  outcome: GroupOutcome | null;
}

const pairsIn = (w: Work, tried: number): number => w.attempts.slice(0, tried).reduce((sum, a) => sum + a.others.length, 0);

function outcomeOf(w: Work, state: GroupOutcome['state'], words: string, key?: RecoveredKey): GroupOutcome {
  return { signer: w.signer, bits: w.group.bytes * 8, digest: w.digest, state, words, tried: w.tried, ...(key ? { key } : {}) };
}

const forgeable = (key: RecoveredKey): string =>
  key.bits < 1024 ? `; a key of ${key.bits} bits: forgeable, others can compute its private half` : '';

const recovered = (w: Work, key: RecoveredKey): GroupOutcome => {
  const kept = w.group.all > key.of ? ` looked at, of ${w.group.all} in all` : '';
  return outcomeOf(w, 'recovered', `${key.source}${kept}${forgeable(key)}`, key);
};

const exhausted = (w: Work): GroupOutcome =>
  outcomeOf(
    w,
    'none',
    `no key from ${w.group.all} signatures; pairs tried: ${pairsIn(w, w.tried)}; none has a common modulus: their headers were changed since, or they are of several keys`,
  );

function workOf(group: SignerGroup, earlier: ReadonlyMap<string, GroupOutcome>): Work {
  const candidates = candidatesOf(group);
  const digest = digestOf(group);
  const known = earlier.get(digest);
  const w: Work = {
    group,
    signer: signerOf(group),
    digest,
    candidates,
    attempts: attemptsOf(candidates.length),
    tried: known?.tried ?? 0,
    small: (known?.tried ?? 0) > 0,
    outcome: known && known.state !== 'unfinished' && known.state !== 'failed' ? known : null,
  };
  if (w.attempts.length === 0)
    w.outcome = outcomeOf(w, 'single', `one signature${group.all > 1 ? ' that can be used' : ''}: nothing to pair it with`);
  return w;
}

/**
 * Which group's turn it is: the one whose next try promises most for its time, which grows with the length of the numbers. Depends on
 * nothing but the evidence and what was tried.
 */
function nextOf(works: readonly Work[], busy: ReadonlySet<Work>): Work | null {
  const price = ({ tried, group }: Work): number => {
    const worth = Math.min(MOST_WEIGHT, Math.max(1, group.likely)) * (group.ofAuthors ? AUTHORS_WEIGHT : 1);
    return ((tried + 1) * group.bytes) / worth;
  };
  const free = works.filter((w) => w.outcome === null && !busy.has(w));
  free.sort((a, b) => price(a) - price(b) || b.candidates.length - a.candidates.length);
  return free[0] ?? null;
}

async function tryAttempt(w: Work, nth: number, exponent: number, solver: Solver): Promise<RecoveredKey | null> {
  const attempt = w.attempts[nth];
  const anchor = attempt && w.candidates[attempt.anchor];
  if (!anchor) return null;
  const others = attempt.others.flatMap((i) => w.candidates[i] ?? []);
  const factor = await solver.solve({ anchor, others, exponent });
  const modulus = factor === null ? null : modulusIn(factor, w.group.bytes);
  return modulus === null ? null : recoveredKey(w.group, modulus, exponent, [anchor.member, ...others.map((o) => o.member)]);
}

async function trySmall(w: Work, solver: Solver): Promise<RecoveredKey | null> {
  for (const exponent of SMALL_EXPONENTS)
    for (const nth of w.attempts.keys()) {
      const key = await tryAttempt(w, nth, exponent, solver);
      if (key) return key;
    }
  return null;
}

/** The next gcd of a group; before the first, all those with small exponents. */
async function step(w: Work, stages: RecoverStages, solver: Solver): Promise<void> {
  let key = w.small ? null : await trySmall(w, solver);
  w.small = true;
  if (!key) {
    stages.trying(w.signer, w.group.bytes * 8, w.tried + 1, w.attempts.length);
    key = await tryAttempt(w, w.tried, EXPONENT, solver);
    w.tried += key ? 0 : 1;
  }
  if (key) w.outcome = recovered(w, key);
  else if (w.tried >= w.attempts.length) w.outcome = exhausted(w);
}

const failed = (w: Work, error: unknown): GroupOutcome =>
  outcomeOf(w, 'failed', `the arithmetic failed: ${error instanceof Error ? error.message : String(error)}`);

const unfinished = (w: Work): GroupOutcome =>
  outcomeOf(w, 'unfinished', w.tried === 0 ? 'not tried yet' : `no key yet: ${w.tried} of ${w.attempts.length} tries made`);

/** Works through the groups until all have an outcome or `minutes` are over. */
async function workThrough(
  works: readonly Work[],
  { jobs, minutes }: RecoverOptions,
  stages: RecoverStages,
  open: () => Solver,
  keep: () => void,
): Promise<void> {
  const busy = new Set<Work>();
  const solvers = Array.from({ length: jobs }, open);
  let over = false;
  const stop = (): void => {
    over = true;
    for (const s of solvers) s.stop();
  };
  const timer = minutes === null ? null : setTimeout(stop, minutes * 60_000);
  const lane = async (solver: Solver): Promise<void> => {
    for (let w = nextOf(works, busy); w && !over; w = nextOf(works, busy)) {
      busy.add(w);
      try {
        await step(w, stages, solver);
      } catch (error) {
        if (over) return;
        w.outcome = failed(w, error);
      }
      busy.delete(w);
      keep();
      if (w.outcome) stages.done(w.outcome, works.filter((o) => o.outcome !== null).length, works.length);
    }
  };
  try {
    await Promise.all(solvers.map(lane));
  } finally {
    if (timer) clearTimeout(timer);
    stop();
  }
}

/**
 * Computes the keys of signers from their signatures (two of one key have the modulus as common factor of s^e - m), and writes
 * them, group by group, as a file for `--dkim-keys`. Goes on where an earlier run stopped. What a group comes to depends on the
 * evidence alone, not on `jobs`.
 */
export async function recoverKeys(
  caseDir: string,
  options: RecoverOptions,
  stages: RecoverStages,
  open: () => Solver = () => new KeyLane(),
): Promise<Recovery> {
  const dir = resolve(caseDir);
  const keyFile = options.out === null ? join(dir, 'keys.json') : resolve(options.out);
  checkKeyFile(keyFile);
  const groups = await signerGroups(dir);
  const earlier = earlierOutcomes(dir);
  const works = groups.map((g) => workOf(g, earlier));
  const wanted = options.signer === null ? works : works.filter((w) => `${w.group.domain}/${w.group.selector}` === options.signer?.toLowerCase());
  if (options.signer !== null && wanted.length === 0)
    throw new NothingToScan(`${options.signer}: no RSA signature of that domain/selector in the case`);
  const outcomes = (of: readonly Work[]): GroupOutcome[] => of.map((w) => w.outcome ?? unfinished(w));
  const keep = (): void => keepOutcomes(dir, keyFile, outcomes(works));
  await workThrough(wanted, options, stages, open, keep);
  keep();
  return { outcomes: outcomes(wanted), keyFile };
}

import { DEFAULT_LIMITS, type Limits } from '../model/input.ts';
import { compareBytes } from '../model/provenance.ts';
import type { ReportedClaim } from '../model/report.ts';
import { NO_PASSWORDS, type PasswordList } from './passwords.ts';
import { askAll } from './pool.ts';
import type { Task } from './worker-protocol.ts';

export interface Verification {
  /** Asserted claims cut out of the dump again and found equal. */
  replayed: number;
  /** Observed claims of one artifact, measured again and found equal. */
  measured: number;
  /** Claims that an examination made by comparing documents; both ends were found with unchanged bytes, the comparison was not repeated. */
  compared: number;
  differing: { readonly path: string; readonly field: string; readonly raw: string; readonly found: string | null }[];
}

/** Replays claims against the dump: one worker, each artifact opened once. `examinations` are the readers that compare documents: 'identities@1'. */
export async function verifyClaims(
  claims: readonly ReportedClaim[],
  examinations: ReadonlySet<string>,
  roots: readonly string[],
  labels: readonly string[],
  limits: Limits,
  passwords: PasswordList = NO_PASSWORDS,
): Promise<Verification> {
  const outcome: Verification = { replayed: 0, measured: 0, compared: 0, differing: [] };
  const byPath = new Map<string, ReportedClaim[]>();
  for (const c of claims) byPath.set(c.path, [...(byPath.get(c.path) ?? []), c]);
  const paths = [...byPath.keys()].sort(compareBytes);
  const asked = paths.map((path) => (byPath.get(path) ?? []).filter((c) => !examinations.has(c.reader)));
  const tasks = paths.map((path, i): Task => ({ task: 'replay', path, roots, labels, limits, passwords, claims: asked[i] ?? [], wantBytes: 0 }));
  let at = 0;
  for await (const answer of askAll(tasks, { jobs: 1, isolation: 'thread', limits: DEFAULT_LIMITS })) {
    const path = paths[at] ?? '';
    const found = !(answer instanceof Error) && answer.answer === 'replayed' && answer.found;
    outcome.compared += found ? (byPath.get(path) ?? []).filter((c) => examinations.has(c.reader)).length : 0;
    (asked[at] ?? []).forEach((c, i) => {
      const raw = found ? (answer.raws[i] ?? null) : null;
      if (raw?.slice(0, c.raw.length) !== c.raw) outcome.differing.push({ path, field: c.field, raw: c.raw, found: raw });
      else if (c.basis === 'asserted') outcome.replayed++;
      else outcome.measured++;
    });
    at++;
  }
  return outcome;
}

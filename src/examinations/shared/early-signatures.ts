/** Servers that nobody sets are minutes off. */
const SKEW_MS = 15 * 60_000;

/** A signature by its value, and how long before the first server's time it says it was made, in ms; null where nothing tells. */
export interface Lead {
  readonly key: string;
  readonly leadMs: number | null;
}

/**
 * For each signature made more than 15 minutes before the first server had its message: how many others of the same signer are
 * early by as much, to 15 minutes. A clock that is wrong is wrong for all. Copies bear the same signature and count once.
 */
export function alikeEarly(signatures: readonly Lead[]): ReadonlyMap<string, number> {
  const leads = new Map<string, number>();
  for (const { key, leadMs } of signatures) if (leadMs !== null && leadMs > SKEW_MS && !leads.has(key)) leads.set(key, leadMs);
  const rising = [...leads].sort((a, b) => a[1] - b[1]);
  const alike = new Map<string, number>();
  let from = 0;
  let to = 0;
  for (const [key, lead] of rising) {
    while ((rising[from]?.[1] ?? Infinity) < lead - SKEW_MS) from++;
    while ((rising[to]?.[1] ?? Infinity) <= lead + SKEW_MS) to++;
    alike.set(key, to - from - 1);
  }
  return alike;
}

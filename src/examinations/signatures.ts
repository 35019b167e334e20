import type { Claim } from '../model/claim.ts';
import { readSignature, type SignatureRecord, signerOf } from '../model/dkim.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type Observation } from '../model/examination.ts';
import type { ArtifactId } from '../model/provenance.ts';
import { stateText } from '../model/signature-state.ts';
import { alikeEarly } from './shared/early-signatures.ts';
import { type Checked, checkSignature, KeyRing } from './shared/signature-check.ts';

const READS = ['dkim.signature', 'dkim.signer', 'time.received', 'time.sent'] as const;
type Read = (typeof READS)[number];

/** Signatures made within this much of each other met the same key and, in one box, the same route. */
const NEAR_MS = 14 * 86_400_000;

interface Entry {
  readonly about: ArtifactId;
  readonly claim: Pick<Claim, 'field' | 'locator'>;
  readonly checked: Checked;
  /** ms since 1970; null where nothing tells. */
  readonly at: number | null;
  /** Kind and value of the signature: copies of a message share it. */
  readonly key: string;
  readonly kind: string;
  readonly unchanged: boolean;
  /** How long before the first server had the message it says it was made, in ms. */
  readonly leadMs: number | null;
}

const instants = (m: Subject<Read>, attribute: 'time.received' | 'time.sent'): number[] =>
  m.claims(attribute).flatMap((c) => (c.value?.kind === 'instant' ? [c.value.epochMs] : []));

/** When the message was on its way: the first server after the signing, or Date. */
function ownTime(m: Subject<Read>, s: SignatureRecord): number | null {
  const signed = (s.signedAt ?? 0) * 1000;
  const hops = instants(m, 'time.received').filter((t) => t >= signed);
  return hops.length > 0 ? Math.min(...hops) : (instants(m, 'time.sent')[0] ?? null);
}

function leadOf(m: Subject<Read>, { signedAt }: SignatureRecord): number | null {
  const hops = instants(m, 'time.received');
  return signedAt === null || hops.length === 0 ? null : Math.min(...hops) - signedAt * 1000;
}

function entryOf(m: Subject<Read>, claim: Claim<'dkim.signature'>, s: SignatureRecord, ring: KeyRing): Entry {
  const own = ownTime(m, s);
  const checked = checkSignature(s, ring, own);
  return {
    about: m.artifact.id,
    claim: { field: claim.field, locator: claim.locator },
    checked,
    at: s.signedAt === null ? own : s.signedAt * 1000,
    key: `${s.kind} ${s.signature}`,
    kind: s.kind,
    leadMs: leadOf(m, s),
    unchanged: checked.outcome === 'verified' || (checked.outcome === 'key unknown' && s.body.state === 'intact'),
  };
}

/** Signatures of one signer and kind by time, copies counted once, and how many up to each came through unchanged. */
interface Line {
  readonly times: readonly number[];
  readonly unchangedUpTo: readonly number[];
  readonly own: ReadonlyMap<string, { readonly at: number; readonly unchanged: boolean }>;
}

function lineOf(entries: readonly Entry[]): Line {
  const own = new Map<string, { at: number; unchanged: boolean }>();
  for (const e of entries) {
    if (e.at === null || e.checked.outcome === 'not checkable') continue;
    const known = own.get(e.key);
    if (known) known.unchanged ||= e.unchanged;
    else own.set(e.key, { at: e.at, unchanged: e.unchanged });
  }
  const sorted = [...own.values()].sort((a, b) => a.at - b.at);
  const unchangedUpTo = [0];
  for (const s of sorted) unchangedUpTo.push((unchangedUpTo.at(-1) ?? 0) + Number(s.unchanged));
  return { times: sorted.map((s) => s.at), unchangedUpTo, own };
}

const early = (entries: readonly Entry[]): Iterable<Observation> => {
  const alike = alikeEarly(entries);
  return entries.flatMap(({ about, claim, key }): Observation[] => {
    const n = alike.get(key) ?? 0;
    if (n === 0) return [];
    return [
      { about, claim: { basis: 'observed', field: claim.field, locator: claim.locator, attribute: 'dkim.early-alike', raw: String(n), value: n } },
    ];
  });
};

/** How many of the times lie below `limit`. */
function below(times: readonly number[], limit: number): number {
  let [from, to] = [0, times.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] ?? 0) < limit) from = middle + 1;
    else to = middle;
  }
  return from;
}

function neighboursOf(e: Entry, line: Line): { all: number; unchanged: number } | null {
  const own = line.own.get(e.key);
  if (e.at === null || !own) return null;
  const from = below(line.times, own.at - NEAR_MS);
  const to = below(line.times, own.at + NEAR_MS + 1);
  const unchanged = (line.unchangedUpTo[to] ?? 0) - (line.unchangedUpTo[from] ?? 0);
  return { all: to - from - 1, unchanged: unchanged - Number(own.unchanged) };
}

function* observations(e: Entry, line: Line): Iterable<Observation> {
  const { outcome, notes, bits } = e.checked;
  const said = { basis: 'observed', field: e.claim.field, locator: e.claim.locator } as const;
  const state = stateText(outcome, notes);
  yield { about: e.about, claim: { ...said, attribute: 'dkim.state', raw: state, value: state } };
  if (bits !== null) yield { about: e.about, claim: { ...said, attribute: 'dkim.key-bits', raw: String(bits), value: bits } };
  const near = neighboursOf(e, line);
  if (!near || near.all === 0) return;
  yield { about: e.about, claim: { ...said, attribute: 'dkim.neighbours', raw: String(near.all), value: near.all } };
  yield { about: e.about, claim: { ...said, attribute: 'dkim.neighbours-unchanged', raw: String(near.unchanged), value: near.unchanged } };
}

/**
 * Checks every DKIM and ARC signature with the keys at hand, and counts how the same signer's other messages of those weeks
 * fared. Works on the records that reading left: new keys need no second look at the dump. Holds the signatures of one
 * signer at a time.
 */
export const signatures = examination({
  id: 'signatures',
  version: 2,
  reads: READS,
  async *examine(evidence, context) {
    const ring = new KeyRing(context.dkimKeys ?? new Map());
    for await (const group of evidence.groups('dkim.signer', 1)) {
      const entries: Entry[] = [];
      for await (const message of group.members)
        for (const claim of message.claims('dkim.signature')) {
          const record = readSignature(claim.value);
          if (record && signerOf(record) === group.value) entries.push(entryOf(message, claim, record, ring));
        }
      const kinds = new Set(entries.map((e) => e.kind));
      const lines = new Map([...kinds].map((kind) => [kind, lineOf(entries.filter((e) => e.kind === kind))]));
      for (const e of entries) {
        const line = lines.get(e.kind);
        if (line) yield* observations(e, line);
      }
      yield* early(entries);
    }
  },
});

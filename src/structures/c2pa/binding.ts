import { createHash } from 'node:crypto';
import type { Bytes } from '../../model/input.ts';
import { type Cbor, cborText, entryOf, membersOf } from '../cbor.ts';
import type { SignatureState } from '../cms/verify.ts';
import type { ManifestStore } from './manifest.ts';

const CHUNK = 1024 ** 2;
const MAX_EXCLUSIONS = 1000;

interface Run {
  readonly from: number;
  readonly to: number;
}

/** Exclusions in order; null where they overlap or are no numbers. */
function exclusionsOf(list: Cbor | undefined, size: number): Run[] | null {
  const runs: Run[] = [];
  for (const item of membersOf(list).slice(0, MAX_EXCLUSIONS)) {
    const [start, length] = [entryOf(item, 'start')?.value, entryOf(item, 'length')?.value];
    if (typeof start !== 'number' || typeof length !== 'number' || length < 0) return null;
    runs.push({ from: start, to: Math.min(size, start + length) });
  }
  runs.sort((a, b) => a.from - b.from);
  return runs.every((run, i) => run.from >= (runs[i - 1]?.to ?? 0) && run.from <= size) ? runs : null;
}

export interface Binding {
  /** Label of the assertion: 'c2pa.hash.data'. */
  readonly field: string;
  readonly state: SignatureState;
}

/** Whether the asset is the one the active manifest was made for (C2PA 2.1 section 18.5): its bytes but for the exclusions. Null where nothing binds it. */
export function bindingOf({ manifests }: ManifestStore, asset: Bytes): Binding | null {
  const active = manifests.at(-1);
  const assertion = active?.assertions.find((a) => a.box.label.startsWith('c2pa.hash.'));
  if (!active || !assertion) return null;
  const field = assertion.box.label;
  const algorithm = cborText(entryOf(assertion.cbor, 'alg')) ?? cborText(entryOf(active.claim, 'alg')) ?? '';
  const hash = entryOf(assertion.cbor, 'hash');
  const exclusions = exclusionsOf(entryOf(assertion.cbor, 'exclusions'), asset.size);
  // Hashes of boxes and of films count otherwise.
  if (!/^c2pa\.hash\.data(?:$|__)/.test(field) || hash?.kind !== 'bytes' || !exclusions) return { field, state: 'not checked' };
  if (!/^sha(?:256|384|512)$/.test(algorithm)) return { field, state: 'algorithm not supported' };
  const sum = createHash(algorithm);
  let at = 0;
  for (const { from, to } of [...exclusions, { from: asset.size, to: asset.size }]) {
    for (; at < from; at += CHUNK) sum.update(asset.slice(at, Math.min(CHUNK, from - at)));
    at = to;
  }
  return { field, state: sum.digest().equals(hash.bytes) ? 'verified' : 'content changed' };
}

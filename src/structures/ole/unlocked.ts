import type { Input, Password } from '../../model/input.ts';
import { attemptsOf, OPEN_TO_ALL, triedInVain } from '../passwords.ts';
import type { CfbEntry } from './cfb-directory.ts';
import { type Cfb, readCfb, streamOf } from './cfb.ts';
import { lockedSummary } from './locked-summary.ts';
import { LOCKED_SUMMARY, pptLock } from './ppt-lock.ts';
import type { LegacyLock } from './rc4-lock.ts';
import { SUMMARY_STREAM, wordLock } from './word-lock.ts';
import { xlsLock, type XlsKey } from './xls-lock.ts';

/** What became of a lock. */
export interface Unlocked<Key> {
  readonly key: Key | null;
  /** Of the list; null also where it opened without. */
  readonly password: Password | null;
  /** For the problem: ' (RC4 with a key of 40 bits)', what was tried; '' where there is no lock or it is not understood. */
  readonly visible: string;
  readonly tried: string;
}

const NOT_LOCKED: Unlocked<never> = { key: null, password: null, visible: '', tried: '' };

function tryAll<Key>(input: Input, lock: LegacyLock<Key> | 'unknown' | null): Unlocked<Key> {
  if (lock === null || lock === 'unknown') return NOT_LOCKED;
  const visible = ` (${lock.visible})`;
  if (lock.cost === 0) return { ...NOT_LOCKED, visible };
  for (const known of OPEN_TO_ALL) {
    const key = lock.keyBy(known);
    if (key) return { key, password: null, visible, tried: '' };
  }
  const attempts = input.once(attemptsOf);
  for (const password of attempts.tries(lock.cost)) {
    const key = lock.keyBy(password);
    if (!key) continue;
    attempts.opened(password);
    return { key, password, visible, tried: '' };
  }
  return { key: null, password: null, visible, tried: triedInVain(input) };
}

/** A compound file whose locked streams are given in the clear, where a password opens them. */
export interface UnlockedCfb extends Unlocked<unknown> {
  readonly cfb: Cfb;
}

/** Use as `input.once(unlockedCfb)`. A file without a lock is given as it is. */
export function unlockedCfb(input: Input): UnlockedCfb {
  const cfb = input.once(readCfb);
  const unlocked = tryAll(input, workbookLock(cfb) ?? wordLock(cfb) ?? pptLock(cfb));
  return { ...unlocked, cfb: unlocked.key ? withStreams(cfb, unlocked.key) : cfb };
}

/** The same of a workbook that is a file by itself; null where it stays as it is. */
export const unlockedWorkbook = (input: Input, stream: Uint8Array): Unlocked<XlsKey> => tryAll(input, xlsLock(stream));

function workbookLock(cfb: Cfb): LegacyLock<ReadonlyMap<string, Uint8Array>> | 'unknown' | null {
  const path = ['Workbook', 'Book'].find((name) => streamOf(cfb, name) !== null);
  const stream = path === undefined ? null : streamOf(cfb, path);
  const lock = stream && xlsLock(stream);
  if (path === undefined || !stream || !lock) return null;
  if (lock === 'unknown') return lock;
  return {
    ...lock,
    keyBy(password) {
      const key = lock.keyBy(password);
      return key && new Map([[path, key.clear(stream)], ...(key.block ? lockedSummary(cfb, SUMMARY_STREAM, key.block) : [])]);
    },
  };
}

/** The file with these streams instead of its own, or beside them; what held them enciphered is left out. */
function withStreams(cfb: Cfb, streams: ReadonlyMap<string, Uint8Array>): Cfb {
  const clear = new Map([...streams].map(([path, bytes]) => [path.toUpperCase(), { path, bytes }] as const));
  const gone = new Set([SUMMARY_STREAM, LOCKED_SUMMARY].map((s) => s.toUpperCase()));
  const kept = cfb.entries.filter((e) => !gone.has(e.path.toUpperCase()));
  const there = new Set(kept.map((e) => e.path.toUpperCase()));
  const added = new Map<string, CfbEntry>();
  for (const [upper, { path, bytes }] of clear)
    if (!there.has(upper))
      added.set(upper, {
        path,
        parent: '',
        name: path,
        kind: 'stream',
        clsid: null,
        created: 0n,
        modified: 0n,
        size: bytes.byteLength,
        start: 0,
        offset: 0,
      });
  return {
    entries: [...kept, ...added.values()],
    entry: (path) => (gone.has(path.toUpperCase()) ? null : (cfb.entry(path) ?? added.get(path.toUpperCase()) ?? null)),
    read: (entry) => clear.get(entry.path.toUpperCase())?.bytes ?? cfb.read(entry),
    place: (entry, at) => (added.has(entry.path.toUpperCase()) ? null : cfb.place(entry, at)),
    problems: cfb.problems,
  };
}

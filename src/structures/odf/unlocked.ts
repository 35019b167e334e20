import { constants, inflateRawSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input, Password } from '../../model/input.ts';
import { type PartText, partText } from '../ooxml/package.ts';
import { attemptsOf, triedInVain } from '../passwords.ts';
import { decodeXml } from '../xml.ts';
import { memberOf, readMember, readZip } from '../zip/zip.ts';
import { costOf, deciphered, encryptedEntries, type EncryptedEntry, hasChecksum, keyOf, startKeysOf, visibleOf } from './encryption.ts';

const MANIFEST = 'META-INF/manifest.xml';

/** What the manifest says is enciphered, and what a password of the list made of it. */
export interface UnlockedOdf {
  /** By member name. */
  readonly entries: ReadonlyMap<string, EncryptedEntry>;
  /** What opened it; null where it stayed closed, or was never locked. */
  readonly password: Password | null;
  /** How the problem goes on: ' (AES-256-CBC, 1024 rounds of PBKDF2)', what was tried. */
  readonly visible: string;
  readonly tried: string;
  /** What was wrong with the manifest. */
  readonly problems: readonly ProblemDraft[];
  /** A member in the clear, at most so many bytes; null bytes with a problem where it stays closed. */
  clear(name: string, maxBytes: number): ClearPart;
}

export interface ClearPart {
  readonly bytes: Uint8Array | null;
  /** The same, deflated still. */
  readonly packed: Uint8Array | null;
  readonly problem: ProblemDraft | null;
}

/** Members on which passwords are tried. The oldest programs made wrong checksums of some short members. */
const MOST_PROBED = 3;
/** Bytes of a member that is tried: small ones cost least. */
const MOST_PROBE_BYTES = 1024 * 1024;

/** Use as `input.once(unlockedOdf)`. Never throws. */
export function unlockedOdf(input: Input): UnlockedOdf {
  const { text, problem } = partText(input, MANIFEST);
  const { entries, error } = encryptedEntries(text ?? '<none/>');
  const problems: ProblemDraft[] = problem ? [problem] : [];
  if (error !== null && !problem) problems.push({ code: 'malformed', message: `${MANIFEST}: ${error}` });
  const [first] = entries.values();
  const closed = { entries, problems, visible: first ? visibleOf(first) : '', password: null, tried: '', clear: () => CLOSED };
  if (!first || costOf(first) === 0) return closed;
  const opened = tryAll(input, entries);
  if (!opened) return { ...closed, tried: triedInVain(input) };
  return {
    ...closed,
    password: opened.password,
    clear: (name, maxBytes) => clearPart(input, entries.get(name), opened, maxBytes),
  };
}

const CLOSED: ClearPart = { bytes: null, packed: null, problem: { code: 'encrypted', message: 'encrypted, by the manifest' } };

interface Opened {
  readonly password: Password;
  /** Which of the encodings of the password it was. */
  readonly encoding: number;
  /** Of members that were deciphered, by their entries: a part is asked for often. */
  readonly keys: Map<EncryptedEntry, Buffer>;
}

interface Probe {
  readonly entry: EncryptedEntry;
  readonly bytes: Uint8Array;
}

function probesOf(input: Input, entries: ReadonlyMap<string, EncryptedEntry>): Probe[] {
  const zip = input.once(readZip);
  const probes: Probe[] = [];
  for (const entry of entries.values()) {
    const member = memberOf(zip, entry.name);
    if (!member || costOf(entry) === 0 || probes.length === MOST_PROBED) continue;
    const read = readMember(input, member, MOST_PROBE_BYTES);
    if (read.ok && read.bytes.byteLength > 0) probes.push({ entry, bytes: read.bytes });
  }
  return probes;
}

function tryAll(input: Input, entries: ReadonlyMap<string, EncryptedEntry>): Opened | null {
  const probes = probesOf(input, entries);
  const attempts = input.once(attemptsOf);
  for (const password of attempts.tries(probes.reduce((sum, p) => sum + costOf(p.entry), 0))) {
    for (const { entry, bytes } of probes) {
      const encoding = startKeysOf(entry, password).findIndex((startKey) => {
        const clear = deciphered(entry, keyOf(entry, startKey), bytes);
        return clear !== null && hasChecksum(entry, clear);
      });
      if (encoding < 0) continue;
      attempts.opened(password);
      return { password, encoding, keys: new Map() };
    }
  }
  return null;
}

/** Null where the work that may be spent on this file is used up: a hostile manifest has a hundred thousand entries. */
function memberKey(input: Input, entry: EncryptedEntry, { password, encoding, keys }: Opened): Buffer | null {
  const known = keys.get(entry);
  if (known) return known;
  const startKey = startKeysOf(entry, password)[encoding];
  if (!startKey || costOf(entry) === 0 || !input.once(attemptsOf).spend(costOf(entry))) return null;
  const key = keyOf(entry, startKey);
  keys.set(entry, key);
  return key;
}

function clearPart(input: Input, entry: EncryptedEntry | undefined, opened: Opened, maxBytes: number): ClearPart {
  const zip = input.once(readZip);
  const member = entry && memberOf(zip, entry.name);
  const key = entry && memberKey(input, entry, opened);
  if (!member || !key) return CLOSED;
  const read = readMember(input, member, input.limits.maxArtifactBytes);
  if (!read.ok) return { ...CLOSED, problem: read.problem };
  const packed = deciphered(entry, key, read.bytes);
  return packed ? inflated(input, entry.name, packed, maxBytes) : malformed(entry.name);
}

const malformed = (name: string): ClearPart => ({
  ...CLOSED,
  problem: { code: 'malformed', message: `${name.slice(0, 200)}: deciphered, it is no valid deflate stream` },
});

function inflated({ limits }: Input, name: string, packed: Uint8Array, maxBytes: number): ClearPart {
  const byRatio = Math.max(limits.expansionFloorBytes, packed.byteLength * limits.maxExpansionRatio);
  const cap = Math.max(1, Math.min(maxBytes, limits.maxArtifactBytes, byRatio));
  try {
    return { bytes: inflateRawSync(packed, { maxOutputLength: cap, finishFlush: constants.Z_SYNC_FLUSH }), packed, problem: null };
  } catch (error) {
    const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    if (!tooLarge) return malformed(name);
    return { ...CLOSED, problem: { code: 'limit-exceeded', message: `${name.slice(0, 200)} unpacks to more than ${cap} bytes` } };
  }
}

/** The text of one part, in the clear where a password opens it: for replaying a locator. */
export function clearPartText(input: Input, name: string, maxBytes = MOST_XML): PartText {
  const unlocked = input.once(unlockedOdf);
  const written = memberOf(input.once(readZip), name)?.name ?? name;
  if (!unlocked.entries.has(written)) return partText(input, name);
  if (!unlocked.password) return { text: null, problem: null };
  const { bytes, problem } = unlocked.clear(written, maxBytes);
  return { text: bytes && decodeXml(bytes), problem };
}

/** Bytes of enciphered XML unpacked for one part. */
const MOST_XML = 48 * 1024 ** 2;

import { createDecipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import type { Password } from '../../model/input.ts';
import { blowfishCfb } from '../blowfish.ts';
import { encodings } from '../passwords.ts';
import { scanXml, type XmlElement } from '../xml.ts';

/** How one member is enciphered, as the manifest says (OpenDocument 1.3 part 2, 4.8.4 and following). Algorithms as short names: 'aes256-cbc'. */
export interface EncryptedEntry {
  readonly name: string;
  readonly algorithm: string;
  readonly iv: Buffer;
  readonly derivation: string;
  readonly keyBytes: number;
  readonly rounds: number;
  readonly salt: Buffer;
  readonly startKey: string;
  readonly checksumType: string;
  readonly checksum: Buffer;
}

/** Nobody has more, and a hostile file would ask for it. */
const MOST_ROUNDS = 2_000_000;
/** Bytes of one enciphered part that its checksum covers. */
const CHECKED = 1024;

/** 'Blowfish CFB', 'http://www.w3.org/2001/04/xmlenc#aes256-cbc', 'urn:…:manifest:1.0#blowfish': the last word, in lower case. */
const shortName = (name: string): string => (name.split(/[#:]/).pop() ?? '').trim().toLowerCase().slice(0, 40);

const valueOf = (e: XmlElement, local: string): string => e.attributes.find((a) => a.local === local)?.value ?? '';
const bytesIn = (e: XmlElement, local: string): Buffer => Buffer.from(valueOf(e, local), 'base64');

const NOTHING = { algorithm: '', iv: Buffer.alloc(0), derivation: '', keyBytes: 16, rounds: 0, salt: Buffer.alloc(0), startKey: 'sha1' };

/** What one element of the manifest says of the entry around it. */
const SAYS: Readonly<Record<string, (e: XmlElement) => Partial<EncryptedEntry>>> = {
  algorithm: (e) => ({ algorithm: shortName(valueOf(e, 'algorithm-name')), iv: bytesIn(e, 'initialisation-vector') }),
  'key-derivation': (e) => ({
    derivation: shortName(valueOf(e, 'key-derivation-name')),
    keyBytes: Number(valueOf(e, 'key-size') || 16),
    rounds: Number(valueOf(e, 'iteration-count')),
    salt: bytesIn(e, 'salt'),
  }),
  'start-key-generation': (e) => ({ startKey: shortName(valueOf(e, 'start-key-generation-name')) }),
};

/** The entries of a manifest with encryption data, by their names, and the first thing that is not well-formed. */
export function encryptedEntries(manifest: string): { readonly entries: ReadonlyMap<string, EncryptedEntry>; readonly error: string | null } {
  const entries = new Map<string, EncryptedEntry>();
  let name = '';
  const { error } = scanXml(manifest, {
    open(e) {
      if (e.local === 'file-entry') name = valueOf(e, 'full-path');
      else if (e.local === 'encryption-data' && name !== '')
        entries.set(name, { ...NOTHING, name, checksumType: shortName(valueOf(e, 'checksum-type')), checksum: bytesIn(e, 'checksum') });
      const known = entries.get(name);
      const says = SAYS[e.local];
      if (known && says) entries.set(name, { ...known, ...says(e) });
    },
  });
  return { entries, error };
}

const SHOWN: Readonly<Record<string, string>> = { 'blowfish cfb': 'Blowfish', blowfish: 'Blowfish', pbkdf2: 'PBKDF2', argon2id: 'Argon2id' };
const AES = /^aes(128|192|256)-(cbc|gcm)$/;

/** What can be seen: ' (AES-256-CBC, 100000 rounds of PBKDF2)'; '' where the manifest does not tell. */
export function visibleOf({ algorithm, derivation, rounds }: EncryptedEntry): string {
  if (algorithm === '') return '';
  const [, bits, mode = ''] = AES.exec(algorithm) ?? [];
  const cipher = bits === undefined ? (SHOWN[algorithm] ?? algorithm) : `AES-${bits}-${mode.toUpperCase()}`;
  const by = derivation === '' ? '' : `, ${derivation === 'pbkdf2' ? `${rounds} rounds of ` : 'a key by '}${SHOWN[derivation] ?? derivation}`;
  return ` (${cipher}${by})`;
}

/** Hashes that one password costs; 0 where this entry is not opened here. */
export function costOf({ algorithm, derivation, rounds, keyBytes, startKey }: EncryptedEntry): number {
  const [, bits, mode] = AES.exec(algorithm) ?? [];
  const fits =
    bits === undefined ? SHOWN[algorithm] === 'Blowfish' && keyBytes >= 4 && keyBytes <= 56 : mode === 'cbc' && keyBytes * 8 === Number(bits);
  const isOurs = fits && derivation === 'pbkdf2' && Number.isSafeInteger(rounds) && rounds >= 1 && rounds <= MOST_ROUNDS && startKey in START_KEYS;
  // HMAC hashes twice, for each twenty bytes of the key.
  return isOurs ? rounds * 2 * Math.ceil(keyBytes / 20) : 0;
}

const START_KEYS: Readonly<Record<string, 'sha1' | 'sha256'>> = { sha1: 'sha1', sha256: 'sha256' };

/** The keys that a password may mean: programs before 2010 took its letters in a code page. */
export const startKeysOf = (entry: EncryptedEntry, password: Password): readonly Buffer[] =>
  encodings(password).map((bytes) =>
    createHash(START_KEYS[entry.startKey] ?? 'sha1')
      .update(bytes)
      .digest(),
  );

/** The key of one member: what costs the rounds. */
export const keyOf = (entry: EncryptedEntry, startKey: Uint8Array): Buffer => pbkdf2Sync(startKey, entry.salt, entry.rounds, entry.keyBytes, 'sha1');

/** One member's bytes, deflated still; null where there is no whole block. */
export function deciphered(entry: EncryptedEntry, key: Uint8Array, bytes: Uint8Array): Uint8Array | null {
  if (!AES.test(entry.algorithm)) return entry.iv.length === 8 ? blowfishCfb(key, entry.iv, bytes) : null;
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 16));
  if (whole.length === 0 || entry.iv.length !== 16) return null;
  const decipher = createDecipheriv(`aes-${entry.keyBytes * 8}-cbc`, key, entry.iv).setAutoPadding(false);
  const clear = Buffer.concat([decipher.update(whole), decipher.final()]);
  // XML encryption fills up with anything; the last byte counts.
  const filling = clear.at(-1) ?? 0;
  return filling >= 1 && filling <= 16 ? clear.subarray(0, clear.length - filling) : null;
}

/** Whether deciphered bytes have the checksum of the manifest: of their first kilobyte, or of all of them. */
export function hasChecksum({ checksumType, checksum }: EncryptedEntry, clear: Uint8Array): boolean {
  const [, bits, part] = /^sha-?(1|256)([-/]1k)?$/.exec(checksumType) ?? [];
  if (bits === undefined) return false;
  const covered = part === undefined ? clear : clear.subarray(0, CHECKED);
  return createHash(`sha${bits}`).update(covered).digest().equals(checksum);
}

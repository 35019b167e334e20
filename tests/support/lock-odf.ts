import { createCipheriv, createHash, pbkdf2Sync } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { blowfishCfb } from '../../src/structures/blowfish.ts';

/** A part as LibreOffice or OpenOffice enciphers it, and what its entry in the manifest says. */
export interface LockedPart {
  readonly content: Uint8Array;
  readonly data: string;
}

const ALGORITHMS = {
  aes: {
    algorithm: 'http://www.w3.org/2001/04/xmlenc#aes256-cbc',
    checksum: 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k',
    start: '<manifest:start-key-generation manifest:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256" manifest:key-size="32"/>',
    hash: 'sha256',
    keyBytes: 32,
    ivBytes: 16,
  },
  blowfish: { algorithm: 'Blowfish CFB', checksum: 'SHA1/1K', start: '', hash: 'sha1', keyBytes: 16, ivBytes: 8 },
} as const;

const ROUNDS = 100;

/** Enciphering with feedback: each block is known before the next mask is made. */
function blowfish(key: Uint8Array, iv: Uint8Array, clear: Uint8Array): Buffer {
  const out: Buffer[] = [];
  let before = iv;
  for (let at = 0; at < clear.length; at += 8) {
    // What deciphers a block also enciphers it.
    const block = Buffer.from(blowfishCfb(key, before, clear.subarray(at, at + 8)));
    out.push(block);
    before = block;
  }
  return Buffer.concat(out);
}

export function lockedPart(clear: string | Uint8Array, password: string | Uint8Array, kind: keyof typeof ALGORITHMS): LockedPart {
  const { algorithm, checksum, start, hash, keyBytes, ivBytes } = ALGORITHMS[kind];
  const packed = deflateRawSync(clear);
  const [salt, iv] = [Buffer.alloc(16, 3), Buffer.alloc(ivBytes, 9)];
  const key = pbkdf2Sync(createHash(hash).update(password).digest(), salt, ROUNDS, keyBytes, 'sha1');
  const filling = 16 - (packed.length % 16);
  // Only the last byte of the filling has a meaning.
  const padded = Buffer.concat([packed, Buffer.alloc(filling - 1, 0xaa), Buffer.from([filling])]);
  const cipher = createCipheriv('aes-256-cbc', Buffer.concat([key, key]).subarray(0, 32), Buffer.concat([iv, iv]).subarray(0, 16));
  const content = kind === 'blowfish' ? blowfish(key, iv, packed) : cipher.setAutoPadding(false).update(padded);
  const sum = createHash(hash).update(packed.subarray(0, 1024)).digest('base64');
  const data = [
    `<manifest:encryption-data manifest:checksum-type="${checksum}" manifest:checksum="${sum}">`,
    `<manifest:algorithm manifest:algorithm-name="${algorithm}" manifest:initialisation-vector="${iv.toString('base64')}"/>${start}`,
    `<manifest:key-derivation manifest:key-derivation-name="PBKDF2" manifest:key-size="${keyBytes}" manifest:iteration-count="${ROUNDS}" manifest:salt="${salt.toString('base64')}"/>`,
    '</manifest:encryption-data>',
  ].join('');
  return { content, data };
}

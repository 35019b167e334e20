import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../src/structures/recognise.ts';
import { inputFrom } from '../support/read.ts';

const ZEROS = Buffer.alloc(25_600);

/** Bytes of an encrypted container, a cache, a disk sector; the same every time. */
function noise(n: number): Buffer {
  const seed = createHash('sha256').update(String(n)).digest();
  return createCipheriv('aes-128-ctr', seed.subarray(0, 16), seed.subarray(16, 32)).update(ZEROS);
}

/** What a thousand such blobs are taken for that begin with these bytes. */
function takenFor(...start: number[]): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (let n = 0; n < 1000; n++) {
    const bytes = noise(n);
    bytes.set(start);
    const { mediaType } = recognise(inputFrom(bytes));
    if (mediaType !== 'application/octet-stream') taken.set(mediaType, (taken.get(mediaType) ?? 0) + 1);
  }
  return taken;
}

describe('bytes by chance are nothing, whichever magic of two bytes they begin with', () => {
  it.each([
    ['gzip', [0x1f, 0x8b], 1],
    ['compress', [0x1f, 0x9d], 90],
    ['cpio, little-endian', [0xc7, 0x71], 1],
    ['cpio, big-endian', [0x71, 0xc7], 1],
    ['a program', [0x4d, 0x5a], 15],
    ['sound', [0xff, 0xfb], 1],
    ['text in UTF-16', [0xff, 0xfe], 0],
    ['text in UTF-16, big-endian', [0xfe, 0xff], 0],
    ['an OpenPGP key of version 4', [0x99, 0x01, 0x0d, 0x04], 40],
    ['an OpenPGP session key', [0x84, 0x5e, 0x03], 15],
  ])('%s', (_, start, most) => {
    const taken = takenFor(...start);
    expect([...taken.values()].reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(most);
  });

  it('nor without one', () => {
    expect(takenFor()).toEqual(new Map());
  });
});

import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { cipherCost, openCipher } from '../../src/structures/pdf/crypt.ts';
import type { PdfDict, PdfValue } from '../../src/structures/pdf/values.ts';
import { rc4 } from '../../src/structures/rc4.ts';

const md5 = (...parts: Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const sha = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const PADDING = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const padded = (text: string): Buffer => Buffer.concat([Buffer.from(text), PADDING]).subarray(0, 32);
const string = (bytes: Uint8Array): PdfValue => ({ kind: 'string', bytes }) as unknown as PdfValue;
const name = (text: string): PdfValue => ({ kind: 'name', name: text }) as unknown as PdfValue;

const ID = Buffer.alloc(16, 9);
const PERMISSIONS = -4;

/** Revision 2: RC4 at 40 bits. ISO 32000-1 7.6.3.3 and 7.6.3.4, algorithms 2 to 4. */
function revision2(user: string, owner: string): { encrypt: Record<string, PdfValue>; key: Buffer } {
  const o = rc4(md5(padded(owner)).subarray(0, 5), padded(user));
  const p = Buffer.alloc(4);
  p.writeInt32LE(PERMISSIONS);
  const key = md5(padded(user), o, p, ID).subarray(0, 5);
  return { key, encrypt: { Filter: name('Standard'), V: 1, R: 2, O: string(o), U: string(rc4(key, PADDING)), P: PERMISSIONS } };
}

/** Revision 5: AES at 256 bits, one SHA-256 a password. Adobe's supplement to ISO 32000, extension level 3. */
function revision5(user: string, owner: string): Record<string, PdfValue> {
  const key = Buffer.alloc(32, 5);
  const wrapped = (by: Buffer): Buffer => createCipheriv('aes-256-cbc', by, Buffer.alloc(16)).setAutoPadding(false).update(key);
  const [check, salt] = [Buffer.alloc(8, 1), Buffer.alloc(8, 2)];
  const u = Buffer.concat([sha(Buffer.from(user), check), check, salt]);
  const o = Buffer.concat([sha(Buffer.from(owner), check, u), check, salt]);
  const filter = new Map<string, PdfValue>([['CFM', name('AESV3')]]);
  return {
    Filter: name('Standard'),
    V: 5,
    R: 5,
    U: string(u),
    UE: string(wrapped(sha(Buffer.from(user), salt))),
    O: string(o),
    OE: string(wrapped(sha(Buffer.from(owner), salt, u))),
    P: PERMISSIONS,
    StrF: name('StdCF'),
    StmF: name('StdCF'),
    CF: new Map([['StdCF', filter]]),
  };
}

const dict = (values: Record<string, PdfValue>): PdfDict => new Map(Object.entries(values));

describe('a PDF locked with passwords', () => {
  it.each([
    ['revision 2', dict(revision2('geheim', 'besitz').encrypt)],
    ['revision 5', dict(revision5('geheim', 'besitz'))],
  ])('opens by the user’s and by the owner’s, %s', (_, encrypt) => {
    const opens = (password?: string): boolean =>
      openCipher(encrypt, string(ID), ...(password === undefined ? [] : [Buffer.from(password)])) !== null;
    expect([opens('geheim'), opens('besitz')]).toEqual([true, true]);
    expect([opens(), opens('falsch'), opens('geheim2')]).toEqual([false, false, false]);
  });

  it('is deciphered by the key that either leads to', () => {
    const { encrypt, key } = revision2('geheim', 'besitz');
    const enciphered = rc4(md5(key, Uint8Array.of(7, 0, 0, 0, 0)).subarray(0, 10), Buffer.from('Claire Moreau'));
    for (const password of ['geheim', 'besitz'])
      expect(Buffer.from(openCipher(dict(encrypt), string(ID), Buffer.from(password))?.string(enciphered, 7, 0) ?? []).toString()).toBe(
        'Claire Moreau',
      );
  });

  it('costs more to try where the handler is hardened', () => {
    expect(cipherCost(dict({ R: 6 }))).toBeGreaterThan(cipherCost(dict({ R: 4 })));
  });
});

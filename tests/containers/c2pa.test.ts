import { expect, it } from 'vitest';
import { c2pa } from '../../src/containers/c2pa.ts';
import { buildStore, jpegWithStore, signedPng } from '../support/build-c2pa.ts';
import { jpegWith, pngWith } from '../support/build-images.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

const PNG = pngWith({ software: 'Paint' });
const said = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await openAll(c2pa, bytes)).children.map((c) => [c.key, c.role, c.says.map((s) => [s.attribute, s.field, s.value])]);

it('opens the store of a PNG and compares it with the picture', async () => {
  const bytes = signedPng(PNG);
  expect(await said(bytes)).toEqual([['c2pa 0', 'part', [['signature.state', 'c2pa.hash.data', 'verified']]]]);
  bytes[bytes.lastIndexOf('Paint')] = 0x50 ^ 1;
  expect(await said(bytes)).toEqual([['c2pa 0', 'part', [['signature.state', 'c2pa.hash.data', 'content changed']]]]);
});

it('puts the store of a JPEG together again', async () => {
  const store = buildStore({ author: 'Claire Moreau' });
  expect(store.length).toBeGreaterThan(1008);
  const [child] = (await openAll(c2pa, jpegWithStore(jpegWith({ software: 'Paint' }), store))).children;
  expect(Buffer.from(bytesOfChild(child)).equals(store)).toBe(true);
  expect(child?.says).toEqual([]);
});

it.each([
  ['WebP', (s: Buffer) => riff('WEBP', 'C2PA', s)],
  ['a film', (s: Buffer) => film(s)],
  ['JPEG XL', (s: Buffer) => Buffer.concat([Buffer.from('0000000c4a584c200d0a870a', 'hex'), s])],
])('opens the store of %s', async (_, build) => {
  const store = buildStore({});
  const { children } = await openAll(c2pa, build(store));
  expect(children.map((c) => Buffer.from(bytesOfChild(c)).equals(store))).toEqual([true]);
});

it('has nothing to open in a picture without one', async () => {
  for (const bytes of [PNG, jpegWith({ software: 'Paint' })]) expect(await said(bytes)).toEqual([]);
});

function riff(form: string, type: string, data: Buffer): Buffer {
  const front = Buffer.alloc(20);
  front.write('RIFF', 0);
  front.writeUInt32LE(data.length + 12, 4);
  front.write(form, 8);
  front.write(type, 12);
  front.writeUInt32LE(data.length, 16);
  return Buffer.concat([front, data, Buffer.alloc(data.length & 1)]);
}

function film(store: Buffer): Buffer {
  const inside = Buffer.concat([
    Buffer.from('d8fec3d61b0e483c92975828877ec481', 'hex'),
    Buffer.alloc(4),
    Buffer.from('manifest\0'),
    Buffer.alloc(8),
    store,
  ]);
  const front = Buffer.alloc(8);
  front.writeUInt32BE(inside.length + 8, 0);
  front.write('uuid', 4);
  return Buffer.concat([Buffer.from('00000014667479706d703432000000006d703432', 'hex'), front, inside]);
}

import { inflateRawSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { deflateFixed } from './deflate.ts';

const chance = seeded(4);
const SAMPLES = {
  nothing: Buffer.alloc(0),
  'one byte': Buffer.from('a'),
  'a long run': Buffer.alloc(70_000, 0x41),
  markup: Buffer.from('<w:p><w:r><w:t>Réunion du bureau</w:t></w:r></w:p>'.repeat(300)),
  'no repetition': Buffer.from(Array.from({ length: 5000 }, () => Math.floor(chance() * 256))),
};

it.each(Object.entries(SAMPLES))('is read back by zlib: %s', (_, bytes) => {
  expect(inflateRawSync(deflateFixed(bytes)).equals(bytes)).toBe(true);
});

it('makes markup much smaller', () => {
  expect(deflateFixed(SAMPLES.markup).byteLength).toBeLessThan(SAMPLES.markup.byteLength / 20);
});

import { describe, expect, it } from 'vitest';
import { CONTAINERS } from '../../src/containers/index.ts';
import { FORMATS } from '../../src/formats/index.ts';
import type { Container, FormatReader } from '../../src/model/input.ts';
import { ATTRIBUTES } from '../../src/model/attribute.ts';
import { MAX_RAW } from '../../src/model/claim.ts';
import { FIXTURES } from '../support/fixtures.ts';
import { inputFrom, openAll, readAll, unreplayable } from '../support/read.ts';
import { seeded } from '../support/seeded.ts';

const LONG = process.env['TAINTED_LONG'] === '1';
const MUTATIONS = LONG ? 1000 : 100;
const CUTS = 64;

/** No reader may take longer than this on a fixture of some kilobytes, however broken it is. */
const PATIENCE_MS = 2000;

const broken: readonly (readonly [string, Uint8Array])[] = [
  ['empty', new Uint8Array(0)],
  ['one byte', new Uint8Array([0x25])],
  ['zeros', new Uint8Array(1024 ** 2)],
];

/** Yields or throws, in time; a hang or a crash of the process is what must not be. */
async function survives(run: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
  expect(performance.now() - began).toBeLessThan(PATIENCE_MS);
}

function* mutations(bytes: Uint8Array, seed: number): Iterable<Uint8Array> {
  const random = seeded(seed);
  for (let i = 0; i < MUTATIONS; i++) {
    const copy = Uint8Array.from(bytes);
    const edits = 1 + Math.floor(random() * 8);
    for (let e = 0; e < edits; e++) copy[Math.floor(random() * copy.length)] = Math.floor(random() * 256);
    yield random() < 0.2 ? copy.subarray(0, Math.floor(random() * copy.length)) : copy;
  }
}

describe.each(FORMATS.map((f) => [f.id, f] as const))('format %s', (id, reader: FormatReader) => {
  const fixture = FIXTURES[id];
  it('has a fixture', () => expect(fixture?.length).toBeGreaterThan(0));
  it.each(broken)('survives %s', (_, bytes) => survives(() => readAll(reader, bytes)));
  it(`survives truncation at ${CUTS} points`, async () => {
    for (const bytes of fixture ?? [])
      for (let i = 0; i < CUTS; i++) await survives(() => readAll(reader, bytes.subarray(0, Math.floor((bytes.length * i) / CUTS))));
  });
  it(`survives ${MUTATIONS} seeded mutations, and what it still claims is well-formed`, async () => {
    for (const [n, bytes] of (fixture ?? []).entries())
      for (const mutated of mutations(bytes, n + 1))
        await survives(async () => {
          const { claims } = await readAll(reader, mutated);
          for (const c of claims) {
            if (!(c.attribute in ATTRIBUTES) || c.raw.length > MAX_RAW) throw new TypeError(`ill-formed claim ${c.attribute}`);
          }
        });
  });
  it('claims whose locators replay to their raw values', async () => {
    for (const bytes of fixture ?? []) {
      expect((await readAll(reader, bytes)).claims.length).toBeGreaterThan(0);
      expect(await unreplayable(reader, bytes)).toEqual([]);
    }
  });
  it('answers null for a locator that leads nowhere', async () => {
    for (const bytes of fixture ?? [])
      expect(await reader.replay(inputFrom(bytes), { in: 'header', part: '', name: 'X-No-Such-Header', nth: 7 })).toBeNull();
  });
});

describe.each(CONTAINERS.map((c) => [c.id, c] as const))('container %s', (id, container: Container) => {
  const fixture = FIXTURES[`container:${id}`];
  it('has a fixture with children', async () => {
    expect(fixture?.length).toBeGreaterThan(0);
    for (const bytes of fixture ?? []) expect((await openAll(container, bytes)).children.length).toBeGreaterThan(0);
  });
  it('gives its children unique keys that open the same bytes again', async () => {
    for (const bytes of fixture ?? []) {
      const { children } = await openAll(container, bytes);
      expect(new Set(children.map((c) => c.key)).size).toBe(children.length);
      for (const child of children) {
        if (!container.openOne || child.bytes === null) continue;
        const again = container.openOne(inputFrom(bytes), child.key);
        expect(again?.bytes && Buffer.from(again.bytes.slice(0, again.bytes.size)).toString('hex')).toBe(
          Buffer.from(child.bytes.slice(0, child.bytes.size)).toString('hex'),
        );
      }
    }
  });
  it.each(broken)('survives %s', (_, bytes) => survives(() => openAll(container, bytes)));
  it(`survives truncation at ${CUTS} points`, async () => {
    for (const bytes of fixture ?? [])
      for (let i = 0; i < CUTS; i++) await survives(() => openAll(container, bytes.subarray(0, Math.floor((bytes.length * i) / CUTS))));
  });
  it(`survives ${MUTATIONS} seeded mutations`, async () => {
    for (const [n, bytes] of (fixture ?? []).entries())
      for (const mutated of mutations(bytes, n + 1)) await survives(() => openAll(container, mutated));
  });
});

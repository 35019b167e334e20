import { describe, expect, it } from 'vitest';
import { rar } from '../../src/formats/rar.ts';
import { buildRar4, buildRar5 } from '../support/build-rar.ts';
import { inputFrom, readAll } from '../support/read.ts';

const entries = [{ name: 'a', content: 'x' }];

describe('rar reader', () => {
  it.each([
    ['rar4-windows', buildRar4(entries)],
    ['rar4-unix', buildRar4(entries, { host: 'unix' })],
    ['rar5-windows', buildRar5(entries)],
    ['rar5-unix', buildRar5(entries, { host: 'unix' })],
    ['rar5', buildRar5(entries, { encryptedHeaders: true })],
  ])('tells version and system: %s', async (value, bytes) => {
    const { claims } = await readAll(rar, bytes);
    expect(claims.map((c) => [c.attribute, c.value])).toEqual([['tool.container', value]]);
    for (const c of claims) expect(rar.replay(inputFrom(bytes), c.locator)).toBe(c.raw);
  });

  it('says nothing of what is no RAR', async () => {
    expect((await readAll(rar, new Uint8Array(100))).claims).toEqual([]);
  });
});

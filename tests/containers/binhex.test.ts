import { describe, expect, it } from 'vitest';
import { binhex } from '../../src/containers/binhex.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildBinHex } from '../support/build-residue.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

describe('BinHex 4.0', () => {
  const data = Buffer.concat([Buffer.from('Bonjour'), Buffer.alloc(40, 0x61), Buffer.from([0x90, 0x90, 1])]);
  const bytes = buildBinHex({ name: 'Lettre', data, resources: Buffer.from('fork') });
  it('has both forks, runs expanded', async () => {
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/mac-binhex40', also: [] });
    const { children, problems } = await openAll(binhex, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, Buffer.from(bytesOfChild(c)).toString('latin1')])).toEqual([
      ['data', 'Lettre', data.toString('latin1')],
      ['resources', undefined, 'fork'],
    ]);
  });
  it('is no talk of it', () =>
    expect(recognise(inputFrom(Buffer.from('Hier\n(This file must be converted with BinHex 4.0)\nstood there.\n'))).mediaType).toBe('text/plain'));
  it('says that it breaks off', async () =>
    expect((await openAll(binhex, bytes.subarray(0, 100))).problems.map((p) => p.code)).toEqual(['truncated']));
});

import { describe, expect, it } from 'vitest';
import { jumpList } from '../../src/containers/jump-list.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildLnk } from '../support/build-lnk.ts';
import { buildCustomJumpList, buildJumpList } from '../support/build-residue.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const shortcut = buildLnk({ created: '2017-03-01T09:00:00Z', localPath: 'C:\\a.txt' });
const childTypes = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await openAll(jumpList, bytes)).children.map((c) => [c.key, c.role, recognise(inputFrom(bytesOfChild(c))).mediaType]);

describe('shortcuts of jump lists', () => {
  it('automatic', async () => {
    const bytes = buildJumpList([{ path: 'C:\\a.txt', machine: 'poste-12', accessed: '2017-03-27T12:41:05Z', object: Buffer.alloc(16), shortcut }]);
    expect(await childTypes(bytes)).toEqual([['1', 'part', 'application/x-ms-shortcut']]);
  });
  it('custom', async () => {
    const bytes = buildCustomJumpList([shortcut, shortcut]);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/x-ms-custom-jump-list', also: [] });
    expect(await childTypes(bytes)).toEqual([
      ['shortcut@32', 'part', 'application/x-ms-shortcut'],
      [`shortcut@${48 + shortcut.byteLength}`, 'part', 'application/x-ms-shortcut'],
    ]);
    expect(recognise(inputFrom(bytes.subarray(0, bytes.byteLength - 1))).mediaType).toBe('application/octet-stream');
  });
});

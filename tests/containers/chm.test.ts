import { expect, it } from 'vitest';
import { chm } from '../../src/containers/chm.ts';
import { buildChm, type ChmSpec } from '../support/build-ebook.ts';
import { lzxFrame, lzxStored } from '../support/build-lzx.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const FILES = { '/index.htm': '<html>Bonjour</html>', '/html/plan.htm': '<html>plan</html>' };
const built = (s: Partial<ChmSpec> = {}): Uint8Array =>
  buildChm({ title: 'Aide', compiler: 'HHA Version 4.74.8702', compiled: '2009-05-20T05:38:29Z', language: 0x40c, files: FILES, ...s });
const texts = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await openAll(chm, bytes)).children.map((c) => [c.key, c.bytes && Buffer.from(bytesOfChild(c)).toString('latin1')]);

it('opens its pages, and not what the compiler keeps for itself', async () => {
  const { children, problems } = await openAll(chm, built());
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([
    ['index.htm', 'index.htm', 'part'],
    ['html/plan.htm', 'plan.htm', 'part'],
  ]);
  expect(await texts(built())).toEqual([
    ['index.htm', '<html>Bonjour</html>'],
    ['html/plan.htm', '<html>plan</html>'],
  ]);
  expect(chm.openOne?.(inputFrom(built()), '#SYSTEM')).toBeNull();
});

it('joins what lies in two blocks', async () => {
  const long = `${'a'.repeat(32_760)}<html>Bonjour</html>`;
  const frames = [lzxStored(Buffer.from(long.slice(0, 32_768))), lzxFrame(long.length - 32_768, [...Buffer.from(long.slice(32_768))])];
  const files = { '/a': long.slice(0, 32_760), '/b.htm': long.slice(32_760) };
  expect((await texts(built({ files, frames })))[1]).toEqual(['b.htm', '<html>Bonjour</html>']);
});

it('keeps the names where a block is damaged, and where all is cut off', async () => {
  const { children, problems } = await openAll(chm, built({ frames: [Buffer.from([0, 0xff, 0xff, 0xff])] }));
  expect(problems).toEqual([{ code: 'malformed', message: '1 of 1 blocks of 32768 bytes cannot be unpacked' }]);
  expect(children).toMatchObject([
    { key: 'index.htm', bytes: null, why: 'unreadable', problem: { code: 'malformed' } },
    { key: 'html/plan.htm', bytes: null },
  ]);
  const cut = built().subarray(0, built().byteLength - 200);
  expect((await openAll(chm, cut)).problems.map((p) => p.message)).toEqual(['what is needed to unpack its pages is missing or damaged']);
});

it('stops at the limit', async () => {
  const { problems } = await openAll(chm, built(), { maxArtifactBytes: 1000 });
  expect(problems).toEqual([{ code: 'limit-exceeded', message: 'its pages unpack to more than 1000 bytes; the rest was left out' }]);
});

it('has none where it is a directory only', async () => {
  expect(await openAll(chm, buildChm({ title: 'Aide', compiler: 'x', compiled: '2009-05-20T05:38:29Z', language: 0x40c }))).toEqual({
    children: [],
    problems: [],
  });
});

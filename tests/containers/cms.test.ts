import { expect, it } from 'vitest';
import { cms } from '../../src/containers/cms.ts';
import { buildCompressed, buildEnveloped, buildSigned, buildTimeStamped, buildToken } from '../support/build-cms.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

const LETTER = Buffer.from('Bonjour,\nune phrase.\n');
const contents = async (bytes: Uint8Array): Promise<string[]> =>
  (await openAll(cms, bytes)).children.map((c) => Buffer.from(bytesOfChild(c)).toString());

it.each([
  ['signed', buildSigned({ content: LETTER })],
  ['signed in segments', buildSigned({ content: LETTER, streamed: true })],
  ['compressed', buildCompressed(LETTER)],
  ['time-stamped', buildTimeStamped(LETTER, 'lettre.txt', '2015-03-04T12:00:00Z')],
])('opens what is %s', async (_, bytes) => expect(await contents(bytes)).toEqual([LETTER.toString()]));

it.each([
  ['encrypted', buildEnveloped()],
  ['signed elsewhere', buildSigned({ content: LETTER, detached: true })],
  ['a statement of time', buildToken(LETTER, '2015-03-04T12:00:00Z')],
])('has nothing to open where it is %s', async (_, bytes) => expect(await contents(bytes)).toEqual([]));

it('passes on the name in the metadata, without folders', async () => {
  const [child] = (await openAll(cms, buildTimeStamped(LETTER, 'C:\\a\\lettre.txt', '2015-03-04T12:00:00Z'))).children;
  expect(child?.label).toBe('lettre.txt');
  expect(child?.says.map((c) => [c.attribute, c.value])).toEqual([['name.file', 'lettre.txt']]);
});

it('keeps a member that does not unpack', async () => {
  const bytes = Buffer.from(buildCompressed(LETTER));
  bytes.fill(0xff, bytes.length - 12);
  expect((await openAll(cms, bytes)).children.map((c) => [c.key, 'why' in c && c.why])).toEqual([['content', 'unreadable']]);
});

it('stops at a bomb', async () => {
  const bytes = buildCompressed(Buffer.alloc(100_000));
  const limits = { maxArtifactBytes: 5000, expansionFloorBytes: 5000 };
  expect((await openAll(cms, bytes, limits)).children.map((c) => 'why' in c && c.why)).toEqual(['over-limit']);
});

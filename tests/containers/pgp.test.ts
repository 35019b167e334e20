import { expect, it } from 'vitest';
import { pgp } from '../../src/containers/pgp.ts';
import { armor, cleartext, compressed, encryptedData, literal, literalBody, partialPacket, sessionKey } from '../support/build-pgp.ts';
import { bytesOfChild, openAll } from '../support/read.ts';

const TIME = '2015-03-04T12:00:00Z';
const LONG = Buffer.alloc(2000, 'Bonjour ');
const contents = async (bytes: Uint8Array): Promise<string[]> =>
  (await openAll(pgp, bytes)).children.map((c) => Buffer.from(bytesOfChild(c)).toString());

it.each([
  ['a packed literal', armor('MESSAGE', compressed(literal(Buffer.from('Bonjour'), 'a.txt', TIME))), 'Bonjour'],
  ['a literal in pieces', armor('MESSAGE', partialPacket(11, literalBody(LONG, 'a.txt', TIME))), LONG.toString()],
  ['a text in the clear', cleartext('Bonjour,\n- une phrase.', TIME), 'Bonjour,\n- une phrase.'],
])('opens %s', async (_, bytes, text) => expect(await contents(bytes)).toEqual([text]));

it('has nothing to open where it is encrypted', async () => {
  expect(await contents(Buffer.concat([sessionKey(), encryptedData()]))).toEqual([]);
});

it('passes on name and date', async () => {
  const [child] = (await openAll(pgp, armor('MESSAGE', literal(Buffer.from('x'), 'dir/a.txt', TIME)))).children;
  expect(child?.label).toBe('a.txt');
  expect(child?.says.map((s) => [s.attribute, s.raw])).toEqual([
    ['name.file', 'a.txt'],
    ['time.stored', String(Date.UTC(2015, 2, 4, 12) / 1000)],
  ]);
});

it('stops at a bomb', async () => {
  const bytes = armor('MESSAGE', compressed(literal(Buffer.alloc(100_000), '', TIME)));
  expect((await openAll(pgp, bytes, { maxArtifactBytes: 5000, expansionFloorBytes: 5000 })).children).toEqual([]);
});

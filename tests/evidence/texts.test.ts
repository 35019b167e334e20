import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CaseIndex } from '../../src/evidence/case-index.ts';
import { SegmentWriter } from '../../src/evidence/segment.ts';
import { isSampled } from '../../src/model/examination.ts';
import { type Artifact } from '../../src/model/artifact.ts';
import type { Passage } from '../../src/model/claim.ts';
import { type ArtifactId, artifactId, sha256Of } from '../../src/model/provenance.ts';

/** Beyond what 32 bits hold when the sample is drawn: 53,021 times 40,503. */
const COUNT = 54_000;
const idOf = (name: string): ArtifactId => artifactId([{ opener: 'corpus', key: name }]);
const artifact = (name: string): Artifact => ({
  id: idOf(name),
  path: [{ opener: 'corpus', key: name }],
  parent: null,
  document: idOf(name),
  sha256: sha256Of(name),
  size: 10,
  mediaType: 'text/plain',
  outcome: { state: 'read' },
});
const passagesOf = (i: number): Passage[] => [
  { role: 'paragraph', address: { in: 'bytes', offset: 0, length: 10 }, label: 'line 1', text: `text ${i}` },
];

let dir = '';
let index: CaseIndex;

beforeAll(async () => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'texts-'));
  fs.mkdirSync(join(dir, 'segments'));
  const writer = new SegmentWriter(join(dir, 'segments'), '0000');
  writer.write({ t: 'head', schema: 'segment/1', shard: 0, of: 1, readers: [], options: sha256Of('') });
  for (let i = 0; i < COUNT; i++) {
    writer.write({ t: 'artifact', ...artifact(`f${i}`) });
    writer.write({ t: 'passages', artifact: idOf(`f${i}`), passages: passagesOf(i) });
  }
  writer.write({ t: 'artifact', ...artifact('a copy of f7'), same: idOf('f7') });
  writer.write({ t: 'artifact', ...artifact('without text') });
  index = await CaseIndex.build(dir, [writer.seal().name], { memoryLimit: '200MB', threads: 1 });
});

afterAll(() => {
  index.close();
  fs.rmSync(dir, { recursive: true });
});

it('hands out every text once, in the order in which they were read', async () => {
  const said: string[] = [];
  for await (const { position, passages } of index.evidence([]).texts()) said.push(`${position}: ${passages[0]?.text ?? ''}`);
  expect(said).toHaveLength(COUNT);
  expect([said[0], said[1007], said.at(-1)]).toEqual(['0: text 0', '1007: text 1007', '53999: text 53999']);
});

it('samples as isSampled does', async () => {
  const positions: number[] = [];
  for await (const { position } of index.evidence([]).texts(8)) positions.push(position);
  expect(positions).toEqual(Array.from({ length: COUNT }, (_, i) => i).filter((i) => isSampled(i, 8)));
  expect(Math.abs(positions.length - COUNT / 8)).toBeLessThan(10);
});

it('names all that hold a text', async () => {
  const held = await index.evidence([]).textsAt([900, 7]);
  expect(held.map((t) => [t.position, t.artifacts, t.passages[0]?.text])).toEqual([
    [7, [idOf('a copy of f7'), idOf('f7')], 'text 7'],
    [900, [idOf('f900')], 'text 900'],
  ]);
});

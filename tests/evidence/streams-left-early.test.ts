import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { CaseIndex } from '../../src/evidence/case-index.ts';
import { SegmentWriter } from '../../src/evidence/segment.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import { artifactId, sha256Of } from '../../src/model/provenance.ts';

const COUNT = 30_000;
/** Each stream holds some three megabytes that were sorted for it: more of them left open do not fit. */
const STREAMS = 60;

it('what was sorted for a stream is given back when its reader has seen enough', { timeout: 60_000 }, async () => {
  const dir = fs.mkdtempSync(join(os.tmpdir(), 'streams-'));
  fs.mkdirSync(join(dir, 'segments'));
  const writer = new SegmentWriter(join(dir, 'segments'), '0000');
  writer.write({ t: 'head', schema: 'segment/1', shard: 0, of: 1, readers: [], options: sha256Of('') });
  for (let i = 0; i < COUNT; i++) {
    const path: Artifact['path'] = [{ opener: 'corpus', key: `f${i}` }];
    const id = artifactId(path);
    const outcome = { state: 'read' } as const;
    writer.write({ t: 'artifact', id, path, parent: null, document: id, sha256: sha256Of(`${i}`), size: 1, mediaType: 'text/plain', outcome });
    const author = `${'a'.repeat(90)} ${i}`;
    const said = {
      basis: 'asserted',
      attribute: 'party.author',
      field: 'author',
      raw: author,
      value: author,
      locator: { in: 'parent', key: 'author' },
    } as const;
    writer.write({ t: 'claim', ...said, artifact: id, seq: 0, reader: 'text@1' });
  }
  const index = await CaseIndex.build(dir, [writer.seal().name], { memoryLimit: '100MB', threads: 1 });
  try {
    const firsts: string[] = [];
    for (let i = 0; i < STREAMS; i++)
      for await (const { value } of index.evidence(['party.author']).groups('party.author', 1)) {
        firsts.push(value);
        break;
      }
    expect(new Set(firsts)).toEqual(new Set([`${'a'.repeat(90)} 0`]));
    expect(firsts).toHaveLength(STREAMS);
  } finally {
    index.close();
    fs.rmSync(dir, { recursive: true });
  }
});

import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CaseIndex } from '../../src/evidence/case-index.ts';
import { SegmentWriter } from '../../src/evidence/segment.ts';
import type { Artifact } from '../../src/model/artifact.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import type { Evidence, Subject } from '../../src/model/evidence.ts';
import { renderPath, sha256Of } from '../../src/model/provenance.ts';
import { address, number, text, time } from '../support/claims.ts';
import { memoryEvidence, type TestDoc } from '../support/memory-evidence.ts';

const mail: TestDoc = {
  name: 'a.eml',
  mediaType: 'message/rfc822',
  claims: [time('time.sent', '2015-03-03T10:00:00+01:00'), address('party.from', 'A', 'a@x.example')],
};
const docs: TestDoc[] = [
  mail,
  { name: '2', inside: mail, claims: [time('time.created', '2015-03-03T09:00:00Z'), text('party.author', 'zoë'), number('count.revision', 10)] },
  { name: 'a b.docx', claims: [time('time.created', '2014-01-01T00:00:00'), text('party.author', '😀'), number('count.revision', 9)] },
  { name: 'c.docx', claims: [time('time.created', '2015-03-03T08:00:00Z'), text('party.author', '\uFFFD'), text('party.author', 'zoë')] },
  { name: 'd.docx', claims: [address('party.from', 'nul', 'a\u0000b@x.example'), address('party.from', 'lone', '\ud800@x.example')] },
];
const READS: readonly Attribute[] = ['time.created', 'time.sent', 'party.author', 'party.from', 'count.revision'];

let dir = '';
let index: CaseIndex;

/** The memory implementation is the specification; the index is held to it. */
beforeAll(async () => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'index-'));
  fs.mkdirSync(join(dir, 'segments'));
  const writer = new SegmentWriter(join(dir, 'segments'), '0000');
  writer.write({ t: 'head', schema: 'segment/1', shard: 0, of: 1, readers: [], options: sha256Of('') });
  // Loaded out of order on purpose.
  for (const s of memoryEvidence(docs, READS).subjects().reverse()) {
    const artifact: Artifact = s.artifact;
    writer.write({ t: 'artifact', ...artifact });
    for (const a of READS) for (const c of s.claims(a)) writer.write({ t: 'claim', ...c });
  }
  index = await CaseIndex.build(dir, [writer.seal().name], { memoryLimit: '200MB', threads: 1 });
});

afterAll(() => {
  index.close();
  fs.rmSync(dir, { recursive: true });
});

const pathOf = (s: Subject): string => renderPath(s.artifact.path);

async function described(evidence: Evidence): Promise<unknown> {
  const values: Record<string, string[]> = {};
  for (const attribute of READS) {
    values[attribute] = [];
    for await (const s of evidence.byValue(attribute))
      values[attribute].push(`${pathOf(s)} < ${s.parent ? pathOf(s.parent) : '-'}: ${JSON.stringify(s.claims(attribute).map((c) => c.raw))}`);
  }
  const groups: unknown[] = [];
  for await (const g of evidence.groups('party.author', 2)) {
    const members: string[] = [];
    for await (const m of g.members) members.push(pathOf(m));
    groups.push([g.value, g.size, members]);
  }
  return { values, groups };
}

describe('the index and the memory evidence of the tests are one', () => {
  it('in order, values, parents and groups', async () => {
    const indexed = await described(index.evidence(READS));
    expect(indexed).toEqual(await described(memoryEvidence(docs, READS)));
    expect(indexed).toMatchObject({
      values: {
        'time.created': [
          'c.docx < -: ["2015-03-03T08:00:00Z"]',
          'a.eml!/mime:2 < a.eml: ["2015-03-03T09:00:00Z"]',
          'a b.docx < -: ["2014-01-01T00:00:00"]',
        ],
        'count.revision': ['a b.docx < -: ["9"]', 'a.eml!/mime:2 < a.eml: ["10"]'],
        'party.author': ['a.eml!/mime:2 < a.eml: ["zoë"]', 'c.docx < -: ["\uFFFD","zoë"]', 'c.docx < -: ["\uFFFD","zoë"]', 'a b.docx < -: ["😀"]'],
      },
      groups: [['zoë', 2, ['a.eml!/mime:2', 'c.docx']]],
    });
  });

  it('an abandoned group does not disturb the next one', async () => {
    const sizes: number[] = [];
    for await (const g of index.evidence(READS).groups('party.author', 1)) sizes.push(g.size);
    expect(sizes).toEqual([2, 1, 1]);
  });

  it('refuses what was not declared', async () => {
    for await (const s of index.evidence(['party.author']).byValue('party.author'))
      expect(() => s.claims('time.sent')).toThrow("'time.sent' is not declared in reads");
  });
});

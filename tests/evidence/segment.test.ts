import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSegment, SegmentWriter } from '../../src/evidence/segment.ts';
import type { SegmentLine } from '../../src/model/segment.ts';
import { artifactId, sha256Of } from '../../src/model/provenance.ts';

let dir = '';
beforeEach(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'segment-'));
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

const lines: SegmentLine[] = [
  { t: 'head', schema: 'segment/1', shard: 3, of: 7, readers: ['jpeg@1'], options: sha256Of('') },
  { t: 'problem', artifact: artifactId([{ opener: 'corpus', key: 'a' }]), code: 'malformed', reader: 'jpeg@1', message: 'x\ny', reproducible: true },
];

const write = (): string => {
  const writer = new SegmentWriter(dir, '0003');
  for (const line of lines) writer.write(line);
  return writer.seal().name;
};

async function readAll(name: string): Promise<unknown[]> {
  const out: unknown[] = [];
  for await (const { line } of readSegment(join(dir, name))) out.push(line);
  return out;
}

it('gives back what was written, with a seal that counts it', async () => {
  const name = write();
  const back = await readAll(name);
  expect(back.slice(0, 2)).toEqual(lines);
  expect(back[2]).toMatchObject({ t: 'seal', artifacts: 0, claims: 0, problems: 1 });
});

it('names a segment by its plain lines, and leaves nothing temporary behind', () => {
  const first = write();
  expect(first).toMatch(/^0003-[0-9a-f]{64}\.ndjson\.gz$/);
  expect(write()).toBe(first);
  expect(fs.readdirSync(dir)).toEqual([first]);
});

it('refuses a segment that was changed after it was sealed', async () => {
  const name = write();
  const plain = gunzipSync(fs.readFileSync(join(dir, name)))
    .toString()
    .replace('malformed', 'truncated');
  fs.writeFileSync(join(dir, name), gzipSync(plain));
  await expect(readAll(name)).rejects.toThrow('the seal does not match its lines');
});

it('refuses a segment without a seal', async () => {
  fs.writeFileSync(join(dir, 'x.ndjson.gz'), gzipSync(`${JSON.stringify(lines[0])}\n`));
  await expect(readAll('x.ndjson.gz')).rejects.toThrow('not sealed');
});

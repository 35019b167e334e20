import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import type { Shard } from '../../src/model/unit.ts';
import { runShards } from '../../src/run/pool.ts';

const worker = new URL('../support/workers/misbehaving.js', import.meta.url);

const shard = (index: number, ...names: string[]): Shard => ({
  index,
  of: 3,
  units: names.map((path) => ({ path, file: path, root: 0, size: 10, mtimeMs: 0, kind: 'file' })),
});

async function run(shards: readonly Shard[], maxMillis = 1500): Promise<{ results: unknown[]; lost: string[]; bytes: number }> {
  const lost: string[] = [];
  let bytes = 0;
  const results = await runShards(
    shards,
    [],
    '',
    { jobs: 2, isolation: 'thread', limits: { ...DEFAULT_LIMITS, maxMillis }, worker },
    {
      unit: (n) => void (bytes += n),
      lost: (skip) => void lost.push(`${skip.path} ${skip.code}: ${skip.message}`),
    },
  );
  return { results: results.sort((a, b) => a.shard - b.shard).map((r) => (r.state === 'sealed' ? r.sealed.name : `lost: ${r.reason}`)), lost, bytes };
}

describe('the pool', () => {
  it('stops an endless loop, blames the artifact, and goes on without its reader', async () => {
    expect(await run([shard(0, 'a', 'loop', 'b'), shard(1, 'c')])).toEqual({
      results: ['a: read | loop: timed-out | b: read', 'c: read'],
      lost: ['loop timed-out: no progress for 1.5 s; left out here'],
      bytes: 40,
    });
  });

  it('survives a worker that runs out of memory and one that exits', async () => {
    const { results, lost, bytes } = await run([shard(0, 'a', 'hog', 'b'), shard(1, 'exit', 'c')], 60_000);
    expect(results).toEqual(['a: read | hog: worker-lost | b: read', 'exit: worker-lost | c: read']);
    expect(lost.sort()).toEqual(['exit worker-lost: the worker died; left out here', 'hog worker-lost: ran out of memory; left out here']);
    expect(bytes).toBe(50);
  }, 90_000);

  it('survives two deaths in one shard', async () => {
    expect((await run([shard(0, 'exit-1', 'x', 'exit-2')])).results).toEqual(['exit-1: worker-lost | x: read | exit-2: worker-lost']);
  });

  it('reports a shard that failed for a reason of its own as lost, and keeps the others', async () => {
    expect((await run([shard(0, 'throw'), shard(1, 'c')])).results).toEqual(['lost: disk full', 'c: read']);
  });
});

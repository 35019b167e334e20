import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import { buildSampleCorpus } from './build.ts';

const ROOT = new URL('../../sample-corpus/', import.meta.url).pathname;

const checkedIn = (): string[] =>
  readdirSync(ROOT, { recursive: true, withFileTypes: true })
    .filter((e) => e.isFile())
    .map((e) => relative(ROOT, join(e.parentPath, e.name)).split(sep).join('/'))
    .sort();

/** `npm run sample` sets this; without it nothing is written. */
if (process.env['TAINTED_WRITE_SAMPLE'] === '1') {
  it('writes the sample corpus', () => {
    if (existsSync(ROOT)) rmSync(ROOT, { recursive: true });
    for (const [path, bytes] of buildSampleCorpus().files) {
      mkdirSync(dirname(join(ROOT, path)), { recursive: true });
      writeFileSync(join(ROOT, path), bytes);
    }
  });
}

it('builds the very bytes that are checked in', () => {
  const { files } = buildSampleCorpus();
  expect(checkedIn()).toEqual([...files.keys()].sort());
  const different = [...files].filter(([path, bytes]) => !readFileSync(join(ROOT, path)).equals(bytes)).map(([path]) => path);
  expect(different).toEqual([]);
});

it('is small enough to be checked in', () => {
  const total = [...buildSampleCorpus().files.values()].reduce((sum, b) => sum + b.byteLength, 0);
  expect(total).toBeLessThan(6_000_000);
});

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { expect, it } from 'vitest';
import { buildSampleCorpus } from './build.ts';

const ROOT = new URL('../../sample-corpus/', import.meta.url).pathname;
/** Beside the code and not in the dump: a dump that says what is wrong with it would be read like the rest. */
const EXPECT = new URL('expect.json', import.meta.url).pathname;
const written = (): string => `${JSON.stringify(buildSampleCorpus().expectation, null, 2)}\n`;

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
    writeFileSync(EXPECT, written());
  });
}

it('builds the very bytes that are checked in', () => {
  const { files } = buildSampleCorpus();
  expect(checkedIn()).toEqual([...files.keys()].sort());
  const different = [...files].filter(([path, bytes]) => !readFileSync(join(ROOT, path)).equals(bytes)).map(([path]) => path);
  expect(different).toEqual([]);
  expect(readFileSync(EXPECT, 'utf8')).toBe(written());
});

it('is small enough to be checked in', () => {
  const total = [...buildSampleCorpus().files.values()].reduce((sum, b) => sum + b.byteLength, 0);
  expect(total).toBeLessThan(6_000_000);
});

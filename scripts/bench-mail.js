/** What the benches of mail share: chance that is the same every time, words made by it, and a scan of what was written. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** TAINTED_BUILD names another build, for comparison: a directory with bin/ and dist/. */
const installed = process.env.TAINTED_BUILD ?? resolve(new URL('..', import.meta.url).pathname);

/** A module of the build that is measured, by its path in dist/. */
export const built = (path) => import(join(installed, 'dist', path));

/** How many messages, each a run of its own: as the command line says. */
export const sizes = () => (process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10_000, 30_000, 100_000]);

/** Mulberry32: the same numbers in [0, 1) every time. */
export function seeded(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SYLLABLES = ['ba', 'co', 'di', 'fe', 'gu', 'la', 'mo', 'ni', 'pe', 'ru', 'sa', 'te', 'vo', 'zi', 'ral', 'ten', 'mir', 'sol', 'der', 'kan'];

/** One to three syllables. */
export const wordOf = (chance) =>
  Array.from({ length: 1 + Math.floor(chance() * 3) }, () => SYLLABLES[Math.floor(chance() * SYLLABLES.length)]).join('');

/** Scans a directory into a case: the seconds of each stage, and of the whole process. */
export function scan(dump, dir, ...options) {
  const began = performance.now();
  const ran = spawnSync(process.execPath, [join(installed, 'bin/tainted.js'), 'scan', dump, '-o', dir, '-q', ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (ran.status !== 0) throw new Error(`scan ended with ${ran.status}`);
  return { whole: (performance.now() - began) / 1000, ...JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')).seconds };
}

/** Scans what `write` puts into a directory and gives the index of that case to `examine`: what this tells, and the seconds of the scan. */
export async function scanned(write, threads, examine) {
  const { CaseIndex } = await built('evidence/case-index.js');
  const work = mkdtempSync(join(tmpdir(), 'tainted-bench-'));
  try {
    const dump = join(work, 'dump');
    mkdirSync(dump);
    write(dump);
    const seconds = scan(dump, join(work, 'case'));
    const index = await CaseIndex.reopen(join(work, 'case'), { memoryLimit: '1GB', threads });
    try {
      return { ...(await examine(index)), scan: seconds };
    } finally {
      index.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

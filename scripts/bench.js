/**
 * Whole-process figures over real files: `npm run bench [-- <dir>]`. Prints files/s and MB/s of extract and the seconds of each stage,
 * and, where `exiftool` is installed, the ratio to it on the same list in the same run. Writes bench.json.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(new URL('..', import.meta.url).pathname);
const given = process.argv[2];
const dump = resolve(given ?? (existsSync(join(root, '../shared/corpora')) ? join(root, '../shared/corpora') : join(root, 'sample-corpus')));

const files = readdirSync(dump, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile())
  .map((e) => join(e.parentPath, e.name));
const bytes = files.reduce((sum, f) => sum + statSync(f).size, 0);
const work = mkdtempSync(join(tmpdir(), 'tainted-bench-'));

/** Reads every file once, so that neither side pays for a cold disk. */
for (const f of files) readFileSync(f);

const timed = (run) => {
  const began = performance.now();
  const result = run();
  return { seconds: (performance.now() - began) / 1000, result };
};

const scan = timed(() =>
  spawnSync(process.execPath, [join(root, 'bin/tainted.js'), 'scan', dump, '-o', join(work, 'case'), '-q'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  }),
);
if (scan.result.status !== 0) throw new Error(`scan ended with ${scan.result.status}`);
const run = JSON.parse(readFileSync(join(work, 'case/run.json'), 'utf8'));
const extract = run.seconds.extract;
const figures = {
  node: process.version,
  files: files.length,
  megabytes: bytes / 1e6,
  extractFilesPerSecond: files.length / extract,
  extractMegabytesPerSecond: bytes / 1e6 / extract,
  stageSeconds: run.seconds,
  scanSeconds: scan.seconds,
  peakRssMegabytes: run.peakRssBytes / 1e6,
};
console.log(`${files.length} files, ${figures.megabytes.toFixed(1)} MB`);
console.log(
  `extract: ${figures.extractFilesPerSecond.toFixed(0)} files/s, ${figures.extractMegabytesPerSecond.toFixed(1)} MB/s (${extract.toFixed(2)} s)`,
);
console.log(
  `load ${run.seconds.load} s, examine ${run.seconds.examine} s, judge ${run.seconds.judge} s; the whole scan ${scan.seconds.toFixed(2)} s, peak memory ${figures.peakRssMegabytes.toFixed(0)} MB`,
);

if (spawnSync('exiftool', ['-ver']).status === 0) {
  const list = join(work, 'list');
  writeFileSync(list, files.join('\n'));
  const other = timed(() =>
    spawnSync('exiftool', ['-j', '-G1', '-a', '-struct', '-@', list], { stdio: ['ignore', 'ignore', 'ignore'], maxBuffer: 1 << 30 }),
  );
  figures.exiftoolSeconds = other.seconds;
  figures.extractTimesFasterThanExiftool = other.seconds / extract;
  figures.scanTimesFasterThanExiftool = other.seconds / scan.seconds;
  console.log(
    `exiftool ${execFileSync('exiftool', ['-ver']).toString().trim()} on the same list: ${other.seconds.toFixed(2)} s; extract is ${figures.extractTimesFasterThanExiftool.toFixed(1)} times faster, the whole scan ${figures.scanTimesFasterThanExiftool.toFixed(1)} times`,
  );
} else console.log('exiftool is not installed: no ratio (Debian: libimage-exiftool-perl)');

writeFileSync(join(root, 'bench.json'), `${JSON.stringify(figures, null, 2)}\n`);
rmSync(work, { recursive: true, force: true });

/** Writes sample-corpus/ anew from tests/sample-corpus: `npm run sample`. The test that runs there compares where it does not write. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(new URL('..', import.meta.url).pathname);
const vitest = resolve(root, 'node_modules/vitest/vitest.mjs');
const run = spawnSync(process.execPath, [vitest, 'run', 'tests/sample-corpus/write.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, TAINTED_WRITE_SAMPLE: '1' },
});
process.exitCode = run.status ?? 1;

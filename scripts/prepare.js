/** Builds after `npm ci`; says so in one line where the compiler is absent (a production install has the built files already). */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync(new URL('../node_modules/typescript/package.json', import.meta.url))) {
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit', shell: process.platform === 'win32' });
  process.exitCode = status ?? 1;
} else if (!existsSync(new URL('../dist/cli.js', import.meta.url))) {
  console.error("tainted: the TypeScript compiler is not installed, so nothing was built; run 'npm ci' without --omit=dev, then 'npm run build'");
}

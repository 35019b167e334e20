#!/usr/bin/env node
import { existsSync } from 'node:fs';
const cli = new URL('../dist/cli.js', import.meta.url);
if (existsSync(cli)) process.exitCode = await (await import(cli.href)).main(process.argv);
else {
  process.stderr.write("tainted: not built yet; run 'npm ci' (or 'npm run build') in its directory\n");
  process.exitCode = 1;
}

/** What tsc does not carry over: the pages of the rules and the published schema. */
import { cpSync, existsSync } from 'node:fs';

for (const asset of ['rules/pages', 'reports/report-1.schema.json']) {
  const from = new URL(`../src/${asset}`, import.meta.url);
  if (existsSync(from)) cpSync(from, new URL(`../dist/${asset}`, import.meta.url), { recursive: true });
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Ajv2020 } from 'ajv/dist/2020.js';

const BIN = new URL('../../bin/tainted.js', import.meta.url).pathname;
const SAMPLE = new URL('../../sample-corpus/', import.meta.url).pathname;
const REPORTS = ['report.json', 'report.ndjson', 'findings.csv', 'report.html'];
let dir = '';

beforeAll(() => void (dir = fs.mkdtempSync(join(os.tmpdir(), 'golden-'))));
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

/** Digests of all reports of one scan of the sample corpus. */
function digests(name: string, dump: string, args: readonly string[], env: Readonly<Record<string, string>>): Record<string, string> {
  const out = join(dir, name);
  const ran = spawnSync(process.execPath, [BIN, 'scan', dump, '-q', '-o', out, '-f', 'json,ndjson', ...args], { env: { ...process.env, ...env }, encoding: 'utf8' });
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  return Object.fromEntries(REPORTS.map((file) => [file, createHash('sha256').update(fs.readFileSync(join(out, file))).digest('hex')]));
}

it('the same bytes give the same reports: workers, ring, zone, locale, place and clocks of the files do not matter', { timeout: 180_000 }, () => {
  const first = digests('a', SAMPLE, ['--jobs', '1'], { TZ: 'UTC', LANG: 'C' });
  expect(digests('b', SAMPLE, ['--jobs', '4'], { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8' })).toEqual(first);
  const copy = join(dir, 'elsewhere', 'sample-corpus');
  fs.cpSync(SAMPLE, copy, { recursive: true });
  expect(digests('c', copy, ['--jobs', '2', '--isolation', 'process'], { TZ: 'America/St_Johns', LANG: 'fr_FR.UTF-8' })).toEqual(first);
});

it('the report of the sample corpus is valid against the published schema, and speaks of what it cites', () => {
  const report = JSON.parse(fs.readFileSync(join(dir, 'a', 'report.json'), 'utf8')) as { findings: { statement: string; evidence: { claim: { path: string } }[] }[]; documents: { rank: number | null }[]; totals: { ranked: number } };
  const schema = JSON.parse(fs.readFileSync(new URL('../../src/reports/report-1.schema.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate(report), JSON.stringify(validate.errors?.slice(0, 3))).toBe(true);
  expect(report.documents.filter((d) => d.rank !== null).map((d) => d.rank)).toEqual(Array.from({ length: report.totals.ranked }, (_, i) => i + 1));
  for (const f of report.findings) expect(f.evidence.every((e) => e.claim.path !== '')).toBe(true);
});

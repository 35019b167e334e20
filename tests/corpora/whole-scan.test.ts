import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderPath } from '../../src/model/provenance.ts';
import { KINDS, UNREAD } from './whole-scan.data.ts';

const BIN = new URL('../../bin/tainted.js', import.meta.url).pathname;
const CORPORA = new URL('../../../shared/corpora/', import.meta.url).pathname;
const present = fs.existsSync(join(CORPORA, 'MANIFEST.tsv'));
if (!present) process.stderr.write('whole-scan: skipped, no ../shared/corpora beside this checkout\n');

interface Told {
  readonly documents: readonly { readonly path: string; readonly outcome: { readonly state: string } }[];
  readonly problems: readonly { readonly code: string; readonly path: string; readonly message: string }[];
  readonly coverage: { readonly byRule: readonly { readonly rule: string; readonly failed: number }[]; readonly missingShards: readonly number[] };
}

describe.skipIf(!present)('a scan of thousands of real files', () => {
  it(
    'gives every file an outcome, loses no worker, fails no rule, reads 97 % of the promised kinds, and stays under 1.5 GB',
    { timeout: 180_000 },
    () => {
      const dir = fs.mkdtempSync(join(os.tmpdir(), 'whole-'));
      try {
        const ran = spawnSync(process.execPath, [BIN, 'scan', CORPORA, '-q', '-o', join(dir, 'case'), '--all-documents'], { encoding: 'utf8' });
        expect([ran.status, ran.stderr]).toEqual([0, '']);
        const report = JSON.parse(fs.readFileSync(join(dir, 'case/report.json'), 'utf8')) as Told;
        const run = JSON.parse(fs.readFileSync(join(dir, 'case/run.json'), 'utf8')) as { peakRssBytes: number };
        const outcomes = new Map(report.documents.map((d) => [d.path, d.outcome.state]));
        const listed = fs
          .readFileSync(join(CORPORA, 'MANIFEST.tsv'), 'utf8')
          .trim()
          .split('\n')
          .slice(1)
          .map((line) => line.split('\t'))
          .map(([path = '', , , kind = '']) => ({ path, kind, state: outcomes.get(renderPath([{ opener: 'corpus', key: path }])) }));
        expect(listed.length).toBeGreaterThan(5000);
        expect(listed.filter((f) => f.state === undefined)).toEqual([]);
        const unread = listed.filter((f) => KINDS.includes(f.kind) && f.state === 'unread');
        const promised = listed.filter((f) => KINDS.includes(f.kind));
        process.stderr.write(`whole-scan: ${promised.length - unread.length} of ${promised.length} files of the promised kinds are read\n`);
        expect(unread.length / promised.length).toBeLessThan(0.03);
        expect(unread.filter((f) => !UNREAD.some(([file]) => f.path.endsWith(file)))).toEqual([]);
        expect(UNREAD.filter(([file]) => !unread.some((f) => f.path.endsWith(file)))).toEqual([]);
        expect(report.problems.filter((p) => ['reader-threw', 'worker-lost', 'timed-out'].includes(p.code))).toEqual([]);
        expect(report.coverage.byRule.filter((r) => r.failed > 0)).toEqual([]);
        expect(report.coverage.missingShards).toEqual([]);
        expect(run.peakRssBytes).toBeLessThan(1.5e9);
      } finally {
        fs.rmSync(dir, { recursive: true, force: true });
      }
    },
  );
});

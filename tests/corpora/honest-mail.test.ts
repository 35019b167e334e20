import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePath } from '../../src/model/provenance.ts';
import { strengthRank, type Strength } from '../../src/model/rule-meta.ts';
import { REASONS } from './honest-mail.data.ts';

const BIN = new URL('../../bin/tainted.js', import.meta.url).pathname;
const CORPORA = new URL('../../../shared/corpora/', import.meta.url).pathname;
const present = fs.existsSync(join(CORPORA, 'MANIFEST.tsv'));
if (!present) process.stderr.write('honest-mail: skipped, no ../shared/corpora beside this checkout\n');

/** Wanted mail, sorted by hand by those who received it. */
const HAM = /^stdlib-js__datasets-spam-assassin\/data\/(?:easy|hard)-ham-\d\//;

interface Told {
  readonly documents: readonly { readonly path: string; readonly mediaType: string }[];
  readonly findings: readonly { readonly rule: string; readonly direction: string; readonly strength: Strength; readonly paths: readonly string[] }[];
  readonly coverage: { readonly byRule: readonly { readonly rule: string; readonly applicable: number; readonly failed: number }[] };
}

function mailFiles(): string[] {
  const rows = fs
    .readFileSync(join(CORPORA, 'MANIFEST.tsv'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.flatMap(([path = '', , , kind = '']) => (['email', 'emlx', 'msg'].includes(kind) ? [path] : []));
}

/** Scans copies of these files alone, so that nothing else is there to be compared with. */
function scanned(files: readonly string[]): Told {
  const dir = fs.mkdtempSync(join(os.tmpdir(), 'honest-'));
  try {
    for (const path of files) {
      fs.mkdirSync(dirname(join(dir, 'mail', path)), { recursive: true });
      fs.copyFileSync(join(CORPORA, path), join(dir, 'mail', path));
    }
    const args = ['scan', join(dir, 'mail'), '-q', '-o', join(dir, 'case'), '--all-documents', '--dkim-keys', join(CORPORA, 'DKIM-KEYS.tsv')];
    const ran = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    return JSON.parse(fs.readFileSync(join(dir, 'case/report.json'), 'utf8')) as Told;
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** 'path rule' of each finding against a document that a reader would have to take seriously. */
const serious = (told: Told): string[] =>
  told.findings
    .filter((f) => f.direction === 'against' && strengthRank(f.strength) >= strengthRank('moderately-strong'))
    .flatMap((f) => f.paths.map((p) => `${parsePath(p)[0].key} ${f.rule}`));
const messages = (told: Told): number => told.documents.filter((d) => d.mediaType === 'message/rfc822').length;
const applicable = (told: Told, rule: string): number => told.coverage.byRule.find((r) => r.rule === rule)?.applicable ?? 0;
const failing = (told: Told): string[] => told.coverage.byRule.filter((r) => r.failed > 0).map((r) => r.rule);

describe.skipIf(!present)('on real mail', () => {
  it('nothing stronger than moderate is said against a message of the SpamAssassin ham', { timeout: 120_000 }, () => {
    const told = scanned(mailFiles().filter((path) => HAM.test(path)));
    expect(messages(told)).toBe(347);
    expect(applicable(told, 'message-clock-disagreement')).toBeGreaterThan(300);
    expect(failing(told)).toEqual([]);
    expect(serious(told)).toEqual([]);
  });

  it('each such finding against other mail has its reason, and each reason its finding', { timeout: 240_000 }, () => {
    const told = scanned(mailFiles().filter((path) => !HAM.test(path)));
    expect(messages(told)).toBeGreaterThan(1300);
    expect(applicable(told, 'message-clock-disagreement')).toBeGreaterThan(1000);
    expect(failing(told)).toEqual([]);
    const found = [...new Set(serious(told))].sort();
    const covers = (r: (typeof REASONS)[number], f: string): boolean =>
      f.endsWith(` ${r.rule}`) && f.startsWith(r.path.endsWith('/') ? r.path : `${r.path} `);
    expect(found.filter((f) => !REASONS.some((r) => covers(r, f)))).toEqual([]);
    expect(REASONS.map((r) => [r.path, r.rule, found.filter((f) => covers(r, f)).length])).toEqual(REASONS.map((r) => [r.path, r.rule, r.messages]));
    for (const r of REASONS) expect(r.why).toMatch(/^[A-Z].{30,}\.$/);
  });
});

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Proposition, ReportedDocument, ReportedFinding, scan as Scan, ScanResult } from '../../src/index.ts';
import type { Expectation } from './expectation.ts';
import { SAMPLE_KEYS } from './signed-mail.ts';

const ROOT = new URL('../../sample-corpus/', import.meta.url);
const expectation = JSON.parse(readFileSync(new URL('expect.json', import.meta.url), 'utf8')) as Expectation;
/** What is more than handling. */
const GRAVE: readonly Proposition[] = ['altered', 'fabricated', 'misdated'];

let result: ScanResult;
const documents = new Map<string, ReportedDocument>();
const findings: ReportedFinding[] = [];

// The built library: its workers are compiled.
beforeAll(async () => {
  const { scan } = (await import(new URL('../../dist/index.js', import.meta.url).href)) as { scan: typeof Scan };
  result = await scan([ROOT.pathname], { allDocuments: true, dkimKeys: SAMPLE_KEYS });
  for await (const d of result.report.documents()) documents.set(d.path, d);
  for await (const f of result.report.findings()) findings.push(f);
}, 120_000);
afterAll(() => result.close());

const about = (path: string): ReportedFinding[] => findings.filter((f) => f.paths.includes(path));
const ranked = (): ReportedDocument[] => [...documents.values()].filter((d) => d.rank !== null);

/** What its message no longer holds: the file beside it is read. */
const isKeptElsewhere = (d: ReportedDocument): boolean => /\.partial\.emlx!\/emlx:1!\/mime:2$/.test(d.path);

it('reads everything to the end', () => {
  expect([...documents.values()].filter((d) => d.outcome.state !== 'read' && !isKeptElsewhere(d)).map((d) => [d.path, d.outcome])).toEqual([]);
  expect(result.report.coverage).toMatchObject({ problems: [{ code: 'truncated', count: 2 }], missingShards: [] });
  expect(result.report.coverage.byRule.filter((r) => r.failed > 0)).toEqual([]);
});

it('has a plant for every rule against a document', () => {
  const used = new Set([...expectation.plants.flatMap((p) => p.rules), ...expectation.supports.map((s) => s.rule)]);
  expect(result.report.rules.map((r) => r.id).filter((id) => !used.has(id))).toEqual([]);
});

it('ranks what was planted, and nothing else', () => {
  expect(
    ranked()
      .map((d) => d.path)
      .sort(),
  ).toEqual(expectation.plants.map((p) => p.path).sort());
  expect(
    ranked()
      .map((d) => d.rank)
      .sort((a, b) => (a ?? 0) - (b ?? 0)),
  ).toEqual(expectation.plants.map((_, i) => i + 1));
});

it.each(expectation.plants.map((p) => [p.path, p] as const))('says of %s what was done to it', (path, plant) => {
  expect(about(path).map((f) => f.rule)).toEqual(expect.arrayContaining([...plant.rules]));
  const made = Object.keys(documents.get(path)?.assessment ?? {});
  expect(made).toContain(plant.proposition);
  if (!GRAVE.includes(plant.proposition)) expect(made.filter((p) => GRAVE.some((g) => g === p))).toEqual([]);
});

it('ranks what was only handled below everything altered, made up or misdated', () => {
  const isGrave = (d: ReportedDocument): boolean => GRAVE.some((p) => d.assessment[p] !== undefined);
  const lastGrave = Math.max(
    ...ranked()
      .filter(isGrave)
      .map((d) => d.rank ?? 0),
  );
  const firstOther = Math.min(
    ...ranked()
      .filter((d) => !isGrave(d))
      .map((d) => d.rank ?? 0),
  );
  expect(lastGrave).toBeLessThan(firstOther);
});

it.each(expectation.silent.map((s) => [s.path, s.why] as const))('has nothing against %s: %s', (path) => {
  expect(documents.get(path)).toMatchObject({ path, rank: null, assessment: {} });
  expect(about(path).filter((f) => f.direction === 'against')).toEqual([]);
});

it.each(expectation.supports.map((s) => [s.path, s.rule] as const))('supports %s by %s', (path, rule) => {
  expect(
    about(path)
      .filter((f) => f.direction === 'supports')
      .map((f) => f.rule),
  ).toContain(rule);
  expect(documents.get(path)?.rank).toBeNull();
});

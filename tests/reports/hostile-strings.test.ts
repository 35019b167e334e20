import { Ajv2020 } from 'ajv/dist/2020.js';
import fs from 'node:fs';
import { expect, it } from 'vitest';
import { csv, csvCell } from '../../src/reports/csv.ts';
import { html } from '../../src/reports/html.ts';
import { json } from '../../src/reports/json.ts';
import { ndjson } from '../../src/reports/ndjson.ts';
import { writeSummary } from '../../src/reports/summary.ts';
import { HOSTILE, hostileReport, rendered, written } from '../support/report.ts';

const schema = JSON.parse(fs.readFileSync(new URL('../../src/reports/report-1.schema.json', import.meta.url), 'utf8')) as object;

it('json is valid against its published schema and loses no character', async () => {
  const report = JSON.parse(await rendered(json, hostileReport)) as { findings: { statement: string }[] };
  const validate = new Ajv2020({ strict: false }).compile(schema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(report.findings[0]?.statement).toBe(`says ${HOSTILE}`);
});

it('the schema refuses a report with a field it does not know, and one with a strength out of the scale', async () => {
  const validate = new Ajv2020({ strict: false }).compile(schema);
  const report = JSON.parse(await rendered(json, hostileReport)) as Record<string, unknown> & {
    documents: { assessment: { altered: { strength: string } } }[];
  };
  expect(validate({ ...report, verdict: 'x' })).toBe(false);
  report.documents[0]!.assessment.altered.strength = 'certain';
  expect(validate(report)).toBe(false);
});

it('ndjson is one JSON object a line, each with its type', async () => {
  const lines = (await rendered(ndjson, hostileReport)).trimEnd().split('\n');
  expect(lines.map((l) => (JSON.parse(l) as { type: string }).type)).toEqual(['head', 'document', 'finding', 'problem']);
});

it('no csv cell can run in a spreadsheet', async () => {
  const text = await rendered(csv, hostileReport);
  const cells = text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gm);
  for (const [, quoted, bare] of cells) expect(quoted ?? bare ?? '').not.toMatch(/^[\s\u00a0]*[=+\-@|%]/);
});

it.each([
  ['=1+1', `"'=1+1"`],
  ['-5', `"'-5"`],
  ['  @x', `"'  @x"`],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['plain', 'plain'],
  ["it's", `"it's"`],
  ['nul\u0000', 'nul\ufffd'],
])('csvCell(%j)', (value, cell) => expect(csvCell(value)).toBe(cell));

it('html holds no markup from the dump, no script, and nothing that could be fetched', async () => {
  const page = await rendered(html, hostileReport);
  expect(page).not.toMatch(/<script|<img|<iframe|onerror=alert\(1\)>/i);
  expect(page).not.toContain('\u202e');
  expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  expect(page).toContain("default-src 'none'");
  expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((m) => m[1]).filter((u) => !u?.startsWith('#'))).toEqual([]);
});

it('html and the summary print the innocent explanations or say where they are, and that the report is incomplete', async () => {
  expect(await rendered(html, hostileReport)).toMatch(/An honest person did this\..*Look at the other record\./);
  expect(await rendered(html, hostileReport)).toContain('This report is incomplete');
  expect(await written((out) => writeSummary(hostileReport, out, { colour: false, caseDir: null }))).toContain('this report is incomplete');
});

it('nothing of the dump moves the cursor of a terminal', async () => {
  const text = await written((out) => writeSummary(hostileReport, out, { colour: false, caseDir: null }));
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  expect(text).toContain('\\u202egnp.exe');
});

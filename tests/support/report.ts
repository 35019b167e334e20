import { artifactId, sha256Of } from '../../src/model/provenance.ts';
import type { Out, Report, ReportedDocument, ReportedFinding, ReportedProblem, Reporter } from '../../src/model/report.ts';
import type { RuleMeta } from '../../src/model/rule-meta.ts';

/** Strings that bite: each has broken some spreadsheet, browser, terminal or parser. */
export const HOSTILE = [
  '=HYPERLINK("http://x.example","pay")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  ' =1',
  '|calc',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202Egnp.exe',
  '\u001b[31mred\u001b[0m',
  'a\r\nb,"c"',
  '\u0000nul',
  '\ud800 lone',
  '{{7*7}}',
  "'; DROP TABLE x;--",
  '&lt;already&gt;',
  '\u200bzero',
  'é😀',
].join('\n');

const rule: RuleMeta = {
  id: 'test-rule',
  catalogue: ['T01'],
  version: 1,
  title: 'Two records of a test differ',
  proposition: 'altered',
  direction: 'against',
  strength: 'moderate',
  grounds: 'heuristic',
  status: 'uncalibrated',
  since: '0.1.0',
  reads: ['party.author'],
  innocent: [
    { id: 'one', story: 'An honest person did this.', check: 'Look at the other record.' },
    { id: 'two', story: 'Another honest person did that.', check: 'Look at <b>that</b>.' },
  ],
  references: [{ title: 'RFC 5322', url: 'https://www.rfc-editor.org/rfc/rfc5322' }],
};

const path = HOSTILE.replaceAll('\n', ' ');
const id = artifactId([{ opener: 'corpus', key: path }]);
const document: ReportedDocument = {
  id,
  path,
  label: HOSTILE,
  sha256: sha256Of('x'),
  mediaType: 'text/plain',
  size: 12,
  outcome: { state: 'partial', problems: 1 },
  rank: 1,
  authenticity: null,
  assessment: { altered: { strength: 'moderate', findings: [sha256Of('f')] } },
  rootCauses: 1,
};
const finding: ReportedFinding = {
  id: sha256Of('f'),
  rule: 'test-rule',
  ruleVersion: 1,
  proposition: 'altered',
  direction: 'against',
  strength: 'moderate',
  rootCause: HOSTILE,
  statement: `says ${HOSTILE}`,
  documents: [id],
  paths: [path],
  evidence: [
    {
      role: 'primary',
      note: HOSTILE,
      claim: {
        attribute: 'party.author',
        field: HOSTILE,
        raw: HOSTILE,
        value: HOSTILE,
        basis: 'asserted',
        locator: { in: 'parent', key: HOSTILE },
        path,
        reader: 'test@1',
      },
    },
  ],
  openExplanations: ['one'],
  ruledOut: [{ innocent: 'two', because: HOSTILE }],
};
const problem: ReportedProblem = { path, code: 'malformed', reader: 'test@1', message: HOSTILE, reproducible: true };

/** A report in which every string that can come from a dump is hostile. */
export const hostileReport: Report = {
  schema: 'report/1',
  tool: { name: 'tainted', version: '0.0.0', readers: ['test@1'] },
  corpus: { label: HOSTILE, manifest: sha256Of('m'), files: 1, documents: 1, artifacts: 1, bytes: 12 },
  options: { only: HOSTILE },
  rules: [rule],
  coverage: {
    byMediaType: [{ mediaType: 'text/plain', artifacts: 1, bytes: 12, read: 0, partial: 1, unread: 0 }],
    byRule: [{ rule: 'test-rule', applicable: 1, fired: 1, failed: 0 }],
    unread: [],
    problems: [{ code: 'malformed', count: 1 }],
    missingShards: [2],
  },
  totals: { ranked: 1, findings: 1, supports: 0, problems: 1 },
  async *documents() {
    yield document;
  },
  async *findings() {
    yield finding;
  },
  async *problems() {
    yield problem;
  },
};

export async function written(write: (out: Out) => Promise<void>): Promise<string> {
  let text = '';
  await write({ write: async (chunk) => void (text += chunk) });
  return text;
}

export const rendered = (reporter: Reporter, report: Report): Promise<string> => written((out) => reporter.write(report, out));

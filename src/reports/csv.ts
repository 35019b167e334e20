import type { Out, Report, ReportedFinding, Reporter } from '../model/report.ts';

const COLUMNS = [
  'rank',
  'document',
  'rule',
  'proposition',
  'direction',
  'strength',
  'statement',
  'field',
  'raw',
  'claim_path',
  'compared_field',
  'compared_raw',
  'compared_path',
  'open_explanations',
  'root_cause',
  'sha256',
  'media_type',
  'finding',
] as const;

/** A spreadsheet runs a cell that begins so (CWE-1236); an apostrophe in front makes it text. */
const FORMULA = /^[\s\u00a0]*[=+\-@|%]|^[\t\r\n]/u;

/** RFC 4180 quoting; formula-like and control characters neutralised: every string comes from a hostile file. */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  const text = typeof value === 'number' ? String(value) : value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu, '\ufffd');
  const safe = typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

interface Of {
  readonly rank: number | null;
  readonly sha256: string;
  readonly mediaType: string;
}

function row(f: ReportedFinding, path: string, document: Of | undefined): string {
  const primary = f.evidence.find((e) => e.role === 'primary') ?? f.evidence[0];
  const compared = f.evidence.find((e) => e.role === 'contradicts');
  const cells = [
    document?.rank ?? null,
    path,
    f.rule,
    f.proposition,
    f.direction,
    f.strength,
    f.statement,
    primary?.claim.field ?? '',
    primary?.claim.raw ?? '',
    primary?.claim.path ?? '',
    compared?.claim.field ?? '',
    compared?.claim.raw ?? '',
    compared?.claim.path ?? '',
    f.openExplanations.join(' '),
    f.rootCause,
    document?.sha256 ?? '',
    document?.mediaType ?? '',
    f.id,
  ];
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** One row a finding and document. A finding about nine documents is nine rows with one id in the last column. */
export const csv: Reporter = {
  id: 'csv',
  fileName: 'findings.csv',
  async write(report: Report, out: Out) {
    await out.write(`${COLUMNS.join(',')}\r\n`);
    const documents = new Map<string, Of>();
    for await (const d of report.documents()) documents.set(d.id, { rank: d.rank, sha256: d.sha256, mediaType: d.mediaType });
    for await (const f of report.findings()) {
      for (const [i, id] of f.documents.entries()) await out.write(row(f, f.paths[i] ?? '', documents.get(id)));
    }
  },
};

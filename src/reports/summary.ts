import type { Out, Report, ReportedDocument, ReportedFinding } from '../model/report.ts';
import { PROPOSITIONS, type Proposition } from '../model/rule-meta.ts';
import { cut, printable } from './shared/printable.ts';
import { grouped, plural, readableBytes, type Style, styleOf } from './shared/style.ts';

export interface SummaryOptions {
  readonly colour: boolean;
  /** As the user named it; null where nothing is kept. */
  readonly caseDir: string | null;
}

/** Documents listed; the rest is in the reports. */
const SHOWN = 20;
const FINDINGS_SHOWN = 4;
const PROBLEMS_SHOWN = 8;
const WIDTH = 160;

const WORDS: Readonly<Record<Proposition, string>> = {
  altered: 'content differs from what was sent',
  fabricated: 'may not have existed before',
  misdated: 'not from the time it says',
  handled: 're-saved by other hands',
  context: 'stands out',
};

/** What a person reads first: what was scanned, what stands out, what could not be read, what to do next. */
export async function writeSummary(report: Report, out: Out, options: SummaryOptions): Promise<void> {
  const style = styleOf(options.colour);
  const { corpus, totals } = report;
  await out.write(
    `${style.bold(`Scanned ${printable(corpus.label)}`)}: ${plural(corpus.files, 'file')}, ${readableBytes(corpus.bytes)}; ${plural(corpus.documents, 'document')} in them (${plural(corpus.artifacts, 'artifact')} with their parts)\n`,
  );
  await out.write(`${typesLine(report)}\n\n`);
  await writeDocuments(report, out, style);
  await writeUnread(report, out, style);
  await writeNext(report, out, style, options.caseDir);
  if (totals.ranked === 0) return;
  await out.write(
    `\n${style.dim('A finding says that two records disagree, not who made them so. Read the open explanations before you believe it; a document without')}\n${style.dim('a finding is one in which nothing was found, not a genuine one.')}\n`,
  );
}

function typesLine(report: Report): string {
  const families = new Map<string, number>();
  for (const t of report.coverage.byMediaType) families.set(familyOf(t.mediaType), (families.get(familyOf(t.mediaType)) ?? 0) + t.artifacts);
  const sorted = [...families].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return `  ${sorted.map(([name, n]) => `${grouped(n)} ${name}`).join(', ')}`;
}

function familyOf(mediaType: string): string {
  if (mediaType === 'message/rfc822' || mediaType === 'application/mbox') return 'mail';
  if (mediaType === 'application/pdf') return 'PDF';
  if (mediaType.startsWith('image/')) return 'images';
  if (/openxmlformats|ms-excel|ms-word|ms-powerpoint|msword|ole-/.test(mediaType)) return 'Office';
  if (mediaType.includes('opendocument')) return 'OpenDocument';
  if (/zip|rar|7z|tar|bzip|xz|zstd|java-archive/.test(mediaType)) return 'archives';
  if (mediaType.startsWith('text/')) return 'text';
  return 'other';
}

async function writeDocuments(report: Report, out: Out, style: Style): Promise<void> {
  const { ranked } = report.totals;
  if (ranked === 0) {
    await out.write(
      `${style.bold('Nothing was found')} that does not fit. That is no certificate: see what was examined under "coverage" in report.json.\n\n`,
    );
    return;
  }
  const shown: ReportedDocument[] = [];
  for await (const d of report.documents()) {
    if (d.rank === null || shown.length === SHOWN) break;
    shown.push(d);
  }
  const wanted = new Map<string, ReportedFinding | null>(shown.flatMap((d) => findingIds(d).slice(0, FINDINGS_SHOWN)).map((id) => [id, null]));
  for await (const f of report.findings()) if (wanted.has(f.id)) wanted.set(f.id, f);
  await out.write(
    `${style.bold(`${plural(ranked, 'document stands', 'documents stand')} out`)} (${plural(report.totals.findings, 'finding')}), most pressing first:\n\n`,
  );
  const told = new Map<string, number>();
  for (const d of shown) await out.write(documentText(d, wanted, told, style));
  if (ranked > shown.length) await out.write(style.dim(`  … and ${grouped(ranked - shown.length)} more, by rank, in the reports\n`));
  await out.write('\n');
}

/** Ids of the findings against a document, gravest proposition first. */
const findingIds = (d: ReportedDocument): string[] => [...new Set(PROPOSITIONS.flatMap((p) => d.assessment[p]?.findings ?? []))];

function documentText(d: ReportedDocument, findings: ReadonlyMap<string, ReportedFinding | null>, told: Map<string, number>, style: Style): string {
  const name = d.label === '' ? '' : `  ${style.dim(`“${cut(printable(d.label), 60)}”`)}`;
  let text = `${String(d.rank).padStart(4)}  ${style.bold(printable(d.path))}${name}\n`;
  for (const p of PROPOSITIONS) {
    const assessed = d.assessment[p];
    if (assessed) text += `      ${painted(style, p)(p.padEnd(10))} ${assessed.strength.padEnd(17)} ${style.dim(WORDS[p])}\n`;
  }
  if (d.authenticity)
    text += `      ${style.green('supported'.padEnd(10))} ${d.authenticity.strength.padEnd(17)} ${style.dim('something speaks for it, too')}\n`;
  const ids = findingIds(d);
  for (const id of ids.slice(0, FINDINGS_SHOWN)) {
    const f = findings.get(id);
    if (!f) continue;
    const before = told.get(id);
    text +=
      before === undefined
        ? `      - ${cut(printable(f.statement), WIDTH * 2)} ${style.dim(`[${f.rule}]`)}\n`
        : `      - ${style.dim(`as for number ${before} [${f.rule}]`)}\n`;
    if (before === undefined && f.documents.length > 1 && d.rank !== null) told.set(id, d.rank);
  }
  if (ids.length > FINDINGS_SHOWN) text += style.dim(`      - and ${plural(ids.length - FINDINGS_SHOWN, 'more finding')}\n`);
  return text;
}

const painted = (style: Style, p: Proposition): ((text: string) => string) => (p === 'handled' || p === 'context' ? style.yellow : style.red);

async function writeUnread(report: Report, out: Out, style: Style): Promise<void> {
  const { unread, problems, missingShards } = report.coverage;
  const none = unread.reduce((sum, u) => sum + u.artifacts, 0);
  if (none === 0 && report.totals.problems === 0) {
    await out.write('Everything was read to the end.\n\n');
    return;
  }
  await out.write(
    `${style.bold('Not read, or not to the end')}: ${unread.map((u) => `${grouped(u.artifacts)} ${WHY[u.why] ?? u.why}`).join(', ') || 'nothing left unread'}`,
  );
  await out.write(problems.length > 0 ? `; problems: ${problems.map((p) => `${grouped(p.count)} ${p.code}`).join(', ')}\n` : '\n');
  let shown = 0;
  for await (const p of report.problems()) {
    if (shown++ === PROBLEMS_SHOWN) break;
    await out.write(style.dim(`  ${cut(printable(p.path), 90)}: ${cut(printable(p.message), 110)}\n`));
  }
  if (report.totals.problems > PROBLEMS_SHOWN)
    await out.write(style.dim(`  … and ${grouped(report.totals.problems - PROBLEMS_SHOWN)} more in the reports\n`));
  if (missingShards.length > 0)
    await out.write(style.red(`  ${plural(missingShards.length, 'part')} of the corpus could not be read at all: this report is incomplete\n`));
  await out.write('\n');
}

const WHY: Readonly<Record<string, string>> = {
  'no-reader': 'of a kind that this version does not read',
  empty: 'empty',
  encrypted: 'encrypted',
  'over-limit': 'over a limit',
  'reader-failed': 'that no reader survived',
  unreadable: 'that could not be opened',
  link: 'links, not followed',
};

async function writeNext(report: Report, out: Out, style: Style, caseDir: string | null): Promise<void> {
  if (caseDir === null) {
    await out.write(
      `${style.bold('Next')}: keep the evidence with ${style.bold('--out <dir>')} (report.html to read, findings.csv for a spreadsheet, report.json for everything).\n`,
    );
    return;
  }
  await out.write(`${style.bold('Next')}: open ${printable(caseDir)}/report.html; findings.csv and report.json lie beside it.\n`);
  const [first] = report.totals.ranked > 0 ? await firstRanked(report) : [];
  if (first)
    await out.write(
      `  tainted show --case ${printable(caseDir)} '${printable(first.path)}'   prints the bytes behind it; 'tainted rules <id>' explains a rule\n`,
    );
}

async function firstRanked(report: Report): Promise<ReportedDocument[]> {
  for await (const d of report.documents()) return d.rank === null ? [] : [d];
  return [];
}

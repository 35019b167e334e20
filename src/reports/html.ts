import type { Out, Report, ReportedClaim, ReportedDocument, ReportedFinding, Reporter } from '../model/report.ts';
import { PROPOSITIONS, type RuleMeta } from '../model/rule-meta.ts';
import { meaningOf, placeOf } from './shared/claim-words.ts';
import { printable } from './shared/printable.ts';
import { STYLESHEET } from './shared/stylesheet.ts';
import { grouped, plural, readableBytes } from './shared/style.ts';

/** Documents and problems in the page; all of them are in report.json. A browser is no database. */
const MAX_DOCUMENTS = 2000;
const MAX_PROBLEMS = 2000;

/** Every string of a dump is hostile: unprintable characters become visible escapes, the five of HTML become entities. */
const h = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] ?? c);

/** No script, no image, no link that leaves the page: nothing in a dump can make this page fetch or run anything. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** One file to read, print and mail: documents by rank with their findings, evidence and open explanations. */
export const html: Reporter = {
  id: 'html',
  fileName: 'report.html',
  async write(report: Report, out: Out) {
    const { corpus, totals, tool } = report;
    await out.write(`<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><title>${h(corpus.label)}: what does not fit</title>
<style>${STYLESHEET}</style></head><body>
<header><h1>${h(corpus.label)}</h1>
<p>${plural(corpus.files, 'file')}, ${readableBytes(corpus.bytes)}; ${plural(corpus.documents, 'document')} in them. ${h(tool.name)} ${h(tool.version)}, ${plural(report.rules.length, 'rule')}. Corpus digest <code>${h(corpus.manifest)}</code></p>
${report.coverage.missingShards.length > 0 ? `<p class="alarm">This report is incomplete: ${plural(report.coverage.missingShards.length, 'part')} of the corpus could not be read.</p>` : ''}
<p class="caution">A finding says that two records disagree. It does not say who made them disagree, nor that a document is genuine where nothing was found. Each one lists the innocent explanations that the evidence leaves open. Metadata can be planted to mislead.</p></header>\n`);
    await out.write(
      `<nav><a href="#documents">${plural(totals.ranked, 'document stands', 'documents stand')} out</a> <a href="#supported">supported</a> <a href="#problems">${plural(totals.problems, 'problem')}</a> <a href="#coverage">what was examined</a></nav>\n<main>\n`,
    );
    const findings = await findingsByDocument(report);
    const rules = new Map(report.rules.map((r) => [r.id, r]));
    await writeDocuments(report, out, findings, rules);
    await writeProblems(report, out);
    await writeCoverage(report, out);
    await out.write('</main></body></html>\n');
  },
};

/** Findings of the documents on the page, by document; bounded by MAX_DOCUMENTS. */
async function findingsByDocument(report: Report): Promise<Map<string, ReportedFinding[]>> {
  const listed = new Set<string>();
  for await (const d of report.documents()) {
    if (listed.size === MAX_DOCUMENTS) break;
    if (d.rank !== null || d.authenticity !== null) listed.add(d.id);
  }
  const byDocument = new Map<string, ReportedFinding[]>();
  for await (const f of report.findings()) for (const id of f.documents) if (listed.has(id)) byDocument.set(id, [...(byDocument.get(id) ?? []), f]);
  return byDocument;
}

async function writeDocuments(
  report: Report,
  out: Out,
  findings: ReadonlyMap<string, ReportedFinding[]>,
  rules: ReadonlyMap<string, RuleMeta>,
): Promise<void> {
  await out.write(`<section id="documents"><h2>Documents that stand out, most pressing first</h2>\n`);
  if (report.totals.ranked === 0) await out.write('<p>Nothing was found that does not fit. That is no certificate: see what was examined.</p>\n');
  let shown = 0;
  const supported: ReportedDocument[] = [];
  for await (const d of report.documents()) {
    if (d.rank === null) {
      if (d.authenticity !== null && supported.length < MAX_DOCUMENTS) supported.push(d);
      continue;
    }
    if (shown++ < MAX_DOCUMENTS) await out.write(documentHtml(d, findings.get(d.id) ?? [], rules));
  }
  if (shown > MAX_DOCUMENTS) await out.write(`<p>${plural(shown - MAX_DOCUMENTS, 'more document')} in report.json.</p>\n`);
  await out.write(`</section>\n<section id="supported"><h2>Documents that something speaks for, and nothing against</h2>\n`);
  if (supported.length === 0) await out.write('<p>None.</p>\n');
  for (const d of supported) {
    const reasons = (findings.get(d.id) ?? []).filter((f) => f.direction === 'supports').map((f) => h(f.statement));
    await out.write(
      `<details class="document"><summary><code>${h(d.path)}</code> <span class="badge supports">${d.authenticity?.strength ?? ''} support</span></summary><ul>${reasons.map((r) => `<li>${r}</li>`).join('')}</ul></details>\n`,
    );
  }
  await out.write('</section>\n');
}

function documentHtml(d: ReportedDocument, findings: readonly ReportedFinding[], rules: ReadonlyMap<string, RuleMeta>): string {
  const badges = PROPOSITIONS.flatMap((p) => {
    const a = d.assessment[p];
    return a ? [`<span class="badge ${p}">${p}: ${a.strength}</span>`] : [];
  });
  if (d.authenticity) badges.push(`<span class="badge supports">supported: ${d.authenticity.strength}</span>`);
  const ordered = [...findings].sort((a, b) => order(a) - order(b));
  return `<details class="document" id="d${d.id}"${(d.rank ?? 0) <= 10 ? ' open' : ''}><summary><b>${d.rank}</b> <code>${h(d.path)}</code>${d.label === '' ? '' : ` <q>${h(d.label)}</q>`} ${badges.join(' ')}</summary>
<p class="facts">${h(d.mediaType)}, ${grouped(d.size)} bytes, sha256 <code>${d.sha256}</code>, ${plural(d.rootCauses, 'independent cause')}${d.outcome.state === 'read' ? '' : `, ${d.outcome.state}`}</p>
${ordered.map((f) => findingHtml(f, rules.get(f.rule), d)).join('')}</details>\n`;
}

const order = (f: ReportedFinding): number => (f.direction === 'supports' ? PROPOSITIONS.length : PROPOSITIONS.indexOf(f.proposition));

function findingHtml(f: ReportedFinding, rule: RuleMeta | undefined, d: ReportedDocument): string {
  const open = (rule?.innocent ?? []).filter((i) => f.openExplanations.includes(i.id));
  const others = f.paths.filter((p) => p !== d.path);
  return `<article class="finding ${f.direction}"><h3>${h(f.statement)}</h3>
<p class="facts">${f.direction === 'supports' ? 'supports authenticity' : f.proposition}, ${f.strength}; rule <b>${h(f.rule)}</b>${rule ? `: ${h(rule.title)}` : ''}${rule?.status === 'uncalibrated' ? ' (its rate of false alarms was not measured yet)' : ''}</p>
${
  others.length > 0
    ? `<p class="facts">together with ${others
        .slice(0, 12)
        .map((p) => `<code>${h(p)}</code>`)
        .join(', ')}${others.length > 12 ? ` and ${others.length - 12} more` : ''}</p>`
    : ''
}
<table><thead><tr><th>role</th><th>field</th><th>as it stands there</th><th>where</th></tr></thead><tbody>${f.evidence
    .slice(0, 40)
    .map((e) => claimRow(e.role, e.claim, e.note))
    .join('')}</tbody></table>
${f.evidence.length > 40 ? `<p class="facts">and ${f.evidence.length - 40} more claims in report.json</p>` : ''}
${open.length > 0 ? `<h4>Open innocent explanations</h4><ul>${open.map((i) => `<li>${h(i.story)} <i>To tell:</i> ${h(i.check)}</li>`).join('')}</ul>` : ''}
${f.ruledOut.length > 0 ? `<h4>Ruled out</h4><ul>${f.ruledOut.map((r) => `<li>${h(rule?.innocent.find((i) => i.id === r.innocent)?.story ?? r.innocent)} <i>Because:</i> ${h(r.because)}</li>`).join('')}</ul>` : ''}
</article>`;
}

const claimRow = (role: string, c: ReportedClaim, note: string | undefined): string =>
  `<tr><td>${role}${c.basis === 'observed' ? ' (measured)' : ''}</td><td>${h(c.field)}</td><td><code>${h(c.raw)}</code>${meaningOf(c) === '' ? '' : `<br>= ${h(meaningOf(c))}`}${note === undefined || note === c.field ? '' : `<br>${h(note)}`}</td><td><code>${h(c.path)}</code><br><span class="locator">${h(placeOf(c))}</span>${c.other ? `<br>against <code>${h(c.other.path)}</code>` : ''}</td></tr>`;

async function writeProblems(report: Report, out: Out): Promise<void> {
  await out.write('<section id="problems"><h2>What could not be read to the end</h2>\n');
  if (report.totals.problems === 0) {
    await out.write('<p>Nothing: everything was read.</p></section>\n');
    return;
  }
  await out.write('<table><thead><tr><th>artifact</th><th>problem</th><th>by</th></tr></thead><tbody>');
  let shown = 0;
  for await (const p of report.problems()) {
    if (shown++ === MAX_PROBLEMS) break;
    await out.write(
      `<tr><td><code>${h(p.path)}</code></td><td>${h(p.code)}: ${h(p.message)}${p.reproducible ? '' : ' (a rerun may differ)'}</td><td>${h(p.reader)}</td></tr>\n`,
    );
  }
  await out.write('</tbody></table>');
  if (report.totals.problems > MAX_PROBLEMS)
    await out.write(`<p>${plural(report.totals.problems - MAX_PROBLEMS, 'more problem')} in report.json.</p>`);
  await out.write('</section>\n');
}

async function writeCoverage(report: Report, out: Out): Promise<void> {
  const types = report.coverage.byMediaType.map(
    (t) =>
      `<tr><td>${h(t.mediaType)}</td><td>${grouped(t.artifacts)}</td><td>${grouped(t.read)}</td><td>${grouped(t.partial)}</td><td>${grouped(t.unread)}</td></tr>`,
  );
  const rules = report.coverage.byRule.map(
    (r) => `<tr><td>${h(r.rule)}</td><td>${grouped(r.applicable)}</td><td>${grouped(r.fired)}</td><td>${grouped(r.failed)}</td></tr>`,
  );
  await out.write(`<section id="coverage"><h2>What was examined</h2>
<table><thead><tr><th>kind</th><th>artifacts</th><th>read</th><th>in part</th><th>unread</th></tr></thead><tbody>${types.join('\n')}</tbody></table>
<h3>Rules</h3><table><thead><tr><th>rule</th><th>artifacts it could look at</th><th>findings</th><th>failed</th></tr></thead><tbody>${rules.join('\n')}</tbody></table></section>\n`);
}

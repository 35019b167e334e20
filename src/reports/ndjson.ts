import type { Out, Report, Reporter } from '../model/report.ts';

/** One JSON object a line, each with its kind in `type`: head, document, finding, problem. For pipelines. */
export const ndjson: Reporter = {
  id: 'ndjson',
  fileName: 'report.ndjson',
  async write(report: Report, out: Out) {
    const { schema, tool, corpus, options, coverage, totals, rules } = report;
    await out.write(`${JSON.stringify({ type: 'head', schema, tool, corpus, options, coverage, totals, rules: rules.map((r) => r.id) })}\n`);
    for await (const document of report.documents()) await out.write(`${JSON.stringify({ type: 'document', ...document })}\n`);
    for await (const finding of report.findings()) await out.write(`${JSON.stringify({ type: 'finding', ...finding })}\n`);
    for await (const problem of report.problems()) await out.write(`${JSON.stringify({ type: 'problem', ...problem })}\n`);
  },
};

import type { Out, Report, Reporter } from '../model/report.ts';

/** One array of the report, element by element: the report may be larger than memory. */
async function writeList(out: Out, name: string, items: AsyncIterable<unknown>): Promise<void> {
  await out.write(`,\n  ${JSON.stringify(name)}: [`);
  let first = true;
  for await (const item of items) {
    await out.write(`${first ? '' : ','}\n    ${JSON.stringify(item)}`);
    first = false;
  }
  await out.write(first ? ']' : '\n  ]');
}

/** Schema report/1: one JSON document, a line an element, so that it can be read with eyes, grep and jq. */
export const json: Reporter = {
  id: 'json',
  fileName: 'report.json',
  async write(report: Report, out: Out) {
    const { schema, tool, corpus, options, coverage, totals } = report;
    await out.write('{');
    const head = { schema, tool, corpus, options, coverage, totals };
    await out.write(
      Object.entries(head)
        .map(([key, value]) => `\n  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
        .join(','),
    );
    await out.write(',\n  "rules": [');
    await out.write(report.rules.map((r) => `\n    ${JSON.stringify(r)}`).join(','));
    await out.write(report.rules.length > 0 ? '\n  ]' : ']');
    await writeList(out, 'documents', report.documents());
    await writeList(out, 'findings', report.findings());
    await writeList(out, 'problems', report.problems());
    await out.write('\n}\n');
  },
};

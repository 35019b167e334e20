import { join } from 'node:path';
import { strengthRank } from '../model/rule-meta.ts';
import { REPORTERS } from '../reports/index.ts';
import { printable } from '../reports/shared/printable.ts';
import { writeSummary } from '../reports/summary.ts';
import { writeJson } from '../run/case.ts';
import type { ScanResult } from '../run/scan.ts';
import { EXIT } from './exit.ts';
import type { JudgingFlags } from './options.ts';
import { buffered, colourWanted, stdout, writeFile } from './output.ts';

/** Kept in a case whatever is printed. */
const KEPT = ['json', 'csv', 'html'];

export interface Delivery {
  /** Reporters for stdout; empty: the summary for a person. */
  readonly formats: readonly string[];
  /** The case directory as the user named it, or null. */
  readonly out: string | null;
  readonly quiet: boolean;
}

/** Writes the case's reports, then what goes to stdout, and says with which code to exit. */
export async function deliver(result: ScanResult, delivery: Delivery, flags: JudgingFlags): Promise<number> {
  const { report, tallies } = result;
  if (delivery.out !== null) {
    const ids = new Set([...KEPT, ...delivery.formats]);
    for (const reporter of REPORTERS)
      if (ids.has(reporter.id)) await writeFile(join(result.dir, reporter.fileName), (out) => reporter.write(report, out));
    writeJson(join(result.dir, 'run.json'), result.run);
  }
  for (const t of tallies)
    if (t.failed > 0)
      process.stderr.write(
        `tainted: rule ${t.rule} failed ${t.failed} times (a defect of the tool): ${printable(t.error?.split('\n').slice(0, 2).join(' ') ?? '')}\n`,
      );
  const out = buffered(stdout);
  const [format] = delivery.formats;
  if (format !== undefined && delivery.formats.length === 1) await REPORTERS.find((r) => r.id === format)?.write(report, out);
  else if (format === undefined && !delivery.quiet) await writeSummary(report, out, { colour: colourWanted(process.stdout), caseDir: delivery.out });
  await out.flush();
  if (flags.failOn !== undefined && result.strongest !== null && strengthRank(result.strongest) >= strengthRank(flags.failOn)) return EXIT.found;
  if (report.coverage.missingShards.length > 0 || (flags.strict === true && !result.complete)) return EXIT.incomplete;
  return EXIT.done;
}

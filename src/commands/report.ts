import { Command } from 'commander';
import { REPORTERS } from '../reports/index.ts';
import { writeSummary } from '../reports/summary.ts';
import { UsageError } from '../run/case.ts';
import { reopenReport } from '../run/scan.ts';
import { type Done, EXIT } from './exit.ts';
import { addFormat } from './options.ts';
import { buffered, colourWanted, stdout } from './output.ts';

/** Renders a kept case again, as it was last judged. */
export function reportCommand(done: Done): Command {
  const command = new Command('report').description('render a kept case again, on stdout').argument('<case>', 'a directory made by scan --out');
  return addFormat(command).action(async (caseDir: string, flags: { format?: string[] }) => {
    const [format, ...more] = flags.format ?? [];
    if (more.length > 0) throw new UsageError('stdout has room for one format; call report once for each');
    const kept = await reopenReport(caseDir);
    const { report } = kept;
    try {
      const out = buffered(stdout);
      const reporter = REPORTERS.find((r) => r.id === format);
      if (reporter) await reporter.write(report, out);
      else await writeSummary(report, out, { colour: colourWanted(process.stdout), caseDir });
      await out.flush();
      done(EXIT.done);
    } finally {
      kept.close();
    }
  });
}

import { Command } from 'commander';
import { UsageError } from '../run/case.ts';
import { judgeCase } from '../run/scan.ts';
import { deliver } from './deliver.ts';
import type { Done } from './exit.ts';
import { addFormat, addJudging, judging, type JudgingFlags } from './options.ts';
import { progressOn } from './progress.ts';

/** New rules or new context over what was extracted: no byte of the dump is read. */
export function judgeCommand(done: Done): Command {
  const command = new Command('judge')
    .description('apply the rules again to a kept case, without reading the dump')
    .argument('<case>', 'a directory made by scan --out');
  addFormat(command);
  addJudging(command).option('-q, --quiet', 'no summary and no progress');
  return command.action(async (caseDir: string, flags: JudgingFlags & { format?: string[]; quiet?: boolean }) => {
    const formats = flags.format ?? [];
    if (formats.length > 1) throw new UsageError('stdout has room for one format; the case itself gets json, csv and html');
    const progress = progressOn(process.stderr, flags.quiet ?? false);
    const result = await judgeCase(caseDir, judging(flags), progress);
    try {
      progress.end();
      done(await deliver(result, { formats, out: caseDir, quiet: flags.quiet ?? false }, flags));
    } finally {
      result.close();
    }
  });
}

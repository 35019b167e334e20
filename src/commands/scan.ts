import { Command } from 'commander';
import { UsageError } from '../run/case.ts';
import { scan } from '../run/scan.ts';
import { deliver } from './deliver.ts';
import type { Done } from './exit.ts';
import { addFormat, addJudging, addReading, judging, type JudgingFlags, limitsOf, passwordsOf, type ReadingFlags } from './options.ts';
import { progressOn } from './progress.ts';

interface ScanFlags extends JudgingFlags, ReadingFlags {
  readonly out?: string;
  readonly format?: string[];
  readonly resume?: boolean;
  readonly force?: boolean;
  readonly allDocuments?: boolean;
  readonly quiet?: boolean;
}

/** The main job. */
export function scanCommand(done: Done): Command {
  const command = new Command('scan')
    .description('read a dump, flag what does not fit, report it')
    .argument('<path...>', 'directories or files')
    .option('-o, --out <dir>', 'keep the case there: report.json, findings.csv, report.html, run.json, segments/, evidence.duckdb');
  addFormat(command);
  addJudging(command);
  addReading(command)
    .option('--all-documents', 'list every document, not only those with a finding or a problem')
    .option('--resume', 'go on with an interrupted case')
    .option('--force', 'replace an existing case')
    .option('-q, --quiet', 'no summary and no progress');
  return command.action(async (paths: string[], flags: ScanFlags) => {
    const formats = flags.format ?? [];
    const out = flags.out ?? null;
    if (formats.length > 1 && out === null) throw new UsageError('several formats need --out <dir>: stdout has room for one');
    if (flags.resume === true && out === null) throw new UsageError('--resume needs --out <dir>: the case to go on with');
    const progress = progressOn(process.stderr, flags.quiet ?? false);
    const options = {
      ...judging(flags),
      jobs: flags.jobs,
      isolation: flags.isolation,
      limits: limitsOf(flags),
      passwords: passwordsOf(flags),
      out,
      resume: flags.resume ?? false,
      force: flags.force ?? false,
      allDocuments: flags.allDocuments ?? false,
    };
    const result = await scan(paths, options, progress, process.argv.slice(2));
    try {
      progress.end();
      done(await deliver(result, { formats, out, quiet: flags.quiet ?? false }, flags));
    } finally {
      result.close();
    }
  });
}

import os from 'node:os';
import { Command, Option } from 'commander';
import { writeCalibration } from '../reports/shared/calibration-table.ts';
import { calibrate, type CalibrateOptions, type Kind, KINDS } from '../run/calibrate.ts';
import { RULES } from '../rules/index.ts';
import { type Done, EXIT } from './exit.ts';
import { positive } from './options.ts';
import { buffered, colourWanted, stdout, writeFile } from './output.ts';
import { progressOn } from './progress.ts';

interface CalibrateFlags {
  readonly kind: Kind;
  readonly name?: string;
  readonly out?: string;
  readonly json?: boolean;
  readonly jobs: number;
  readonly isolation: CalibrateOptions['isolation'];
  readonly quiet?: boolean;
}

/** How often each rule fires on material that the operator knows to be honest. */
export function calibrateCommand(done: Done): Command {
  return new Command('calibrate')
    .description('how often each rule fires on honest material like yours: its rate of false alarms, with an upper bound')
    .argument('<path...>', 'directories or files that you know to be honest')
    .addOption(new Option('--kind <kind>', 'count only documents of this kind').choices(Object.keys(KINDS)).default('all'))
    .option('--name <text>', 'what to call the material (default: the names of the paths)')
    .option('-o, --out <file>', 'write calibration.json there')
    .option('--json', 'as JSON on stdout')
    .option('-j, --jobs <n>', 'workers that read at once', positive, Math.max(1, Math.min(8, os.availableParallelism())))
    .addOption(new Option('--isolation <ring>', 'where hostile bytes are parsed').choices(['thread', 'process']).default('thread'))
    .option('-q, --quiet', 'no table and no progress')
    .action(async (paths: string[], flags: CalibrateFlags) => {
      const progress = progressOn(process.stderr, flags.quiet ?? false);
      const { kind, name, jobs, isolation } = flags;
      const calibration = await calibrate(paths, { kind, jobs, isolation, ...(name === undefined ? {} : { name }) }, progress);
      progress.end();
      const json = `${JSON.stringify(calibration, null, 2)}\n`;
      if (flags.out !== undefined) await writeFile(flags.out, (out) => out.write(json));
      const out = buffered(stdout);
      if (flags.json === true) await out.write(json);
      else if (flags.quiet !== true)
        await writeCalibration(
          calibration,
          RULES.map((r) => r.meta),
          out,
          { colour: colourWanted(process.stdout) },
        );
      await out.flush();
      done(EXIT.done);
    });
}

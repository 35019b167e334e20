import fs from 'node:fs';
import { Command } from 'commander';
import type { SegmentLine } from '../model/segment.ts';
import { inspectionAsJson, writeInspection } from '../reports/inspection.ts';
import { UsageError } from '../run/case.ts';
import { NothingToScan } from '../run/plan.ts';
import { ask } from '../run/pool.ts';
import { type Done, EXIT } from './exit.ts';
import { addReading, limitsOf, passwordsOf, type ReadingFlags } from './options.ts';
import { buffered, colourWanted, stdout } from './output.ts';

/** Everything one file, and what is inside it, says about itself. */
export function inspectCommand(done: Done): Command {
  const command = new Command('inspect')
    .description('everything one file says about itself, claim by claim, with where it stands')
    .argument('<file>')
    .option('--json', 'as JSON');
  return addReading(command)
    .option('--strict', 'exit 4 if anything could not be read to the end')
    .action(async (file: string, flags: ReadingFlags & { json?: boolean; strict?: boolean }) => {
      if (!fs.existsSync(file)) throw new NothingToScan(`${file}: no such file`);
      if (fs.statSync(file).isDirectory()) throw new UsageError(`${file}: is a directory; 'tainted scan' reads those`);
      const lines = await inspected(file, flags);
      const out = buffered(stdout);
      if (flags.json === true) await out.write(`${JSON.stringify(inspectionAsJson(lines), null, 2)}\n`);
      else await writeInspection(lines, out, { colour: colourWanted(process.stdout) });
      await out.flush();
      done(flags.strict === true && lines.some((l) => l.t === 'problem') ? EXIT.incomplete : EXIT.done);
    });
}

async function inspected(file: string, flags: ReadingFlags): Promise<readonly SegmentLine[]> {
  const answer = await ask(
    { task: 'inspect', file, limits: limitsOf(flags), passwords: passwordsOf(flags), skip: [] },
    { jobs: 1, isolation: flags.isolation, limits: limitsOf(flags) },
  );
  if (answer.answer !== 'inspected') throw new Error(`a worker answered '${answer.answer}' to inspect`);
  return answer.lines;
}

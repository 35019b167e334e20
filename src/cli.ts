import { Command, CommanderError } from 'commander';
import { calibrateCommand } from './commands/calibrate.ts';
import { inspectCommand } from './commands/inspect.ts';
import { judgeCommand } from './commands/judge.ts';
import { EXIT } from './commands/exit.ts';
import { keysCommand } from './commands/keys.ts';
import { PipeClosed } from './commands/output.ts';
import { reportCommand } from './commands/report.ts';
import { rulesCommand } from './commands/rules.ts';
import { scanCommand } from './commands/scan.ts';
import { showCommand } from './commands/show.ts';
import { verifyCommand } from './commands/verify.ts';
import { UsageError } from './run/case.ts';
import { NothingToScan } from './run/plan.ts';
import { TOOL } from './run/version.ts';

/** Options in, exit code out. `argv` as in process.argv. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const done = (result: number): void => {
    code = result;
  };
  const program = new Command('tainted')
    .description('Finds the documents in a leaked dump that do not fit. Offline; nothing of the dump is executed or sent anywhere.')
    .version(TOOL.version, '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ outputError: (text, write) => write(`tainted: ${text.replace(/^error: /, '')}`) });
  for (const add of [
    scanCommand,
    inspectCommand,
    judgeCommand,
    keysCommand,
    reportCommand,
    rulesCommand,
    showCommand,
    verifyCommand,
    calibrateCommand,
  ]) {
    const command = add(done);
    command.exitOverride().configureOutput({ outputError: (text, write) => write(`tainted ${command.name()}: ${text.replace(/^error: /, '')}`) });
    program.addCommand(command);
  }
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof PipeClosed) return EXIT.done;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (error instanceof UsageError) {
    process.stderr.write(`tainted: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof NothingToScan) {
    process.stderr.write(`tainted: ${error.message}\n`);
    return EXIT.nothing;
  }
  process.stderr.write(`tainted: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.internal;
}

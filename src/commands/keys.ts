import os from 'node:os';
import { Command } from 'commander';
import { printable } from '../reports/shared/printable.ts';
import { UsageError } from '../run/case.ts';
import type { GroupOutcome } from '../run/key-case.ts';
import { recoverKeys, type RecoverStages } from '../run/keys.ts';
import { type Done, EXIT } from './exit.ts';
import { positive } from './options.ts';
import { buffered, stdout } from './output.ts';

interface RecoverFlags {
  readonly out?: string;
  readonly selector?: string;
  readonly jobs: number;
  readonly minutes?: number;
  readonly quiet?: boolean;
}

/** Keys of mail signers. */
export function keysCommand(done: Done): Command {
  const command = new Command('keys').description('keys of mail signers');
  return command.addCommand(recoverCommand(done));
}

function recoverCommand(done: Done): Command {
  return new Command('recover')
    .description('compute signers’ public keys from the signatures of a kept case, for judge --dkim-keys')
    .argument('<case>', 'a directory made by scan --out')
    .option('-o, --out <keys.json>', 'where the keys go (default: keys.json in the case)')
    .option('--selector <domain/selector>', 'only this signer')
    .option('-j, --jobs <n>', 'computations at once', positive, Math.max(1, Math.min(8, os.availableParallelism())))
    .option('--minutes <n>', 'stop after so many; a rerun goes on from there', positive)
    .option('-q, --quiet', 'no list and no progress')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(`tainted keys recover: ${text.replace(/^error: /, '')}`) })
    .action(async (caseDir: string, flags: RecoverFlags) => {
      if (flags.selector !== undefined && !/^[^/\s]+\/[^/\s]+$/.test(flags.selector))
        throw new UsageError(`--selector ${flags.selector}: domain/selector is wanted, such as example.org/s1`);
      const quiet = flags.quiet ?? false;
      const { outcomes, keyFile } = await recoverKeys(
        caseDir,
        { out: flags.out ?? null, signer: flags.selector ?? null, jobs: flags.jobs, minutes: flags.minutes ?? null },
        progressOn(process.stderr, quiet),
      );
      if (!quiet) await list(outcomes, keyFile, caseDir);
      done(EXIT.done);
    });
}

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
const bitsOf = (o: GroupOutcome): number => o.key?.bits ?? o.bits;
const line = (o: GroupOutcome): string => `${printable(o.signer)} (${bitsOf(o)} bits): ${printable(o.words)}\n`;

/** One line a gcd: each takes a minute or more, also in a pipe. */
function progressOn(stream: NodeJS.WriteStream, quiet: boolean): RecoverStages {
  const say = (text: string): void => {
    if (!quiet) stream.write(text);
  };
  return {
    trying: (signer, bits, attempt, of) => say(`trying ${printable(signer)} (${bits} bits), ${attempt} of at most ${of} …\n`),
    done: (o, n, of) => say(`${n}/${of} ${printable(o.signer)}: ${o.state === 'recovered' ? 'recovered' : printable(o.words)}\n`),
  };
}

async function list(outcomes: readonly GroupOutcome[], keyFile: string, caseDir: string): Promise<void> {
  const out = buffered(stdout);
  const single = outcomes.filter((o) => o.state === 'single').length;
  const found = outcomes.filter((o) => o.state === 'recovered').length;
  for (const o of outcomes) if (o.state !== 'single') await out.write(line(o));
  if (single > 0) await out.write(`${counted(single, 'more selector')} with one signature each: nothing to pair\n`);
  if (outcomes.length === 0) await out.write('No RSA signature in this case.\n');
  if (found > 0) {
    await out.write(
      `${counted(found, 'key')} in ${printable(keyFile)}; use them with: tainted judge ${printable(caseDir)} --dkim-keys ${printable(keyFile)}\n`,
    );
    await out.write(
      'What a recovered key shows: the messages that it verifies were signed by one signer and not changed since. It says nothing about who that was.\n',
    );
  }
  await out.flush();
}

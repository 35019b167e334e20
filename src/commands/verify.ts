import fs from 'node:fs';
import { dirname } from 'node:path';
import { Command } from 'commander';
import { DEFAULT_LIMITS } from '../model/input.ts';
import type { Report, ReportedClaim, ReportedFinding } from '../model/report.ts';
import { EXAMINATIONS } from '../examinations/index.ts';
import { printable } from '../reports/shared/printable.ts';
import { readRun, UsageError } from '../run/case.ts';
import { verifyClaims } from '../run/verify.ts';
import { type Done, EXIT } from './exit.ts';
import { passwordsOf } from './options.ts';
import { stdout } from './output.ts';

type Stored = Omit<Report, 'findings' | 'documents' | 'problems'> & { readonly findings: readonly ReportedFinding[] };

/** Replays every cited claim of a report against the dump. */
export function verifyCommand(done: Done): Command {
  return new Command('verify')
    .description('replay every claim that a report cites against the dump')
    .argument('<report.json>')
    .option('--root <dir>', 'the scanned directory (default: what run.json beside the report says)')
    .option('--password-file <file>', 'the passwords that the scan was given')
    .action(async (file: string, flags: { root?: string; passwordFile?: string }) => {
      const report = stored(file);
      const { roots, labels } = flags.root === undefined ? readRun(dirname(file)) : { roots: [flags.root], labels: [''] };
      const claims = report.findings.flatMap((f) => f.evidence.map((e): ReportedClaim => e.claim));
      const examinations = new Set(EXAMINATIONS.map((e) => `${e.id}@${e.version}`));
      const passwords = passwordsOf(flags);
      const used = report.options['passwordsDigest'] ?? '';
      if (used !== '' && used !== passwords.digest)
        throw new UsageError('verify: the scan was given a list of passwords; name the same with --password-file');
      const outcome = await verifyClaims(
        claims,
        examinations,
        roots,
        labels,
        { ...DEFAULT_LIMITS, ...(report.options as Partial<typeof DEFAULT_LIMITS>) },
        passwords,
      );
      for (const d of outcome.differing)
        await stdout.write(
          `differs: ${printable(d.path)} ${printable(d.field)}: the report says ${JSON.stringify(printable(d.raw))}, the dump says ${JSON.stringify(d.found === null ? 'nothing there' : printable(d.found))}\n`,
        );
      await stdout.write(
        `${outcome.replayed} asserted claims replayed to their bytes, ${outcome.measured} observed ones measured again, ${outcome.compared} made by comparing documents (not repeated), ${outcome.differing.length} differ\n`,
      );
      done(outcome.differing.length === 0 ? EXIT.done : EXIT.incomplete);
    });
}

function stored(file: string): Stored {
  try {
    const report = JSON.parse(fs.readFileSync(file, 'utf8')) as Stored;
    if (report.schema !== 'report/1') throw new UsageError(`${file}: is not a report of schema report/1`);
    return report;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file}: ${error instanceof SyntaxError ? 'is no JSON' : 'cannot be read'}; name a report.json made by tainted`);
  }
}

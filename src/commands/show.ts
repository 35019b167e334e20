import { Command, Option } from 'commander';
import { DEFAULT_LIMITS } from '../model/input.ts';
import { parsePath } from '../model/provenance.ts';
import { printable } from '../reports/shared/printable.ts';
import { readRun, UsageError } from '../run/case.ts';
import { NothingToScan } from '../run/plan.ts';
import { ask } from '../run/pool.ts';
import { type Done, EXIT } from './exit.ts';
import { passwordsOf, positive } from './options.ts';
import { stdout } from './output.ts';

const HEX_WIDTH = 16;

/** Replays a provenance and prints the bytes it leads to. */
export function showCommand(done: Done): Command {
  return new Command('show')
    .description('print the bytes behind a provenance, e.g. mail/2015.mbox!/mbox:@10240!/mime:2')
    .argument('<provenance>', 'as printed in a report')
    .option('--root <dir>', 'the scanned directory (default: here)')
    .option('--case <dir>', 'or the case that knows it')
    .option('--password-file <file>', 'the passwords that the scan was given')
    .option('--bytes <n>', 'how many bytes', positive, 512)
    .addOption(new Option('--as <form>', 'how').choices(['hex', 'raw']).default('hex'))
    .action(async (provenance: string, flags: { root?: string; case?: string; passwordFile?: string; bytes: number; as: 'hex' | 'raw' }) => {
      try {
        parsePath(provenance);
      } catch (error) {
        throw new UsageError(`show: ${(error as Error).message}`);
      }
      const { roots, labels } = flags.case === undefined ? { roots: [flags.root ?? '.'], labels: [''] } : readRun(flags.case);
      const wantBytes = flags.as === 'raw' ? Number.MAX_SAFE_INTEGER : flags.bytes;
      const answer = await ask(
        { task: 'replay', path: provenance, roots, labels, limits: DEFAULT_LIMITS, passwords: passwordsOf(flags), claims: [], wantBytes },
        { jobs: 1, isolation: 'thread', limits: DEFAULT_LIMITS },
      ).catch((error: unknown) => {
        if (error instanceof Error && error.message.startsWith('ENOENT')) return null;
        throw error;
      });
      if (answer?.answer !== 'replayed' || !answer.found)
        throw new NothingToScan(`${printable(provenance)}: nothing there; name the scanned directory with --root or the case with --case`);
      if (flags.as === 'raw') await writeRaw(answer.bytes);
      else await stdout.write(`${printable(provenance)}\n${answer.size} bytes, sha256 ${answer.sha256}\n${hexDump(answer.bytes)}`);
      done(EXIT.done);
    });
}

const writeRaw = (bytes: Uint8Array): Promise<void> =>
  new Promise((done, fail) => void process.stdout.write(bytes, (error) => (error ? fail(error) : done())));

function hexDump(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += HEX_WIDTH) {
    const row = bytes.subarray(at, at + HEX_WIDTH);
    const hex = [...row].map((b) => b.toString(16).padStart(2, '0')).join(' ');
    const shown = [...row].map((b) => (b >= 0x20 && b < 0x7f ? String.fromCharCode(b) : '.')).join('');
    text += `${at.toString(16).padStart(8, '0')}  ${hex.padEnd(HEX_WIDTH * 3)} ${shown}\n`;
  }
  return text;
}

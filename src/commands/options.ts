import fs from 'node:fs';
import os from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TimeValue } from '../model/attribute.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/input.ts';
import { STRENGTHS, type Strength } from '../model/rule-meta.ts';
import { parseIso } from '../model/time.ts';
import { REPORTERS } from '../reports/index.ts';
import { UsageError } from '../run/case.ts';
import { readDkimKeys } from '../run/dkim-keys.ts';
import type { JudgeOptions } from '../run/options.ts';
import { NO_PASSWORDS, passwordListOf, type PasswordList } from '../run/passwords.ts';
import type { Isolation } from '../run/pool.ts';

export const positive = (text: string): number => {
  const n = Number(text);
  if (!Number.isSafeInteger(n) || n < 1) throw new InvalidArgumentError('a whole number from 1 is wanted.');
  return n;
};

/** '500', '64M', '2G'. */
const byteCount = (text: string): number => {
  const m = /^(\d+)([KMG]?)$/i.exec(text);
  const n = m ? Number(m[1]) * 1024 ** ['', 'K', 'M', 'G'].indexOf((m[2] ?? '').toUpperCase()) : NaN;
  if (!Number.isSafeInteger(n) || n < 1) throw new InvalidArgumentError('a number of bytes is wanted, such as 64M or 2G.');
  return n;
};

const time = (text: string): TimeValue => {
  const value = parseIso(text);
  if (!value) throw new InvalidArgumentError('a date is wanted, such as 2017-04-24 or 2017-04-24T12:00:00Z.');
  // A bare date means its end in UTC: what was saved on the day itself is not later than it.
  if (value.kind === 'wall')
    return {
      kind: 'instant',
      epochMs: Date.parse(`${value.local}Z`) + (value.precisionMs >= 86_400_000 ? 86_399_999 : 0),
      offsetMinutes: 0,
      precisionMs: 1000,
    };
  return value;
};

const formats = (text: string): string[] => {
  const ids = text.split(',').map((id) => id.trim());
  for (const id of ids)
    if (!REPORTERS.some((r) => r.id === id))
      throw new InvalidArgumentError(`one of ${REPORTERS.map((r) => r.id).join(', ')} is wanted, or several with commas.`);
  return ids;
};

export const addFormat = (command: Command): Command =>
  command.option('-f, --format <f[,f]>', `report on stdout: ${REPORTERS.map((r) => r.id).join(', ')}`, formats);

/** Options of `scan` and `judge`: which rules, and what the operator knows. */
export function addJudging(command: Command): Command {
  return command
    .option('--only <rule[,rule]>', 'only these rules', (text: string) => text.split(',').map((id) => id.trim()))
    .option('--calibrated-only', 'only rules whose rate of false alarms was measured')
    .option('--acquired-at <time>', 'when the dump was obtained: what was saved later is the collector’s doing', time)
    .option('--released-at <time>', 'when the dump was published', time)
    .option('--known <people.csv>', 'names and addresses that belong here, one or more a line')
    .option('--dkim-keys <path>', 'keys of mail signers: JSON, zone-file lines, or a directory of TXT records')
    .option('--baseline <report.json>', 'only findings that this earlier report does not have')
    .addOption(new Option('--fail-on <strength>', 'exit 10 if a finding against a document reaches it').choices(STRENGTHS))
    .option('--strict', 'exit 4 if anything could not be read to the end');
}

export interface JudgingFlags {
  readonly only?: string[];
  readonly calibratedOnly?: boolean;
  readonly acquiredAt?: TimeValue;
  readonly releasedAt?: TimeValue;
  readonly known?: string;
  readonly dkimKeys?: string;
  readonly baseline?: string;
  readonly failOn?: Strength;
  readonly strict?: boolean;
}

const read = (file: string, option: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} ${file}: ${error instanceof Error ? error.message.split(',')[0] : 'cannot be read'}`);
  }
};

export function judging(flags: JudgingFlags): JudgeOptions {
  const known =
    flags.known === undefined
      ? []
      : read(flags.known, '--known')
          .split(/[\r\n,;]+/)
          .map((n) => n.trim().replace(/^"|"$/g, '').toLowerCase())
          .filter((n) => n !== '');
  return {
    only: flags.only ?? [],
    calibratedOnly: flags.calibratedOnly ?? false,
    acquiredAt: flags.acquiredAt ?? null,
    releasedAt: flags.releasedAt ?? null,
    known: new Set(known),
    ...(flags.dkimKeys === undefined ? {} : { dkimKeys: readDkimKeys(flags.dkimKeys) }),
    baseline: new Set(flags.baseline === undefined ? [] : baselineIds(flags.baseline)),
  };
}

function baselineIds(file: string): string[] {
  try {
    const report = JSON.parse(read(file, '--baseline')) as { findings: { id: string }[] };
    return report.findings.map((f) => f.id);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--baseline ${file}: is no report.json of tainted`);
  }
}

export function addReading(command: Command): Command {
  const d = DEFAULT_LIMITS;
  return command
    .option('-j, --jobs <n>', 'workers that read at once', positive, Math.max(1, Math.min(8, os.availableParallelism())))
    .addOption(new Option('--isolation <ring>', 'where hostile bytes are parsed').choices(['thread', 'process']).default('thread'))
    .option('--timeout <seconds>', 'without progress on one artifact', positive, d.maxMillis / 1000)
    .option('--max-depth <n>', 'artifacts inside artifacts', positive, d.maxDepth)
    .option('--max-children <n>', 'members of one archive', positive, d.maxChildren)
    .option('--max-parts <n>', 'MIME parts of one message', positive, d.maxParts)
    .option('--max-bytes <bytes>', 'size of one unpacked artifact', byteCount, d.maxArtifactBytes)
    .option('--max-ratio <n>', 'bytes out per byte in, after 256 MiB', positive, d.maxExpansionRatio)
    .option('--max-claims <n>', 'claims of one artifact', positive, d.maxClaims)
    .option('--password-file <file>', 'passwords to try on what is encrypted, one a line')
    .option('--max-text <bytes>', 'text kept of one artifact for comparison', byteCount, d.maxTextBytes);
}

export interface ReadingFlags {
  readonly jobs: number;
  readonly isolation: Isolation;
  readonly timeout: number;
  readonly maxDepth: number;
  readonly maxChildren: number;
  readonly maxParts: number;
  readonly maxBytes: number;
  readonly maxRatio: number;
  readonly maxClaims: number;
  readonly maxText: number;
  readonly passwordFile?: string;
}

export const passwordsOf = (flags: { readonly passwordFile?: string }): PasswordList =>
  flags.passwordFile === undefined ? NO_PASSWORDS : passwordListOf(read(flags.passwordFile, '--password-file'));

export const limitsOf = (f: ReadingFlags): Limits => ({
  ...DEFAULT_LIMITS,
  maxDepth: f.maxDepth,
  maxChildren: f.maxChildren,
  maxParts: f.maxParts,
  maxArtifactBytes: f.maxBytes,
  maxExpansionRatio: f.maxRatio,
  maxClaims: f.maxClaims,
  maxTextBytes: f.maxText,
  maxMillis: f.timeout * 1000,
});

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';

/** The program under test; another build may be put in its place. */
const BIN = process.env['TAINTED_BIN'] ?? new URL('../../bin/tainted.js', import.meta.url).pathname;

export interface ScannedDump {
  /** Exit code, with --strict. */
  readonly code: number | null;
  /** Path, code and message of each problem, in the order of the report. */
  readonly problems: readonly (readonly [path: string, code: string, message: string])[];
  /** 'read', 'partial', or 'unread: why', by path. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly artifacts: number;
}

interface Told {
  readonly problems: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly documents: readonly { readonly path: string; readonly outcome: { readonly state: string; readonly why?: string } }[];
  readonly corpus: { readonly artifacts: number };
}

/**
 * Writes the files into a directory of that name beside an honest 'honest.txt', scans it and removes it. A busy machine must not
 * turn what is slow there into what hangs: signs of life are waited for longer than by default.
 */
export function scanDump(dir: string, name: string, files: Readonly<Record<string, Uint8Array | string>>): ScannedDump {
  const dump = join(dir, name);
  fs.mkdirSync(dump);
  try {
    fs.writeFileSync(join(dump, 'honest.txt'), 'Bonjour.\n');
    for (const [file, bytes] of Object.entries(files)) fs.writeFileSync(join(dump, file), bytes);
    const ran = spawnSync(process.execPath, [BIN, 'scan', dump, '--strict', '--all-documents', '-f', 'json', '--timeout', '100'], {
      encoding: 'utf8',
      maxBuffer: 1 << 29,
    });
    const told = JSON.parse(ran.stdout) as Told;
    return {
      code: ran.status,
      problems: told.problems.map((p) => [p.path, p.code, p.message] as const),
      outcomes: Object.fromEntries(told.documents.map(({ path, outcome: { state, why } }) => [path, why === undefined ? state : `${state}: ${why}`])),
      artifacts: told.corpus.artifacts,
    };
  } finally {
    fs.rmSync(dump, { recursive: true, force: true });
  }
}

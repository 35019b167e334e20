import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from '../../src/model/input.ts';
import { renderPath } from '../../src/model/provenance.ts';
import { Contents } from '../../src/run/contents.ts';
import { extractUnit } from '../../src/run/extract.ts';

export interface ExtractedFile {
  /** Path, code and message of each problem, as they came. */
  readonly problems: readonly (readonly [path: string, code: string, message: string])[];
  /** The file and what was found inside. */
  readonly artifacts: number;
  readonly claims: number;
  /** Of this process: what other programs do meanwhile does not count. */
  readonly cpuMs: number;
}

/** Opens one file and all that is inside, in this process and under the limits of a scan. */
export async function extractFile(name: string, bytes: Uint8Array): Promise<ExtractedFile> {
  const dir = fs.mkdtempSync(join(os.tmpdir(), 'extract-'));
  const paths = new Map<string, string>();
  const problems: { artifact: string; code: string; message: string }[] = [];
  let claims = 0;
  const began = process.cpuUsage();
  try {
    fs.writeFileSync(join(dir, name), bytes);
    await extractUnit({ path: name, file: name, root: 0, size: bytes.byteLength, mtimeMs: 0, kind: 'file' }, dir, {
      limits: DEFAULT_LIMITS,
      passwords: [],
      scratchDir: dir,
      contents: new Contents(),
      write(line) {
        if (line.t === 'artifact') paths.set(line.id, renderPath(line.path));
        else if (line.t === 'problem') problems.push(line);
        else if (line.t === 'claim') claims++;
      },
      announce: () => undefined,
      skip: () => null,
    });
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
  const { user, system } = process.cpuUsage(began);
  return {
    problems: problems.map((p) => [paths.get(p.artifact) ?? '', p.code, p.message] as const),
    artifacts: paths.size,
    claims,
    cpuMs: (user + system) / 1000,
  };
}

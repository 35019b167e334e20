import { parentPort, workerData } from 'node:worker_threads';
import { basename, dirname, resolve } from 'node:path';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { CONTAINERS } from '../containers/index.ts';
import { volumeOf } from '../corpus/volumes.ts';
import { SegmentWriter } from '../evidence/segment.ts';
import { FORMATS } from '../formats/index.ts';
import type { Limits } from '../model/input.ts';
import { renderPath, sha256Of } from '../model/provenance.ts';
import type { SegmentLine } from '../model/segment.ts';
import type { Unit } from '../model/unit.ts';
import { announcer } from './board.ts';
import { Contents } from './contents.ts';
import { extractUnit } from './extract.ts';
import type { Extraction } from './extraction.ts';
import type { PasswordList } from './passwords.ts';
import { replay } from './replay.ts';
import { type Answer, problemOf, type Skip, type Task } from './worker-protocol.ts';

/** The only module that loads parsers. Runs as a worker thread, or as a child process with `--isolation process`. */
const send = (answer: Answer): void => {
  if (parentPort) parentPort.postMessage(answer);
  else process.send?.(answer);
};

const board = (workerData as { board?: SharedArrayBuffer } | null)?.board;

/** A thread writes on the board it was given; a process, which shares no memory, sends a message. */
const announce = board ? announcer(board) : (path: string, opener: string): void => send({ answer: 'at', path, opener });

/** Readers and containers with their versions: part of what a segment is a function of. */
const READERS: readonly string[] = [...FORMATS, ...CONTAINERS].map((r) => `${r.id}@${r.version}`).sort();

function extractionInto(
  write: (line: SegmentLine) => void,
  { limits, passwords }: { readonly limits: Limits; readonly passwords: PasswordList },
  scratchDir: string,
  skips: readonly Skip[],
  contents: Contents | null,
): Extraction {
  return {
    limits,
    passwords: passwords.list,
    scratchDir,
    contents,
    write,
    announce: (path, opener) => announce(renderPath(path), opener),
    skip: (path, opener) => {
      if (skips.length === 0) return null;
      const rendered = renderPath(path);
      const found = skips.find((s) => s.path === rendered && s.opener === opener);
      return found ? problemOf(found) : null;
    },
  };
}

/** A message for each small file cost half a millisecond, a third of what it takes to read it. */
const TELL_MS = 100;

async function extractShard(task: Extract<Task, { task: 'extract' }>): Promise<void> {
  const { shard, limits, passwords } = task;
  const writer = new SegmentWriter(task.dir, String(shard.index).padStart(4, '0'));
  try {
    const options = sha256Of(JSON.stringify([limits, passwords.digest]));
    writer.write({ t: 'head', schema: 'segment/1', shard: shard.index, of: shard.of, readers: READERS, options });
    const extraction = extractionInto((line) => writer.write(line), task, task.dir, task.skip, new Contents());
    let finished: number[] = [];
    let told = performance.now();
    for (const unit of shard.units) {
      await extractUnit(unit, task.roots[unit.root] ?? '', extraction);
      finished.push(unit.size);
      if (performance.now() - told < TELL_MS) continue;
      send({ answer: 'units', bytes: finished });
      finished = [];
      told = performance.now();
    }
    send({ answer: 'units', bytes: finished });
    send({ answer: 'sealed', sealed: writer.seal() });
  } catch (error) {
    writer.abandon();
    throw error;
  }
}

async function inspect(task: Extract<Task, { task: 'inspect' }>): Promise<void> {
  const file = resolve(task.file);
  const { size, mtimeMs } = fs.statSync(file);
  const name = basename(file);
  const unit: Unit = { path: name, file: name, root: 0, size, mtimeMs: Math.trunc(mtimeMs), kind: 'file' };
  const volume = volumeOf(dirname(file), name);
  const lines: SegmentLine[] = [];
  await extractUnit(
    volume ? { ...unit, volume } : unit,
    dirname(file),
    extractionInto((line) => lines.push(line), task, tmpdir(), task.skip, null),
  );
  send({ answer: 'inspected', lines });
}

async function perform(task: Task): Promise<void> {
  try {
    if (task.task === 'extract') await extractShard(task);
    else if (task.task === 'inspect') await inspect(task);
    else send(await replay(task));
  } catch (error) {
    send({ answer: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

if (parentPort) parentPort.on('message', (task: Task) => void perform(task));
else if (process.send) process.on('message', (task: Task) => void perform(task));

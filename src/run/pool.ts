import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { Sealed } from '../evidence/segment.ts';
import type { Limits } from '../model/input.ts';
import type { Shard } from '../model/unit.ts';
import { type Board, openBoard } from './board.ts';
import { NO_PASSWORDS, type PasswordList } from './passwords.ts';
import type { Answer, Skip, Task } from './worker-protocol.ts';

export type Isolation = 'thread' | 'process';

export interface PoolOptions {
  readonly jobs: number;
  readonly isolation: Isolation;
  readonly limits: Limits;
  readonly passwords?: PasswordList;
  /** Where the worker module lies; tests put one that misbehaves in its place. */
  readonly worker?: URL;
}

export type ShardResult =
  | { readonly shard: number; readonly state: 'sealed'; readonly sealed: Sealed }
  | { readonly shard: number; readonly state: 'lost'; readonly reason: string };

export interface Progress {
  unit(bytes: number): void;
  /** A worker died or was stopped on an artifact; it goes on without that reader there. */
  lost(skip: Skip): void;
}

/** JS heap of one worker. Buffers are not under this limit: the budgets in `Limits` keep those small. */
const HEAP_MB = 640;
/** Claims live briefly: a larger nursery lets most of them die there. */
const YOUNG_MB = 32;
/** Deaths after which a shard is given up: each one costs a restart and blames another artifact. */
const MAX_DEATHS = 200;
const WATCH_MS = 200;

interface Death {
  readonly code: Skip['code'];
  readonly message: string;
}

/** Thread or process: the same messages go through. */
interface Channel {
  /** What a thread writes there instead of sending it; null for a process. */
  readonly board: Board | null;
  post(task: Task): void;
  stop(): Promise<unknown>;
  listen(onAnswer: (answer: Answer) => void, onDeath: (death: Death) => void): void;
}

/** One worker, busy with one task at a time; started when first needed, and again after a death. */
class Lane {
  readonly #options: PoolOptions;
  #channel: Channel | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  #start(): Channel {
    const module = this.#options.worker ?? new URL('./worker.js', import.meta.url);
    this.#channel = this.#options.isolation === 'thread' ? threadChannel(module) : processChannel(module);
    return this.#channel;
  }

  /** Resolves with the final answer, or with the death and the artifact it happened on. */
  run(task: Task, onUnit: (bytes: number) => void): Promise<{ answer: Answer } | { death: Death; at: { path: string; opener: string } | null }> {
    const channel = this.#channel ?? this.#start();
    return new Promise((done) => {
      let at: { path: string; opener: string } | null = null;
      let lastSign = performance.now();
      let signs = channel.board?.signs() ?? 0;
      const before = signs;
      const blamed = (): { path: string; opener: string } | null => (channel.board && channel.board.signs() !== before ? channel.board.at() : at);
      const watch = setInterval(() => {
        const now = channel.board?.signs() ?? 0;
        if (now !== signs) lastSign = performance.now();
        signs = now;
        if (performance.now() - lastSign < this.#options.limits.maxMillis) return;
        void channel.stop();
        finish({ death: { code: 'timed-out', message: `no progress for ${this.#options.limits.maxMillis / 1000} s; left out here` }, at: blamed() });
      }, WATCH_MS);
      const finish = (result: Parameters<typeof done>[0]): void => {
        clearInterval(watch);
        // The exit of a worker that was stopped comes later, when another one may have taken its place.
        if ('death' in result && this.#channel === channel) this.#channel = null;
        done(result);
      };
      channel.listen(
        (answer) => {
          lastSign = performance.now();
          if (answer.answer === 'at') at = { path: answer.path, opener: answer.opener };
          else if (answer.answer === 'units') answer.bytes.forEach(onUnit);
          else finish({ answer });
        },
        (death) => finish({ death, at: blamed() }),
      );
      channel.post(task);
    });
  }

  async stop(): Promise<void> {
    const channel = this.#channel;
    this.#channel = null;
    await channel?.stop();
  }
}

/** A worker that cannot even start names its reason here; the paths of this machine stay out of it. */
function deathOf(error: unknown): Death {
  if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY') return { code: 'worker-lost', message: 'ran out of memory; left out here' };
  const reason = error instanceof Error ? `: ${(error.message.split('\n')[0] ?? '').replaceAll(/(?:file:\/\/)?\/[^\s'"]+/g, '<path>')}` : '';
  return { code: 'worker-lost', message: `the worker died${reason}; left out here` };
}

function threadChannel(module: URL): Channel {
  // What foreign parsers print about hostile files must not mix with our data on stdout; their errors come as problems.
  const board = openBoard();
  const worker = new Worker(module, {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
    workerData: { board: board.memory },
    stdout: true,
    stderr: true,
  });
  return {
    board,
    post: (task) => worker.postMessage(task),
    stop: () => worker.terminate(),
    listen(onAnswer, onDeath) {
      worker.removeAllListeners();
      worker.on('message', onAnswer);
      worker.once('error', (error) => onDeath(deathOf(error)));
      worker.once('exit', () => onDeath(deathOf({})));
    },
  };
}

function processChannel(module: URL): Channel {
  const child = fork(fileURLToPath(module), [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return {
    board: null,
    post: (task) => void child.send(task),
    stop: () => Promise.resolve(child.kill('SIGKILL')),
    listen(onAnswer, onDeath) {
      child.removeAllListeners();
      child.on('message', (m) => onAnswer(m as Answer));
      child.once('error', (error) => onDeath(deathOf(error)));
      child.once('exit', () => onDeath(deathOf({})));
    },
  };
}

/** Runs shards on `jobs` workers; results in the order in which they finish. A shard whose worker dies is run again without the reader that died. */
export async function runShards(
  shards: readonly Shard[],
  roots: readonly string[],
  dir: string,
  options: PoolOptions,
  progress: Progress,
): Promise<ShardResult[]> {
  const limit = pLimit(options.jobs);
  const idle = Array.from({ length: options.jobs }, () => new Lane(options));
  const results = await Promise.all(
    // Largest first: the last shard to finish should be a small one. At most some hundreds of shards.
    [...shards]
      .sort((a, b) => bytesOfShard(b) - bytesOfShard(a) || a.index - b.index)
      .map((shard) =>
        limit(async () => {
          const lane = idle.pop() ?? new Lane(options);
          try {
            return await runShard(lane, shard, roots, dir, options, progress);
          } finally {
            idle.push(lane);
          }
        }),
      ),
  );
  await Promise.all(idle.map((lane) => lane.stop()));
  return results;
}

const bytesOfShard = (shard: Shard): number => shard.units.reduce((sum, u) => sum + u.size, 0);

async function runShard(
  lane: Lane,
  shard: Shard,
  roots: readonly string[],
  dir: string,
  options: PoolOptions,
  progress: Progress,
): Promise<ShardResult> {
  const skip: Skip[] = [];
  let reported = 0;
  while (skip.length <= MAX_DEATHS) {
    let seen = 0;
    const outcome = await lane.run(
      { task: 'extract', shard, roots, dir, limits: options.limits, passwords: options.passwords ?? NO_PASSWORDS, skip },
      (bytes) => {
        // A second run over the same units must not count them twice.
        if (++seen > reported) {
          reported = seen;
          progress.unit(bytes);
        }
      },
    );
    if ('answer' in outcome) {
      const { answer } = outcome;
      if (answer.answer === 'sealed') return { shard: shard.index, state: 'sealed', sealed: answer.sealed };
      return { shard: shard.index, state: 'lost', reason: answer.answer === 'failed' ? answer.message : `unexpected answer '${answer.answer}'` };
    }
    const { at, death } = outcome;
    if (!at || skip.some((s) => s.path === at.path && s.opener === at.opener)) return { shard: shard.index, state: 'lost', reason: death.message };
    const blamed: Skip = { ...at, ...death };
    skip.push(blamed);
    progress.lost(blamed);
  }
  return { shard: shard.index, state: 'lost', reason: `more than ${MAX_DEATHS} deaths` };
}

/** Tasks one after the other on one worker: `inspect`, `show`, `verify`. A task that failed or killed the worker yields an Error. */
export async function* askAll(tasks: Iterable<Task>, options: PoolOptions): AsyncIterable<Answer | Error> {
  const lane = new Lane(options);
  try {
    for (const task of tasks) {
      const outcome = await lane.run(task, () => undefined);
      if ('death' in outcome) yield new Error(`${outcome.at?.path ?? 'the file'}: ${outcome.death.message}`);
      else if (outcome.answer.answer === 'failed') yield new Error(outcome.answer.message);
      else yield outcome.answer;
    }
  } finally {
    await lane.stop();
  }
}

/** One task on a worker of its own. Throws with what the worker said. */
export async function ask(task: Task, options: PoolOptions): Promise<Answer> {
  for await (const answer of askAll([task], options)) {
    if (answer instanceof Error) throw answer;
    return answer;
  }
  throw new Error('the worker gave no answer');
}

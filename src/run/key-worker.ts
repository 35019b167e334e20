import { parentPort } from 'node:worker_threads';
import { commonFactor } from './common-factor.ts';
import type { FactorTask } from './key-lane.ts';

/** Pure arithmetic, in a thread that can be stopped. For each task one answer: the factor in hex, '' for none. */
parentPort?.on('message', (task: FactorTask) => {
  void commonFactor(task.anchor, task.others, task.exponent).then(
    (factor) => parentPort?.postMessage({ factor: factor === null ? '' : factor.toString(16) }),
    (error: unknown) => parentPort?.postMessage({ fault: error instanceof Error ? error.message : String(error) }),
  );
});

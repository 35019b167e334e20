import { Worker } from 'node:worker_threads';
import type { SignedPair } from '../examinations/shared/signer-groups.ts';

export interface FactorTask {
  readonly anchor: SignedPair;
  readonly others: readonly SignedPair[];
  readonly exponent: number;
}

/** Computes common factors, one after the other. */
export interface Solver {
  /** The factor, null for none. Rejects with the reason where the worker died or was stopped. */
  solve(task: FactorTask): Promise<bigint | null>;
  stop(): void;
}

type Answer = { readonly factor: string } | { readonly fault: string };

const HEAP_MB = 256;

/** A thread for pure arithmetic; started when first needed, and again after a death. */
export class KeyLane implements Solver {
  #worker: Worker | null = null;

  solve(task: FactorTask): Promise<bigint | null> {
    const worker = (this.#worker ??= new Worker(new URL('./key-worker.js', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      stdout: true,
      stderr: true,
    }));
    return new Promise((done, fail) => {
      const died = (error: Error): void => {
        if (this.#worker === worker) this.#worker = null;
        fail(error);
      };
      worker.removeAllListeners();
      worker.once('message', (answer: Answer) => {
        if ('fault' in answer) {
          // What it had allocated goes with it.
          this.stop();
          fail(new Error(answer.fault));
        } else done(answer.factor === '' ? null : BigInt(`0x${answer.factor}`));
      });
      worker.once('error', (error) => died(error instanceof Error ? error : new Error(String(error))));
      worker.once('exit', () => died(new Error('the worker was stopped')));
      worker.postMessage(task);
    });
  }

  stop(): void {
    const worker = this.#worker;
    this.#worker = null;
    void worker?.terminate();
  }
}

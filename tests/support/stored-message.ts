import { pst } from '../../src/containers/pst.ts';
import type { Child, ClosedChild, OpeningProblem } from '../../src/model/input.ts';
import { bytesOfChild, inputFrom } from './read.ts';

/** The form in which the first message of a store is handed on. */
export function firstMessage(store: Uint8Array): Uint8Array {
  for (const item of pst.open(inputFrom(store)) as Iterable<Child | ClosedChild | OpeningProblem>)
    if ('key' in item && item.role === 'document') return bytesOfChild(item);
  throw new Error('no message');
}

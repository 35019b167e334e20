import type { Input } from '../../model/input.ts';

const ITEMS = 1000;

/** The same items, with a sign of life before the first and every thousandth. For what ends with the bytes it is read from. */
export function* withSigns<T>(input: Pick<Input, 'alive'>, items: Iterable<T>): Iterable<T> {
  let count = 0;
  for (const item of items) {
    if (count++ % ITEMS === 0) input.alive();
    yield item;
  }
}

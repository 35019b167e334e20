import type { Subject } from '../../model/evidence.ts';
import { isMessage } from './time.ts';

/**
 * What `read` makes of the messages: of those with one Message-ID the first it makes anything of, for copies of one message are one.
 * A message without Message-ID is left out, and what comes after the first `most`.
 */
export async function* eachMessageOnce<S extends Subject<'id.message'>, T>(
  members: AsyncIterable<S>,
  most: number,
  read: (message: S) => T | null,
): AsyncIterable<T> {
  const ids = new Set<string>();
  for await (const m of members) {
    const id = m.claims('id.message')[0]?.value ?? '';
    if (!isMessage(m) || id === '' || ids.has(id)) continue;
    const made = read(m);
    if (made === null) continue;
    ids.add(id);
    yield made;
    if (ids.size >= most) return;
  }
}

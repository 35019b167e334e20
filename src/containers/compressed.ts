import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { unpacked, unpackingCap } from '../structures/archive/archive-member.ts';
import { MOST_PACKED_BYTES, unpackStream } from '../structures/archive/libarchive.ts';

/** Neither format has room for a name. */
const KEY = 'content';

async function* open(input: Input): AsyncGenerator<Child | ClosedChild | OpeningProblem> {
  const { bytes, limits } = input;
  if (bytes.size > MOST_PACKED_BYTES) {
    yield { problem: { code: 'limit-exceeded', message: `not opened: ${bytes.size} bytes are more than ${MOST_PACKED_BYTES}` } };
    return;
  }
  const cap = unpackingCap(bytes.size, limits);
  const kind = bytes.slice(0, 1)[0] === 0x42 ? 'bzip2' : 'xz';
  yield* unpacked({ key: KEY, role: 'document', says: [] }, KEY, await unpackStream(bytes, kind, cap), cap);
}

/** One file in a bzip2 or xz stream, which says nothing else: no name, no time. Several streams in a row are one file. */
export const compressed: Container = { id: 'compressed', version: 1, mediaTypes: ['application/x-bzip2', 'application/x-xz'], open };

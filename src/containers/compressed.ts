import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, unpacked, unpackingCap } from '../structures/archive/archive-member.ts';
import { type EntryContent, MOST_PACKED_BYTES, unpackStream } from '../structures/archive/libarchive.ts';
import { unpackLz4 } from '../structures/archive/lz4.ts';
import { unpackLzip, unpackLzmaAlone } from '../structures/archive/lzma-files.ts';
import { unpackLzw } from '../structures/archive/lzw.ts';
import { beginsWithSkippable, skippableMediaType } from '../structures/archive/magic.ts';
import type { UnpackFile } from '../structures/archive/unpacking.ts';
import { unpackZstd } from '../structures/archive/zstd.ts';
import { wholeOf } from '../structures/bytes.ts';

/** None of these formats has room for a name, or none is read. */
const KEY = 'content';

type Unpack = (input: Input, cap: number) => EntryContent | Promise<EntryContent>;

const inMemory =
  (unpack: UnpackFile): Unpack =>
  (input, cap) =>
    unpack(wholeOf(input.bytes), cap, () => {
      input.alive();
    });

/** By the first bytes. */
const STREAMS: readonly (readonly [magic: RegExp, unpack: Unpack | string])[] = [
  [/^BZh/, ({ bytes }, cap) => unpackStream(bytes, 'bzip2', cap)],
  [/^\u00fd7zXZ/, ({ bytes }, cap) => unpackStream(bytes, 'xz', cap)],
  [/^\u0028\u00b5\u002f\u00fd/, inMemory(unpackZstd)],
  [/^(?:\u0004"M|\u0002!L)\u0018/, inMemory(unpackLz4)],
  [/^LZIP/, inMemory(unpackLzip)],
  [/^\u001f\u009d/, inMemory(unpackLzw)],
  [/^\u0089LZO/, 'lzop'],
  [/^LRZI/, 'lrzip'],
  [/^GRZipII/, 'grzip'],
];

function unpackerOf(input: Input): Unpack | string {
  const head = input.bytes.slice(0, 8);
  if (beginsWithSkippable(head) !== 'no') return inMemory(skippableMediaType(input) === 'application/x-lz4' ? unpackLz4 : unpackZstd);
  const text = Buffer.from(head).toString('latin1');
  // LZMA alone has no magic.
  return STREAMS.find(([magic]) => magic.test(text))?.[1] ?? inMemory(unpackLzmaAlone);
}

async function* open(input: Input): AsyncGenerator<Child | ClosedChild | OpeningProblem> {
  const { bytes, limits } = input;
  if (bytes.size > MOST_PACKED_BYTES) {
    yield { problem: { code: 'limit-exceeded', message: `not opened: ${bytes.size} bytes are more than ${MOST_PACKED_BYTES}` } };
    return;
  }
  const unpack = unpackerOf(input);
  const member = { key: KEY, role: 'document', says: [] } as const;
  if (typeof unpack === 'string') {
    yield closed(member, 'unreadable', 'unsupported', `packed with ${unpack}, which is not read here`);
    return;
  }
  const cap = unpackingCap(bytes.size, limits);
  yield* unpacked(member, KEY, await unpack(input, cap), cap);
}

/** One file in a stream that says nothing else: no name, no time. Several streams in a row are one file. */
export const compressed: Container = {
  id: 'compressed',
  version: 2,
  mediaTypes: [
    'application/x-bzip2',
    'application/x-xz',
    'application/zstd',
    'application/x-lz4',
    'application/x-lzip',
    'application/x-lzma',
    'application/x-compress',
    'application/x-lzop',
    'application/x-lrzip',
    'application/x-grzip',
  ],
  open,
};

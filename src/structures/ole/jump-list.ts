import { type Cfb, type CfbEntry, streamOf } from './cfb.ts';

export const DEST_LIST = 'DestList';
const HEADER = 32;
const MAX_ENTRIES = 10_000;

/** One line of a jump list: a file that a program opened. Offsets in bytes of the stream 'DestList'. */
export interface JumpEntry {
  /** From 0, as stored. */
  readonly index: number;
  /** GUID with time and network card of the machine that made the file, 16 bytes. */
  readonly object: Uint8Array;
  /** NetBIOS name. */
  readonly machine: string;
  /** FILETIME of the last access, UTC. */
  readonly accessed: bigint;
  readonly path: string;
}

/** Fields of an entry for locators: `id` of a property of the stream 'DestList'. */
export const JUMP_FIELD = { object: 24, machine: 72, accessed: 100, path: 112 } as const;

/**
 * The stream 'DestList' of an '.automaticDestinations-ms': versions 1 (Windows 7), 3 and 4 (Windows 10). No published specification;
 * the layout is that of libyal's description (dtformats, Jump lists format).
 */
export function jumpEntries(cfb: Cfb): { readonly entries: readonly JumpEntry[]; readonly whole: boolean } {
  const stream = streamOf(cfb, DEST_LIST);
  const entries: JumpEntry[] = [];
  if (!stream || stream.byteLength < HEADER) return { entries, whole: stream?.byteLength === 0 };
  const b = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength);
  const version = b.readUInt32LE(0);
  const count = b.readUInt32LE(4);
  const lengthAt = version === 1 ? 112 : 128;
  let at = HEADER;
  while (entries.length < count && entries.length < MAX_ENTRIES && at + lengthAt + 2 <= b.byteLength) {
    const length = 2 * b.readUInt16LE(at + lengthAt);
    const from = at + lengthAt + 2;
    if (from + length > b.byteLength) break;
    entries.push({
      index: entries.length,
      object: b.subarray(at + JUMP_FIELD.object, at + JUMP_FIELD.object + 16),
      machine: b.toString('latin1', at + JUMP_FIELD.machine, at + JUMP_FIELD.machine + 16).split('\u0000')[0] ?? '',
      accessed: b.readBigUInt64LE(at + JUMP_FIELD.accessed),
      path: b.toString('utf16le', from, from + length),
    });
    at = from + length + (version === 1 ? 0 : 4);
  }
  return { entries, whole: entries.length === count };
}

/** Streams that hold a shortcut each: called by a number in hexadecimal. */
export const shortcutsOf = (cfb: Cfb): readonly CfbEntry[] => cfb.entries.filter((e) => e.kind === 'stream' && /^[0-9a-f]{1,8}$/i.test(e.path));

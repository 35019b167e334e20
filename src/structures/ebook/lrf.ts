import { inflateSync } from 'node:zlib';
import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { decodeXml } from '../xml.ts';
import { bufferOf } from '../placed.ts';

export interface Lrf {
  /** The information block, XML; null where it is missing or damaged. */
  readonly info: string | null;
  readonly problem: ProblemDraft | null;
}

/** Versions above this have the thumbnail's kind and size in front of the block. */
const OLD = 800;
/** A page of XML unpacks to some kilobytes. */
const MAX_INFO = 1024 ** 2;

/** Sony's BroadBand eBook: its information block, packed with zlib behind its size (LRF format, as calibre's documentation of it). Use as `input.once(readLrf)`. */
export function readLrf({ bytes }: Input): Lrf {
  const h = bufferOf(bytes.slice(0, 0x58));
  const problem = (code: ProblemDraft['code'], message: string): Lrf => ({ info: null, problem: { code, message } });
  if (h.byteLength < 0x58) return problem('truncated', 'no whole header');
  const at = h.readUInt16LE(8) > OLD ? 0x54 : 0x53;
  const packed = bytes.slice(at + 4, Math.max(0, h.readUInt16LE(0x4c) - 4));
  try {
    return { info: decodeXml(inflateSync(packed, { maxOutputLength: MAX_INFO })).replace(/^\ufeff/, ''), problem: null };
  } catch {
    return problem('malformed', 'the information block cannot be unpacked');
  }
}

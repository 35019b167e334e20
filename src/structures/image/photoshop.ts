import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { bufferOf } from '../placed.ts';

/** One image resource block (Adobe Photoshop File Formats Specification, Image Resources Section). */
export interface ImageResource {
  readonly id: number;
  /** Of its data, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

export interface Photoshop {
  readonly resources: readonly ImageResource[];
  readonly problems: readonly ProblemDraft[];
}

const HEADER_BYTES = 26;
/** Photoshop writes some dozens. */
const MAX_RESOURCES = 10_000;

/** The resources of a PSD or PSB, behind its header and its table of colours. Never throws; layers and pixels are not read. */
export function readPhotoshop({ bytes }: Input): Photoshop {
  const resources: ImageResource[] = [];
  const problems: ProblemDraft[] = [];
  const done = (code: ProblemDraft['code'], message: string): Photoshop => ({
    resources,
    problems: [...problems, { code, message: `PSD: ${message}` }],
  });
  const lengthAt = (at: number): number | null => {
    const b = bufferOf(bytes.slice(at, 4));
    return b.byteLength === 4 ? b.readUInt32BE(0) : null;
  };
  const colours = lengthAt(HEADER_BYTES);
  const section = colours === null ? 0 : HEADER_BYTES + 4 + colours;
  const size = colours === null ? null : lengthAt(section);
  if (size === null) return done('truncated', 'ends before its resources');
  const end = section + 4 + size;
  if (end > bytes.size) problems.push({ code: 'truncated', message: 'PSD: the resources end beyond the file' });
  for (let at = section + 4; at + 12 <= Math.min(end, bytes.size);) {
    const head = bufferOf(bytes.slice(at, 7));
    if (!/^(?:8BIM|MeSa|AgHg|PHUT|DCSR)$/.test(head.toString('latin1', 0, 4))) return done('malformed', `no resource at ${at}`);
    // A name with its length in front, padded to an even number of bytes together.
    const name = 1 + (head[6] ?? 0);
    const offset = at + 6 + name + (name & 1) + 4;
    const length = lengthAt(offset - 4);
    if (length === null || offset + length > bytes.size) return done('truncated', `the resource at ${at} ends beyond the file`);
    if (resources.length === MAX_RESOURCES) return done('limit-exceeded', `more than ${MAX_RESOURCES} resources, the rest is not read`);
    resources.push({ id: head.readUInt16BE(4), offset, length });
    at = offset + length + (length & 1);
  }
  return { resources, problems };
}

import { mailParts } from '../parts.ts';
import type { Mime, Part } from '../mime.ts';
import { decodeBase64 } from '../transfer-encoding.ts';
import type { Edit } from './edits.ts';

/** A text as it travels, one character a byte, out of base64 but not out of quoted-printable. */
export interface TextLeaf {
  readonly part: Part;
  readonly isHtml: boolean;
  readonly text: string;
  /** Takes [from, to) of the text out again. */
  cut(from: number, to: number): Edit;
}

/** Longer texts are not searched for what a list or gateway added. */
const MAX_LEAF_BYTES = 512 * 1024;
/** RFC 2045 section 6.8. */
const BASE64_LINE = 76;

export function base64Lines(bytes: Uint8Array, width: number): Uint8Array {
  const flat = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  const lines: string[] = [];
  for (let i = 0; i < flat.length; i += width) lines.push(flat.slice(i, i + width));
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

function leafOf(bytes: Uint8Array, part: Part): TextLeaf {
  const { offset, length } = part.body;
  const written = bytes.subarray(offset, offset + length);
  const isBase64 = part.encoding === 'base64';
  const content = isBase64 ? decodeBase64(written) : written;
  return {
    part,
    isHtml: part.type === 'text/html',
    text: Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('latin1'),
    cut(from, to) {
      if (!isBase64) return { from: offset + from, to: offset + to, put: null };
      const kept = Buffer.concat([content.subarray(0, from), content.subarray(to)]);
      return { from: offset, to: offset + length, put: base64Lines(kept, BASE64_LINE) };
    },
  };
}

/** The first plain and the first HTML text of a message: where lists and gateways write. */
export function textLeaves(mime: Mime): TextLeaf[] {
  const leaves = mailParts(mime).bodies.filter((p) => p.multipart === null && p.type.startsWith('text/') && p.body.length <= MAX_LEAF_BYTES);
  const html = leaves.find((p) => p.type === 'text/html');
  const plain = leaves.find((p) => p.type !== 'text/html');
  return [plain, html].flatMap((p) => (p ? [leafOf(mime.bytes, p)] : []));
}

import type { ProblemDraft } from '../model/artifact.ts';
import type { Input } from '../model/input.ts';
import { decodeCodePage } from './charset.ts';
import { bufferOf } from './placed.ts';

/** A Macintosh file as BinHex 4.0 writes it into text (RFC 1741 appendix A). */
export interface BinHex {
  readonly name: string;
  readonly type: string;
  readonly creator: string;
  readonly data: Uint8Array;
  readonly resources: Uint8Array;
  readonly problems: readonly ProblemDraft[];
}

const ALPHABET = '!"#$%&\'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr';
const VALUES = new Int8Array(256).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;
const REPEAT = 0x90;
const COLON = 0x3a;
const MACROMAN = 10_000;

/** The six-bit text between two colons as bytes; runs not yet expanded. */
function packedBytes(text: Uint8Array): Uint8Array {
  const out = Buffer.alloc(Math.ceil((text.byteLength * 3) / 4));
  let [n, bits, held] = [0, 0, 0];
  for (const b of text) {
    const value = VALUES[b] ?? -1;
    if (value < 0) {
      if (b === COLON) break;
      continue;
    }
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[n++] = (held >> bits) & 0xff;
  }
  return out.subarray(0, n);
}

/** '90 nn' repeats the byte before it, nn counting that one too; '90 00' is the byte 90 itself. Stops at `most` bytes. */
function expanded(packed: Uint8Array, most: number): Buffer {
  let out = Buffer.alloc(Math.min(most, Math.max(1024, packed.byteLength * 2)));
  let n = 0;
  const put = (b: number): void => {
    if (n === out.byteLength && n < most) out = Buffer.concat([out, Buffer.alloc(Math.min(most - n, n))]);
    if (n < most) out[n++] = b;
  };
  for (let i = 0; i < packed.byteLength && n < most; i++) {
    const b = packed[i] ?? 0;
    const count = packed[i + 1] ?? 0;
    if (b !== REPEAT) put(b);
    else {
      i++;
      if (count === 0) put(REPEAT);
      else for (let k = 1, last = out[n - 1] ?? 0; k < count; k++) put(last);
    }
  }
  return out.subarray(0, n);
}

/** Null where nothing of the kind stands there. Use as `input.once(readBinHex)`. */
export function readBinHex({ bytes, limits }: Input): BinHex | null {
  const text = bufferOf(bytes.slice(0, Math.min(bytes.size, limits.maxArtifactBytes)));
  const remark = text.indexOf('(This file must be converted with BinHex 4');
  const lineEnd = remark === -1 ? -1 : text.subarray(remark).findIndex((b) => b === 0x0a || b === 0x0d);
  const start = lineEnd === -1 ? -1 : text.indexOf(COLON, remark + lineEnd);
  if (start === -1) return null;
  const content = expanded(packedBytes(text.subarray(start + 1)), limits.maxArtifactBytes);
  const named = content[0] ?? 0;
  const at = named + 2;
  if (named === 0 || named > 63 || at + 20 > content.byteLength) return null;
  const [dataLength, resourceLength] = [content.readUInt32BE(at + 10), content.readUInt32BE(at + 14)];
  const from = at + 20;
  const data = content.subarray(from, from + dataLength);
  const resources = content.subarray(from + dataLength + 2, from + dataLength + 2 + resourceLength);
  const lacks = dataLength + resourceLength - data.byteLength - resources.byteLength;
  return {
    name: decodeCodePage(content.subarray(1, 1 + named), MACROMAN),
    type: decodeCodePage(content.subarray(at, at + 4), MACROMAN),
    creator: decodeCodePage(content.subarray(at + 4, at + 8), MACROMAN),
    data,
    resources,
    problems: lacks > 0 ? [{ code: 'truncated', message: `${lacks} bytes of the encoded file are missing` }] : [],
  };
}

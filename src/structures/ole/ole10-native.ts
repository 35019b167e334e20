import { decodeCodePage } from '../charset.ts';

/** A file that somebody dragged into a document. */
export interface NativePayload {
  /** As shown under the icon. */
  readonly label: string;
  /** Where the file lay on that machine. */
  readonly sourcePath: string;
  /** Where it lay while it was packed: a folder below the user's own. */
  readonly temporaryPath: string;
  readonly content: Uint8Array;
  /** Bytes of the content that the stream promises and does not have. */
  readonly missing: number;
}

/** The longest path a packager writes; more is garbage. */
const MAX_PATH = 1024;

/**
 * The stream '\u0001Ole10Native' where the Windows packager wrote it, [MS-OLEDS] 2.3.6; the layout of its native data is
 * undocumented: u32 size, u16 2, label, path, u16 0, u16 3, u32 length and temporary path, u32 length and content. Strings
 * in the ANSI code page. Null where it is something else: other servers store what they like.
 */
export function ole10Native(stream: Uint8Array, codePage: number): NativePayload | null {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  if (stream.byteLength < 6 || view.getUint16(4, true) !== 2) return null;
  let at = 6;
  const untilNul = (): string | null => {
    const end = stream.subarray(at, at + MAX_PATH).indexOf(0);
    if (end < 0) return null;
    const text = decodeCodePage(stream.subarray(at, at + end), codePage);
    at += end + 1;
    return text;
  };
  const label = untilNul();
  const sourcePath = label === null ? null : untilNul();
  if (label === null || sourcePath === null || at + 8 > stream.byteLength || view.getUint16(at + 2, true) !== 3) return null;
  const pathLength = view.getUint32(at + 4, true);
  at += 8;
  if (pathLength > MAX_PATH || at + pathLength + 4 > stream.byteLength) return null;
  const temporaryPath = decodeCodePage(stream.subarray(at, at + pathLength), codePage).split('\u0000')[0] ?? '';
  at += pathLength;
  const length = view.getUint32(at, true);
  const content = stream.subarray(at + 4, at + 4 + length);
  return { label, sourcePath, temporaryPath, content, missing: length - content.byteLength };
}

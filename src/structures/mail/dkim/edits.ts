/** A stretch of the message, in bytes, put back to what it may have been; an insertion has `from` equal to `to`. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly put: Uint8Array | null;
}

/** What transport may have done, undone: in words, and as edits of the message. */
export interface Reversal {
  readonly undone: string;
  readonly edits: readonly Edit[];
  /** The body is only this stretch of it; absent: all behind the header. */
  readonly within?: { readonly offset: number; readonly length: number };
}

/** The bytes from `offset` to `end` with the edits made, as views: nothing is copied. Edits that overlap an earlier one are left out. */
export function editedSegments(bytes: Uint8Array, offset: number, end: number, edits: readonly Edit[]): Uint8Array[] {
  const segments: Uint8Array[] = [];
  let at = offset;
  for (const e of [...edits].sort((a, b) => a.from - b.from)) {
    if (e.from < at || e.to > end) continue;
    segments.push(bytes.subarray(at, e.from));
    if (e.put) segments.push(e.put);
    at = e.to;
  }
  segments.push(bytes.subarray(at, end));
  return segments;
}

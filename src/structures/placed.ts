/** One thing a file says about itself, under the format's own key, and where its bytes stand. */
export interface PlacedTag {
  /** 'TSSE', 'mvhd creation', 'ISFT', 'com.apple.quicktime.software'. */
  readonly key: string;
  /** As found: text decoded without the NULs behind it, numbers in decimal. */
  readonly raw: string;
  /** Of the value, in bytes of the artifact. */
  readonly offset: number;
  readonly length: number;
}

/** Text without the NULs that pad it. */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

export const bufferOf = (b: Uint8Array): Buffer => Buffer.from(b.buffer, b.byteOffset, b.byteLength);

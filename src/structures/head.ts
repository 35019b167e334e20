/** Bytes at the start of an artifact that decide what it is. */
export const HEAD_BYTES = 4096;

/** Whether these bytes stand there. Asked of every file some two hundred times: loops, because closures cost more than the comparison. */
export function bytesAt(head: Uint8Array, offset: number, ...bytes: number[]): boolean {
  for (let i = 0; i < bytes.length; i++) if (head[offset + i] !== bytes[i]) return false;
  return true;
}

/** Whether this text stands there, a byte a character. */
export function asciiAt(head: Uint8Array, offset: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (head[offset + i] !== text.charCodeAt(i)) return false;
  return true;
}

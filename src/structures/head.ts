/** Bytes at the start of an artifact that decide what it is. */
export const HEAD_BYTES = 4096;

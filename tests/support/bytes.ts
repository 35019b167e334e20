/** Numbers as the formats write them. */
export const be16 = (n: number): Buffer => Buffer.from([(n >> 8) & 0xff, n & 0xff]);
export const be32 = (n: number): Buffer => Buffer.from([n >>> 24, (n >>> 16) & 0xff, (n >>> 8) & 0xff, n & 0xff]);
export const le16 = (n: number): Buffer => be16(n).reverse();
export const le32 = (n: number): Buffer => be32(n).reverse();
export const le64 = (n: bigint): Buffer => {
  const b = Buffer.alloc(8);
  b.writeBigUInt64LE(n);
  return b;
};
export const be64 = (n: bigint): Buffer => {
  const b = Buffer.alloc(8);
  b.writeBigInt64BE(n);
  return b;
};
export const utf16le = (text: string): Buffer => Buffer.from(text, 'utf16le');
export const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** The first record of a spreadsheet: its version, and one record more. */
export const lotusHead = (version: number, length: 2 | 0x1a = 2): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.writeUInt16LE(length, 2);
  bytes.writeUInt16LE(version, 4);
  bytes.writeUInt16LE(6, 4 + length);
  return bytes;
};

export const wordPerfectHead = (version: number, key = 0): Buffer => {
  const bytes = Buffer.alloc(512);
  Buffer.from([0xff, 0x57, 0x50, 0x43, 0, 2, 0, 0, 1, 0x0a, version, 1, key & 0xff, key >> 8]).copy(bytes);
  return bytes;
};

/** RC4 as the books have it, so that the reader's own is not checked by itself. */
function rc4(key: readonly number[], data: Buffer): Buffer {
  const s = [...Array(256).keys()];
  let j = 0;
  for (let i = 0; i < 256; i++) {
    j = (j + s[i]! + key[i % key.length]!) % 256;
    [s[i], s[j]] = [s[j]!, s[i]!];
  }
  let a = 0;
  let b = 0;
  return Buffer.from(
    data.map((byte) => {
      a = (a + 1) % 256;
      b = (b + s[a]!) % 256;
      [s[a], s[b]] = [s[b]!, s[a]!];
      return byte ^ s[(s[a]! + s[b]!) % 256]!;
    }),
  );
}

/** The first page of an Access database: `days` since 1899-12-30 of its making. */
export const accessHead = (version: number, days = 42_000): Buffer => {
  const bytes = Buffer.alloc(4096);
  Buffer.from([0, 1, 0, 0]).copy(bytes);
  bytes.write('Standard Jet DB', 4, 'latin1');
  bytes[0x14] = version;
  bytes.writeDoubleLE(days, 0x72);
  rc4([0xc7, 0xda, 0x39, 0x6b], bytes.subarray(0x18, 0x18 + 126)).copy(bytes, 0x18);
  return bytes;
};

/** One column, no rows. */
export const dbaseTable = (day: readonly [year: number, month: number, day: number]): Buffer => {
  const bytes = Buffer.alloc(66);
  Buffer.from([3, ...day]).copy(bytes);
  bytes.writeUInt16LE(65, 8);
  bytes.writeUInt16LE(11, 10);
  bytes.write('MONTANT', 32, 'latin1');
  bytes.write('C', 43, 'latin1');
  bytes[64] = 0x0d;
  bytes[65] = 0x1a;
  return bytes;
};

export const oneNoteHead = (): Buffer => {
  const bytes = Buffer.alloc(2048);
  Buffer.from('e4525c7b8cd8a74daeb15378d02996d3', 'hex').copy(bytes);
  Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex').copy(bytes, 16);
  Buffer.from('3fdd9a101b91f549a5d01791edc8aed8', 'hex').copy(bytes, 48);
  bytes.writeUInt32LE(42, 64);
  Buffer.from('1112131415161718191a1b1c1d1e1f20', 'hex').copy(bytes, 212);
  bytes.writeUInt16LE(20_002, 284);
  bytes.writeUInt16LE(17_511, 286);
  return bytes;
};

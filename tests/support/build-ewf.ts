import { deflateSync } from 'node:zlib';

/** The first sections of a disk image: their text by their kind. */
export function buildEwf(sections: readonly (readonly [kind: string, text: Uint8Array])[], packed = true): Uint8Array {
  const out: Buffer[] = [Buffer.from('EVF\t\r\n\u00ff\u0000\u0001\u0001\u0000\u0000\u0000', 'latin1')];
  let at = 13;
  for (const [kind, text] of [...sections, ['done', Buffer.alloc(0)] as const]) {
    const body = kind === 'done' ? Buffer.alloc(0) : packed ? deflateSync(text) : Buffer.from(text);
    const head = Buffer.alloc(76);
    head.write(kind);
    const size = 76 + body.byteLength;
    head.writeBigUInt64LE(BigInt(kind === 'done' ? at : at + size), 16);
    head.writeBigUInt64LE(BigInt(kind === 'done' ? 0 : size), 24);
    out.push(head, body);
    at += size;
  }
  return Buffer.concat(out);
}

export const EWF_HEADER = Buffer.from(
  '1\r\nmain\r\nc\tn\ta\te\tt\tav\tov\tm\tu\tp\r\nA-12\tdisque.dd\tPoste de Paul\tClaire Moreau\t\t20131210\tLinux\t2015 3 4 12 0 9\t2015 3 4 25 0 0\t0\r\n\r\n',
);
export const EWF_HEADER2 = Buffer.from(
  '\ufeff3\nmain\na\tc\te\tsn\tm\tm\nPoste de Paul\tA-12\tClaire Moreau\tWD-1234\t1425466809\t0\n\nsrce\n0\t1\n',
  'utf16le',
);

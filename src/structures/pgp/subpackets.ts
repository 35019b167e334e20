import type { Packet } from './packets.ts';

/** Subpackets of signatures: RFC 9580 section 5.2.3.7. */
export const SUB = { created: 2, keyExpires: 9, issuer: 16, signerUserId: 28, issuerFingerprint: 33 } as const;
const MAX_SUBPACKETS = 200;

export interface Subpacket {
  readonly type: number;
  /** Of the data, inside the packet's body. */
  readonly at: number;
  readonly size: number;
}

/** Where the parts of a signature packet of version 4 or 6 lie inside its body. */
export interface SignatureLayout {
  /** Behind the hashed subpackets: what is hashed ends there. */
  readonly hashedEnd: number;
  /** Behind the unhashed ones: the 16 bits of the digest begin there. */
  readonly end: number;
  /** Hashed ones first. */
  readonly subpackets: readonly Subpacket[];
}

function* subpacketsIn({ body }: Packet, from: number, to: number): Iterable<Subpacket> {
  let count = 0;
  for (let at = from; at < to && count++ < MAX_SUBPACKETS;) {
    const first = body[at] ?? 0;
    const width = first < 192 ? 1 : first < 255 ? 2 : 5;
    if (at + width > to) return;
    const size = width === 1 ? first : width === 2 ? ((first - 192) << 8) + (body[at + 1] ?? 0) + 192 : body.readUInt32BE(at + 1);
    if (size < 1 || at + width + size > to) return;
    yield { type: (body[at + width] ?? 0) & 0x7f, at: at + width + 1, size: size - 1 };
    at += width + size;
  }
}

/** RFC 9580 section 5.2.3: counts have two octets in version 4 and four in version 6. What is cut off is left out. */
export function layoutOf(p: Packet): SignatureLayout {
  const { body } = p;
  const width = body[0] === 6 ? 4 : 2;
  const countAt = (at: number): number => (at + width <= body.length ? body.readUIntBE(at, width) : 0);
  const from = 4 + width;
  const hashedEnd = from + countAt(4);
  const end = hashedEnd + width + countAt(hashedEnd);
  const subpackets = [...subpacketsIn(p, from, Math.min(hashedEnd, body.length)), ...subpacketsIn(p, hashedEnd + width, Math.min(end, body.length))];
  return { hashedEnd, end, subpackets };
}

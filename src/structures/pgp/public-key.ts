import { createHash } from 'node:crypto';
import type { PgpKeyRecord } from '../../model/pgp.ts';
import { SHAPES, SIGNING } from './algorithms.data.ts';
import { curveAt, hexOf, numbersAt } from './numbers.ts';
import { PACKET, type Packet } from './packets.ts';

const MAX_KEYS = 500;
const MAX_USER_IDS = 10;
const MAX_USER_ID = 300;

const isKey = (p: Packet): boolean =>
  p.tag === PACKET.publicKey || p.tag === PACKET.secretKey || p.tag === PACKET.publicSubkey || p.tag === PACKET.secretSubkey;
const isPrimary = (p: Packet): boolean => p.tag === PACKET.publicKey || p.tag === PACKET.secretKey;

/** RFC 9580 section 5.5.4 over the public part alone, which is where a secret key begins with one. Version 3: RFC 4880 section 12.2. */
function fingerprintOf(version: number, part: Buffer, numbers: readonly string[]): string {
  if (version === 3)
    return hexOf(
      createHash('md5')
        .update(Buffer.from(numbers.join(''), 'hex'))
        .digest(),
    );
  const head = Buffer.alloc(version === 6 ? 5 : 3);
  head[0] = version === 6 ? 0x9b : 0x99;
  head.writeUIntBE(part.length, 1, head.length - 1);
  return hexOf(
    createHash(version === 6 ? 'sha256' : 'sha1')
      .update(head)
      .update(part)
      .digest(),
  );
}

/** A key that can sign; null for any other and for a damaged one. Versions 3, 4 and 6 (RFC 9580 section 5.5.2, RFC 4880). */
function keyOf({ body }: Packet): Omit<PgpKeyRecord, 'primary' | 'userIds'> | null {
  const version = body[0] ?? 0;
  if ((version !== 3 && version !== 4 && version !== 6) || body.length < 12) return null;
  const at = version === 3 ? 7 : 5;
  const algorithm = SIGNING[body[at] ?? 0] ?? '';
  const material = at + 1 + (version === 6 ? 4 : 0);
  const curve = SHAPES[algorithm].curve ? curveAt(body, material) : { curve: '', end: material };
  const read = curve && numbersAt(body, curve.end, algorithm, 'key');
  if (!curve || !read || (version === 3 && algorithm !== 'rsa') || read.end > 0xffff) return null;
  const { numbers } = read;
  return {
    fingerprint: fingerprintOf(version, body.subarray(0, read.end), numbers),
    algorithm,
    created: body.readUInt32BE(1),
    curve: curve.curve,
    numbers,
  };
}

export interface PlacedKey {
  readonly packet: Packet;
  readonly record: PgpKeyRecord;
}

interface Owner {
  readonly fingerprint: string;
  readonly userIds: string[];
}

/** The keys of a row of packets that can sign, with the names that stand behind their primary key (RFC 9580 section 10.1). */
export function keysOf(packets: readonly Packet[]): PlacedKey[] {
  const keys: PlacedKey[] = [];
  let owner: Owner = { fingerprint: '', userIds: [] };
  for (const p of packets) {
    if (p.tag === PACKET.userId && p.body.length > 0 && owner.userIds.length < MAX_USER_IDS)
      owner.userIds.push(p.body.toString('utf8', 0, MAX_USER_ID));
    if (!isKey(p)) continue;
    const key = keyOf(p);
    if (isPrimary(p)) owner = { fingerprint: key?.fingerprint ?? '', userIds: [] };
    if (!key || keys.length >= MAX_KEYS) continue;
    // The list is filled by the packets that follow.
    const record = { ...key, primary: isPrimary(p) ? '' : owner.fingerprint, userIds: owner.userIds };
    keys.push({ packet: p, record });
  }
  return keys;
}

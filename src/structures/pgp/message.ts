import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { type Fact, factOf } from '../cms/facts.ts';
import { bufferOf } from '../placed.ts';
import { readArmor, unescaped } from './armor.ts';
import { packetFacts } from './facts.ts';
import { PACKET, type Packet, packetsOf, unpackedPacket } from './packets.ts';

/** What an OpenPGP file carries in the clear. */
export interface PgpContent {
  readonly bytes: Uint8Array;
  /** The name the writer gave it; '' where none, and for a cleartext. */
  readonly name: string;
  /** Seconds since 1970 of the file's last change; 0 where nobody says. */
  readonly seconds: number;
}

export interface PgpFile {
  readonly facts: readonly Fact[];
  readonly contents: readonly PgpContent[];
  readonly problems: readonly ProblemDraft[];
}

const MAX_BYTES = 256 * 1024 ** 2;
const MAX_DEPTH = 4;
const MAX_FACTS = 20_000;

interface Reading {
  readonly facts: Fact[];
  readonly contents: PgpContent[];
  readonly problems: ProblemDraft[];
  left: number;
}

function tell(r: Reading, code: ProblemDraft['code'], message: string): void {
  if (!r.problems.some((p) => p.message === message)) r.problems.push({ code, message: `OpenPGP: ${message}` });
}

/** RFC 9580 section 5.9: format, name behind its length, date, content. */
function literalOf({ body }: Packet): PgpContent | null {
  const length = body[1] ?? 0;
  if (body.length < 6 + length) return null;
  return { name: body.toString('utf8', 2, 2 + length), seconds: body.readUInt32BE(2 + length), bytes: body.subarray(6 + length) };
}

/** Inside what is packed nothing has a place in the file: facts are then observed, at the packet around them. */
function readPackets(r: Reading, bytes: Uint8Array, around: Packet | null, placeOf: (f: Fact) => Fact, depth: number): void {
  const packets = packetsOf(bytes);
  for (const p of packets) {
    for (const fact of packetFacts(p)) {
      if (r.facts.length >= MAX_FACTS) break;
      r.facts.push(placeOf(around ? { ...fact, basis: 'observed', offset: around.offset, length: around.length } : fact));
    }
    if (p.cut) tell(r, 'truncated', 'ends before its last packet does');
    if (p.tag === PACKET.literal) {
      const content = literalOf(p);
      if (content) r.contents.push(content);
    } else if (p.tag === PACKET.encrypted || p.tag === PACKET.encryptedIntegrity || p.tag === PACKET.encryptedAead)
      tell(r, 'encrypted', 'encrypted, opens with a key only');
    else if (p.tag === PACKET.compressed) unpack(r, p, around, placeOf, depth);
  }
  if (packets.length === 0 && depth === 0) tell(r, 'malformed', 'no packet can be read');
}

function unpack(r: Reading, p: Packet, around: Packet | null, placeOf: (f: Fact) => Fact, depth: number): void {
  const inner = depth < MAX_DEPTH && r.left > 0 ? unpackedPacket(p, r.left) : 'over';
  if (inner === 'over') tell(r, 'limit-exceeded', 'what is packed in it is more than the limit');
  else if (inner === null) tell(r, 'unsupported', 'packed in a way that does not open here');
  else {
    r.left -= inner.byteLength;
    readPackets(r, inner, around ?? p, placeOf, depth + 1);
  }
}

/** Call as input.once(readPgp). Armored or binary; never throws. */
export function readPgp({ bytes, limits }: Input): PgpFile {
  if (bytes.size > MAX_BYTES)
    return { facts: [], contents: [], problems: [{ code: 'limit-exceeded', message: `OpenPGP: ${bytes.size} bytes, not read` }] };
  const whole = bufferOf(wholeOf(bytes));
  const left = Math.min(limits.maxArtifactBytes, Math.max(limits.expansionFloorBytes, whole.byteLength * limits.maxExpansionRatio));
  const r: Reading = { facts: [], contents: [], problems: [], left };
  if (((whole[0] ?? 0) & 0x80) !== 0 && whole[0] !== 0xef) {
    r.facts.push(factOf('signature.kind', 'packets', { offset: 0, length: 1 }, 'packets', 'pgp', 'observed'));
    readPackets(r, whole, null, (f) => f, 0);
    return r;
  }
  const { blocks, cleartext } = readArmor(whole);
  if (cleartext) r.contents.push({ bytes: unescaped(whole, cleartext), name: '', seconds: 0 });
  for (const block of blocks) {
    r.facts.push(factOf('signature.kind', 'armor', { offset: block.labelAt, length: block.label.length }, block.label, 'pgp'));
    for (const { key, text, offset } of block.headers) {
      if (key === 'Version' && text !== '')
        r.facts.push(factOf('tool.application', 'armor Version', { offset, length: Buffer.byteLength(text) }, text, text));
      if (key === 'Comment' && text !== '')
        r.facts.push(factOf('signature.remark', 'armor Comment', { offset, length: Buffer.byteLength(text) }, text, text));
    }
    readPackets(r, block.bytes, null, (f) => ({ ...f, ...block.placeOf(f.offset, f.length) }), 0);
  }
  if (blocks.length === 0) tell(r, 'malformed', 'no armored block can be read');
  return r;
}

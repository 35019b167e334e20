import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { type Fact, factOf } from '../cms/facts.ts';
import { bufferOf } from '../placed.ts';
import { type Armored, readArmor, unescaped } from './armor.ts';
import { checkFacts, keyFacts, packetFacts } from './facts.ts';
import { PACKET, type Packet, packetsOf, unpackedPacket } from './packets.ts';
import { isOverDocument, isOverText, type SignedForm } from './signature.ts';
import { cleartextForms, literalForms } from './signed-forms.ts';

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
/** Signatures of one file that are checked, and bytes hashed for them: each costs a pass. */
const MAX_CHECKS = 20;
const MAX_HASHED = 512 * 1024 ** 2;

interface Reading {
  readonly facts: Fact[];
  readonly contents: PgpContent[];
  readonly problems: ProblemDraft[];
  left: number;
  checks: number;
  hashable: number;
}

/** The content that signatures beside it sign. */
interface Signed {
  readonly size: number;
  forms(text: boolean): Iterable<SignedForm>;
}

const startReading = (left: number): Reading => ({ facts: [], contents: [], problems: [], left, checks: MAX_CHECKS, hashable: MAX_HASHED });

function tell(r: Reading, code: ProblemDraft['code'], message: string): void {
  if (!r.problems.some((p) => p.message === message)) r.problems.push({ code, message: `OpenPGP: ${message}` });
}

/** RFC 9580 section 5.9: format, name behind its length, date, content. */
function literalOf({ body }: Packet): PgpContent | null {
  const length = body[1] ?? 0;
  if (body.length < 6 + length) return null;
  return { name: body.toString('utf8', 2, 2 + length), seconds: body.readUInt32BE(2 + length), bytes: body.subarray(6 + length) };
}

/** The literal beside a signature, before it or behind (RFC 9580 section 10.3). */
function signedIn(packets: readonly Packet[]): Signed | null {
  const p = packets.find((x) => x.tag === PACKET.literal);
  const content = p && !p.cut ? literalOf(p) : null;
  return content && { size: content.bytes.byteLength, forms: (text) => literalForms(content.bytes, text) };
}

function* checksOf(r: Reading, p: Packet, signed: Signed | null): Iterable<Fact> {
  if (!isOverDocument(p)) return;
  const forms = signed && signed.forms(isOverText(p));
  const isOver = signed !== null && (r.checks-- <= 0 || r.hashable < signed.size);
  if (isOver) tell(r, 'limit-exceeded', 'more signatures than are checked');
  r.hashable -= signed?.size ?? 0;
  yield* checkFacts(p, isOver ? null : forms);
}

function* factsIn(r: Reading, packets: readonly Packet[], beside: Signed | null): Iterable<Fact> {
  const signed = beside ?? signedIn(packets);
  for (const p of packets) {
    yield* packetFacts(p);
    if (p.tag === PACKET.signature) yield* checksOf(r, p, signed);
  }
  yield* keyFacts(packets);
}

interface Around {
  /** What the packets are packed in; null where they lie in the file. */
  readonly packet: Packet | null;
  readonly placeOf: (f: Fact) => Fact;
  readonly depth: number;
  /** A text in the clear above them. */
  readonly beside: Signed | null;
}

/** Inside what is packed nothing has a place in the file: facts are then observed, at the packet around them. */
function readPackets(r: Reading, bytes: Uint8Array, around: Around): void {
  const packets = packetsOf(bytes);
  const { packet, placeOf, depth } = around;
  for (const fact of factsIn(r, packets, around.beside)) {
    if (r.facts.length >= MAX_FACTS) break;
    r.facts.push(placeOf(packet ? { ...fact, basis: 'observed', offset: packet.offset, length: packet.length } : fact));
  }
  for (const p of packets) {
    if (p.cut) tell(r, 'truncated', 'ends before its last packet does');
    if (p.tag === PACKET.literal) {
      const content = literalOf(p);
      if (content) r.contents.push(content);
    } else if (p.tag === PACKET.encrypted || p.tag === PACKET.encryptedIntegrity || p.tag === PACKET.encryptedAead)
      tell(r, 'encrypted', 'encrypted, opens with a key only');
    else if (p.tag === PACKET.compressed) unpack(r, p, around);
  }
  if (packets.length === 0 && depth === 0) tell(r, 'malformed', 'no packet can be read');
}

function unpack(r: Reading, p: Packet, around: Around): void {
  const inner = around.depth < MAX_DEPTH && r.left > 0 ? unpackedPacket(p, r.left) : 'over';
  if (inner === 'over') tell(r, 'limit-exceeded', 'what is packed in it is more than the limit');
  else if (inner === null) tell(r, 'unsupported', 'packed in a way that does not open here');
  else {
    r.left -= inner.byteLength;
    readPackets(r, inner, { ...around, packet: around.packet ?? p, depth: around.depth + 1 });
  }
}

/** Call as input.once(readPgp). Armored or binary; never throws. */
export function readPgp({ bytes, limits }: Input): PgpFile {
  if (bytes.size > MAX_BYTES)
    return { facts: [], contents: [], problems: [{ code: 'limit-exceeded', message: `OpenPGP: ${bytes.size} bytes, not read` }] };
  const whole = bufferOf(wholeOf(bytes));
  const left = Math.min(limits.maxArtifactBytes, Math.max(limits.expansionFloorBytes, whole.byteLength * limits.maxExpansionRatio));
  const r = startReading(left);
  if (((whole[0] ?? 0) & 0x80) !== 0 && whole[0] !== 0xef) {
    r.facts.push(factOf('signature.kind', 'packets', { offset: 0, length: 1 }, 'packets', 'pgp', 'observed'));
    readPackets(r, whole, { packet: null, placeOf: (f) => f, depth: 0, beside: null });
    return r;
  }
  readBlocks(r, whole, readArmor(whole));
  return r;
}

function readBlocks(r: Reading, whole: Buffer, { blocks, cleartext }: Armored): void {
  if (cleartext) r.contents.push({ bytes: unescaped(whole, cleartext), name: '', seconds: 0 });
  const text = cleartext && whole.subarray(cleartext.from, cleartext.to);
  // Signatures of one text stand in one block below it.
  const below = cleartext && blocks.find((b) => b.label === 'SIGNATURE' && b.labelAt > cleartext.to);
  for (const block of blocks) {
    r.facts.push(factOf('signature.kind', 'armor', { offset: block.labelAt, length: block.label.length }, block.label, 'pgp'));
    for (const { key, text: value, offset } of block.headers) {
      if (key === 'Version' && value !== '')
        r.facts.push(factOf('tool.application', 'armor Version', { offset, length: Buffer.byteLength(value) }, value, value));
      if (key === 'Comment' && value !== '')
        r.facts.push(factOf('signature.remark', 'armor Comment', { offset, length: Buffer.byteLength(value) }, value, value));
    }
    const beside = text && block === below ? { size: text.byteLength, forms: () => cleartextForms(text) } : null;
    readPackets(r, block.bytes, { packet: null, placeOf: (f) => ({ ...f, ...block.placeOf(f.offset, f.length) }), depth: 0, beside });
  }
  if (blocks.length === 0) tell(r, 'malformed', 'no armored block can be read');
}

/** What blocks written into a text say of signatures and keys; places count from the start of the text. Never throws. */
export function readPgpText(text: Uint8Array, limits: Input['limits']): Pick<PgpFile, 'facts' | 'problems'> {
  const r = startReading(limits.expansionFloorBytes);
  const whole = bufferOf(text);
  readBlocks(r, whole, readArmor(whole));
  return r;
}

/** The facts of a signature that lies beside what it signs: armored or binary (RFC 3156 section 5). */
export function readPgpSignature(signature: Uint8Array, size: number, forms: () => Iterable<SignedForm>): readonly Fact[] {
  const whole = bufferOf(signature);
  const r = startReading(0);
  const around: Around = { packet: null, placeOf: (f) => f, depth: 0, beside: { size, forms } };
  if (((whole[0] ?? 0) & 0x80) !== 0) readPackets(r, whole, around);
  else for (const block of readArmor(whole).blocks) readPackets(r, block.bytes, around);
  return r.facts;
}

/** The facts of keys in a row of packets: what an Autocrypt header carries. */
export const readPgpKeys = (packets: Uint8Array): readonly Fact[] => [...keyFacts(packetsOf(packets))];

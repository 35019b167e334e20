import { createHash } from 'node:crypto';
import type { Instant } from '../../model/attribute.ts';
import { writePgp } from '../../model/pgp.ts';
import { type Fact, factOf } from '../cms/facts.ts';
import { DIGESTS } from './algorithms.data.ts';
import { PACKET, type Packet } from './packets.ts';
import { keysOf } from './public-key.ts';
import { isOverDocument, type SignedForm, signatureRecord } from './signature.ts';
import { layoutOf, SUB, type Subpacket } from './subpackets.ts';

/** RFC 9580 section 9.3. */
const CIPHERS: Readonly<Record<number, string>> = {
  1: 'IDEA',
  2: '3DES',
  3: 'CAST5',
  4: 'Blowfish',
  7: 'AES-128',
  8: 'AES-192',
  9: 'AES-256',
  10: 'Twofish',
  11: 'Camellia-128',
  12: 'Camellia-192',
  13: 'Camellia-256',
};
interface Piece {
  readonly offset: number;
  readonly length: number;
}

/** Seconds since 1970, UTC (RFC 9580 section 3.5). */
const instantAt = (seconds: number): Instant => ({ kind: 'instant', epochMs: seconds * 1000, offsetMinutes: 0, precisionMs: 1000 });
const piece = (p: Packet, at: number, length: number): Piece => ({ offset: p.from + at, length });
const hexAt = (p: Packet, at: number, length: number): string =>
  p.body
    .subarray(at, at + length)
    .toString('hex')
    .toUpperCase();
const u32 = ({ body }: Packet, at: number): number | null => (at + 4 <= body.length ? body.readUInt32BE(at) : null);

function* digestFact(p: Packet, at: number): Iterable<Fact> {
  const number = p.body[at];
  if (number !== undefined) yield factOf('signature.digest', 'hash algorithm', piece(p, at, 1), String(number), DIGESTS[number] ?? null);
}

function* timeFact(p: Packet, at: number, attribute: 'time.signed' | 'time.valid-from', field: string): Iterable<Fact> {
  const seconds = u32(p, at);
  if (seconds !== null) yield factOf(attribute, field, piece(p, at, 4), String(seconds), instantAt(seconds));
}

function* issuerFacts(p: Packet, { type, at, size }: Subpacket): Iterable<Fact> {
  if (type === SUB.issuer && size === 8) yield factOf('signature.signer', 'issuer key', piece(p, at, 8), hexAt(p, at, 8), `key ${hexAt(p, at, 8)}`);
  // The first octet is the version of the key.
  if (type === SUB.issuerFingerprint && size > 8)
    yield factOf(
      'signature.signer',
      'issuer fingerprint',
      piece(p, at + 1, size - 1),
      hexAt(p, at + 1, size - 1),
      `key ${hexAt(p, at + 1, size - 1)}`,
    );
  if (type === SUB.signerUserId) {
    const text = p.body.toString('utf8', at, at + size);
    yield factOf('signature.signer', "signer's user id", piece(p, at, size), text, text || null);
  }
}

/** A signature over a document (types 0 and 1); those that bind names and keys together are passed over. */
function* signatureFacts(p: Packet): Iterable<Fact> {
  const version = p.body[0] ?? 0;
  if (!isOverDocument(p)) return;
  if (version === 3) {
    yield* timeFact(p, 3, 'time.signed', 'created');
    if (p.body.length >= 15) yield factOf('signature.signer', 'issuer key', piece(p, 7, 8), hexAt(p, 7, 8), `key ${hexAt(p, 7, 8)}`);
    yield* digestFact(p, 16);
  } else if (version === 4 || version === 6) {
    for (const sub of layoutOf(p).subpackets) {
      if (sub.type === SUB.created && sub.size === 4) yield* timeFact(p, sub.at, 'time.signed', 'created');
      yield* issuerFacts(p, sub);
    }
    yield* digestFact(p, 3);
  }
}

/** What an examination needs to check the signature, or that there is nothing to check it on. `forms` null: the content is not at hand. */
export function* checkFacts(p: Packet, forms: Iterable<SignedForm> | null): Iterable<Fact> {
  if (!isOverDocument(p)) return;
  const record = forms && signatureRecord(p, forms);
  if (!record) {
    const state = forms ? 'algorithm not supported' : 'not checked';
    yield factOf('signature.state', 'signature', p, state, state, 'observed');
    return;
  }
  yield factOf('pgp.signature', 'OpenPGP signature', p, record.fingerprint || record.issuer, writePgp(record), 'observed');
  yield factOf('pgp.issuer', 'OpenPGP signature', p, record.issuer, record.issuer, 'observed');
}

/** Keys that can have made signatures, for an examination, and how many there are. */
export function* keyFacts(packets: readonly Packet[]): Iterable<Fact> {
  const keys = keysOf(packets);
  for (const { packet, record } of keys) yield factOf('pgp.key', 'OpenPGP key', packet, record.fingerprint, writePgp(record), 'observed');
  if (keys[0]) yield factOf('pgp.keys', 'OpenPGP keys', keys[0].packet, String(keys.length), keys.length, 'observed');
}

/** RFC 9580 section 5.5.4.2: SHA-1 over the packet as version 4 writes it. */
function fingerprintOf({ body }: Packet): string {
  const head = Buffer.from([0x99, body.length >> 8, body.length & 0xff]);
  return createHash('sha1').update(head).update(body).digest('hex').toUpperCase();
}

function* ownFacts(p: Packet, field: string): Iterable<Fact> {
  if (p.body[0] !== 4 && p.body[0] !== 3) return;
  if (p.body[0] === 4 && p.tag !== PACKET.secretKey && p.body.length < 65_536) {
    const print = fingerprintOf(p);
    yield factOf('certificate.subject', `${field} fingerprint`, p, print, `key ${print}`, 'observed');
  }
  yield* timeFact(p, 1, 'time.valid-from', `${field} created`);
}

function* recipientFacts(p: Packet): Iterable<Fact> {
  if (p.body[0] !== 3 || p.body.length < 9) return;
  const id = hexAt(p, 1, 8);
  yield factOf('envelope.recipient', 'key id', piece(p, 1, 8), id, /^0+$/.test(id) ? 'a key that is not named' : `key ${id}`);
}

/** What one packet says; one that is packed or enciphered says nothing. */
export function* packetFacts(p: Packet): Iterable<Fact> {
  if (p.tag === PACKET.sessionKey) yield* recipientFacts(p);
  else if (p.tag === PACKET.signature) yield* signatureFacts(p);
  else if (p.tag === PACKET.publicKey || p.tag === PACKET.secretKey) yield* ownFacts(p, p.tag === PACKET.publicKey ? 'key' : 'secret key');
  else if (p.tag === PACKET.publicSubkey) yield* ownFacts(p, 'subkey');
  else if (p.tag === PACKET.userId && p.body.length > 0) {
    const text = p.body.toString('utf8');
    yield factOf('certificate.subject', 'user id', piece(p, 0, p.body.length), text, text);
  } else if (p.tag === PACKET.passwordKey && p.body.length > 1) {
    yield factOf('envelope.recipient', 'password', p, 'password', 'whoever knows a password', 'observed');
    yield factOf('envelope.cipher', 'cipher', piece(p, 1, 1), String(p.body[1]), CIPHERS[p.body[1] ?? 0] ?? null);
  }
}

import { bufferOf } from '../placed.ts';

/** One element of ITU-T X.690: identifier, length, contents. Offsets count from the start of the bytes it was read from. */
export interface Element {
  /** 0 = universal, 2 = context-specific. */
  readonly tagClass: number;
  readonly constructed: boolean;
  readonly tag: number;
  /** Of the identifier; `length` covers identifier, length, contents and the end-of-contents marker where there is one. */
  readonly offset: number;
  readonly length: number;
  /** Of the contents. */
  readonly from: number;
  readonly to: number;
}

/** Bytes in BER or DER, with what may still be spent on taking them apart. */
export interface Der {
  readonly bytes: Buffer;
  left: number;
  /** Something ended beyond the bytes: what is there of it was read. */
  cut: boolean;
}

/** Elements looked at in one file: a signed message of a gigabyte in chunks of a kilobyte has fewer. */
const STEPS = 4_000_000;
/** Nested lengths left open; no honest encoder reaches a tenth of it. */
const MAX_OPEN = 64;
const MAX_CHILDREN = 100_000;

export const derOf = (bytes: Uint8Array): Der => ({ bytes: bufferOf(bytes), left: STEPS, cut: false });

/** True once not everything could be looked at. */
export const isExhausted = (der: Der): boolean => der.left < 0;

interface Head {
  readonly tagClass: number;
  readonly constructed: boolean;
  readonly tag: number;
  readonly from: number;
  /** Of the contents; -1 where it is left open. */
  readonly size: number;
}

function headAt({ bytes }: Der, at: number, end: number): Head | null {
  const first = bytes[at];
  if (first === undefined || at + 2 > end) return null;
  let pos = at + 1;
  let tag = first & 0x1f;
  if (tag === 0x1f) {
    tag = 0;
    for (let more = true; more; pos++) {
      const b = bytes[pos];
      if (b === undefined || pos - at > 4) return null;
      tag = tag * 128 + (b & 0x7f);
      more = b >= 0x80;
    }
  }
  const announced = bytes[pos++];
  if (announced === undefined || pos > end) return null;
  const head = { tagClass: first >> 6, constructed: (first & 0x20) !== 0, tag };
  if (announced < 0x80) return { ...head, from: pos, size: announced };
  if (announced === 0x80) return head.constructed ? { ...head, from: pos, size: -1 } : null;
  const width = announced & 0x7f;
  if (width > 6 || pos + width > end) return null;
  return { ...head, from: pos + width, size: bytes.readUIntBE(pos, width) };
}

/** Where contents of open length end: at the marker that closes them. -1 where none does. X.690 section 8.1.3.6. */
function markerBehind(der: Der, from: number, end: number): number {
  let open = 1;
  for (let at = from; at + 2 <= end;) {
    if (der.left-- < 0) return -1;
    if (der.bytes[at] === 0 && der.bytes[at + 1] === 0) {
      if (--open === 0) return at;
      at += 2;
      continue;
    }
    const head = headAt(der, at, end);
    if (!head) return -1;
    if (head.size === -1 && ++open > MAX_OPEN) return -1;
    at = head.size === -1 ? head.from : head.from + head.size;
  }
  return -1;
}

/** The element at `at`; null where none stands there or it does not end before `end`. A file that breaks off cuts what is around. */
export function elementAt(der: Der, at: number, end: number = der.bytes.byteLength): Element | null {
  if (der.left-- < 0) return null;
  const head = headAt(der, at, end);
  if (!head) return null;
  const { tagClass, constructed, tag, from, size } = head;
  let to = size === -1 ? markerBehind(der, from, end) : from + size;
  if (to > end && constructed && end === der.bytes.byteLength) {
    der.cut = true;
    to = end;
  }
  if (to < 0 || to > end) return null;
  return { tagClass, constructed, tag, offset: at, length: to - at + (size === -1 ? 2 : 0), from, to };
}

/** What stands side by side inside a constructed element, up to the first that is broken. */
export function childrenOf(der: Der, parent: Element | null | undefined): Element[] {
  const children: Element[] = [];
  if (!parent?.constructed) return children;
  for (let at = parent.from; at < parent.to && children.length < MAX_CHILDREN;) {
    const child = elementAt(der, at, parent.to);
    if (!child) break;
    children.push(child);
    at = child.offset + child.length;
  }
  return children;
}

export const TAG = { integer: 2, bitString: 3, octetString: 4, oid: 6, sequence: 16, set: 17, utcTime: 23, generalizedTime: 24 } as const;

export const isUniversal = (e: Element | null | undefined, tag: number): e is Element => e?.tagClass === 0 && e.tag === tag;
export const isContext = (e: Element | null | undefined, tag: number): e is Element => e?.tagClass === 2 && e.tag === tag;

export const contentsOf = ({ bytes }: Der, e: Element): Buffer => bytes.subarray(e.from, e.to);
/** Identifier, length and contents as they stand. */
export const encodedOf = ({ bytes }: Der, e: Element): Buffer => bytes.subarray(e.offset, e.offset + e.length);

/** The octets of a string, joined where it is written in segments (X.690 section 8.7.3). */
export function octetsOf(der: Der, e: Element): Buffer {
  if (!e.constructed) return contentsOf(der, e);
  const pieces: Buffer[] = [];
  const open = childrenOf(der, e).reverse();
  for (let piece = open.pop(); piece; piece = open.pop()) {
    if (piece.constructed) for (const inner of childrenOf(der, piece).reverse()) open.push(inner);
    else pieces.push(contentsOf(der, piece));
  }
  return Buffer.concat(pieces);
}

/** '1.2.840.113549.1.7.2'; null where the element is no object identifier. */
export function oidOf(der: Der, e: Element | null | undefined): string | null {
  if (!isUniversal(e, TAG.oid) || e.to - e.from > 64 || e.from === e.to) return null;
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const b of contentsOf(der, e)) {
    arc = arc * 128n + BigInt(b & 0x7f);
    if (b >= 0x80) continue;
    if (arcs.length === 0) {
      const top = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(top, arc - top * 40n);
    } else arcs.push(arc);
    arc = 0n;
  }
  return arcs.join('.');
}

/** The contents of an integer in hexadecimal digits, as serial numbers are written; a sign octet of zero is left out. */
export function hexOf(der: Der, e: Element | null | undefined): string | null {
  if (!isUniversal(e, TAG.integer)) return null;
  const hex = contentsOf(der, e).toString('hex');
  return hex.length > 2 && hex.startsWith('00') ? hex.slice(2) : hex;
}

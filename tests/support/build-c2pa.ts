import { constants, createHash, sign } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { AUTHORITY, buildCertificate, buildToken, CLAIRE, type CertificateSpec, privateKeyOf } from './build-cms.ts';

/** What a CBOR item is made of; `Tagged` puts a tag in front. */
export type CborValue = number | string | boolean | null | Uint8Array | readonly CborValue[] | ReadonlyMap<number | string, CborValue> | Tagged;
export class Tagged {
  readonly tag: number;
  readonly value: CborValue;
  constructor(tag: number, value: CborValue) {
    this.tag = tag;
    this.value = value;
  }
}

function head(major: number, n: number): Buffer {
  const width = n < 24 ? 0 : n < 0x100 ? 1 : n < 0x10000 ? 2 : 4;
  const b = Buffer.alloc(1 + width);
  b[0] = (major << 5) | (width === 0 ? n : { 1: 24, 2: 25, 4: 26 }[width]);
  if (width > 0) b.writeUIntBE(n, 1, width);
  return b;
}

/** Writes RFC 8949, lengths as short as can be. */
export function cborOf(value: CborValue): Buffer {
  if (value === null) return Buffer.from([0xf6]);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Tagged) return Buffer.concat([head(6, value.tag), cborOf(value.value)]);
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<number | string, CborValue>)];
    return Buffer.concat([head(5, entries.length), ...entries.flatMap(([k, v]) => [cborOf(k), cborOf(v)])]);
  }
  const items = value as readonly CborValue[];
  return Buffer.concat([head(4, items.length), ...items.map(cborOf)]);
}

export const mapOf = (entries: Readonly<Record<string, CborValue>>): ReadonlyMap<string, CborValue> => new Map(Object.entries(entries));

function box(type: string, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  const front = Buffer.alloc(8);
  front.writeUInt32BE(body.length + 8, 0);
  front.write(type, 4, 'latin1');
  return Buffer.concat([front, body]);
}

const superbox = (content: string, label: string, ...inside: readonly Uint8Array[]): Buffer =>
  box(
    'jumb',
    box('jumd', Buffer.from(content), Buffer.from('00110010800000aa00389b71', 'hex'), Buffer.from([3]), Buffer.from(`${label}\0`)),
    ...inside,
  );

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

export interface ManifestSpec {
  readonly label?: string;
  readonly generator?: string;
  readonly title?: string;
  readonly action?: { readonly action: string; readonly when?: string; readonly softwareAgent?: string };
  readonly author?: string;
  readonly ingredient?: string;
  readonly signer?: CertificateSpec;
  /** A time-stamp token in sigTst. */
  readonly stamped?: string;
  /** Binds the asset: its bytes but for the exclusion. */
  readonly asset?: { readonly hash: Uint8Array; readonly exclusion: { readonly start: number; readonly length: number } };
}

const SIGNATURE_CONTEXT = 'Signature1';

function coseOf(claim: Uint8Array, spec: ManifestSpec): Buffer {
  const chain = [spec.signer ?? CLAIRE, AUTHORITY].map(buildCertificate);
  const front = cborOf(
    new Map<number, CborValue>([
      [1, -37],
      [33, chain],
    ]),
  );
  const signed = cborOf([SIGNATURE_CONTEXT, front, Buffer.alloc(0), claim]);
  const key = privateKeyOf(spec.signer?.key ?? 'claire');
  const signature = sign('sha256', signed, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 });
  const stamp = spec.stamped === undefined ? null : mapOf({ tstTokens: [mapOf({ val: buildToken(claim, spec.stamped) })] });
  return cborOf(new Tagged(18, [front, mapOf(stamp ? { sigTst: stamp } : {}), null, signature]));
}

function assertionsOf(spec: ManifestSpec): { readonly label: string; readonly bytes: Buffer }[] {
  const { action, author, ingredient, asset } = spec;
  const cbor = (label: string, value: Readonly<Record<string, CborValue>>) => ({
    label,
    bytes: superbox('cbor', label, box('cbor', cborOf(mapOf(value)))),
  });
  const found: { label: string; bytes: Buffer }[] = [];
  if (action) {
    const { when, ...rest } = action;
    found.push(cbor('c2pa.actions', { actions: [mapOf({ ...rest, ...(when === undefined ? {} : { when: new Tagged(0, when) }) })] }));
  }
  if (author !== undefined) {
    const json = JSON.stringify({ '@context': 'http://schema.org/', '@type': 'CreativeWork', author: [{ '@type': 'Person', name: author }] });
    const label = 'stds.schema-org.CreativeWork';
    found.push({ label, bytes: superbox('json', label, box('json', Buffer.from(json))) });
  }
  if (ingredient !== undefined) found.push(cbor('c2pa.ingredient', { 'dc:title': ingredient }));
  if (asset) found.push(cbor('c2pa.hash.data', { exclusions: [mapOf(asset.exclusion)], alg: 'sha256', hash: asset.hash }));
  return found;
}

function manifestOf(spec: ManifestSpec): Buffer {
  const assertions = assertionsOf(spec);
  const claim = cborOf(
    mapOf({
      alg: 'sha256',
      claim_generator: spec.generator ?? 'Atelier/1.0',
      'dc:title': spec.title ?? 'affiche.png',
      instanceID: 'xmp:iid:1',
      assertions: assertions.map(({ label, bytes }) => mapOf({ url: `self#jumbf=c2pa.assertions/${label}`, hash: sha256(bytes.subarray(8)) })),
    }),
  );
  return superbox(
    'c2ma',
    spec.label ?? 'urn:uuid:1',
    superbox('c2as', 'c2pa.assertions', ...assertions.map((a) => a.bytes)),
    superbox('c2cl', 'c2pa.claim', box('cbor', claim)),
    superbox('c2cs', 'c2pa.signature', box('cbor', coseOf(claim, spec))),
  );
}

/** A manifest store; the last manifest is the active one. */
export const buildStore = (...manifests: readonly ManifestSpec[]): Buffer => superbox('c2pa', 'c2pa', ...manifests.map(manifestOf));

const HEAD_BYTES = 33;

/** A PNG with a store behind its header chunk, bound to all other bytes. */
export function signedPng(png: Uint8Array, spec: ManifestSpec = {}): Buffer {
  const withHash = (length: number): Buffer => buildStore({ ...spec, asset: { hash: sha256(png), exclusion: { start: HEAD_BYTES, length } } });
  // The length of the exclusion is part of what it excludes: two rounds fix its width.
  let store = withHash(70_000);
  store = withHash(store.length + 12);
  store = withHash(store.length + 12);
  const chunk = Buffer.concat([Buffer.alloc(4), Buffer.from('caBX'), store, Buffer.alloc(4)]);
  chunk.writeUInt32BE(store.length, 0);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return Buffer.concat([png.subarray(0, HEAD_BYTES), chunk, png.subarray(HEAD_BYTES)]);
}

/** APP11 segments (ISO/IEC 18477-3 annex B.2) that carry a store, `size` bytes in each. */
export function app11Of(store: Buffer, size = 1000): Buffer {
  const segments: Buffer[] = [];
  for (let at = 8, packet = 1; at < store.length; at += size, packet++) {
    const data = Buffer.concat([store.subarray(0, 8), store.subarray(at, at + size)]);
    const front = Buffer.from([0xff, 0xeb, 0, 0, 0x4a, 0x50, 0, 1, 0, 0, 0, packet]);
    front.writeUInt16BE(data.length + 10, 2);
    segments.push(front, data);
  }
  return Buffer.concat(segments);
}

/** Behind the start of a JPEG. */
export const jpegWithStore = (jpeg: Uint8Array, store: Buffer): Buffer => Buffer.concat([jpeg.subarray(0, 2), app11Of(store), jpeg.subarray(2)]);

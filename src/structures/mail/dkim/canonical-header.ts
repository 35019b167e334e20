import { createHash } from 'node:crypto';
import type { HeaderField } from '../mime-headers.ts';
import type { Canonicalization } from './canonical-body.ts';
import { parseTagList } from './tag-list.ts';

/** A header field byte for byte, as Latin-1, without its last line end and with CRLF for those inside. */
export interface RawField {
  readonly key: string;
  /** As written, up to the colon. */
  readonly name: string;
  /** Everything behind the colon. */
  readonly value: string;
}

export function rawField(bytes: Uint8Array, f: Pick<HeaderField, 'key' | 'offset' | 'length'>): RawField {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + f.offset, f.length)
    .toString('latin1')
    .replace(/(?:\r?\n|\r)$/, '')
    .replace(/\r?\n/g, '\r\n');
  const colon = text.indexOf(':');
  return { key: f.key, name: text.slice(0, colon), value: text.slice(colon + 1) };
}

/** RFC 6376 section 3.4.1 and 3.4.2, without the line end behind it. */
export function canonicalField(f: RawField, form: Canonicalization): string {
  if (form === 'simple') return `${f.name}:${f.value}`;
  const value = f.value.replace(/\r\n?/g, '').replace(/[ \t]+/g, ' ');
  return `${f.name.toLowerCase().trimEnd()}:${value.replace(/^ | $/g, '')}`;
}

/** The signature's own field with an empty b=; its other bytes stay. RFC 6376 section 3.7. */
export function withoutSignature(f: RawField): RawField {
  const b = parseTagList(f.value)?.get('b');
  return b ? { ...f, value: f.value.slice(0, b.from) + f.value.slice(b.to) } : f;
}

/**
 * The fields that `h=` names, each name taking the next one of its kind from the bottom; a name without a field left counts as
 * nothing: that is how a signer forbids adding one. RFC 6376 section 5.4.2.
 */
export function selectFields(fields: readonly RawField[], names: readonly string[]): RawField[] {
  const left = new Map<string, RawField[]>();
  for (const f of fields) {
    const list = left.get(f.key);
    if (list) list.push(f);
    else left.set(f.key, [f]);
  }
  return names.flatMap((name) => left.get(name)?.pop() ?? []);
}

/** In base64: the fields with their line ends, and last the signature's own without. */
export function digestHeader(fields: readonly RawField[], own: RawField, form: Canonicalization, algorithm: 'sha1' | 'sha256'): string {
  const hash = createHash(algorithm);
  for (const f of fields) hash.update(`${canonicalField(f, form)}\r\n`, 'latin1');
  return hash.update(canonicalField(withoutSignature(own), form), 'latin1').digest('base64');
}

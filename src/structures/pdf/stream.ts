import { type Decoded, decodeFilters, filterSteps } from './filters.ts';
import { indexOfText, type IndirectObject, latin1At, note, type PdfSource } from './source.ts';
import { dictOf, nameOf, numberOf, type PdfDict, type PdfStream, type PdfValue } from './values.ts';

/** Follows references to their object; null where there is none. */
export type Resolve = (v: PdfValue | undefined) => PdfValue;

export interface OpenStream {
  readonly stream: PdfStream;
  /** The decoded bytes, at most `maxBytes`. Counts on the source's budget. */
  decode(maxBytes: number): Decoded;
}

/** The stored length: /Length where 'endstream' stands behind it, else up to the next 'endstream', else to the end of the file. */
function storedLength(source: PdfSource, dict: PdfDict, offset: number, resolve: Resolve): number {
  const stated = numberOf(resolve(dict.get('Length')));
  if (stated !== null && stated >= 0 && offset + stated <= source.bytes.size && /^\s*endstream/.test(latin1At(source.bytes, offset + stated, 16)))
    return stated;
  const end = indexOfText(source.bytes, 'endstream', offset);
  source.left.parseBytes -= (end < 0 ? source.bytes.size : end) - offset;
  if (end < 0) return source.bytes.size - offset;
  const tail = latin1At(source.bytes, Math.max(offset, end - 2), Math.min(2, end - offset));
  return end - offset - (tail === '\r\n' ? 2 : /[\r\n]$/.test(tail) ? 1 : 0);
}

/** Finds where the stored bytes of a stream object end. */
export function streamOf(source: PdfSource, found: IndirectObject, resolve: Resolve): PdfStream {
  const dict = dictOf(found.value) ?? new Map<string, PdfValue>();
  const length = storedLength(source, dict, found.end, resolve);
  return { kind: 'stream', dict, offset: found.end, length, object: found.object, generation: found.generation };
}

/** Decodes the stored bytes of a stream, deciphered by `decipher` where the file is encrypted. */
export function decodeStream(
  source: PdfSource,
  stream: PdfStream,
  resolve: Resolve,
  maxBytes: number,
  decipher?: (b: Uint8Array) => Uint8Array,
): Decoded {
  const allowed = Math.min(maxBytes, source.left.inflateBytes);
  const steps = filterSteps(stream.dict, resolve);
  if (stream.length > source.limits.maxArtifactBytes || allowed <= 0) return { ok: false, why: 'limit', filter: steps[0]?.filter ?? 'none' };
  const stored = source.bytes.slice(stream.offset, stream.length);
  const decoded = decodeFilters(decipher ? decipher(stored) : stored, steps, allowed);
  source.left.inflateBytes -= decoded.ok ? decoded.bytes.length : decoded.why === 'limit' ? allowed : 0;
  if (source.left.inflateBytes <= 0)
    note(source, 'limit-exceeded', `streams unpack to more than ${source.limits.expansionFloorBytes} bytes; the rest is left out`);
  return decoded;
}

/** A stream that needs no cipher: that of a cross-reference section. */
export function readStream(source: PdfSource, found: IndirectObject, resolve: Resolve): OpenStream {
  const stream = streamOf(source, found, resolve);
  return { stream, decode: (maxBytes) => decodeStream(source, stream, resolve, maxBytes) };
}

/** True where a stream keeps out of the file's cipher: an identity crypt filter of its own (ISO 32000-2 7.4.10). */
export function isLeftClear(stream: PdfStream, resolve: Resolve): boolean {
  return filterSteps(stream.dict, resolve).some((s) => s.filter === 'Crypt' && (nameOf(s.parameters?.get('Name')) ?? 'Identity') === 'Identity');
}

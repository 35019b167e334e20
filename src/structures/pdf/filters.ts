import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { asciiHex, ascii85, lzw, runLength } from './filters-old.ts';
import { dictOf, isArray, nameOf, numberOf, type PdfDict, type PdfValue } from './values.ts';

export type Decoded =
  | { readonly ok: true; readonly bytes: Uint8Array }
  /** 'opaque': a picture's own coding, left alone; `filter` names it. */
  | { readonly ok: false; readonly why: 'opaque' | 'limit' | 'malformed'; readonly filter: string };

export interface FilterStep {
  readonly filter: string;
  readonly parameters: PdfDict | null;
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  Fl: 'FlateDecode',
  AHx: 'ASCIIHexDecode',
  A85: 'ASCII85Decode',
  LZW: 'LZWDecode',
  RL: 'RunLengthDecode',
  CCF: 'CCITTFaxDecode',
  DCT: 'DCTDecode',
};

/** More filters in a row than that are a bomb, not a document. */
const MAX_FILTERS = 8;

/** ISO 32000-2 7.3.8.2: one filter or an array of them, with parameters beside. References are resolved by the caller's `resolve`. */
export function filterSteps(dict: PdfDict, resolve: (v: PdfValue | undefined) => PdfValue): FilterStep[] {
  const filter = resolve(dict.get('Filter') ?? dict.get('F'));
  const parameters = resolve(dict.get('DecodeParms') ?? dict.get('DP'));
  const filters = isArray(filter) ? filter.slice(0, MAX_FILTERS) : [filter];
  const steps: FilterStep[] = [];
  for (const [i, f] of filters.entries()) {
    const name = nameOf(resolve(f));
    if (name === null) continue;
    const p = isArray(parameters) ? resolve(parameters[i]) : i === 0 || filters.length === 1 ? parameters : null;
    steps.push({ filter: SHORT_NAMES[name] ?? name, parameters: dictOf(p) });
  }
  return steps;
}

const fail = (why: 'opaque' | 'limit' | 'malformed', filter: string): Decoded => ({ ok: false, why, filter });

const isTooLong = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

/** What can be inflated of a zlib stream; a missing end or checksum is common and is no loss. */
function inflate(bytes: Uint8Array, maxBytes: number): Decoded {
  const options = { maxOutputLength: Math.max(1, maxBytes), finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return { ok: true, bytes: inflateSync(bytes, options) };
  } catch (error) {
    if (isTooLong(error)) return fail('limit', 'FlateDecode');
  }
  try {
    // A damaged header or checksum: the deflate data inside may still be whole.
    return { ok: true, bytes: inflateRawSync(bytes.subarray(2), options) };
  } catch (error) {
    return fail(isTooLong(error) ? 'limit' : 'malformed', 'FlateDecode');
  }
}

const paeth = (a: number, b: number, c: number): number => {
  const p = a + b - c;
  const pa = Math.abs(p - a);
  const pb = Math.abs(p - b);
  const pc = Math.abs(p - c);
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
};

/** PNG 1.2 section 6: every row is preceded by the number of its predictor. */
function unpredictPng(data: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  let size = 0;
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1);
    const kind = data[from];
    const n = Math.min(rowBytes, data.length - from - 1);
    const to = row * rowBytes;
    for (let i = 0; i < n; i++) {
      const left = i >= pixelBytes ? (out[to + i - pixelBytes] as number) : 0;
      const up = row > 0 ? (out[to + i - rowBytes] as number) : 0;
      const upLeft = row > 0 && i >= pixelBytes ? (out[to + i - rowBytes - pixelBytes] as number) : 0;
      const base = kind === 1 ? left : kind === 2 ? up : kind === 3 ? (left + up) >> 1 : kind === 4 ? paeth(left, up, upLeft) : 0;
      out[to + i] = ((data[from + 1 + i] as number) + base) & 0xff;
    }
    size = to + Math.max(0, n);
  }
  return out.subarray(0, size);
}

/** TIFF 6.0 section 14, 8 bits a component: the only depth that structures and text use. */
function unpredictTiff(data: Uint8Array, rowBytes: number, colors: number): Uint8Array {
  const out = data.slice();
  for (let i = 0; i < out.length; i++) if (i % rowBytes >= colors) out[i] = ((out[i] as number) + (out[i - colors] as number)) & 0xff;
  return out;
}

function unpredict(data: Uint8Array, parameters: PdfDict | null): Uint8Array {
  const predictor = numberOf(parameters?.get('Predictor')) ?? 1;
  if (!parameters || predictor < 2) return data;
  const atLeastOne = (key: string, otherwise: number): number =>
    Math.min(1 << 20, Math.max(1, Math.trunc(numberOf(parameters.get(key)) ?? otherwise)));
  const colors = atLeastOne('Colors', 1);
  const bits = atLeastOne('BitsPerComponent', 8);
  const rowBytes = Math.ceil((atLeastOne('Columns', 1) * colors * bits) / 8);
  if (predictor >= 10) return unpredictPng(data, rowBytes, Math.max(1, (colors * bits) >> 3));
  return bits === 8 ? unpredictTiff(data, rowBytes, colors) : data;
}

/** Undoes the filters of one stream; stops at `maxBytes` of output of any of them, counted on output and so the same everywhere. */
export function decodeFilters(stored: Uint8Array, steps: readonly FilterStep[], maxBytes: number): Decoded {
  let bytes = stored;
  for (const { filter, parameters } of steps) {
    if (filter === 'FlateDecode') {
      const inflated = inflate(bytes, maxBytes);
      if (!inflated.ok) return inflated;
      bytes = unpredict(inflated.bytes, parameters);
    } else if (filter === 'LZWDecode') bytes = unpredict(lzw(bytes, numberOf(parameters?.get('EarlyChange')) ?? 1, maxBytes + 1), parameters);
    else if (filter === 'ASCIIHexDecode') bytes = asciiHex(bytes);
    else if (filter === 'ASCII85Decode') bytes = ascii85(bytes);
    else if (filter === 'RunLengthDecode') bytes = runLength(bytes, maxBytes + 1);
    else if (filter !== 'Crypt') return fail('opaque', filter);
    if (bytes.length > maxBytes) return fail('limit', filter);
  }
  return { ok: true, bytes };
}

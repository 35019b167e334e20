/** Objects of ISO 32000-2 7.3. null, booleans and numbers are themselves; integers are not told from reals. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfRef | PdfArray | PdfDict | PdfStream;
export type PdfArray = readonly PdfValue[];
/** Keys without their slash, in the order of the file; the last of two equal keys stands. */
export type PdfDict = ReadonlyMap<string, PdfValue>;

export interface PdfName {
  readonly kind: 'name';
  /** Without the slash, #xx resolved; one character a byte. */
  readonly name: string;
}

export interface PdfString {
  readonly kind: 'string';
  /** Escapes resolved, deciphered where the file is encrypted. */
  readonly bytes: Uint8Array;
}

export interface PdfRef {
  readonly kind: 'ref';
  readonly object: number;
  readonly generation: number;
}

export interface PdfStream {
  readonly kind: 'stream';
  readonly dict: PdfDict;
  /** Where the stored bytes begin and how many there are, in the file. */
  readonly offset: number;
  readonly length: number;
  /** The object it is, which is what its cipher is keyed on. */
  readonly object: number;
  readonly generation: number;
}

export const isDict = (v: PdfValue | undefined): v is PdfDict => v instanceof Map;
export const isArray = (v: PdfValue | undefined): v is PdfArray => Array.isArray(v);

const hasKind = (v: PdfValue | undefined, kind: string): boolean => typeof v === 'object' && v !== null && 'kind' in v && v.kind === kind;
export const isName = (v: PdfValue | undefined): v is PdfName => hasKind(v, 'name');
export const isString = (v: PdfValue | undefined): v is PdfString => hasKind(v, 'string');
export const isRef = (v: PdfValue | undefined): v is PdfRef => hasKind(v, 'ref');
export const isStream = (v: PdfValue | undefined): v is PdfStream => hasKind(v, 'stream');

/** The dictionary of a dictionary or of a stream; null for everything else. */
export const dictOf = (v: PdfValue | undefined): PdfDict | null => (isDict(v) ? v : isStream(v) ? v.dict : null);
/** The name, or null where the value is none. */
export const nameOf = (v: PdfValue | undefined): string | null => (isName(v) ? v.name : null);
/** The number, or null where the value is none. */
export const numberOf = (v: PdfValue | undefined): number | null => (typeof v === 'number' ? v : null);

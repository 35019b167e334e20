/** A kind of number in a sequence: how its codes become numbers, and the table that is used where none is given (RFC 8878 section 3.1.1.3.2). */
export interface SequenceCode {
  readonly bases: readonly number[];
  readonly bits: readonly number[];
  readonly counts: readonly number[];
  readonly log: number;
  /** Of the tables a block may give. */
  readonly maxLog: number;
}

const counting = (length: number, from = 0): number[] => Array.from({ length }, (_, i) => i + from);
const repeated = (length: number, value: number): number[] => new Array<number>(length).fill(value);

export const LITERAL_LENGTH: SequenceCode = {
  bases: [...counting(16), 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536],
  bits: [...repeated(16, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  counts: [4, 3, ...repeated(11, 2), 1, 1, 1, ...repeated(9, 2), 3, 2, ...repeated(5, 1), ...repeated(4, -1)],
  log: 6,
  maxLog: 9,
};

export const MATCH_LENGTH: SequenceCode = {
  bases: [...counting(32, 3), ...[35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539]],
  bits: [...repeated(32, 0), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  counts: [1, 4, 3, ...repeated(6, 2), ...repeated(37, 1), ...repeated(7, -1)],
  log: 6,
  maxLog: 9,
};

export const OFFSET: SequenceCode = {
  bases: Array.from({ length: 32 }, (_, i) => 2 ** i),
  bits: counting(32),
  counts: [...repeated(6, 1), 2, 2, 2, ...repeated(15, 1), ...repeated(5, -1)],
  log: 5,
  maxLog: 8,
};

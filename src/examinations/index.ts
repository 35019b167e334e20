import type { Examination } from '../model/examination.ts';

/** In the order in which they run: an examination may read what those before it observed. */
export const EXAMINATIONS: readonly Examination[] = [];

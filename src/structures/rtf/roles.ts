import { decodeCodePage } from '../charset.ts';
import { ASIDE, READ_ALL_THE_SAME } from './rtf.data.ts';
import type { RtfGroup, RtfRole } from './document.ts';

/** Groups that hold tables. */
export const TABLES: Readonly<Record<string, RtfRole>> = { info: 'info', stylesheet: 'styles', fonttbl: 'fonts' };
/** Whether a group that begins with this word holds no text of what is around it. */
export const isAside = ({ role, starred }: RtfGroup, name: string): boolean =>
  (role === 'body' && (ASIDE.has(name) || (starred && !READ_ALL_THE_SAME.has(name)))) || (role === 'data' && starred);

/** Character sets of files from before there were numbers for them. */
export const OLD_PAGES: Readonly<Record<string, number>> = { mac: 10_000, pc: 437, pca: 850 };

/** ASCII is the same in all code pages that RTF has, and nearly everything is ASCII. */
export function decoded(bytes: readonly number[], codePage: number): string {
  const isAscii = bytes.length <= 4096 && bytes.every((b) => b < 0x80);
  return isAscii ? String.fromCharCode(...bytes) : decodeCodePage(Uint8Array.from(bytes), codePage);
}

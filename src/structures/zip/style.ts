import { extraOf, FLAG } from './header.ts';
import type { ZipMember } from './member.ts';
import { DOS_EPOCH_DATE } from './time.ts';

/** Microsoft Open Packaging growth hint (APPNOTE 4.6.10): room that Office leaves to grow a part in place. */
export const GROWTH_HINT = 0xa220;
/** Present or not by size, name or alignment of the single member, and no mark of the writer. */
const INCIDENTAL = new Set([0x0001, 0x7075, 0xd935, GROWTH_HINT]);
const DEFLATED = 8;
const CLOCK_OF = { constant: 'a constant time', none: 'no time', real: 'a real time' } as const;

/** How a writer fills in the headers, apart from what depends on the single member. */
export interface ZipStyle {
  readonly madeBy: number;
  readonly needs: number;
  readonly flags: number;
  readonly method: number;
  readonly clock: keyof typeof CLOCK_OF;
  /** Ids of the extra fields in directory and local header, in their order. */
  readonly extras: string;
}

function isAscii(raw: Uint8Array): boolean {
  for (const b of raw) if (b >= 0x80) return false;
  return true;
}

function idsOf(extra: ZipMember['extra']): string {
  let ids = '';
  for (const { id } of extra) if (!INCIDENTAL.has(id)) ids += `${ids === '' ? '' : ' '}0x${id.toString(16).padStart(4, '0')}`;
  return ids;
}

export const clockOf = (date: number): ZipStyle['clock'] => (date === DOS_EPOCH_DATE ? 'constant' : date === 0 ? 'none' : 'real');

export function styleOf(m: ZipMember): ZipStyle {
  // Bit 11 follows the name where a writer sets it for other than ASCII only; bit 0 is the owner's choice.
  const incidental = FLAG.encrypted | ((m.flags & FLAG.utf8) === 0 || isAscii(m.rawName) ? 0 : FLAG.utf8);
  return {
    madeBy: m.versionMadeBy,
    needs: m.versionNeeded,
    flags: m.flags & ~incidental,
    method: m.method,
    clock: clockOf(m.dosDate),
    extras: `${idsOf(m.extra)}/${idsOf(m.local?.extra ?? [])}`,
  };
}

/** Equal texts are one style. Whether sizes stand in front or behind is left out: OpenOffice does both in one package. */
export const exactKey = (s: ZipStyle): string => `${s.madeBy}|${s.needs}|${s.flags & ~FLAG.descriptor}|${s.method}|${s.clock}|${s.extras}`;
/** For media and members that are not deflated, which have flags and versions of their own with every writer. */
export const looseKey = (s: ZipStyle): string => `${s.madeBy >>> 8}|${s.clock}|${s.extras}`;
export const isDeflated = (s: ZipStyle): boolean => s.method === DEFLATED;

/** Files of the archive that have content: folders and empty files look different with every writer. */
export const filesOf = (members: readonly ZipMember[]): readonly ZipMember[] => members.filter((m) => !m.directory && m.size > 0);

export const hasExtra = (m: ZipMember, id: number): boolean =>
  extraOf(m.extra, id) !== undefined || (m.local !== null && extraOf(m.local.extra, id) !== undefined);

const HOSTS: Readonly<Record<number, string>> = { 0: 'FAT', 3: 'Unix', 10: 'NTFS', 19: 'macOS' };

function describeExtras(extras: string): string {
  const [directory = '', local = ''] = extras.split('/');
  if (directory === '' && local === '') return 'no extra fields';
  return `extra fields ${directory || 'none'} in the directory, ${local || 'none'} in the local header`;
}

/** 'made by FAT 4.5, needs 2.0, flags 0x0006, method 8, a constant time, no extra fields'. */
export function describeStyle(s: ZipStyle): string {
  const host = HOSTS[s.madeBy >>> 8] ?? `host ${s.madeBy >>> 8}`;
  const version = (v: number): string => ((v & 0xff) / 10).toFixed(1);
  const flags = `0x${s.flags.toString(16).padStart(4, '0')}`;
  return `made by ${host} ${version(s.madeBy)}, needs ${version(s.needs)}, flags ${flags}, method ${s.method}, ${CLOCK_OF[s.clock]}, ${describeExtras(s.extras)}`;
}

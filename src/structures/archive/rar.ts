import type { ProblemDraft } from '../../model/artifact.ts';
import type { Input } from '../../model/input.ts';
import type { RarHeader, RarHeaders } from './rar-header.ts';
import { readRar4 } from './rar4.ts';
import { readRar5 } from './rar5.ts';
import { keyring } from '../zip/member.ts';

/** A file header, addressed. */
export interface RarMember extends RarHeader {
  /** Unique in this archive: the name, with '#2', '#3' appended for repeated names. */
  readonly key: string;
}

/** A RAR archive as its headers describe it. */
export interface Rar extends Omit<RarHeaders, 'files'> {
  readonly version: 4 | 5;
  readonly members: readonly RarMember[];
}

/** Call as `input.once(readRar)`. Never throws; null where no RAR signature stands at the start. */
export function readRar(input: Input): Rar | null {
  const head = Buffer.from(input.bytes.slice(0, 8)).toString('latin1');
  const version = head === 'Rar!\u001a\u0007\u0001\u0000' ? 5 : head.startsWith('Rar!\u001a\u0007\u0000') ? 4 : null;
  if (version === null) return null;
  const { files, encrypted, volume, problems } = version === 5 ? readRar5(input) : readRar4(input);
  const keyOf = keyring();
  const members = files.map((f) => ({ ...f, key: keyOf(f.name) }));
  const own: ProblemDraft[] = [];
  if (encrypted) own.push({ code: 'encrypted', message: 'the list of members is encrypted' });
  return { version, encrypted, volume, members, problems: [...problems, ...own] };
}

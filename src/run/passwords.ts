import { scryptSync } from 'node:crypto';
import type { Password } from '../model/input.ts';

/** What `--password-file` names. */
export interface PasswordList {
  readonly list: readonly Password[];
  /** What a scan found depends on the list, so this stands in its reports, '' for none: slow to make, so that a short password is not soon guessed from it. */
  readonly digest: string;
}

export const NO_PASSWORDS: PasswordList = { list: [], digest: '' };

const SALT = 'tainted password list';

/** One password a line, as UTF-8: a mark at the beginning and CRLF are taken off, empty lines left out. Spaces belong to a password. */
export function passwordListOf(text: string): PasswordList {
  const list = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, i) => (line === '' ? [] : [{ line: i + 1, text: line }]));
  if (list.length === 0) return NO_PASSWORDS;
  return { list, digest: scryptSync(JSON.stringify(list.map((p) => [p.line, p.text])), SALT, 32).toString('hex') };
}

import fs from 'node:fs';
import { join } from 'node:path';
import { KeyFileError, keyOfFile, keysByName, parseDkimKeys } from '../examinations/shared/dkim-keys.ts';
import type { DkimKey, DkimKeys } from '../model/dkim-key.ts';
import { compareBytes } from '../model/provenance.ts';
import { UsageError } from './case.ts';

const OPTION = '--dkim-keys';

function keysIn(file: string): DkimKey[] {
  const text = fs.readFileSync(file, 'utf8');
  const single = keyOfFile(file.split(/[\\/]/).at(-1) ?? '', text);
  // A record of its own file; a zone or a list may have such a name, too.
  return single && !text.includes('_domainkey') ? [single] : parseDkimKeys(text);
}

/** A file of keys, or a directory of such files and of records in files of their own. A file that holds none is an error: a typing error must not look like an unknown key. */
export function readDkimKeys(path: string): DkimKeys {
  try {
    if (!fs.statSync(path).isDirectory()) return keysByName(keysIn(path));
    const names = fs
      .readdirSync(path, { withFileTypes: true })
      .filter((e) => e.isFile() && !e.name.startsWith('.'))
      .map((e) => e.name)
      .sort(compareBytes);
    const keys = names.flatMap((name) => {
      try {
        return keysIn(join(path, name));
      } catch (error) {
        throw error instanceof KeyFileError ? new KeyFileError(`${name} ${error.message}`) : error;
      }
    });
    if (keys.length === 0) throw new KeyFileError('holds no file');
    return keysByName(keys);
  } catch (error) {
    throw new UsageError(`${OPTION} ${path}: ${error instanceof Error ? error.message.split(',')[0] : 'cannot be read'}`);
  }
}

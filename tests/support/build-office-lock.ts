/** Office's '~$name' beside an open document. 'word97' has 54 bytes, 'word' 162, 'excel' 165; letters outside of Latin-1 become '?' in the ANSI name. */
export function buildOwnerFile(user: string, kind: 'word97' | 'word' | 'excel' = 'word'): Uint8Array {
  const bytes = Buffer.alloc({ word97: 54, word: 162, excel: 165 }[kind], kind === 'excel' ? 0x20 : 0);
  const ansi = user.replace(/[^\u0000-\u00ff]/g, '?');
  bytes[0] = ansi.length;
  bytes.write(ansi, 1, 'latin1');
  if (kind === 'word97') return bytes;
  const at = kind === 'word' ? 54 : 55;
  bytes.writeUInt16LE(user.length, at);
  if (kind === 'excel') for (let i = at + 2; i + 1 < bytes.byteLength; i += 2) bytes.writeUInt16LE(0x20, i);
  bytes.write(user, at + 2, 'utf16le');
  return bytes;
}

export interface LibreOfficeLockSpec {
  readonly user: string;
  readonly login: string;
  readonly host: string;
  /** '27.03.2017 14:41'. */
  readonly time: string;
  readonly url: string;
}

/** LibreOffice's '.~lock.name#' beside an open document. */
export function buildLibreOfficeLock({ user, login, host, time, url }: LibreOfficeLockSpec): Uint8Array {
  const fields = [user, login, host, time, url].map((text) => text.replace(/[,;\\]/g, '\\$&'));
  return Buffer.from(`${fields.join(',')};`);
}

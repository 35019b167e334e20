import { posix } from 'node:path';
import { renderPath, type ProvenancePath } from '../model/provenance.ts';

/** Maildir keeps one mailbox in three folders (qmail maildir(5)). */
const MAILDIR_FOLDER = /(?:^|\/)(?:cur|new|tmp)$/;

/** Apple Mail spreads one mailbox over numbered folders: 'INBOX.mbox/<id>/Data/3/1/Messages'. */
const APPLE_MAIL_FOLDER = /\/Data(?:\/\d)*\/Messages$/;

const folderOf = (path: string): string => posix.dirname(path);

/**
 * The folder, archive folder or mailbox that an artifact lies in, as a rendered path: siblings share it. '.' for the root
 * of the corpus. Maildir's cur, new and tmp are one mailbox, and a message in an
 * '.emlx' lies where that file lies.
 */
export function placeOf(path: ProvenancePath): string {
  const last = path[path.length - 1];
  const outer = path.slice(0, -1);
  const [first, ...rest] = outer;
  if (first && last?.opener === 'emlx') return placeOf([first, ...rest]);
  if (!first) {
    const folder = folderOf(path[0].key);
    return renderPath([{ opener: 'corpus', key: folder.replace(MAILDIR_FOLDER, '').replace(APPLE_MAIL_FOLDER, '') || '.' }]);
  }
  const inside = renderPath([first, ...rest]);
  const folder = last ? folderOf(last.key) : '.';
  return folder === '.' ? inside : `${inside}!/${last?.opener ?? ''}:${folder}`;
}

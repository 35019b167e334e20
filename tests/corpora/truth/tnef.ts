import type { Child, ClosedChild } from '../../../src/model/input.ts';
import { among, bytesAt, type Compared, type Evidence, evidenceOf, has, list, manifest, nameOf, textAt, textsOf, timesOf } from './corpus.ts';

/** The tools below all carry the sample files of tnef under their own roof; any of the copies will do. */
const dataOf = (name: string): string | null =>
  manifest()
    .map(([path]) => path)
    .filter((path) => path.endsWith(`/${name}.tnef`))
    .sort()
    .find(has) ?? null;

const bytesOf = (child: Child | ClosedChild): string | null =>
  child.bytes ? Buffer.from(child.bytes.slice(0, child.bytes.size)).toString('latin1') : null;
const found = async (name: string): Promise<Evidence | null> => {
  const data = dataOf(name);
  return data === null ? null : evidenceOf(bytesAt(data));
};

/** The names of what `tnef` writes out; the last may be the body, 'name-body.rtf'. */
async function namesListed(path: string): Promise<Compared[] | null> {
  const name = path.replace(/^.*\/|\.list$/g, '');
  const ours = await found(name);
  if (!ours) return null;
  const told = textAt(path)
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const files = told.filter((line) => !line.startsWith(`${name}-body.`));
  const bodies = told.length - files.length;
  return [
    { file: path, what: 'attachments', theirs: String(files.length), ours: String(ours.children.length) },
    { file: path, what: 'attachment names', theirs: list([...files].sort()), ours: list(ours.children.map(nameOf).sort()) },
    { file: path, what: 'has a body', theirs: String(bodies > 0), ours: String(ours.passages.length > 0) },
  ];
}

const toldTime = (line: string | undefined): string | null =>
  /(\d{4})\/(\d\d)\/(\d\d) (\d\d:\d\d:\d\d)$/
    .exec(line ?? '')
    ?.slice(1)
    .join('-')
    .replace(/-(\d\d:)/, 'T$1') ?? null;

/** What `tnef --debug` prints of each attribute: '(MESS) Subject <8004> [type: string <0001>] [len: 10] ='two files''. */
async function attributesDumped(path: string): Promise<Compared[] | null> {
  const ours = await found(path.replace(/^.*\/|\.baseline$/g, ''));
  if (!ours) return null;
  const dump = bytesAt(path).toString('latin1').split(/\r?\n/);
  const line = (pattern: RegExp): string | undefined => dump.find((l) => pattern.test(l));
  const rows: Compared[] = [];
  const say = (what: string, theirs: string | null | undefined, values: readonly string[]): void => {
    if (theirs) rows.push({ file: path, what, theirs, ours: among(theirs, values) });
  };
  const texts = (attribute: string): string[] => textsOf(ours.claims, attribute);
  say('subject', /='(.*)'$/.exec(line(/^\(MESS\) Subject /) ?? '')?.[1], texts('name.title'));
  const idAt = dump.findIndex((l) => l.startsWith('(MAPI) MAPI_SMTP_MESSAGE_ID '));
  say('message id', /'<(.*)>'/.exec(dump[idAt + 1] ?? '')?.[1], idAt === -1 ? [] : texts('id.message'));
  const sent = toldTime(line(/^\(MESS\) Date Sent /));
  say('time sent', sent, timesOf(ours.claims, ['time.sent']));
  const names = dump.flatMap((l) => /^\(ATTA\) Attachment File Name .*='(.*)'$/.exec(l)?.[1] ?? []);
  const sizes = dump.flatMap((l) => /^\(ATTA\) Attachment Data .*\[len: (\d+)\]/.exec(l)?.[1] ?? []);
  rows.push({
    file: path,
    what: 'attachments',
    theirs: String(dump.filter((l) => l.startsWith('(ATTA) Attachment Rendering Data')).length),
    ours: String(ours.children.length),
  });
  for (const [i, child] of ours.children.entries()) {
    if (names.length === ours.children.length) say(`name of ${i}`, names[i], textsOf(child.says, 'name.file'));
    if (sizes.length === ours.children.length) say(`size of ${i}`, sizes[i], [String(child.bytes?.size ?? 'closed')]);
  }
  return rows;
}

/** A file that `tnef` wrote out, byte for byte: one of the attachments of one of its samples, or the text of one. */
async function fileWritten(path: string, name: string): Promise<Compared[] | null> {
  const wanted = bytesAt(path).toString('latin1');
  const body = /^(.+)-body\.(?:rtf|html)$/.exec(name)?.[1];
  const samples = body === undefined ? SAMPLES : [body];
  let seen = false;
  for (const sample of samples) {
    const ours = await found(sample);
    const named = ours?.children.filter((c) => nameOf(c) === name) ?? [];
    if (body !== undefined && ours) return [{ file: path, what: 'has a body', theirs: 'true', ours: String(ours.passages.length > 0) }];
    for (const child of named) {
      seen = true;
      if (bytesOf(child) === wanted) return [{ file: path, what: 'content', theirs: wanted, ours: wanted }];
    }
  }
  return seen ? [{ file: path, what: 'content', theirs: `${wanted.length} bytes`, ours: 'other bytes' }] : null;
}

const SAMPLES = [
  'MAPI_ATTACH_DATA_OBJ',
  'MAPI_OBJECT',
  'data-before-name',
  'two-files',
  'unicode-mapi-attr-name',
  'unicode-mapi-attr',
  'missing-filenames',
  'rtf',
  'body',
];

/** What tnef of verdammelt writes out of the streams of its own tests: lists of names, dumps of attributes, the files. */
export async function tnef(path: string): Promise<Compared[] | null> {
  if (path.endsWith('.list')) return namesListed(path);
  const name = path.replace(/^.*\/|\.baseline$/g, '');
  return SAMPLES.includes(name) ? attributesDumped(path) : fileWritten(path, name);
}

/** A file that MimeKit took out of the stream that its folder is named after: 'two-files/AUTHORS' of 'two-files.tnef'. */
export async function mimekit(path: string): Promise<Compared[] | null> {
  const [sample = '', name = ''] = path.split('/').slice(-2);
  const ours = await found(sample);
  if (!ours) return null;
  const wanted = bytesAt(path).toString('latin1');
  const same = ours.children.find((c) => bytesOf(c) === wanted);
  const rows: Compared[] = [{ file: path, what: 'content', theirs: 'carried', ours: same ? 'carried' : 'not found' }];
  if (same && !name.startsWith('Untitled')) rows.push({ file: path, what: 'name', theirs: name, ours: nameOf(same) });
  return rows;
}

import { readDjvu } from '../structures/image/djvu.ts';
import { writtenTime } from '../structures/media/media-times.ts';
import { parsePdfDate } from '../structures/pdf/strings.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

const time = (raw: string) => parsePdfDate(raw) ?? writtenTime(raw.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T'));

/** djvused names its metadata as PDF's information dictionary does. */
const TAGS: TagTable = new Map([
  ['Author', { attribute: 'party.author' }],
  ['Title', { attribute: 'name.title' }],
  ['Creator', { attribute: 'tool.application' }],
  ['Producer', { attribute: 'tool.producer' }],
  ['CreationDate', { attribute: 'time.created', time }],
  ['ModDate', { attribute: 'time.modified', time }],
]);

/** DjVu: metadata and XMP in plain annotations. Pages are not read. */
export const djvu = taggedFileReader({ id: 'djvu', version: 1, mediaTypes: ['image/vnd.djvu'], carry: readDjvu, tags: TAGS });

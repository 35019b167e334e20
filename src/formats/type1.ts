import { writtenTime } from '../structures/media/media-times.ts';
import { readType1 } from '../structures/font/type1.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { taggedFileReader } from './shared/tagged-file.ts';

/** Adobe Type 1 Font Format section 2.2; DSC comments in front. */
const TAGS: TagTable = new Map([
  ['FullName', { attribute: 'font.name' }],
  ['Face', { attribute: 'font.name' }],
  ['version', { attribute: 'font.version' }],
  ['Creator', { attribute: 'tool.application' }],
  ['CreationDate', { attribute: 'time.created', time: writtenTime }],
  ['Notice', { remark: 'notice of the font' }],
  ['Copyright', { remark: 'notice of the font' }],
]);

/** PostScript Type 1 fonts (PFA, PFB) and their metrics (PFM): name, version, notice. Outlines are not read. */
export const type1 = taggedFileReader({
  id: 'type1',
  version: 1,
  mediaTypes: ['application/x-font-pfm', 'application/x-font-type1'],
  carry: (input) => ({ tags: readType1(input) }),
  tags: TAGS,
});

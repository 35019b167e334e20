import type { Input } from '../model/input.ts';
import { linkedProfile } from '../structures/image/bmp.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const TAGS: TagTable = new Map([['linked colour profile', { attribute: 'machine.path' }]]);

function carry(input: Input): Carried {
  const tags = linkedProfile(input);
  const beyond = tags.some((t) => t.length === 0);
  return { tags, problems: beyond ? [{ code: 'malformed', message: 'BMP: the name of its profile lies outside the file' }] : [] };
}

/** Pictures that hold pixels and next to nothing else: BMP, ICO and CUR, ICNS, PICT. The path of a bitmap's linked profile is read. */
export const bitmap = taggedFileReader({
  id: 'bitmap',
  version: 1,
  mediaTypes: ['image/bmp', 'image/vnd.microsoft.icon', 'image/x-icns', 'image/x-pict'],
  carry,
  tags: TAGS,
});

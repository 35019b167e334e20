import type { Input } from '../model/input.ts';
import type { PlacedTag } from '../structures/placed.ts';
import { numberAt, placedText } from '../structures/placed-text.ts';
import type { TagTable } from './shared/tag-claims.ts';
import { type Carried, taggedFileReader } from './shared/tagged-file.ts';

const EMF_HEADER = 1;
/** [MS-EMF] 2.2.9: characters and place of the description. */
const DESCRIPTION = 60;
const MAX_CHARACTERS = 32 * 1024;

const TAGS: TagTable = new Map([
  ['description: application', { attribute: 'tool.application' }],
  ['description: title', { attribute: 'name.title' }],
]);

/** 'application\0title\0\0' in UTF-16. A WMF has no such thing. */
function carry({ bytes }: Input): Carried {
  if (numberAt(bytes, 0, 4, true) !== EMF_HEADER || bytes.size < DESCRIPTION + 8) return {};
  const [characters, at] = [numberAt(bytes, DESCRIPTION, 4, true) ?? 0, numberAt(bytes, DESCRIPTION + 4, 4, true) ?? 0];
  if (characters === 0) return {};
  const whole = placedText(bytes, '', at, 2 * Math.min(characters, MAX_CHARACTERS), 0, 'utf-16le');
  if (at + 2 * characters > bytes.size) return { problems: [{ code: 'truncated', message: 'EMF: its description ends beyond the file' }] };
  const [application = '', title = ''] = whole.raw.split('\u0000');
  const tags: PlacedTag[] = [{ key: 'description: application', raw: application, offset: at, length: 2 * application.length }];
  if (title !== '') tags.push({ key: 'description: title', raw: title, offset: at + 2 * (application.length + 1), length: 2 * title.length });
  return { tags };
}

/** Windows metafiles: what an EMF's header says of the program and the picture. Drawing records are not read. */
export const metafile = taggedFileReader({ id: 'metafile', version: 1, mediaTypes: ['image/emf', 'image/wmf'], carry, tags: TAGS });

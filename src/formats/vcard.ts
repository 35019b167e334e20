import { type Extracted, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { parseIso } from '../model/time.ts';
import { contentLineAt, type ContentLine, isoOf, readContentLines } from '../structures/content-lines.ts';
import { lineClaim, writtenText } from './shared/content-line-claims.ts';
import { withSigns } from './shared/signs.ts';

/** What says something of the file and not of the person, and what is no text. */
const NOT_WRITTEN = new Set(['PRODID', 'REV', 'UID', 'VERSION', 'PHOTO', 'LOGO', 'SOUND', 'KEY', 'N']);

function* claims(line: ContentLine, alone: boolean): Iterable<Extracted> {
  const { name, value } = line;
  const text = value.trim();
  if (text === '') return;
  if (name === 'PRODID') yield* lineClaim(line, 'tool.producer', name, text);
  else if (name === 'VERSION') yield* lineClaim(line, 'type.version', name, text);
  // Every card of an address book has its own revision and its own name: those are no times and no title of the file.
  else if (name === 'REV') yield* lineClaim(line, alone ? 'time.modified' : 'time.metadata', name, parseIso(isoOf(text)));
  else if (name === 'UID') yield* lineClaim(line, 'id.document', name, text);
  else if (name === 'FN' && alone) yield* lineClaim(line, 'name.title', name, text);
}

function* read(input: Input): Iterable<Extracted> {
  const { lines, problems } = input.once(readContentLines);
  const alone = lines.filter((l) => l.name === 'FN').length <= 1;
  for (const line of withSigns(input, lines)) yield* claims(line, alone);
  const written = lines.filter((l) => !NOT_WRITTEN.has(l.name) && !l.name.startsWith('X-') && l.value.trim() !== '');
  yield* withSigns(input, writtenText(written));
  for (const p of problems) yield problem(p.code, p.message);
}

/** Contacts, RFC 6350 and its predecessors. The people in them are whom the file is about, not who wrote it: their names are text. */
export const vcard: FormatReader = {
  id: 'vcard',
  version: 1,
  mediaTypes: ['text/vcard'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? contentLineAt(input, locator.offset, locator.length) : null),
};

import { type Attribute, ATTRIBUTES, type TimeValue, type ValueOf } from '../model/attribute.ts';
import { claim, type Extracted, MAX_RAW, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { parseIso, wallOf } from '../model/time.ts';
import { htmlAt, type HtmlStatement, readHtml } from '../structures/html-document.ts';
import { parseDate } from '../structures/mail/rfc5322.ts';
import { META_ATTRIBUTES, OFFICE_ATTRIBUTES } from './html.data.ts';
import { textBlocks } from '../structures/text-blocks.ts';

function attributeOf({ kind, name }: HtmlStatement): Attribute | undefined {
  switch (kind) {
    case 'meta':
      return META_ATTRIBUTES.get(name);
    case 'office':
      return OFFICE_ATTRIBUTES.get(name);
    case 'title':
      return 'name.title';
    case 'language':
      return 'locale.text';
    case 'saved-from':
      return 'origin.url';
  }
}

/** OpenOffice.org until 3: '20050304;12304500' is a date, and hours, minutes, seconds and hundredths without leading zeros. */
function openOfficeTime(text: string): TimeValue | null {
  const m = /^(\d{4})(\d\d)(\d\d);(\d{1,8})$/.exec(text);
  const time = m?.[4]?.padStart(8, '0') ?? '';
  const two = (at: number): number => Number(time.slice(at, at + 2));
  return (
    m &&
    wallOf({ year: Number(m[1]), month: Number(m[2]), day: Number(m[3]), hour: two(0), minute: two(2), second: two(4), millisecond: two(6) * 10 }, 10)
  );
}

function valueOf(attribute: Attribute, text: string): ValueOf<Attribute> | null {
  switch (ATTRIBUTES[attribute]) {
    case 'time':
      return parseIso(text) ?? openOfficeTime(text) ?? parseDate(text).value;
    case 'number':
      return /^\d{1,9}$/.test(text) ? Number(text) : null;
    case 'text':
    case 'address':
    case 'digest':
      return text.slice(0, MAX_RAW);
  }
}

function* claims(statements: readonly HtmlStatement[]): Iterable<Extracted> {
  for (const s of statements) {
    const attribute = attributeOf(s);
    if (attribute === undefined) continue;
    const field = s.kind === 'meta' ? `meta ${s.name}` : s.kind === 'language' ? 'html lang' : s.name;
    const locator = { in: 'bytes', offset: s.offset, length: s.length } as const;
    yield claim({ basis: 'asserted', attribute, field, raw: s.raw.slice(0, MAX_RAW), value: valueOf(attribute, s.value), locator });
    if (s.raw.length > MAX_RAW) yield problem('limit-exceeded', `${field} is longer than ${MAX_RAW} characters; its beginning was kept`);
  }
}

function* read(input: Input): Iterable<Extracted> {
  const { bytes, limits } = input;
  const { text, tooDeep, unknownCharset, statements } = input.once(readHtml);
  yield* claims(statements);
  if (bytes.size > limits.maxTextBytes) yield problem('limit-exceeded', `${bytes.size} bytes of HTML, of which ${limits.maxTextBytes} were read`);
  if (tooDeep) yield problem('limit-exceeded', 'elements nest too deep; the rest was read without structure');
  if (unknownCharset !== null) yield problem('malformed', `unknown charset '${unknownCharset}'`);
  const blocks = [...textBlocks(text.split('\n'))];
  if (blocks.length === 0) return;
  const locator = { in: 'bytes', offset: 0, length: Math.min(bytes.size, limits.maxTextBytes) } as const;
  for (const block of blocks) yield passage({ role: 'paragraph', address: locator, label: `line ${block.line} as displayed`, text: block.text });
  const digest = sha256Of(blocks.map((block) => block.text).join('\n'));
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'text', raw: digest, value: digest, locator });
}

/** A page saved or written: what its head and Office's hidden comment say, and the text a reader sees. */
export const html: FormatReader = {
  id: 'html',
  version: 2,
  mediaTypes: ['text/html'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? htmlAt(input, locator.offset, locator.length) : null),
};

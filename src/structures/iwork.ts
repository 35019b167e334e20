import type { Input } from '../model/input.ts';
import { decodeXml } from './xml.ts';
import { memberOf, readMember, type Zip } from './zip/zip.ts';

const APPLE = 'application/vnd.apple';
/** The program is not told by what could be read. */
const UNKNOWN = `${APPLE}.iwork`;
export const IWORK_MEDIA_TYPES: readonly string[] = [`${APPLE}.keynote`, `${APPLE}.numbers`, `${APPLE}.pages`, UNKNOWN];

const MAX_INDEX = 16 * 1024 ** 2;
/** Root of 'index.xml' in iWork '08 and '09. */
const ROOTS: readonly (readonly [RegExp, string])[] = [
  [/<sl:document[\s>]/, `${APPLE}.pages`],
  [/<ls:document[\s>]/, `${APPLE}.numbers`],
  [/<key:presentation[\s>]/, `${APPLE}.keynote`],
];
/** Behind four bytes of chunk header and the length: the first message of the archive has type 10000 in Pages, 1 in Numbers. */
const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [/^[\s\S]{5,12}\u0008\u0001\u0012[\s\S]\u0008\u0090\u004e/, `${APPLE}.pages`],
  [/^[\s\S]{5,12}\u0008\u0001\u0012[\s\S]\u0008\u0001/, `${APPLE}.numbers`],
];

function headOf(input: Input, zip: Zip, name: string, length: number): Buffer | null {
  const member = memberOf(zip, name);
  const read = member ? readMember(input, member, MAX_INDEX) : null;
  return read?.ok ? Buffer.from(read.bytes.subarray(0, length)) : null;
}

/** Which program of iWork wrote a package, by its members; null for any other zip. Pages, Numbers and Keynote of 2008 and later. */
export function iworkMediaType(input: Input, zip: Zip): string | null {
  if (memberOf(zip, 'Index/Document.iwa')) {
    if (zip.members.some((m) => /^Index\/(?:Slide|MasterSlide|TemplateSlide)\b/.test(m.name))) return `${APPLE}.keynote`;
    const head = headOf(input, zip, 'Index/Document.iwa', 32);
    return MESSAGES.find(([message]) => message.test(head?.toString('latin1') ?? ''))?.[1] ?? UNKNOWN;
  }
  if (memberOf(zip, 'index.apxl') || memberOf(zip, 'presentation.apxl')) return `${APPLE}.keynote`;
  if (!memberOf(zip, 'index.xml') || !memberOf(zip, 'buildVersionHistory.plist')) return null;
  const head = headOf(input, zip, 'index.xml', 1024);
  return ROOTS.find(([root]) => root.test(head === null ? '' : decodeXml(head)))?.[1] ?? UNKNOWN;
}

/** The part with the document, where it is XML. */
export const iworkIndex = (zip: Zip): string | null =>
  ['index.xml', 'index.apxl', 'presentation.apxl'].map((name) => memberOf(zip, name)?.name).find((name) => name !== undefined) ?? null;

import { claim, type Extracted } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { type LockField, lockTime, type LockText, parseLibreOfficeLock, parseOwnerFile } from '../structures/office-lock.ts';

const whole = (input: Input): Uint8Array => input.bytes.slice(0, 4096);

/** Field, place and text of everything in it; the two kinds of lock file look alike to a reader of claims. */
const fieldsOf = (input: Input): (readonly [string, LockText])[] => {
  const bytes = whole(input);
  const owner = parseOwnerFile(bytes);
  if (owner) return [...(owner.wide ? [['user name', owner.wide] as const] : []), ['user name (ANSI)', owner.ansi]];
  return [...(parseLibreOfficeLock(bytes) ?? [])].filter(([, { length }]) => length > 0);
};

const ATTRIBUTES = {
  OOOUSERNAME: 'party.last-author',
  SYSUSERNAME: 'machine.name',
  LOCALHOST: 'machine.name',
  USERURL: 'machine.path',
} as const satisfies Partial<Record<LockField, string>>;

function* read(input: Input): Iterable<Extracted> {
  const ascii = parseOwnerFile(whole(input))?.ansi.isAscii ?? false;
  for (const [field, { text, offset, length }] of fieldsOf(input)) {
    const said = { basis: 'asserted', field, raw: text, locator: { in: 'bytes', offset, length } } as const;
    const value = text.replace(/\\(.)/g, '$1').trim() || null;
    if (field === 'user name') yield claim({ ...said, attribute: 'party.last-author', value: text.trim() });
    else if (field === 'user name (ANSI)') yield claim({ ...said, attribute: 'party.last-author', value: ascii ? text.trim() : null });
    else if (field === 'EDITTIME') yield claim({ ...said, attribute: 'time.created', value: lockTime(text) });
    else if (field in ATTRIBUTES) yield claim({ ...said, attribute: ATTRIBUTES[field as keyof typeof ATTRIBUTES], value });
  }
}

/**
 * What an editor leaves beside a document as long as it is open, and after a crash: Office's '~$name.docx' names the user,
 * LibreOffice's '.~lock.name#' the user, the login, the machine and the minute at which the document was opened.
 */
export const officeLock: FormatReader = {
  id: 'office-lock',
  version: 1,
  mediaTypes: ['application/x-libreoffice-lock', 'application/x-ms-office-lock'],
  read,
  replay: (input, locator) =>
    locator.in === 'bytes' ? (fieldsOf(input).find(([, f]) => f.offset === locator.offset && f.length === locator.length)?.[1].text ?? null) : null,
};

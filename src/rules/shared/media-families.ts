import { FAMILIES, IN_OLE, IN_ZIP, OFFICE, PROGRAMS, WITH_SIGNATURE } from './media-families.data.ts';

/** Longer types are nobody's. */
const MAX_TYPE = 200;
const ENCRYPTED = 'application/x-ole-encrypted-package';
const UNKNOWN = 'application/octet-stream';
/** Macintosh files that carry the name of what is inside, or of the file they are about. */
const MAC_FILES: ReadonlySet<string> = new Set(['application/applefile', 'application/macbinary', 'application/mac-binhex40']);
const MESSAGES: ReadonlySet<string> = new Set(['message/rfc822', 'application/mbox', 'application/vnd.ms-outlook']);

const familyOf = (mediaType: string): string => FAMILIES.find(([, members]) => members.test(mediaType))?.[0] ?? mediaType;

/** A program, a script host's shortcut or an installer. */
export const isProgram = (mediaType: string): boolean => PROGRAMS.has(mediaType);
/** Anything a person would read as it is: a name that says so promises no signature. */
export const isTextual = (mediaType: string): boolean => familyOf(mediaType) === 'text';

/** Whether a name that promises one type may honestly stand over bytes of the other. */
export function mayBeCalled(promised: string, detected: string): boolean {
  const [p, d] = [promised.slice(0, MAX_TYPE), detected.slice(0, MAX_TYPE)];
  if (familyOf(p) === familyOf(d) || MAC_FILES.has(d)) return true;
  if (d === UNKNOWN) return !WITH_SIGNATURE.test(p);
  if (d === ENCRYPTED) return OFFICE.test(p);
  if (p === 'application/zip' || d === 'application/zip') return IN_ZIP.test(p) && IN_ZIP.test(d);
  if (d === 'application/x-ole-storage') return IN_OLE.test(p);
  // Exports call a message in any of its forms '.msg' or '.eml'.
  return MESSAGES.has(p) && (MESSAGES.has(d) || isTextual(d));
}

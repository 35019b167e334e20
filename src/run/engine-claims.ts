import type { ClaimDraft } from '../model/claim.ts';
import type { ProvenancePath, Sha256 } from '../model/provenance.ts';
import type { Volume } from '../model/unit.ts';
import { MEDIA_TYPE_OF_EXTENSION } from './extensions.data.ts';
import { placeOf } from './place.ts';

const observed = (
  attribute: 'place.folder' | 'type.detected' | 'type.also' | 'type.extension' | 'mark.recovery',
  field: string,
  value: string,
): ClaimDraft => ({
  basis: 'observed',
  attribute,
  field,
  raw: value,
  value,
  locator: { in: 'parent', key: attribute },
});

export const placeClaim = (path: ProvenancePath): ClaimDraft => observed('place.folder', 'place', placeOf(path));

/** The digest that equal copies share: groups are formed on claims only. */
export const bytesClaim = (sha256: Sha256): ClaimDraft => ({
  basis: 'observed',
  attribute: 'content.bytes',
  field: 'sha256',
  raw: sha256,
  value: sha256,
  locator: { in: 'parent', key: 'content.bytes' },
});

/** What the bytes are, and what else they would pass for. */
export const typeClaims = (mediaType: string, also: readonly string[]): ClaimDraft[] => [
  observed('type.detected', 'bytes', mediaType),
  ...also.map((other) => observed('type.also', 'bytes', other)),
];

/** Notes that a system or an editor keeps under the name of the file they are about: AppleDouble, owner and lock files, the recycle bin. */
const ABOUT_ANOTHER = /^(?:\._|~\$|\.~lock\.|\$I[0-9A-Z]{6}\.)/;

/** Names that Office gives to what it saves by itself: working copies, copies for a recovery, what was saved when a program ended. */
const AUTOMATIC: readonly (readonly [RegExp, string])[] = [
  [/^~WR[A-Z]\d{4}\.(?:tmp|doc|docx|asd|wbk)$|\.(?:asd|svd)$/i, 'Word'],
  [/^~ar[0-9a-f]{1,8}\.xar$|^~?Autosave.{0,200}\.xar$/i, 'Excel'],
  [/^ppt[0-9a-f]{1,8}\.tmp$/i, 'PowerPoint'],
  [/\((?:Autosaved|AutoRecovered|Recovered)(?:[- ]\d{1,20})?\)\.(?:doc|dot|xls|xl|ppt)[a-z]?$/i, 'Office'],
];

/** What a file name's ending promises, where that is beyond dispute. */
export function nameClaims(name: unknown): ClaimDraft[] {
  const extension = typeof name === 'string' && !ABOUT_ANOTHER.test(name) ? /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase() : undefined;
  const promised = extension === undefined ? undefined : MEDIA_TYPE_OF_EXTENSION.get(extension);
  const automatic = typeof name === 'string' ? AUTOMATIC.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  return [
    ...(promised === undefined ? [] : [observed('type.extension', `.${extension ?? ''}`, promised)]),
    ...(automatic === undefined ? [] : [observed('mark.recovery', 'file name', `automatic copy of ${automatic}`)]),
  ];
}

/** Which part of a split file it is, in words: what is inside is listed once, with the volume that opens the set. */
export function volumeClaim({ number, of, openedBy, files }: Volume): ClaimDraft {
  const value = `volume ${number} of ${of}${files ? '; the members of all are listed here' : ` of ${openedBy}; its members are listed there`}`;
  return { basis: 'observed', attribute: 'mark.volume', field: 'volume', raw: value, value, locator: { in: 'parent', key: 'mark.volume' } };
}

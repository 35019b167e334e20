import type { TimeValue } from '../../model/attribute.ts';
import { parseIso } from '../../model/time.ts';
import { isStyleName, uiLanguageOfSheetName, uiLanguageOfStyleName, uiLanguageOfThemeName } from '../office-strings.ts';
import { percentDecoded } from './package.ts';

/** What a raw value says. Null: present and not understood; undefined: nothing worth a claim. */
type Read<T> = (raw: string) => T | null | undefined;

export const asText: Read<string> = (raw) => raw.trim() || null;
export const asNumber: Read<number> = (raw) => (/^\s*\d{1,15}\s*$/.test(raw) ? Number(raw) : null);
export const asTime: Read<TimeValue> = (raw) => parseIso(raw);

const MINUTE_MS = 60_000;

/** Word keeps times in minutes and writes ':00' for the seconds; that is precision, not a moment. */
export const asWordTime: Read<TimeValue> = (raw) => {
  const time = parseIso(raw);
  return time && /T\d\d:\d\d:00(?:\.0*)?Z?\s*$/.test(raw) ? { ...time, precisionMs: Math.max(time.precisionMs, MINUTE_MS) } : time;
};

const LOOKS_LIKE_A_PATH = /[\\/]|^[A-Za-z]:/;

/** 'Normal.dotm' says nothing of a machine; a folder does. */
export const asPath: Read<string> = (raw) => (LOOKS_LIKE_A_PATH.test(raw) ? raw.trim() : undefined);
/** As {@link asPath}, and not a place on the web. */
export const asLocalPath: Read<string> = (raw) => (/^\s*[a-z]{3,10}:\/\/(?!\/)/i.test(raw) ? undefined : asPath(raw));

/** What stands for the beginning of a file URI (RFC 8089), as Windows and macOS write paths. First match wins. */
const FILE_URI: readonly (readonly [RegExp, string])[] = [
  [/^file:\/\/(?:localhost)?\/(?=[A-Za-z]:|[\\/])/i, ''],
  [/^file:\/\/(?:localhost)?\//i, '/'],
  [/^file:\/\//i, '\\\\'],
  [/^file:/i, ''],
];

/** 'file:///C:\Templates\Letter.dotx' -> 'C:\Templates\Letter.dotx', 'file://server/share' -> '\\server/share'. */
export const asTargetPath: Read<string> = (raw) => {
  const target = raw.trim();
  const [pattern, start] = FILE_URI.find(([p]) => p.test(target)) ?? [/^/, ''];
  return percentDecoded(target.replace(pattern, () => start)) || null;
};

/** Of a shared workbook, what each person saw: 'Claire Moreau - Personal View', in the language of the program (ECMA-376-1 18.2.3). */
export const asPersonalView: Read<string> = (raw) => /^(.*\S)\s+[-\u2013]\s/.exec(raw.trimStart())?.[1]?.trim() || raw.trim() || null;

/** Eight hex digits, upper case (ECMA-376-1 17.15.1.72). */
export const asRsid: Read<string> = (raw) => (/^[0-9A-Fa-f]{8}$/.test(raw.trim()) ? raw.trim().toUpperCase() : null);

/** A BCP 47 tag as written, with Word's own 'es-ES_tradnl'; the names of languages that some writers put there are not understood. */
export const asTag: Read<string> = (raw) => (/^\s*[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}\s*$/.test(raw) ? raw.trim() : null);

/** An on/off property that counts where it is on: absent value, '1', 'true', 'on' (ECMA-376-1 22.9.2.7). */
export const asMark =
  (mark: string): Read<string> =>
  (raw) =>
    ['0', 'false', 'off'].includes(raw.trim().toLowerCase()) ? undefined : mark;

/** Only names that a program gives by itself and that tell its language. */
export const asSheetLanguage: Read<string> = (raw) => uiLanguageOfSheetName(raw) ?? undefined;
export const asThemeLanguage: Read<string> = (raw) => uiLanguageOfThemeName(raw) ?? undefined;
/** 'Normal' is every second edition's and says nothing; a name in no table is not understood. */
export const asStyleLanguage: Read<string> = (raw) => uiLanguageOfStyleName(raw) ?? (isStyleName(raw) ? undefined : null);

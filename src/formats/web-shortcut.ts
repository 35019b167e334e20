import { claim, type ClaimDraft, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { decodeCharset } from '../structures/charset.ts';
import { asLocalPath } from '../structures/ooxml/values.ts';
import { bufferOf } from '../structures/placed.ts';
import { readPlist } from '../structures/plist.ts';
import { type IniEntry, iniEntries, MAC_SHORTCUT, WINDOWS_SHORTCUT, ZONE_NOTE } from '../structures/web-shortcut.ts';

const MAX_BYTES = 1024 ** 2;
const whole = ({ bytes }: Input): Uint8Array => bytes.slice(0, MAX_BYTES);
const isText = (input: Input): boolean =>
  !/^\s*(?:bplist|<)/.test(
    bufferOf(input.bytes.slice(0, 64))
      .toString('latin1')
      .replace(/^\u00ef\u00bb\u00bf/, ''),
  );

type Said = Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'>;
const said = (field: string, raw: string, locator: Locator): Said => ({ basis: 'asserted', field, raw: raw.slice(0, MAX_RAW), locator });
const bytesAt = (offset: number, length: number): Locator => ({ in: 'bytes', offset, length });

/** 18 hexadecimal digits: a FILETIME, low byte first, and a byte that sums it up. */
function modified(text: string): ReturnType<typeof fromFiletime> {
  return /^[0-9A-F]{18}$/i.test(text) ? fromFiletime(Buffer.from(text, 'hex').readBigUInt64LE()) : null;
}

/** Fields of '.url' (E. Blake, The URL file format) and of a Zone.Identifier stream ([MS-FSCC] 5.6.1), by their key in lower case. */
const FIELDS: Readonly<Record<string, (text: string, section: string) => Pick<ClaimDraft, 'attribute' | 'value'> | null>> = {
  url: (text, section) => ({ attribute: 'origin.url', value: section.endsWith('.w') ? decodeCharset(Buffer.from(text, 'latin1'), 'utf-7') : text }),
  baseurl: (text) => ({ attribute: 'origin.url', value: text }),
  origurl: (text) => ({ attribute: 'origin.url', value: text }),
  hosturl: (text) => ({ attribute: 'origin.url', value: text }),
  referrerurl: (text) => ({ attribute: 'origin.url', value: text }),
  lastwriterpackagefamilyname: (text) => ({ attribute: 'tool.application', value: text }),
  zoneid: (text) => ({ attribute: 'property.custom', value: text }),
  modified: (text) => ({ attribute: 'time.modified', value: modified(text) }),
  author: (text) => ({ attribute: 'party.author', value: text }),
  iconfile: (text) => pathOf(text),
  workingdirectory: (text) => pathOf(text),
};

function pathOf(text: string): Pick<ClaimDraft, 'attribute' | 'value'> | null {
  const path = asLocalPath(text);
  return path === undefined ? null : { attribute: 'machine.path', value: path };
}

const SECTIONS = /^(?:InternetShortcut(?:\.[AW])?|DEFAULT|DOC[#_].*|ZoneTransfer)$/i;

function entryDraft({ section, key, text, offset, length }: IniEntry): ClaimDraft[] {
  const name = key.toLowerCase();
  if (text === '' || !SECTIONS.test(section) || !Object.hasOwn(FIELDS, name)) return [];
  const meaning = FIELDS[name]?.(text.slice(0, MAX_RAW), section.toLowerCase());
  return meaning ? [{ ...said(`[${section}] ${key}`, text, bytesAt(offset, length)), ...meaning }] : [];
}

/** The target of a property list: at its bytes where it is binary, else by its key. */
function listDrafts(input: Input): { readonly drafts: readonly ClaimDraft[]; readonly error: string | null } {
  const { values, error } = readPlist(whole(input));
  const drafts = values.flatMap(({ path, kind, text, offset, length }): ClaimDraft[] => {
    if (path !== 'URL' || kind !== 'string' || text.trim() === '') return [];
    const locator: Locator = offset === null ? { in: 'xml', part: '', element: path, nth: 0 } : bytesAt(offset, length);
    return [{ ...said('URL', text, locator), attribute: 'origin.url', value: text.trim().slice(0, MAX_RAW) }];
  });
  return { drafts: drafts.slice(0, 1), error };
}

const drafts = (input: Input): readonly ClaimDraft[] =>
  isText(input) ? iniEntries(whole(input)).entries.flatMap(entryDraft) : listDrafts(input).drafts;

function* read(input: Input): Generator<Extracted> {
  for (const draft of drafts(input)) yield claim(draft);
  if (isText(input)) {
    if (iniEntries(whole(input)).isCut) yield problem('limit-exceeded', 'it is longer than such a file should be; its beginning was read');
    return;
  }
  const { error } = listDrafts(input);
  if (error !== null) yield problem('malformed', error);
}

/** Shortcuts to places on the web, of Windows ('.url') and macOS ('.webloc'), and the note that Windows keeps beside a file that was downloaded. */
export const webShortcut: FormatReader = {
  id: 'web-shortcut',
  version: 1,
  mediaTypes: [WINDOWS_SHORTCUT, MAC_SHORTCUT, ZONE_NOTE],
  read,
  replay: (input, locator) => drafts(input).find((d) => JSON.stringify(d.locator) === JSON.stringify(locator))?.raw ?? null,
};

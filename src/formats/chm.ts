import { claim, type ClaimDraft, type Extracted, MAX_RAW, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { fromFiletime } from '../model/time.ts';
import { decodeCodePage } from '../structures/charset.ts';
import { CHM_LANGUAGE, type ChmNote, readChm } from '../structures/ebook/chm.ts';
import { LANGUAGE_TAGS } from '../structures/rtf/rtf.data.ts';
import { rawAt } from './shared/quote-bytes.ts';

/** Codes of '/#SYSTEM' (chmspec): 3 the title, 4 a block of settings with language and FILETIME of the compilation, 9 the compiler. */
const CODE = { title: 3, settings: 4, compiler: 9 } as const;
const SETTINGS_TIME = 0x14;
const WESTERN = 1252;

const said = (field: string, raw: string, offset: number, length: number): Pick<ClaimDraft, 'basis' | 'field' | 'raw' | 'locator'> => ({
  basis: 'asserted',
  field,
  raw: raw.slice(0, MAX_RAW),
  locator: { in: 'bytes', offset, length },
});

function* noteDrafts({ code, offset, bytes }: ChmNote): Iterable<ClaimDraft> {
  if (code === CODE.settings && bytes.byteLength >= SETTINGS_TIME + 8) {
    const ticks = Buffer.from(bytes).subarray(SETTINGS_TIME, SETTINGS_TIME + 8);
    if (ticks.some((b) => b !== 0))
      yield {
        ...said('#SYSTEM timestamp', ticks.toString('hex'), offset + SETTINGS_TIME, 8),
        attribute: 'time.created',
        value: fromFiletime(ticks.readBigUInt64LE()),
      };
    const language = Buffer.from(bytes.subarray(0, 4));
    yield {
      ...said('#SYSTEM language', language.toString('hex'), offset, 4),
      attribute: 'locale.text',
      value: LANGUAGE_TAGS[language.readUInt32LE()] ?? null,
    };
  }
  const text = decodeCodePage(bytes, WESTERN).split('\u0000')[0] ?? '';
  if (text.trim() === '') return;
  // The code page of the title is nowhere written: text only where it is ASCII.
  const isAscii = bytes.every((b) => b < 0x80);
  const base = said(code === CODE.title ? '#SYSTEM title' : '#SYSTEM compiler', text, offset, bytes.byteLength);
  if (code === CODE.title) yield { ...base, attribute: 'name.title', value: isAscii ? base.raw.trim() : null };
  if (code === CODE.compiler) yield { ...base, attribute: 'tool.producer', value: base.raw.trim() };
}

function* drafts(input: Input): Iterable<ClaimDraft> {
  const { language, notes } = input.once(readChm);
  const { offset, length } = CHM_LANGUAGE;
  if (language !== 0)
    yield {
      ...said('ITSF language', language.toString(16), offset, length),
      attribute: 'locale.created',
      value: LANGUAGE_TAGS[language]?.split('-')[0] ?? null,
    };
  for (const note of notes) yield* noteDrafts(note);
}

function* read(input: Input): Iterable<Extracted> {
  for (const draft of drafts(input)) yield claim(draft);
  for (const p of input.once(readChm).problems) yield problem(p.code, p.message);
}

/** Compiled HTML Help: when, with what and in which language of Windows it was compiled. Its pages are children. */
export const chm: FormatReader = {
  id: 'chm',
  version: 1,
  mediaTypes: ['application/vnd.ms-htmlhelp'],
  read,
  replay: (input, locator) => (locator.in === 'bytes' ? rawAt(drafts(input), locator) : null),
};

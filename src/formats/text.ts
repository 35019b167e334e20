import type { Extracted } from '../model/claim.ts';
import { claim, passage, problem } from '../model/claim.ts';
import type { FormatReader, Input } from '../model/input.ts';
import { sha256Of } from '../model/provenance.ts';
import { decodeCharset, isKnownCharset } from '../structures/charset.ts';
import { textBlocks } from '../structures/text-blocks.ts';

/** A text says nothing of itself but its words: they are kept so that copies can be compared. */
function* read(input: Input): Iterable<Extracted> {
  const { bytes, limits } = input;
  const text = decoded(bytes.slice(0, limits.maxTextBytes));
  if (bytes.size > limits.maxTextBytes) yield problem('limit-exceeded', `${bytes.size} bytes of text, of which ${limits.maxTextBytes} are compared`);
  const locator = { in: 'bytes', offset: 0, length: Math.min(bytes.size, limits.maxTextBytes) } as const;
  const blocks = [...textBlocks(text.split(/\r\n|\r|\n/))];
  if (blocks.length === 0) return;
  for (const block of blocks) yield passage({ role: 'paragraph', address: locator, label: `line ${block.line}`, text: block.text });
  const digest = sha256Of(blocks.map((block) => block.text).join('\n'));
  yield claim({ basis: 'observed', attribute: 'content.text', field: 'text', raw: digest, value: digest, locator });
}

/** By its byte order mark, else UTF-8 where it is that, else what an XML declaration names, else Windows-1252, which decodes anything. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeCharset(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeCharset(bytes, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return decodeCharset(bytes, declared(bytes) ?? 'windows-1252');
  }
}

/** The encoding an XML declaration names, where it is known (XML 1.0 section 4.3.3). */
function declared(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const name = /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)["']/i.exec(head)?.[1];
  return name !== undefined && isKnownCharset(name) ? name : null;
}

/** Text of any kind that no other reader knows better: plain, JSON, XML. */
export const text: FormatReader = {
  id: 'text',
  version: 2,
  mediaTypes: ['application/json', 'application/xml', 'text/plain'],
  read,
  replay: () => null,
};

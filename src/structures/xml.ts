import { SaxesParser } from 'saxes';
import type { Locator } from '../model/claim.ts';
import { decodeCharset, isKnownCharset } from './charset.ts';

export interface XmlAttribute {
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}

export interface XmlElement {
  /** As written, with its prefix: 'dcterms:created'. */
  readonly name: string;
  readonly local: string;
  readonly uri: string;
  readonly attributes: readonly XmlAttribute[];
  /** Elements of this written name before it, in document order. */
  readonly nth: number;
  /** 0 for the root. */
  readonly depth: number;
}

export interface XmlVisitor {
  open?(element: XmlElement): void;
  /** `text`: the character data directly inside, entities resolved, not trimmed. */
  close?(element: XmlElement, text: string): void;
  /** Character data as it comes, entities resolved: where text and elements are mixed and their order counts. */
  text?(chunk: string): void;
  /** A processing instruction or comment, where a reader cares: '<?xpacket …?>'. */
  instruction?(target: string, body: string): void;
}

export interface XmlOutcome {
  /** The first thing that is not well-formed, in one line; null for a clean document. What came before it was visited. */
  readonly error: string | null;
}

/** saxes makes an Error, with its stack, of every flaw: a document with millions of them is given up after so many. */
const MAX_ERRORS = 200;
/** Deeper XML is hostile: no office document nests a tenth of it. */
const MAX_DEPTH = 2_000;
/** Attributes of one element: half a million of them take the parser half a minute. */
const MAX_ATTRIBUTES = 10_000;

/**
 * One pass over a document. Never throws and never expands an entity that the document defines: saxes knows the five of
 * XML 1.0 and reports others as errors. Goes on after an error where saxes can.
 */
export function scanXml(text: string, visitor: XmlVisitor): XmlOutcome {
  let error: string | null = null;
  let errors = 0;
  const seen = new Map<string, number>();
  const open: { element: XmlElement; text: string }[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (e) => {
    error ??= e.message.split('\n')[0]?.slice(0, 200) ?? 'not well-formed';
    if (++errors > MAX_ERRORS) throw new GivenUp(error);
  });
  let attributesSeen = 0;
  parser.on('attribute', () => {
    if (++attributesSeen > MAX_ATTRIBUTES) throw new GivenUp(`an element has more than ${MAX_ATTRIBUTES} attributes`);
  });
  parser.on('opentag', (tag) => {
    attributesSeen = 0;
    const nth = seen.get(tag.name) ?? 0;
    seen.set(tag.name, nth + 1);
    const attributes = Object.values(tag.attributes).map((a) => ({ name: a.name, local: a.local, uri: a.uri, value: a.value }));
    const element: XmlElement = { name: tag.name, local: tag.local, uri: tag.uri, attributes, nth, depth: open.length };
    open.push({ element, text: '' });
    if (open.length > MAX_DEPTH) throw new GivenUp(`elements nest deeper than ${MAX_DEPTH}`);
    visitor.open?.(element);
  });
  const onText = (chunk: string): void => {
    const top = open[open.length - 1];
    if (top) top.text += chunk;
    visitor.text?.(chunk);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const top = open.pop();
    if (top) visitor.close?.(top.element, top.text);
  });
  parser.on('processinginstruction', (pi) => visitor.instruction?.(pi.target, pi.body));
  try {
    parser.write(text).close();
  } catch (e) {
    // saxes throws only through our own guards and on misuse; a document that broke off is reported by 'error'.
    if (!(e instanceof GivenUp)) throw e;
    error = e.message;
  }
  return { error };
}

class GivenUp extends Error {}

/** UTF-8 unless a BOM or the pattern of '<?' says UTF-16; another encoding that is declared is honoured where it is known. */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes[0] === 0x3c && bytes[1] === 0) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0 && bytes[1] === 0x3c) return new TextDecoder('utf-16be').decode(bytes);
  const declaration = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 200)).toString('latin1');
  const declared = /^<\?xml[^>]*\sencoding=["']([\w.:-]{1,40})["']/i.exec(declaration)?.[1]?.toLowerCase() ?? 'utf-8';
  // 'utf-16' over bytes that are none is a slip of many writers.
  if (/^(?:iso-8859-1|latin1)$/.test(declared)) return new TextDecoder('windows-1252').decode(bytes);
  if (!/^(?:utf|ucs)/.test(declared) && isKnownCharset(declared)) return decodeCharset(bytes, declared);
  return new TextDecoder('utf-8').decode(bytes);
}

/** The text of the nth element of that written name, or one attribute of it; null where there is none. */
export function replayXml(text: string, locator: Extract<Locator, { in: 'xml' }>): string | null {
  let found: string | null = null;
  const matches = (e: XmlElement): boolean => e.name === locator.element && e.nth === locator.nth;
  scanXml(text, {
    open(e) {
      if (locator.attribute !== undefined && matches(e)) found = e.attributes.find((a) => a.name === locator.attribute)?.value ?? null;
    },
    close(e, inner) {
      if (locator.attribute === undefined && matches(e)) found = inner;
    },
  });
  return found;
}

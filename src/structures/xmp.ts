import { type AttributeOf, ATTRIBUTES } from '../model/attribute.ts';
import { claim, type Extracted, type Locator, MAX_RAW, problem } from '../model/claim.ts';
import { parseIso } from '../model/time.ts';
import { decodeXml, replayXml, scanXml, type XmlAttribute, type XmlElement } from './xml.ts';
import { CANONICAL_PREFIXES, META_URI, RDF_URI, XMP_ATTRIBUTES } from './xmp.data.ts';

export interface XmpProperty {
  /** Canonical prefix by namespace, whatever the packet wrote; fields of structures are paths: 'xmpMM:DerivedFrom/stRef:instanceID'. */
  readonly name: string;
  /** As it stands there, entities resolved, not trimmed. */
  readonly value: string;
  /** xml:lang of an rdf:Alt's item, where there is one. */
  readonly language?: string;
  /** Where it stands, as the packet wrote the names: ready for an xml locator. */
  readonly element: string;
  readonly attribute?: string;
  readonly nth: number;
}

/** What an open element is in RDF's alternation of nodes and properties (ISO 16684-1 section 7). */
interface Frame {
  readonly kind: 'outside' | 'rdf' | 'node' | 'property' | 'array' | 'item';
  readonly path: string;
  /** Structures inside structures so far. */
  readonly depth: number;
  /** It holds text only, until an element or a shorthand field turns up inside. */
  leaf: boolean;
}

/** Deeper structures are not read: the standard's own never nest more than three. Keeps paths short. */
const MAX_STRUCTURE_DEPTH = 8;
const ARRAYS = new Set(['Seq', 'Alt', 'Bag']);

function canonical(name: { readonly uri: string; readonly local: string; readonly name: string }): string {
  const prefix = CANONICAL_PREFIXES.get(name.uri);
  return prefix === undefined ? name.name : `${prefix}:${name.local}`;
}

const isSyntax = (a: XmlAttribute): boolean =>
  a.uri === RDF_URI || a.name === 'xmlns' || a.name.startsWith('xmlns:') || a.name.startsWith('xml:') || !a.name.includes(':');

const OUTSIDE: Frame = { kind: 'outside', path: '', depth: 0, leaf: false };

function frameOf(e: XmlElement, parent: Frame): Frame {
  const inside = { path: parent.path, depth: parent.depth, leaf: false };
  const mayHoldNode = parent.kind === 'rdf' || parent.kind === 'property' || parent.kind === 'item';
  if (e.uri === RDF_URI) {
    if (e.local === 'RDF' && parent.kind === 'outside') return { ...inside, kind: 'rdf' };
    if (e.local === 'Description' && mayHoldNode) return { ...inside, kind: 'node' };
    if (ARRAYS.has(e.local) && (parent.kind === 'property' || parent.kind === 'item')) return { ...inside, kind: 'array' };
    if (e.local === 'li' && parent.kind === 'array') return { ...inside, kind: 'item', leaf: true };
  }
  // A property directly inside a property or an item is rdf:parseType="Resource": a structure without its own node.
  const mayHoldProperty = parent.kind === 'node' || parent.kind === 'property' || parent.kind === 'item';
  if (!mayHoldProperty || parent.depth >= MAX_STRUCTURE_DEPTH) return OUTSIDE;
  const path = parent.path === '' ? canonical(e) : `${parent.path}/${canonical(e)}`;
  return { kind: 'property', path, depth: parent.depth + 1, leaf: true };
}

/** The property an attribute states; null for RDF's own syntax. */
function attributeName(a: XmlAttribute, e: XmlElement, frame: Frame): string | null {
  // Packets of the last century say x:xapmeta and x:xaptk.
  if (frame.kind === 'outside') return e.uri === META_URI && (a.local === 'xmptk' || a.local === 'xaptk') ? 'x:xmptk' : null;
  if (frame.kind === 'rdf' || frame.kind === 'array') return null;
  if (frame.kind === 'property' && a.uri === RDF_URI && a.local === 'resource') return frame.path;
  if (isSyntax(a)) return null;
  return frame.path === '' ? canonical(a) : `${frame.path}/${canonical(a)}`;
}

function parseXmp(packet: string): { readonly properties: XmpProperty[]; readonly error: string | null } {
  const properties: XmpProperty[] = [];
  const frames: Frame[] = [];
  const languages = new Map<Frame, string>();
  const attributesOf = (e: XmlElement, frame: Frame): void => {
    for (const a of e.attributes) {
      if (frame.kind === 'item' && a.name === 'xml:lang') languages.set(frame, a.value);
      const name = attributeName(a, e, frame);
      if (name === null) continue;
      frame.leaf = false;
      properties.push({ name, value: a.value, element: e.name, attribute: a.name, nth: e.nth });
    }
  };
  const { error } = scanXml(packet, {
    open(e) {
      const parent = frames[frames.length - 1] ?? { ...OUTSIDE };
      const frame = { ...frameOf(e, parent) };
      parent.leaf = false;
      frames.push(frame);
      attributesOf(e, frame);
    },
    close(e, text) {
      const frame = frames.pop();
      if (!frame?.leaf) return;
      const language = languages.get(frame);
      properties.push({ name: frame.path, value: text, element: e.name, nth: e.nth, ...(language === undefined ? {} : { language }) });
    },
  });
  return { properties, error };
}

/**
 * Every simple value of a packet, in document order, whether written as an element or as an attribute of
 * rdf:Description; one property an item of a Seq, Alt or Bag. Never throws: what stands before an error is read.
 */
export const readXmp = (packet: string): XmpProperty[] => parseXmp(packet).properties;

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** A packet is UTF-8, seldom UTF-16 (ISO 16684-1 7.3.2); white space in front and padding behind are not part of it. */
export function decodeXmp(bytes: Uint8Array): string {
  let from = 0;
  while (from + 1 < bytes.byteLength && isSpace(bytes[from]) && bytes[from + 1] !== 0) from++;
  let to = bytes.byteLength;
  // Padding of NULs is common in TIFF and PNG. The last NUL of UTF-16LE is half a character: two of them never are.
  while (to - from >= 2 && bytes[to - 1] === 0 && bytes[to - 2] === 0) to--;
  if (to > from && bytes[to - 1] === 0 && bytes[from + 1] !== 0 && bytes[from] !== 0xff) to--;
  return decodeXml(bytes.subarray(from, to));
}

/** Of a title in several languages the default one, else the first. */
function withoutOtherTitles(properties: readonly XmpProperty[]): XmpProperty[] {
  const titles = properties.filter((p) => p.name === 'dc:title');
  const chosen = titles.find((p) => p.language === 'x-default') ?? titles[0];
  return properties.filter((p) => p.name !== 'dc:title' || p === chosen);
}

const isTime = (attribute: keyof typeof ATTRIBUTES): attribute is AttributeOf<'time'> => ATTRIBUTES[attribute] === 'time';

/**
 * What a packet says in the shared vocabulary. `part` goes into the locators: 'xmp' for an image, the reader's own name
 * for the packet elsewhere. Times are ISO 8601 with their zone or without; one that is neither has value null.
 */
export function xmpClaims(packet: string, part: string): Extracted[] {
  const { properties, error } = parseXmp(packet);
  const out: Extracted[] = [];
  for (const p of withoutOtherTitles(properties)) {
    const attribute = XMP_ATTRIBUTES.get(p.name);
    if (attribute === undefined) continue;
    const text = p.value.trim();
    const locator = { in: 'xml', part, element: p.element, ...(p.attribute === undefined ? {} : { attribute: p.attribute }), nth: p.nth } as const;
    const found = { basis: 'asserted', field: p.name, raw: p.value.slice(0, MAX_RAW), locator } as const;
    if (isTime(attribute)) out.push(claim({ ...found, attribute, value: parseIso(text) }));
    else if (text !== '') out.push(claim({ ...found, attribute: attribute as AttributeOf<'text'>, value: text }));
    else continue;
    if (p.value.length > MAX_RAW)
      out.push(problem('limit-exceeded', `XMP ${p.name}: ${p.value.length} characters, the first ${MAX_RAW} kept as raw`));
  }
  if (error !== null) out.push(problem('malformed', `XMP: ${error}`));
  return out;
}

/** The raw value again, from the packet `xmpClaims` was given. Null where nothing stands there. */
export const replayXmp = (packet: string, locator: Extract<Locator, { in: 'xml' }>): string | null => replayXml(packet, locator);

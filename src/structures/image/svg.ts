import { decodeXml, scanXml, type XmlElement } from '../xml.ts';
import type { Input } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { decodeText } from './exif.ts';
import { bufferOf, type PlacedTag } from '../placed.ts';

/** A value of an SVG and where the XML holds it. */
export interface SvgValue {
  /** 'svg:title', 'inkscape:version', 'dc:date'. */
  readonly key: string;
  readonly raw: string;
  readonly element: string;
  readonly attribute?: string;
  readonly nth: number;
}

export interface Svg {
  readonly text: string;
  readonly values: readonly SvgValue[];
  /** Before the root's end, the first of them. */
  readonly comments: readonly PlacedTag[];
  readonly error: string | null;
}

const SVG_URI = 'http://www.w3.org/2000/svg';
const INKSCAPE_URI = 'http://www.inkscape.org/namespaces/inkscape';
const DC_URI = 'http://purl.org/dc/elements/1.1/';
/** Creative Commons' vocabulary, under its two addresses: Inkscape describes a drawing as a 'Work'. */
const CC_URIS = new Set(['http://creativecommons.org/ns#', 'http://web.resource.org/cc/']);
const INKSCAPE_ATTRIBUTES = new Set(['version', 'export-filename']);
const MAX_VALUES = 1_000;
/** Comments are looked for at the beginning: programs sign there. */
const HEAD_BYTES = 4096;

/** What stands in comments near the beginning; none in UTF-16. */
function commentsOf(bytes: Uint8Array): PlacedTag[] {
  const head = bufferOf(bytes.subarray(0, HEAD_BYTES));
  const comments: PlacedTag[] = [];
  for (let at = head.indexOf('<!--'); at >= 0; at = head.indexOf('<!--', at)) {
    const end = head.indexOf('-->', at + 4);
    if (end < 0) break;
    comments.push({ key: 'comment', raw: decodeText(head.subarray(at + 4, end)), offset: at + 4, length: end - at - 4 });
    at = end + 3;
  }
  return comments;
}

/** 'dc:date' of a work, 'cc:Agent' for a name inside its creator; null where the element says nothing we keep. */
function keyOf(e: XmlElement, parents: readonly XmlElement[]): string | null {
  const parent = parents.at(-1);
  if (e.uri === SVG_URI && e.local === 'title' && e.depth === 1) return 'svg:title';
  if (e.uri !== DC_URI || !parent || !CC_URIS.has(parent.uri)) return null;
  if (parent.local === 'Work') return e.local === 'date' || e.local === 'title' ? `dc:${e.local}` : null;
  const around = parents.at(-2);
  return parent.local === 'Agent' && e.local === 'title' && around?.uri === DC_URI && around.local === 'creator' ? 'dc:creator' : null;
}

/** Titles, Inkscape's marks and its description of the work. The caller has checked the size. */
export function readSvg({ bytes }: Input): Svg {
  const whole = wholeOf(bytes);
  const text = decodeXml(whole);
  const values: SvgValue[] = [];
  const parents: XmlElement[] = [];
  const keep = (v: SvgValue): void => {
    if (values.length < MAX_VALUES) values.push(v);
  };
  const { error } = scanXml(text, {
    open(e) {
      for (const a of e.attributes)
        if (a.uri === INKSCAPE_URI && INKSCAPE_ATTRIBUTES.has(a.local) && (e.depth === 0 || a.local === 'export-filename'))
          keep({ key: `inkscape:${a.local}`, raw: a.value, element: e.name, attribute: a.name, nth: e.nth });
      parents.push(e);
    },
    close(e, inner) {
      parents.pop();
      const key = keyOf(e, parents);
      if (key !== null) keep({ key, raw: inner, element: e.name, nth: e.nth });
    },
  });
  const full = values.length === MAX_VALUES ? `more than ${MAX_VALUES} values, the rest is not read` : null;
  return { text, values, comments: commentsOf(whole), error: error ?? full };
}

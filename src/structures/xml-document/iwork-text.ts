import type { Locator } from '../../model/claim.ts';
import type { TextSink } from '../ooxml/text-sink.ts';
import type { XmlElement, XmlVisitor } from '../xml.ts';
import { paragraphText, type TextShape } from './text.ts';

const SHAPE: TextShape = {
  isParagraph: (e) => e.local === 'p' && isCommon(e),
  run: null,
  hides: (e) => e.local === 'stylesheet' || e.local === 'metadata' || e.local === 'ghost-text',
};

const isCommon = (e: XmlElement): boolean => e.uri.endsWith('/namespaces/sf');
const attribute = (e: XmlElement, local: string): XmlElement['attributes'][number] | undefined => e.attributes.find((a) => a.local === local);

/** The attribute with the text of a cell, or the number of one, or of what a formula came to. */
const VALUES: Readonly<Record<string, string>> = { ct: 's', n: 'v', rn: 'v' };

interface Value {
  readonly text: string;
  readonly address: Locator;
}

/**
 * Paragraphs of Pages, Numbers and Keynote of 2008 and 2009, and the texts and numbers of their tables, in order. No published
 * specification. Of a cell with a menu, what was chosen. The dates of cells are left out: nobody wrote down their zone.
 */
export function iworkText(sink: TextSink, part = ''): XmlVisitor {
  const paragraphs = paragraphText(SHAPE, sink, part);
  let hidden = 0;
  let menu = new Map<string, Value>();
  let choices = 0;
  let choice = '';
  const add = ({ text, address }: Value): void => sink.add('paragraph', (n) => `paragraph ${n}`, text, address);
  const valueOf = (e: XmlElement): Value | null => {
    const value = isCommon(e) && Object.hasOwn(VALUES, e.local) ? attribute(e, VALUES[e.local] ?? '') : undefined;
    return value ? { text: value.value, address: { in: 'xml', part, element: e.name, attribute: value.name, nth: e.nth } } : null;
  };
  const cell = (e: XmlElement): void => {
    const value = valueOf(e);
    if (e.local === 'proxied-cell-ref') {
      const chosen = menu.get(attribute(e, 'IDREF')?.value ?? '');
      if (chosen) add(chosen);
    } else if (choices === 0) {
      if (value) add(value);
    } else if (value) menu.set(choice, value);
    else choice = attribute(e, 'ID')?.value ?? choice;
  };
  return {
    open(e) {
      paragraphs.open?.(e);
      if (SHAPE.hides(e)) hidden++;
      if (e.local === 'menu-choices' && choices++ === 0) menu = new Map();
      if (hidden === 0) cell(e);
    },
    text: (chunk) => paragraphs.text?.(chunk),
    close(e, inner) {
      paragraphs.close?.(e, inner);
      if (SHAPE.hides(e)) hidden--;
      if (e.local === 'menu-choices') choices--;
    },
  };
}

import { Parser } from 'htmlparser2';

export interface HtmlText {
  readonly text: string;
  /** Elements nested deeper than we follow; from there on only the tags were taken out. */
  readonly tooDeep: boolean;
}

/** Deeper than this no mail program nests, and the parser's look-ups grow with the depth. */
const MAX_DEPTH = 500;
/** Levels of quotation that are still shown. */
const MAX_QUOTES = 10;

/** Not <head>: where nobody closes it, a browser shows what follows all the same. */
const UNREAD = new Set(['script', 'style', 'title', 'template']);
const BLOCKS = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'body',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'fieldset',
  'figure',
  'footer',
  'form',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'html',
  'li',
  'main',
  'nav',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tbody',
  'tfoot',
  'thead',
  'tr',
  'ul',
]);
const CELLS = new Set(['td', 'th']);

class TooDeep extends Error {}

interface Lines {
  quotes: number;
  pre: number;
  add(text: string): void;
  /** Ends the line; an empty one leaves no trace unless `keep` (a <br>). */
  end(keep?: boolean): void;
  text(): string;
}

/** White space folds outside of <pre>, as in a browser. */
function lineCollector(): Lines {
  const done: string[] = [];
  let chunks: string[] = [];
  const lines: Lines = {
    quotes: 0,
    pre: 0,
    add(text) {
      if (lines.pre === 0) {
        chunks.push(text.replace(/\s+/g, ' '));
        return;
      }
      for (const [i, line] of text.split(/\r?\n/).entries()) {
        if (i > 0) lines.end();
        chunks.push(line);
      }
    },
    end(keep = false) {
      const line = chunks.join('').replace(/ {2,}/g, ' ').trim();
      chunks = [];
      if (line === '' && !keep) return;
      done.push('> '.repeat(Math.min(lines.quotes, MAX_QUOTES)) + line);
    },
    text() {
      lines.end();
      return done.join('\n');
    },
  };
  return lines;
}

/** The rest of a document that nests too deep: tags out, nothing else. */
function withoutTags(html: string): string {
  let out = '';
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    if (open === -1) return out + html.slice(at);
    out += `${html.slice(at, open)} `;
    const close = html.indexOf('>', open);
    if (close === -1) return out;
    at = close + 1;
  }
  return out;
}

/**
 * What a reader sees: one line a block, <br> as a line end, cells apart, quotations (<blockquote>) marked '> ' as plain text
 * marks them, entities resolved; scripts, styles and comments out. Never throws on bad HTML.
 */
export function htmlToText(html: string): HtmlText {
  const lines = lineCollector();
  let depth = 0;
  let unread = 0;
  const parser = new Parser({
    onopentag(name) {
      if (++depth > MAX_DEPTH) throw new TooDeep();
      if (UNREAD.has(name)) unread++;
      if (name === 'br') lines.end(true);
      else if (BLOCKS.has(name)) lines.end();
      else if (CELLS.has(name)) lines.add(' ');
      if (name === 'blockquote') lines.quotes++;
      if (name === 'pre') lines.pre++;
    },
    ontext(text) {
      if (unread === 0) lines.add(text);
    },
    onclosetag(name) {
      depth--;
      if (UNREAD.has(name)) unread--;
      if (BLOCKS.has(name)) lines.end();
      if (name === 'blockquote') lines.quotes--;
      if (name === 'pre') lines.pre--;
    },
  });
  try {
    parser.end(html);
    return { text: lines.text(), tooDeep: false };
  } catch (e) {
    if (!(e instanceof TooDeep)) throw e;
    lines.end();
    lines.add(withoutTags(html.slice(parser.startIndex)));
    return { text: lines.text(), tooDeep: true };
  }
}

/** What stands before the body. Positions are characters of the text given, `end` behind the last. */
export interface HtmlHeadVisitor {
  tag(name: string, start: number, end: number): void;
  /** The text of an element that holds nothing else, as written: <title>. */
  title(start: number, end: number): void;
  comment(start: number, end: number): void;
}

class HeadIsOver extends Error {}

/** One pass over what precedes <body>, or over everything where nobody writes <body>. Never throws on bad HTML. */
export function scanHtmlHead(html: string, visitor: HtmlHeadVisitor): void {
  let depth = 0;
  let titleFrom = -1;
  const parser = new Parser(
    {
      onopentag(name, _attributes, implied) {
        if (++depth > MAX_DEPTH) throw new HeadIsOver();
        if (implied) return;
        visitor.tag(name, parser.startIndex, parser.endIndex + 1);
        if (name === 'title') titleFrom = parser.endIndex + 1;
        if (name === 'body') throw new HeadIsOver();
      },
      onclosetag(name) {
        depth--;
        if (name === 'title' && titleFrom !== -1) visitor.title(titleFrom, parser.startIndex);
        if (name === 'title') titleFrom = -1;
      },
      oncomment() {
        visitor.comment(parser.startIndex, parser.endIndex + 1);
      },
    },
    { decodeEntities: false },
  );
  try {
    parser.end(html);
  } catch (e) {
    if (!(e instanceof HeadIsOver)) throw e;
  }
}

/** Attributes of one tag as written, '<meta name=…>'; names in lower case, entities resolved. Of two with one name the first counts. */
export function tagAttributes(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  new Parser({
    onopentag(_name, attributes) {
      for (const [name, value] of Object.entries(attributes)) if (!found.has(name)) found.set(name, value);
    },
  }).end(tag);
  return found;
}

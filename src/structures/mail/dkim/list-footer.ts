import type { Mime } from '../mime.ts';
import type { Edit, Reversal } from './edits.ts';
import type { TextLeaf } from './text-leaf.ts';

/** How far from the end a footer may begin. */
const TAIL = 16 * 1024;
const MOST_PLAIN = 6;
const MOST_HTML = 3;

/** Lines above what lists, groups and scanners put below: rules of one sign, the signature delimiter of RFC 3676 section 4.3, and set phrases. */
const PLAIN =
  /^(?:_{5,}|-{5,}|={5,}|\*{5,}|~{5,}|-- ?|--~--~[-~]*|(?:You received this message because|To unsubscribe|This (?:e-?mail|message)\b[^\r\n]{0,80}\b(?:confidential|scanned|virus|intended)).*)\r?$/gim;
const HTML = /(?:<p><\/p>\s*)?(?:<(?:br|hr)\b[^>]{0,100}>\s{0,20}){0,3}(?:-- ?<br|_{10,}|<pre[^>]{0,100}>\s{0,4}_{5,}|<hr\b)/gi;

function starts(text: string, pattern: RegExp, most: number): number[] {
  const base = Math.max(0, text.length - TAIL);
  return [...text.slice(base).matchAll(pattern)]
    .slice(-most)
    .reverse()
    .map((m) => base + m.index);
}

/** The line ends in front may have come with the footer: none, one or two of them go, too. */
function beforeLineEnds(text: string, at: number): number[] {
  const found = [at];
  for (let i = at; found.length < 3 && text[i - 1] === '\n'; found.push(i)) i -= text[i - 2] === '\r' ? 2 : 1;
  return found;
}

/** Cuts to try in one text, the shortest footer first. */
function cutsOf(leaf: TextLeaf, alone: boolean): Edit[] {
  const { text, isHtml } = leaf;
  const found = starts(text, isHtml ? HTML : PLAIN, isHtml ? MOST_HTML : MOST_PLAIN);
  const close = isHtml ? text.toLowerCase().lastIndexOf('</body>') : -1;
  return found.flatMap((at) => {
    const cuts = (alone ? [at] : beforeLineEnds(text, at)).map((from) => leaf.cut(from, text.length));
    return close > at ? [leaf.cut(at, close), ...cuts] : cuts;
  });
}

/** What a list adds below the text: at the end of each text, or of all of them. */
export function* listFooters(mime: Mime, leaves: readonly TextLeaf[]): Iterable<Reversal> {
  const undone = 'list footer';
  const alone = mime.parts[0].multipart === null;
  const cuts = leaves.map((leaf) => cutsOf(leaf, alone));
  for (const edits of cuts) for (const edit of edits) yield { undone, edits: [edit] };
  const [plain = [], html = []] = cuts;
  for (const a of plain) for (const b of html) yield { undone, edits: [a, b] };
}

/** A footer that came as a part of its own at the end, and a message that was put whole into the first part of another. */
export function* listParts(mime: Mime): Iterable<Reversal> {
  const [top] = mime.parts;
  if (top.multipart === null) return;
  const children = mime.parts.filter((p) => p.parent === 0);
  const [first] = children;
  const last = children.at(-1);
  const before = children.at(-2);
  if (last && before && last.type.startsWith('text/') && last.filename === null) {
    const from = before.body.offset + before.body.length;
    yield { undone: 'footer in a part of its own', edits: [{ from, to: last.body.offset + last.body.length, put: null }] };
  }
  if (first && children.length <= 3) yield { undone: WRAPPED, edits: [], within: first.body };
}

/** Content-Type and its like then stand in the first part's header. */
export const WRAPPED = 'wrapping by a list';

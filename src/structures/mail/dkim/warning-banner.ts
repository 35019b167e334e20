import type { Edit, Reversal } from './edits.ts';
import type { TextLeaf } from './text-leaf.ts';

/** What gateways write above mail from outside. */
const WARNING =
  /\[?\bEXT(?:ERNAL|ERNE)?\b(?:[ -](?:E-?MAIL|SENDER|MESSAGE))?[\]:]?|\bCAUTION\b|\bWARNING\b|\bATTENTION\b|\b(?:e-?mail|message) (?:originated|came|was sent) from (?:outside|an external)/i;
/** A banner stands within this much of the beginning. */
const REACH = 800;
const HTML_REACH = 4096;
const MOST_ENDS = 6;

function plainCuts(leaf: TextLeaf): Edit[] {
  const head = leaf.text.slice(0, REACH * 2);
  const warning = WARNING.exec(head.slice(0, REACH));
  if (!warning) return [];
  const ends: number[] = [];
  // Behind the rest of its line, and behind each blank line or rule below.
  const line = /\n(?:[ \t]*[-_*=~]*\r?\n)*/g;
  line.lastIndex = warning.index;
  for (let m = line.exec(head); m && ends.length < MOST_ENDS; m = line.exec(head)) {
    const first = m.index + 1;
    ends.push(line.lastIndex);
    if (first !== line.lastIndex) ends.push(first);
  }
  const inLine = /^[ \t:\]*-]*/.exec(head.slice(warning.index + warning[0].length))?.[0].length ?? 0;
  return [warning.index + warning[0].length + inLine, ...ends].map((end) => leaf.cut(0, end));
}

function htmlCuts(leaf: TextLeaf): Edit[] {
  const { text } = leaf;
  const body = /<body\b[^<>]{0,1000}>/i.exec(text);
  const begin = body ? body.index + body[0].length : 0;
  const reach = text.slice(begin, begin + HTML_REACH);
  const warning = WARNING.exec(reach.replace(/<[^>]{0,1000}>/g, (tag) => ' '.repeat(tag.length)));
  if (!warning) return [];
  const starts = [begin, begin + (/^\s*/.exec(reach)?.[0].length ?? 0)];
  const ends: number[] = [];
  const closing = /<\/(?:div|table|p|span|center)>(?:\s*<br\b[^>]{0,20}>)?|<(?:br|hr)\b[^>]{0,100}>/gi;
  closing.lastIndex = begin + warning.index;
  for (let m = closing.exec(text); m && ends.length < MOST_ENDS && m.index < begin + HTML_REACH; m = closing.exec(text)) {
    ends.push(closing.lastIndex);
    const blank = /^\s+/.exec(text.slice(closing.lastIndex, closing.lastIndex + 20));
    if (blank) ends.push(closing.lastIndex + blank[0].length);
  }
  return [...new Set(starts)].flatMap((from) => ends.map((to) => leaf.cut(from, to)));
}

/** A warning that a gateway put above the text, or above all texts. */
export function* warningBanners(leaves: readonly TextLeaf[]): Iterable<Reversal> {
  const undone = 'banner of a gateway';
  const cuts = leaves.map((leaf) => (leaf.isHtml ? htmlCuts(leaf) : plainCuts(leaf)));
  for (const edits of cuts) for (const edit of edits) yield { undone, edits: [edit] };
  const [plain = [], html = []] = cuts;
  for (const a of plain) for (const b of html) yield { undone, edits: [a, b] };
}

import type { Locator, Passage } from '../../model/claim.ts';

/** What a message or document says itself, and where that begins. */
export interface OwnText {
  readonly text: string;
  readonly address: Locator;
  /** The body of a message: lists and gateways put lines around it. */
  readonly mail: boolean;
}

const folded = (line: string): string =>
  line
    .replace(/^[\s>]+/, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Quotations of a body are stored beside it, as they read: their lines are others' words. */
function withoutQuoted(text: string, quoted: readonly Passage[]): string {
  const marked = text.split('\n').filter((line) => !/^\s?>/.test(line));
  if (quoted.length === 0) return marked.join('\n');
  const others = new Set<string>();
  for (const q of quoted) for (const line of [q.label, ...q.text.split('\n')]) others.add(folded(line));
  return marked.filter((line) => !others.has(folded(line))).join('\n');
}

const isPlain = (p: Passage): boolean => !p.label.startsWith('text/html');

/**
 * The text of an artifact by its passages: of a message the plain body, or the HTML where it has no other, without what it
 * quotes; of a document its latest state without notes. Null where there is none.
 */
export function ownText(passages: readonly Passage[]): OwnText | null {
  const bodies = passages.filter((p) => p.role === 'body');
  const plain = bodies.filter(isPlain);
  const isMail = bodies.length > 0;
  const said = isMail
    ? plain.length > 0
      ? plain
      : bodies
    : passages.filter((p) => p.revision === undefined && (p.role === 'paragraph' || p.role === 'cell' || p.role === 'page'));
  const [first] = said;
  if (!first) return null;
  const text = said.map((p) => p.text).join('\n');
  const quoted = isMail ? passages.filter((p) => p.role === 'quoted') : [];
  return { text: isMail ? withoutQuoted(text, quoted) : text, address: first.address, mail: isMail };
}

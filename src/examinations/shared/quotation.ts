import type { Locator } from '../../model/claim.ts';
import { align, type Alignment } from './quote-alignment.ts';
import { type Difference, differenceOf } from './quote-difference.ts';
import type { QuotableBody, QuotedBlock } from './quoted-blocks.ts';
import type { QuoteWord } from './quote-words.ts';

export type QuoteRelation = 'verbatim' | 'trimmed' | 'reworded' | 'differs';

/** A quotation tied to one body of the message that it quotes. */
export interface Quotation {
  readonly relation: QuoteRelation;
  readonly differences: readonly Difference[];
  readonly here: Locator;
  readonly there: Locator;
  /** Kind of the body compared with: positions in differences are of it. */
  readonly kind: string;
  /** Share of the original's own words that it repeats unchanged, 0 to 1. */
  readonly coverage: number;
  /** Whether it repeats these words of the original, end excluded, and one on either side where there is one. */
  covers(at: readonly [from: number, to: number]): boolean;
}

/** Fewer equal words tie nothing to anything; a smaller share of the quotation means that it quotes something else. */
const LEAST_MATCHED = 8;
const LEAST_SHARE = 0.7;
/** Differences of one quotation that are told apart. */
const MOST_DIFFERENCES = 50;

const AROUND = 2;
const keys = (words: readonly QuoteWord[]): string => ` ${words.map((w) => w.key).join(' ')} `;

/**
 * A line that a program wrapped without its mark drops out of the quotation and stands beside it: then the whole text of the
 * reply still has the original's words in a row.
 */
function standsInReply(original: readonly QuoteWord[], { at: [from, to] }: Difference, reply: string): boolean {
  return to > from && reply.includes(keys(original.slice(Math.max(0, from - AROUND), to + AROUND)));
}

function covered(alignment: Alignment, original: readonly QuoteWord[]): { share: number; covers: Quotation['covers'] } {
  const unchanged = new Uint8Array(original.length);
  for (const run of alignment.runs) unchanged.fill(1, run.original, run.original + run.length);
  const own = original.reduce((n, w) => n + Number(w.own), 0);
  const kept = original.reduce((n, w, i) => n + Number(w.own && unchanged[i] === 1), 0);
  return {
    share: own === 0 ? 0 : kept / own,
    covers([from, to]) {
      // Words put in leave the original's words as they are: a gap that touches the place is no repetition of it.
      if (alignment.gaps.some((g) => g.original[0] <= to && g.original[1] >= from)) return false;
      for (let i = Math.max(0, from - 1); i < Math.min(original.length, to + 1); i++) if (unchanged[i] !== 1) return false;
      return true;
    },
  };
}

function tied(block: QuotedBlock, body: QuotableBody, reply: () => string): { quotation: Quotation; matched: number } | null {
  const alignment = align(body.words, block.words);
  if (alignment.matched < LEAST_MATCHED || alignment.matched < LEAST_SHARE * block.words.length) return null;
  const differences: Difference[] = [];
  for (const gap of alignment.gaps) {
    const difference = differenceOf(body.words, block.words, gap, block.marked);
    if (difference && !standsInReply(body.words, difference, reply())) differences.push(difference);
    if (differences.length === MOST_DIFFERENCES) break;
  }
  const { share, covers } = covered(alignment, body.words);
  const exchanged = alignment.gaps.some((g) => g.quotation[1] > g.quotation[0]);
  const relation = differences.length > 0 ? 'differs' : exchanged ? 'reworded' : share > 0.98 ? 'verbatim' : 'trimmed';
  return {
    quotation: { relation, differences, here: block.address, there: body.address, kind: body.kind, coverage: share, covers },
    matched: alignment.matched,
  };
}

/** Copies of one quotation, as text and as HTML, whose lengths differ by no more are one; the one that agrees speaks. */
const SAME_LENGTH = 0.9;

/**
 * How the message with these blocks quotes the message with these bodies: by the longest that can be tied to any of them.
 * Null where nothing can.
 * @param reply all bodies of the message that quotes; asked for only where something differs
 */
export function quotationOf(blocks: readonly QuotedBlock[], reply: () => readonly QuotableBody[], bodies: readonly QuotableBody[]): Quotation | null {
  let text: string | undefined;
  const whole = (): string =>
    (text ??= reply()
      .map((b) => keys(b.words))
      .join('|'));
  const found = blocks.flatMap((block) => bodies.flatMap((body) => tied(block, body, whole) ?? []));
  const longest = Math.max(0, ...found.map((f) => f.matched));
  const candidates = found.filter((f) => f.matched >= SAME_LENGTH * longest);
  const rank = ({ quotation: q }: { quotation: Quotation }): number => (q.relation === 'differs' ? 0 : q.relation === 'reworded' ? 1 : 2);
  let best: (typeof found)[number] | undefined;
  for (const f of candidates) if (!best || rank(f) > rank(best) || (rank(f) === rank(best) && f.matched > best.matched)) best = f;
  return best?.quotation ?? null;
}

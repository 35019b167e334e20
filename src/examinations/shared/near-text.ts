import type { HeldText } from '../../model/examination.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import type { Boilerplate } from './boilerplate.ts';
import { type Edit, EDITS, editsIn, extent } from './edits.ts';
import { framedBy, type MessageText, messageText } from './message-text.ts';
import { type OwnText, ownText } from './own-text.ts';
import { distinct, jaccard, type Shingler } from './shingles.ts';
import { type Change, changesInWords, wordDiff, wordsOf } from './word-diff.ts';

/** Share of common shingles from which texts are nearly alike. */
const LEAST_ALIKE = 0.6;
/** Places and words that differ: more is another version, not an edit. */
const MOST_PLACES = 6;
const MOST_WORDS = 40;
/** Share of boilerplate shingles in a line that is none of the writer's. */
const MOSTLY = 0.8;

/** An artifact and the text it holds. */
export interface Member extends OwnText {
  readonly artifact: ArtifactId;
}

/** One for each artifact of these bytes. */
export function memberOf(held: HeldText | undefined): Member[] {
  const own = held ? ownText(held.passages) : null;
  return own && held ? held.artifacts.map((artifact) => ({ artifact, ...own })) : [];
}

export interface Compared {
  /** As either side tells it: "'transfer 12,000' there, 'transfer 92,000' here". */
  readonly here: string;
  readonly there: string;
  readonly edits: readonly Edit[];
  readonly places: number;
  /** Of the shorter text. */
  readonly words: number;
}

function alike(there: Member, here: Member, boilerplate: Boilerplate, shingler: Shingler): boolean {
  const own = (m: Member): Int32Array => distinct(boilerplate.without(shingler.cut(m.text).hashes));
  return jaccard(own(there), own(here)) >= LEAST_ALIKE;
}

/** Whether one is the other with a header or footer of whole lines, as lists and gateways put them; a banner of secrecy is none. */
function framed(a: MessageText, b: MessageText): boolean {
  const frame = a.text.length < b.text.length ? framedBy(a, b) : framedBy(b, a);
  return frame !== null && !editsIn({ there: '', here: `- ${frame.join(' ')}` }).includes('banner');
}

/** Folded as for copies, and without the lines that are boilerplate: footers come and go, and differ from server to server. */
function foldedText({ text }: Member, boilerplate: Boilerplate, shingler: Shingler): MessageText {
  const { lines } = messageText(text);
  const own = lines.filter((line) => boilerplate.share(shingler.cut(line).hashes) < MOSTLY);
  return { lines: own, text: own.join(' ') };
}

const isEdit = (change: Change): boolean => editsIn(change).some((e) => e !== 'sign');

const turned = ({ there, here }: Change): Change => ({ there: here, here: there });

/** What differs where few places do; null where the texts are equal but for transport and signs, or differ in more. */
export function nearlyAlike(there: Member, here: Member, boilerplate: Boilerplate, shingler: Shingler): Compared | null {
  if (!alike(there, here, boilerplate, shingler)) return null;
  const [a, b] = [foldedText(there, boilerplate, shingler), foldedText(here, boilerplate, shingler)];
  if (a.text === b.text || (there.mail && here.mail && framed(a, b))) return null;
  const [wordsA, wordsB] = [wordsOf(a.text), wordsOf(b.text)];
  const { changes, aligned } = wordDiff(wordsA, wordsB);
  const edited = changes.filter(isEdit);
  const rewritten = edited.reduce((sum, c) => sum + extent(c), 0);
  if (!aligned || edited.length === 0 || edited.length > MOST_PLACES || rewritten > MOST_WORDS) return null;
  const found = new Set(edited.flatMap((c) => editsIn(c)));
  return {
    here: changesInWords(edited, MOST_PLACES),
    there: changesInWords(edited.map(turned), MOST_PLACES),
    edits: EDITS.filter((e) => e !== 'sign' && found.has(e)),
    places: edited.length,
    words: Math.min(wordsA.length, wordsB.length),
  };
}

import type { Locator, Passage } from '../../model/claim.ts';
import { framedBy, type MessageText, messageText } from './message-text.ts';
import { editsInWords } from './edits.ts';
import { changesInWords, wordDiff, wordsOf } from './word-diff.ts';

/** Values of copy.relation. */
export type Relation = 'same-bytes' | 'same-content' | 'different-content';

interface Body extends MessageText {
  readonly address: Locator;
}
/** Bodies by kind: 'text/plain', 'text/html'. Several of one kind are one text. */
export type Bodies = ReadonlyMap<string, Body>;

/** What became of a comparison: `difference` in words, and where the differing text stands in either copy. */
export interface Compared {
  readonly relation: Relation;
  readonly difference?: string;
  /** What it touches: 'a number or sum, a date'. */
  readonly touched?: string;
  /** One copy has nothing here: nothing was compared. */
  readonly absent?: true;
  readonly here?: Locator;
  readonly there?: Locator;
}

/** The bodies of a message as extraction left them, folded for comparison. */
export function bodiesOf(passages: readonly Passage[]): Bodies {
  const parts = new Map<string, { address: Locator; texts: string[] }>();
  for (const p of passages) {
    if (p.role !== 'body') continue;
    const kind = p.label.split(' ', 1)[0] ?? '';
    const part = parts.get(kind) ?? { address: p.address, texts: [] };
    part.texts.push(p.text);
    parts.set(kind, part);
  }
  return new Map([...parts].map(([kind, { address, texts }]) => [kind, { address, ...messageText(texts.join('\n')) }]));
}

function compareBody(there: Body, here: Body): Compared {
  const at = { here: here.address, there: there.address };
  if (there.text === here.text) return { relation: 'same-content' };
  if (there.text === '' || here.text === '') return { relation: 'same-content', absent: true }; // a body that was not fetched or was removed
  const longer = there.text.length > here.text.length ? 'there' : 'here';
  const frame = longer === 'there' ? framedBy(here, there) : framedBy(there, here);
  if (frame) {
    const extra = changesInWords([{ there: longer === 'there' ? frame.join(' ') : '', here: longer === 'here' ? frame.join(' ') : '' }]);
    return { relation: 'same-content', difference: `lines around the same text: ${extra}`, ...at };
  }
  const { changes } = wordDiff(wordsOf(there.text), wordsOf(here.text));
  const touched = editsInWords(changes.slice(0, MOST_CHANGES));
  return { relation: 'different-content', difference: changesInWords(changes), ...(touched === '' ? {} : { touched }), ...at };
}

/** What copy.difference says where only the attachments differ; the rule that reads it knows the words. */
const OTHER_ATTACHMENTS = 'attachments differ in their bytes';

/** Changes that are looked at to say what they touch. */
const MOST_CHANGES = 200;

type ByKind = readonly (readonly [kind: string, result: Compared])[];

/** "a number or sum, in text/plain alone, not in text/html: 'pay 12,000' there, 'pay 92,000' here". */
function named(changed: Compared, results: ByKind): Compared {
  const same = results.filter(([, r]) => r.difference !== undefined && r.difference === changed.difference).map(([kind]) => kind);
  const others = results.filter(([kind, r]) => !same.includes(kind) && r.relation === 'different-content').map(([kind]) => kind);
  const equal = results.filter(([, r]) => r.relation === 'same-content' && r.absent === undefined).map(([kind]) => kind);
  const where = `in ${same.join(' and ')}${equal.length > 0 ? `, not in ${equal.join(' and ')}` : ''}`;
  const more = others.length > 0 ? `; and otherwise in ${others.join(' and ')}` : '';
  const touched = changed.touched === undefined ? '' : `${changed.touched}, `;
  return { ...changed, difference: `${touched}${where}: ${changed.difference ?? ''}${more}` };
}

/** Null where the copies have no kind of body in common: a plain text says nothing about another copy's HTML. */
export function compare(there: Bodies, here: Bodies, attachments: readonly [there: string, here: string]): Compared | null {
  const results: (readonly [kind: string, result: Compared])[] = [];
  for (const [kind, body] of here) {
    const other = there.get(kind);
    if (other) results.push([kind, compareBody(other, body)]);
  }
  const changed = results.find(([, r]) => r.relation === 'different-content')?.[1];
  if (changed) return named(changed, results);
  // Removed attachments are everyday housekeeping; others in their place are not.
  if (attachments[0] !== '' && attachments[1] !== '' && attachments[0] !== attachments[1]) {
    return { relation: 'different-content', difference: OTHER_ATTACHMENTS };
  }
  return (results.find(([, r]) => r.difference !== undefined) ?? results[0])?.[1] ?? null;
}

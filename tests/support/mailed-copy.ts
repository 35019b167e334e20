import { number, text, type TestClaim, time } from './claims.ts';
import type { TestDoc } from './memory-evidence.ts';

export const mailed: TestDoc = { name: 'mail.eml', mediaType: 'message/rfc822', claims: [] };

export interface Pair {
  readonly relation: 'same-bytes' | 'same-content' | 'different-content';
  readonly difference?: string;
  readonly equal?: number;
  readonly mailedAt?: string;
  /** The Date header stands for it where no server stamped the message. */
  readonly byServer?: boolean;
  readonly savedBy?: string;
  /** State of the signature over the message that carries it. */
  readonly signed?: string;
}

/** What the examination of document copies says of one pair, as it says it. */
export const pair = (p: Pair): TestClaim[] => [
  text('copy.relation', p.relation, { field: 'copy of document', basis: 'observed', other: 'mail.eml' }),
  ...(p.equal === undefined ? [] : [number('copy.equal-passages', p.equal, { field: 'copy of document', basis: 'observed', other: 'mail.eml' })]),
  ...(p.mailedAt === undefined
    ? []
    : [
        time('copy.mailed', p.mailedAt, {
          field: `${p.byServer === false ? 'Date' : 'Received'} of the mailed copy`,
          basis: 'observed',
          other: 'mail.eml',
        }),
      ]),
  ...(p.savedBy === undefined ? [] : [text('copy.saved-by', p.savedBy, { basis: 'observed', other: 'mail.eml' })]),
  ...(p.signed === undefined
    ? []
    : [
        text('copy.signed', p.signed, {
          field: 'signature of example.org s=s1 over the mailed copy',
          basis: 'observed',
          other: 'mail.eml',
        }),
      ]),
  ...(p.difference === undefined ? [] : [text('copy.difference', p.difference, { field: 'copy of document', basis: 'observed', other: 'mail.eml' })]),
];

export interface Saving {
  readonly at?: string;
  readonly by?: string;
}

export const looseFile = (saving: Saving, ...pairs: readonly Pair[]): TestDoc[] => [
  mailed,
  {
    name: 'loose/budget.xlsx',
    claims: [
      ...(saving.at === undefined ? [] : [time('time.modified', saving.at)]),
      ...(saving.by === undefined ? [] : [text('party.last-author', saving.by)]),
      ...pairs.flatMap(pair),
    ],
  },
];

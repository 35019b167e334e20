import { quotedOtherwise } from '../../src/rules/corpus/quoted-otherwise.ts';
import { number, text } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const WORDS = "a number: 'transfer 12,000' in the original, 'transfer 92,000' in the quotation";
const original: TestDoc = { name: 'original.eml', mediaType: 'message/rfc822', claims: [] };
const altered: TestDoc = { name: 'altered.eml', mediaType: 'message/rfc822', claims: [] };

interface Quote {
  readonly relation: string;
  readonly of?: string;
  readonly id?: string;
  readonly kept?: number;
  readonly alike?: number;
  readonly words?: string;
  readonly keptSigned?: number;
  readonly alikeSigned?: number;
}
const reply = (name: string, ...quotes: readonly Quote[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    ...(quotes.length === 0 ? [text('quote.of', 'a1@example.org')] : []),
    ...quotes.flatMap(({ relation, of = 'original.eml', id = 'a1@example.org', kept, alike, words = WORDS, keptSigned, alikeSigned }) => [
      text('quote.of', id, { other: of }),
      text('quote.relation', relation, { other: of }),
      ...(relation === 'differs'
        ? [
            text('quote.difference', words, { other: of }),
            number('quote.with-original', kept ?? 0, { other: of }),
            number('quote.with-quotation', alike ?? 1, { other: of }),
            ...(keptSigned === undefined ? [] : [number('quote.with-original-signed', keptSigned, { other: of })]),
            ...(alikeSigned === undefined ? [] : [number('quote.with-quotation-signed', alikeSigned, { other: of })]),
          ]
        : []),
    ]),
  ],
});
const differs = (kept: number, alike: number): Quote => ({ relation: 'differs', kept, alike });

ruleTest(quotedOtherwise, {
  fires: {
    'two people quote it alike, and nobody as it stands': {
      docs: [original, reply('b.eml', differs(0, 2)), reply('c.eml', differs(0, 2))],
      statements: [`differs from what 2 people quote of it in their replies, all alike: ${WORDS}`],
      about: [['original.eml']],
      rootCauses: ['twin:a1@example.org'],
      strengths: ['moderate'],
    },
    'two others quote it as it stands': {
      docs: [original, reply('b.eml', differs(2, 1)), reply('c.eml', { relation: 'verbatim' })],
      statements: [`quotes a message otherwise than that message and 2 other people have it: ${WORDS}`],
      about: [['b.eml']],
      strengths: ['moderate'],
    },
    'one other quotes it as it stands': {
      docs: [original, reply('b.eml', differs(1, 1))],
      statements: [`quotes a message otherwise than that message and another reply has it: ${WORDS}`],
      about: [['b.eml']],
      strengths: ['weak'],
    },
    'two people quote it alike, one of them in signed mail': {
      docs: [original, reply('b.eml', { ...differs(0, 2), alikeSigned: 1 })],
      statements: [
        `differs from what 2 people quote of it in their replies, all alike: ${WORDS}; one of these replies bears a signature that verifies`,
      ],
      strengths: ['moderate'],
    },
    'one other quotes it as it stands, in signed mail': {
      docs: [original, reply('b.eml', { ...differs(1, 1), keptSigned: 1 })],
      statements: [
        `quotes a message otherwise than that message and another reply has it: ${WORDS}; one of these replies bears a signature that verifies`,
      ],
      about: [['b.eml']],
      strengths: ['moderate'],
    },
    'one against one, the reply signed: it may still be the reply that changed the words': {
      docs: [original, reply('b.eml', { ...differs(0, 1), alikeSigned: 1 })],
      statements: [`is one of two that differ, a message and one that quotes it: ${WORDS}; the signature of the one that quotes it verifies`],
      strengths: ['weak'],
    },
    'one against one': {
      docs: [original, reply('b.eml', differs(0, 1))],
      statements: [`is one of two that differ, a message and one that quotes it: ${WORDS}`],
      about: [['original.eml', 'b.eml']],
      strengths: ['weak'],
    },
    'two against two': {
      docs: [original, reply('b.eml', differs(2, 2))],
      statements: [`is one of two that differ, a message and one that quotes it: ${WORDS}`],
      strengths: ['weak'],
    },
    'it quotes what that message quotes as well, and as it stands': {
      docs: [original, altered, reply('b.eml', differs(0, 1), { relation: 'verbatim', of: 'altered.eml', id: 'a0@example.org' })],
      statements: [`is one of two that differ, a message and one that quotes it: ${WORDS}`],
      about: [['original.eml', 'b.eml']],
      rootCauses: ['twin:a1@example.org'],
      strengths: ['weak'],
    },
    'it agrees with another copy of the message': {
      docs: [original, altered, reply('b.eml', { relation: 'verbatim' }, { ...differs(0, 1), of: 'altered.eml' })],
      statements: [`differs from another copy of the same message, which 1 sender quoted in a reply as that copy stands: ${WORDS}`],
      about: [['altered.eml']],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: quoted word for word': [original, reply('b.eml', { relation: 'verbatim' })],
    'trimmed-or-rewrapped: a part of it': [original, reply('b.eml', { relation: 'trimmed' })],
    'inline-answer: other words, and none that weighs': [original, reply('b.eml', { relation: 'reworded' })],
    'translated: nothing could be tied to it': [original, reply('b.eml')],
  },
});

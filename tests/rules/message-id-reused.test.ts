import { messageIdReused } from '../../src/rules/corpus/message-id-reused.ts';
import { address, text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const COPY = { field: 'copy of message', basis: 'observed' } as const;

interface Given {
  readonly folder?: string;
  readonly relation?: string;
  readonly difference?: string;
  readonly other?: string;
  readonly sent?: string;
  readonly to?: string;
  readonly from?: string;
  readonly extra?: readonly TestClaim[];
}
const copy = (name: string, g: Given = {}): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    text('id.message', 'a1@example.org'),
    text('place.folder', g.folder ?? name),
    time('time.sent', g.sent ?? '2017-03-01T10:00:00Z'),
    address('party.from', 'A', g.from ?? 'a@example.org'),
    address('party.to', 'B', g.to ?? 'b@example.org', { field: 'To' }),
    ...(g.relation ? [text('copy.relation', g.relation, { ...COPY, other: g.other ?? 'sent.eml' })] : []),
    ...(g.difference ? [text('copy.difference', g.difference, { ...COPY, other: g.other ?? 'sent.eml' })] : []),
    ...(g.extra ?? []),
  ],
});
const ODD = { relation: 'different-content', difference: "'transfer 12,000' there, 'transfer 92,000' here" };
const sent = copy('sent.eml');
const received = copy('received.eml', { relation: 'same-content' });

ruleTest(messageIdReused, {
  fires: {
    'two mailboxes agree against a third': {
      docs: [sent, received, copy('third.eml', ODD)],
      statements: [
        "differs from 2 other copies of the message a1@example.org, which agree with each other: 'transfer 12,000' there, 'transfer 92,000' here",
      ],
      about: [['third.eml']],
      rootCauses: ['twin:a1@example.org'],
      strengths: ['moderate'],
    },
    'one against one': {
      docs: [sent, copy('third.eml', ODD)],
      statements: ["is one of two copies of the message a1@example.org that differ: 'transfer 12,000' there, 'transfer 92,000' here"],
      about: [['sent.eml', 'third.eml']],
      strengths: ['weak'],
    },
    'two against two': {
      docs: [sent, received, copy('third.eml', ODD), copy('y.eml', { ...ODD, difference: "'1' there, '2' here" })],
      statements: [
        "is one of two copies of the message a1@example.org that differ: 'transfer 12,000' there, 'transfer 92,000' here",
        "is one of two copies of the message a1@example.org that differ: '1' there, '2' here",
      ],
      strengths: ['weak', 'weak'],
    },
    'those that agree lie in one folder: they may be one copy, twice': {
      docs: [copy('sent.eml', { folder: 'Sent' }), copy('received.eml', { folder: 'Sent', relation: 'same-bytes' }), copy('third.eml', ODD)],
      statements: ["is one of two copies of the message a1@example.org that differ: 'transfer 12,000' there, 'transfer 92,000' here"],
      strengths: ['weak'],
    },
    'other attachments': {
      docs: [sent, received, copy('third.eml', { relation: 'different-content', difference: 'attachments differ in their bytes' })],
      statements: ['differs from 2 other copies of the message a1@example.org, which agree with each other: attachments differ in their bytes'],
      strengths: ['weak'],
    },
    'a gateway before all of them explains nothing': {
      docs: [copy('sent.eml', { extra: [text('mark.relayed', 'gateway')] }), copy('third.eml', { ...ODD, extra: [text('mark.relayed', 'gateway')] })],
      statements: ["is one of two copies of the message a1@example.org that differ: 'transfer 12,000' there, 'transfer 92,000' here"],
      strengths: ['weak'],
    },
    'the copy compared with is as it was signed': {
      docs: [
        copy('sent.eml', { extra: [text('dkim.state', 'verified', { field: 'DKIM-Signature' })] }),
        copy('third.eml', { ...ODD, extra: [time('time.received', '2017-03-01T10:00:09Z')] }),
      ],
      statements: ["differs from a copy of the message a1@example.org whose signature verifies: 'transfer 12,000' there, 'transfer 92,000' here"],
      about: [['third.eml']],
      strengths: ['moderately-strong'],
    },
    'beside the signed copy, one that its sender filed': {
      docs: [copy('sent.eml', { extra: [text('dkim.state', 'verified', { field: 'DKIM-Signature' })] }), copy('third.eml', ODD)],
      statements: ["differs from a copy of the message a1@example.org whose signature verifies: 'transfer 12,000' there, 'transfer 92,000' here"],
      strengths: ['moderate'],
    },
    'of the copy compared with only a part is signed': {
      docs: [
        copy('sent.eml', { extra: [text('dkim.state', 'verified (covers 10 of 90 bytes)', { field: 'DKIM-Signature' })] }),
        copy('third.eml', ODD),
      ],
      statements: ["is one of two copies of the message a1@example.org that differ: 'transfer 12,000' there, 'transfer 92,000' here"],
      strengths: ['weak'],
    },
    'the attachments are others than the signed ones': {
      docs: [
        copy('sent.eml', { extra: [text('dkim.state', 'verified', { field: 'DKIM-Signature' })] }),
        copy('third.eml', { relation: 'different-content', difference: 'attachments differ in their bytes' }),
      ],
      statements: ['differs from a copy of the message a1@example.org whose signature verifies: attachments differ in their bytes'],
      strengths: ['moderate'],
    },
    "the sender's copy names blind recipients": {
      docs: [copy('sent.eml', { extra: [address('party.to', 'C', 'c@example.org', { field: 'Bcc' })] }), copy('third.eml', ODD)],
      statements: ["is one of two copies of the message a1@example.org that differ: 'transfer 12,000' there, 'transfer 92,000' here"],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin: three equal copies': [sent, received, copy('third.eml', { relation: 'same-bytes' })],
    'footer-added: lines around the same text': [
      sent,
      copy('third.eml', { relation: 'same-content', difference: "lines around the same text: nothing there, 'Confidential' here" }),
    ],
    'relayed: one copy came through a list': [sent, received, copy('third.eml', { ...ODD, extra: [text('mark.relayed', 'list')] })],
    'relayed: both through lists, each with its own footer': [
      copy('sent.eml', { extra: [text('mark.relayed', 'list')] }),
      copy('third.eml', { ...ODD, extra: [text('mark.relayed', 'list')] }),
    ],
    'relayed: one copy behind a gateway': [sent, copy('third.eml', { ...ODD, extra: [text('mark.relayed', 'gateway')] })],
    'draft-and-sent: in a folder of drafts': [sent, received, copy('third.eml', { ...ODD, folder: 'mail/Brouillons.mbox' })],
    'draft-and-sent: begun an hour before': [sent, received, copy('third.eml', { ...ODD, sent: '2017-03-01T09:00:00Z' })],
    'mail-merge: other recipients': [sent, received, copy('third.eml', { ...ODD, to: 'c@example.org' })],
    'careless-sender: four different letters of one id': [sent, ...['1.eml', '2.eml', '3.eml', '4.eml'].map((n) => copy(n, ODD))],
    'other attachments, one against one': [
      sent,
      copy('third.eml', { relation: 'different-content', difference: 'attachments differ in their bytes' }),
    ],
    'another sender': [sent, copy('third.eml', { ...ODD, from: 'z@example.org' })],
    'relations of documents are not ours': [
      sent,
      {
        ...copy('third.eml'),
        claims: [
          text('id.message', 'a1@example.org'),
          text('copy.relation', 'different-content', { field: 'loose copy', other: 'sent.eml' }),
          text('copy.difference', 'x', { other: 'sent.eml' }),
        ],
      },
    ],
  },
});

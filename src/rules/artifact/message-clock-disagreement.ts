import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { strongestDisagreement } from '../shared/date-disagreement.ts';
import { CLOCK_ATTRIBUTES, clocksOf } from '../shared/message-clocks.ts';
import { isMessage } from '../shared/time.ts';

/** Catalogue G03. One finding a message: the strongest disagreement between its Date and the other clocks in it. */
export const messageClockDisagreement = artifactRule(
  {
    id: 'message-clock-disagreement',
    catalogue: ['G03'],
    version: 2,
    title: 'Date of a message differs from the other clocks that wrote into it',
    proposition: 'misdated',
    direction: 'against',
    strength: 'strong',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: [...CLOCK_ATTRIBUTES, 'mark.relayed'],
    innocent: [
      {
        id: 'wrong-clock',
        story: "The sender's computer had a wrong date: a flat battery, a clock set by hand.",
        check: 'The Message-ID is wrong by the same amount, and so are other messages of the same sender at that time.',
      },
      {
        id: 'zone-multiple',
        story: 'The zone is written wrongly; the clock itself was right.',
        check: 'The difference is a whole multiple of 15 minutes, at most 14 hours.',
      },
      {
        id: 'held-back',
        story: 'The message waited in an outbox, was scheduled, or was held by a server.',
        check: 'The first Received is later than Date by no more than a week, and nothing else disagrees.',
      },
      {
        id: 'draft',
        story: 'An old draft, or an old message sent again: its boundary and conversation index keep the older time.',
        check: 'The inner clocks are earlier than Date, not later.',
      },
      {
        id: 'imported',
        story: 'The message was resent, or copied into another mailbox by mail: servers handled it long after it was written.',
        check: 'Resent headers, an importing host in Received, many messages handled on one day.',
      },
      {
        id: 'id-reissued',
        story: 'An archive or a mail program rewrote the message and gave it a new Message-ID or boundary.',
        check: 'Other messages from the same store carry late ids as well.',
      },
    ],
    references: [
      {
        title: 'RFC 5322, Internet Message Format: the Date and trace fields',
        section: '3.6.1, 3.6.7',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.1',
      },
      {
        title: 'RFC 5321, Simple Mail Transfer Protocol: trace information',
        section: '4.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5321#section-4.4',
      },
      {
        title: '[MS-OXPROPS] PidTagConversationIndex',
        section: '2.651',
        url: 'https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxprops/57f8de0f-5f53-423a-8947-7943dd959997',
      },
      {
        title: 'A. Gungor, Leveraging hidden timestamps in e-mail examination',
        url: 'https://www.metaspike.com/timestamps-forensic-email-examination/',
      },
    ],
  },
  function* (subject) {
    const clocks = isMessage(subject) ? clocksOf(subject) : null;
    if (clocks === null) return;
    const resent = subject.claims('mark.relayed').some((c) => c.value === 'resent');
    const found = strongestDisagreement(clocks, resent);
    if (found === null) return;
    yield {
      statement: found.statement,
      strength: found.strength,
      about: [subject.artifact.id],
      rootCause: `clock:${subject.artifact.id}`,
      evidence: [
        { claim: clocks.date.claim, role: 'primary' },
        ...found.against.map((c): Cited => ({ claim: c.claim, role: 'contradicts', note: c.name })),
      ],
      ...(found.ruledOut ? { ruledOut: found.ruledOut } : {}),
    };
  },
);

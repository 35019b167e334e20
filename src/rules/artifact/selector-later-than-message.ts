import { artifactRule } from '../../model/rule.ts';
import { isoDay, renderTime } from '../../model/time.ts';
import { SIGNATURE_CLAIMS, signerWords, signaturesOf } from '../shared/signatures.ts';

const DAY = 86_400_000;

/** Names of selectors that are dates by their signer's habit: those of Google. RFC 6376 section 3.1 gives dates as an example of selectors. */
const DATED_BY: ReadonlySet<string> = new Set(['gmail.com', 'google.com', 'googlegroups.com', 'googlemail.com', '1e100.net', 'youtube.com']);

/** 'arc-20160816' and '20161025': midnight UTC of that day. Null for what is no date since DKIM began. */
function dateIn(selector: string): number | null {
  const m = /^(?:arc-)?(20\d\d)(\d\d)(\d\d)$/.exec(selector);
  if (!m) return null;
  const at = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  return isoDay(at).replaceAll('-', '') === `${m[1]}${m[2]}${m[3]}` ? at : null;
}

/** Catalogue G02. The key cannot have signed before it was named; the message says that it did. */
export const selectorLaterThanMessage = artifactRule(
  {
    id: 'selector-later-than-message',
    catalogue: ['G02'],
    version: 1,
    title: 'Key that signed a message is named after a day later than the one the message says',
    proposition: 'misdated',
    direction: 'against',
    strength: 'moderately-strong',
    grounds: 'impossibility',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: [...SIGNATURE_CLAIMS, 'time.sent', 'time.received'],
    innocent: [
      {
        id: 'sent-later',
        story: 'An old message was sent again, imported or forwarded as it was; the server signed it on that later day.',
        check: 'The oldest Received header bears the later day, too.',
      },
      {
        id: 'wrong-clock',
        story: "The sender's computer had a wrong date.",
        check: 'The servers tell the true day, and other messages of that sender are wrong by as much.',
      },
      {
        id: 'no-date',
        story: 'The digits of the selector are a number, and look like a date by chance.',
        check: 'Only signers known to date their selectors are looked at.',
      },
    ],
    references: [
      { title: 'RFC 6376, DomainKeys Identified Mail: selectors', section: '3.1', url: 'https://www.rfc-editor.org/rfc/rfc6376#section-3.1' },
    ],
  },
  function* (subject) {
    const date = subject.claims('time.sent')[0];
    if (date?.value?.kind !== 'instant') return;
    const hops = subject.claims('time.received').flatMap((c) => (c.value?.kind === 'instant' ? [c.value.epochMs] : []));
    for (const s of signaturesOf(subject)) {
      const named = DATED_BY.has(s.record.domain) ? dateIn(s.record.selector) : null;
      if (named === null || date.value.epochMs >= named - DAY) continue;
      // A server that handled it after that day may be the one that signed.
      if (hops.some((t) => t >= named - DAY)) continue;
      yield {
        statement: `says it was sent ${renderTime(date.value)}, before ${isoDay(named)}, the day after which the key of ${signerWords(s)} is named`,
        strength: hops.length > 0 ? 'moderately-strong' : 'moderate',
        about: [subject.artifact.id],
        rootCause: `clock:${subject.artifact.id}`,
        evidence: [
          { claim: date, role: 'primary' },
          { claim: s.state, role: 'contradicts', note: 'selector' },
        ],
      };
      return;
    }
  },
);

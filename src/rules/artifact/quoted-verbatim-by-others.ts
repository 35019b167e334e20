import { artifactRule } from '../../model/rule.ts';
import { isMessage } from '../shared/time.ts';
import { signedReplies } from '../shared/wording.ts';

/** Catalogue L04. */
export const quotedVerbatimByOthers = artifactRule(
  {
    id: 'quoted-verbatim-by-others',
    catalogue: ['L04'],
    version: 2,
    title: 'Two or more people quote the message word for word in their replies',
    proposition: 'altered',
    direction: 'supports',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['quote.verbatim-by', 'quote.verbatim-signed', 'quote.verbatim-in'],
    innocent: [
      {
        id: 'replies-changed-too',
        story: 'Whoever changed the message changed the replies as well; with one store in hand that is a search and replace.',
        check: 'The replies lie in stores of different owners, and bear signatures that verify.',
      },
      {
        id: 'one-hand',
        story: 'The replies under different names come from one hand: shared accounts, or a thread made up as a whole.',
        check: 'Servers, programs and clocks of the replies are those of their senders in other messages.',
      },
    ],
    references: [
      {
        title: 'RFC 3676, The Text/Plain Format and DelSp Parameters: quoting',
        section: '4.5',
        url: 'https://www.rfc-editor.org/rfc/rfc3676#section-4.5',
      },
    ],
  },
  function* (subject) {
    const [by] = subject.claims('quote.verbatim-by');
    const [within] = subject.claims('quote.verbatim-in');
    const [signed] = subject.claims('quote.verbatim-signed');
    const senders = by?.value ?? 0;
    const verified = signed?.value ?? 0;
    const folders = within?.value ?? 0;
    if (!isMessage(subject) || !by || senders < 2) return;
    yield {
      statement: `is quoted word for word by ${senders} others in their replies, which lie in ${folders === 1 ? 'one folder' : `${folders} folders`}${signedReplies(verified)}`,
      about: [subject.artifact.id],
      rootCause: `quoted:${subject.artifact.id}`,
      // One file in one hand is quickly changed throughout; what two servers signed is not.
      strength: folders >= 2 || verified >= 2 ? 'moderate' : 'weak',
      evidence: [
        { claim: by, role: 'primary' },
        ...(signed ? [{ claim: signed, role: 'context' as const }] : []),
        ...(within ? [{ claim: within, role: 'context' as const }] : []),
      ],
    };
  },
);

import type { Claim } from '../../model/claim.ts';
import type { Cited } from '../../model/finding.ts';
import { artifactRule } from '../../model/rule.ts';
import { CLIENTS, LIBRARIES } from '../shared/mail-programs.data.ts';
import { isMessage } from '../shared/time.ts';
import { quoted } from '../shared/wording.ts';

/** Gmail's own interface for programs, by the name it writes into Received. */
const BY_API = /gmailapi\.google\.com|with HTTPREST/;

/** What a message says made it: a program that names itself, or a number that Gmail gives to what is written on its pages. */
interface Said {
  readonly name: string;
  readonly claim: Claim;
  /** Marks that can speak against it. */
  readonly marks: readonly Claim<'tool.message'>[];
}

function saidOf(mailers: readonly Claim<'tool.mailer'>[], marks: readonly Claim<'tool.message'>[], byApi: boolean): Said | null {
  for (const claim of mailers) {
    const client = CLIENTS.find(({ called }) => called.test(claim.value ?? ''));
    if (client) return { name: client.name, claim, marks };
  }
  const gmail = marks.find((m) => m.field === 'Message-ID' && m.value === 'gmail');
  return gmail && !byApi ? { name: "Gmail's own pages", claim: gmail, marks: marks.filter((m) => m !== gmail) } : null;
}

/** Catalogue G05. Positive marks only: what looks like nothing we know says nothing. */
export const clientFingerprintMismatch = artifactRule(
  {
    id: 'client-fingerprint-mismatch',
    catalogue: ['G05'],
    version: 1,
    title: 'Message names one mail program and bears the marks of another',
    proposition: 'fabricated',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: ['tool.mailer', 'tool.message', 'time.received', 'mark.relayed'],
    innocent: [
      {
        id: 'rebuilt',
        story: 'A list, a gateway or an archive took the message apart and put it together again, with a boundary of its own.',
        check: 'Other messages on that way have the same boundaries; the Message-ID is still that of the program named.',
      },
      {
        id: 'by-api',
        story: 'A program of the sender, a mail merge or a customer system sent it through the interface of the provider.',
        check: 'Received names the interface; other messages of that sender have the same marks.',
      },
      {
        id: 'imitation',
        story: 'Senders of mass mail name a common program to pass filters: the message was sent so, and is what arrived.',
        check: 'It is advertising or a lure; servers that the recipient trusts delivered it.',
      },
    ],
    references: [
      { title: 'Python: email.utils.make_msgid', url: 'https://docs.python.org/3/library/email.utils.html#email.utils.make_msgid' },
      {
        title: 'RFC 5322, Internet Message Format: identification fields',
        section: '3.6.4',
        url: 'https://www.rfc-editor.org/rfc/rfc5322#section-3.6.4',
      },
    ],
  },
  function* (subject) {
    if (!isMessage(subject)) return;
    const byApi = subject.claims('time.received').some((c) => BY_API.test(c.raw));
    const said = saidOf(subject.claims('tool.mailer'), subject.claims('tool.message'), byApi);
    if (!said) return;
    const isRelayed = subject.claims('mark.relayed').length > 0;
    const foreign = said.marks.filter((m) => LIBRARIES.has(m.value ?? '') && !(isRelayed && m.field === 'MIME boundary'));
    const [first, second] = foreign;
    if (!first) return;
    const both = second !== undefined && second.value === first.value;
    yield {
      statement:
        `names ${said.name} by its ${said.claim.field}, while its ${first.field}${both ? ` and its ${second.field} have` : ' has'} ` +
        `the shape that ${LIBRARIES.get(first.value ?? '') ?? ''} gives: ${quoted(first.raw)}`,
      strength: both ? 'moderate' : 'weak',
      about: [subject.artifact.id],
      rootCause: `client:${subject.artifact.id}`,
      evidence: [{ claim: said.claim, role: 'primary' }, ...foreign.map((claim): Cited => ({ claim, role: 'contradicts' }))],
    };
  },
);

import { nearDuplicateWithEdits } from '../../src/rules/corpus/near-duplicate-with-edits.ts';
import { address, number, text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const CHANGE = "'transfer 12,000' there, 'transfer 92,000' here";

interface Near {
  readonly kinds?: readonly string[];
  readonly places?: number;
  readonly words?: number;
  readonly key?: string;
}

/** What the examination says of a text that differs from that of `other`. */
const near = (key: string, other?: string, { kinds = ['amount'], places = 1, words = 120 }: Near = {}): TestClaim[] => [
  text('near.family', 'f'),
  text('near.text', key),
  ...(other === undefined
    ? []
    : [
        text('near.difference', CHANGE, { other }),
        ...kinds.map((k) => text('near.edit', k, { other })),
        number('near.places', places, { other }),
        number('near.words', words, { other }),
      ]),
];

const carrier = (name = 'mail.eml', ...more: TestClaim[]): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    address('party.from', 'Claire Moreau', 'claire@x.example'),
    address('party.to', 'Paul Petit', 'paul@y.example', { field: 'To' }),
    time('time.received', '2016-05-05T09:12:00Z', { field: 'Received' }),
    ...more,
  ],
});

interface File {
  readonly name?: string;
  readonly saved?: string;
  readonly by?: string;
  readonly created?: string;
  readonly near: TestClaim[];
  readonly mediaType?: string;
}

const claimsOf = ({ name = 'grant.docx', saved, by, created, near: said }: File): TestClaim[] => [
  text('name.file', name),
  text('party.author', 'Claire Moreau'),
  ...(created === undefined ? [] : [time('time.created', created)]),
  ...(saved === undefined ? [] : [time('time.modified', saved)]),
  ...(by === undefined ? [] : [text('party.last-author', by)]),
  ...said,
];
const attached = (said: File, inside: TestDoc = carrier()): TestDoc => ({ name: '2', inside, mediaType: DOCX, claims: claimsOf(said) });
const loose = (said: File, at = 'loose.docx'): TestDoc => ({ name: at, mediaType: said.mediaType ?? DOCX, claims: claimsOf(said) });

const A = attached({ saved: '2016-05-05T09:00:00Z', near: near('a') });
const LATE = '2017-03-27T12:41:00Z';
const edited = (more: Partial<File> & { readonly how?: Near } = {}): TestDoc => {
  const { how, ...file } = more;
  return loose({ saved: LATE, by: 'Egor Rozhkov', near: near('b', '2', how), ...file });
};
const head = 'differs in 1 place of 120 words, a number, from a text that';
const tail = `${CHANGE}; last saved 2017-03-27T12:41:00Z by 'Egor Rozhkov'`;

interface Mail {
  readonly id: string;
  readonly at?: string;
  readonly to?: string;
  readonly server?: boolean;
  readonly signed?: boolean;
  readonly near: TestClaim[];
}

const message = (name: string, m: Mail): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    text('id.message', m.id),
    address('party.from', 'Claire Moreau', 'claire@x.example'),
    address('party.to', '', m.to ?? 'paul@y.example', { field: 'To' }),
    time('time.sent', m.at ?? '2016-05-05T09:11:00Z'),
    ...(m.server === false ? [] : [time('time.received', '2016-05-05T09:12:00Z', { field: 'Received' })]),
    ...(m.signed ? [text('dkim.state', 'verified')] : []),
    ...m.near,
  ],
});
const delivered = message('a.eml', { id: '1@x.example', near: near('a') });
const made = (m: Partial<Mail> = {}): TestDoc => message('b.eml', { id: '2@x.example', server: false, near: near('b', 'a.eml'), ...m });

ruleTest(nearDuplicateWithEdits, {
  fires: {
    'a number changed by another hand after the mailing': {
      docs: [A, edited()],
      statements: [`${head} was mailed 2016-05-05T09:12:00Z: ${tail}`],
      about: [['loose.docx']],
      rootCauses: ['save:61826b5b64930da390ef4d1cbf9fc49a'],
      strengths: ['moderate'],
    },
    'by nobody it names, at no time': {
      docs: [A, { ...edited(), claims: [text('name.file', 'grant.docx'), ...near('b', '2')] }],
      statements: [`${head} was mailed 2016-05-05T09:12:00Z: ${CHANGE}; with no time of saving, by nobody it names`],
      strengths: ['weak'],
    },
    'in another format: softly': {
      docs: [A, edited({ mediaType: 'application/pdf', name: 'Grant.pdf' })],
      statements: [`${head} was mailed 2016-05-05T09:12:00Z: ${tail}`],
      strengths: ['weak'],
    },
    'mailed under a signature': {
      docs: [attached({ near: near('a') }, carrier('mail.eml', text('dkim.state', 'verified'))), edited()],
      statements: [`${head} was mailed 2016-05-05T09:12:00Z under a signature that verifies: ${tail}`],
      strengths: ['moderate'],
    },
    'a long message and a loose file that nothing else ties': {
      docs: [delivered, edited({ name: 'x.txt', near: near('b', 'a.eml') })],
      statements: [`${head} is a message of 2016-05-05T09:12:00Z: ${tail}`],
      about: [['loose.docx']],
      strengths: ['weak'],
    },
    'both loose, one origin': {
      docs: [
        loose({ saved: '2016-05-05T09:00:00Z', created: '2016-05-01T08:00:00Z', near: near('a') }, '2'),
        edited({ created: '2016-05-01T08:00:00Z' }),
      ],
      statements: [`${head} was last saved 2016-05-05T09:00:00Z: ${tail}`],
      about: [['loose.docx']],
      strengths: ['weak'],
    },
    'two messages of one minute, one of them never delivered': {
      docs: [delivered, made()],
      statements: [
        'says it was sent by the same sender to the same recipients in the same minute as a message that servers passed on, under another Message-ID, ' +
          `and differs from it in 1 place, a number: ${CHANGE}`,
      ],
      about: [['b.eml']],
      strengths: ['weak'],
    },
    'the other is signed': {
      docs: [message('a.eml', { id: '1@x.example', signed: true, near: near('a') }), made({ server: true })],
      statements: [
        'says it was sent by the same sender to the same recipients in the same minute as a message that bears a signature that verifies, under another Message-ID, ' +
          `and differs from it in 1 place, a number: ${CHANGE}`,
      ],
      strengths: ['moderate'],
    },
  },
  silent: {
    'honest twin: the recipient went on working': [A, edited({ by: 'Paul Petit' })],
    'later-version: by the author': [A, edited({ by: 'claire  moreau' })],
    'later-version: a draft, saved before the mailing': [A, edited({ saved: '2016-05-04T12:41:00Z' })],
    'later-version: saved within the minutes of the mailing': [A, edited({ saved: '2016-05-05T09:20:00Z' })],
    'later-version: the changed one was mailed as well': [
      A,
      { ...attached({ saved: LATE, by: 'Egor Rozhkov', near: near('b', '2') }, carrier('later.eml')), name: '3' },
    ],
    'series: another date beside another number': [A, edited({ how: { kinds: ['amount', 'date'], places: 2 } })],
    'series: more than four texts are alike': [A, edited(), ...['c', 'd', 'e'].map((k) => loose({ near: near(k) }, `${k}.docx`))],
    'series: the same sender on another day': [delivered, made({ at: '2016-06-05T09:11:00Z' })],
    'series: the same minute, another recipient': [delivered, made({ to: 'lea@z.example' })],
    'template: untied texts that differ in a name': [A, edited({ name: 'x.docx', how: { kinds: ['amount', 'name'] } })],
    'template: untied and short': [A, edited({ name: 'x.docx', how: { words: 60 } })],
    'corrected-and-resent: both were delivered': [delivered, made({ server: true })],
    'copies under one Message-ID are compared elsewhere': [delivered, made({ id: '1@x.example' })],
    'both loose under one name only': [loose({ saved: '2016-05-05T09:00:00Z', near: near('a') }, '2'), edited()],
    'other wording alone': [A, edited({ how: { kinds: ['words'] } })],
    'the same text': [A, loose({ saved: LATE, by: 'Egor Rozhkov', near: near('a') })],
    'a wall time is not compared with the mailing': [A, edited({ saved: '2017-03-27T12:41:00' })],
  },
});

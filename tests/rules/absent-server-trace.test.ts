import { absentServerTrace } from '../../src/rules/corpus/absent-server-trace.ts';
import { address, text, time, type TestClaim } from '../support/claims.ts';
import type { TestDoc } from '../support/memory-evidence.ts';
import { ruleTest } from '../support/rule-test.ts';

const OWNER = 'claire@campagne.example';
const PRINTER = 'paul@imprimerie.example';

interface Made {
  readonly from?: string;
  readonly to?: string;
  readonly date?: string;
  readonly trace?: readonly TestClaim[];
  readonly more?: readonly TestClaim[];
  readonly folder?: string;
}
const received = [time('time.received', '2017-03-01T10:00:02Z', { field: 'Received' })];

const mail = (
  name: string,
  { from = PRINTER, to = OWNER, date = '2017-03-01T10:00:00Z', trace = received, more = [], folder = 'inbox' }: Made = {},
): TestDoc => ({
  name,
  mediaType: 'message/rfc822',
  claims: [
    text('place.folder', folder),
    ...trace,
    time('time.sent', date, { field: 'Date' }),
    address('party.from', '', from),
    ...(to === '' ? [] : [address('party.to', '', to)]),
    ...more,
  ],
});
const inbox = (n: number, made: Made = {}): TestDoc[] => Array.from({ length: n }, (_, i) => mail(`m${String(i).padStart(3, '0')}`, made));
const bare = (made: Made = {}): TestDoc => mail('odd', { trace: [], date: '2017-03-02T09:00:00Z', ...made });

ruleTest(absentServerTrace, {
  fires: {
    'one of many, from a sender whose other messages have a trace': {
      docs: [...inbox(220), bare()],
      statements: [
        "lies among 221 messages that servers delivered, all but 0.5 % of them with a trace of it, and has none: no Received, no Return-Path, no Delivered-To; it says 'paul@imprimerie.example' sent it 2017-03-02T09:00:00Z, from whom other messages of the folder came through servers",
      ],
      strengths: ['moderate'],
      about: [['odd']],
    },
    'a smaller folder, an unknown sender': {
      docs: [...inbox(60), bare({ from: 'x@elsewhere.example' })],
      statements: [
        "lies among 61 messages that servers delivered, all but 1.6 % of them with a trace of it, and has none: no Received, no Return-Path, no Delivered-To; it says 'x@elsewhere.example' sent it 2017-03-02T09:00:00Z",
      ],
      strengths: ['weak'],
    },
  },
  silent: {
    'honest twin': [...inbox(220), mail('odd', { date: '2017-03-02T09:00:00Z' })],
    'honest twin: a Return-Path is a trace': [...inbox(220), bare({ trace: [address('party.return-path', '', PRINTER)] })],
    'own-message: filed by the owner': [...inbox(220), bare({ from: OWNER, to: PRINTER })],
    'own-message: labelled as sent': [...inbox(220), bare({ more: [text('place.label', 'Sent')] })],
    'own-message: a draft without a recipient': [...inbox(220), bare({ to: '' })],
    'own-message: a folder of drafts': [...inbox(220, { folder: 'Drafts' }), bare({ folder: 'Drafts' })],
    'same-server: a colleague': [...inbox(220), bare({ from: 'marc@campagne.example' })],
    'moved-in: older than all others': [...inbox(220), bare({ date: '2009-03-02T09:00:00Z' })],
    'no-mail: a tenth of the folder has none': [...inbox(220), ...Array.from({ length: 22 }, (_, i) => ({ ...bare(), name: `odd${i}` }))],
    'a folder too small to tell': [...inbox(40), bare()],
    'nobody owns the folder': [...inbox(220).map((d, i) => mail(d.name, { to: `user${i % 9}@campagne.example` })), bare()],
  },
});

import { isMessage } from '../../model/enclosing.ts';
import type { Cited, FindingDraft } from '../../model/finding.ts';
import { corpusRule } from '../../model/rule.ts';
import type { Strength } from '../../model/rule-meta.ts';
import { comparable } from '../shared/message-copies.ts';
import {
  anchorOf,
  anchorRank,
  bestOf,
  type Edited,
  editedFrom,
  handOf,
  type Holder,
  isHandOf,
  mailedAt,
  NEAR_ATTRIBUTES,
  peopleOf,
  savedAt,
  type Text,
  textsOf,
  tiesOf,
} from '../shared/near-texts.ts';
import { instants, MINUTE_MS, savingOf, written } from '../shared/time.ts';
import { counted, listed, quoted } from '../shared/wording.ts';

/** More different texts that are nearly alike are a series or a form, whatever ties two of them. */
const MOST_TEXTS = 4;
const MOST_MEMBERS = 256;
/** Programs save and send within minutes; clocks of two machines differ. */
const TOLERANCE_MS = 10 * MINUTE_MS;
/** From here on equal wording is no chance: of texts that nothing else ties. */
const LONG_TEXT_WORDS = 80;
const MOST_PLACES_UNTIED = 2;

const LOADED = ['account', 'amount', 'date', 'address', 'negation', 'banner', 'name'] as const;
/** What serial letters and reports exchange from one to the next. */
const SERIAL = ['date', 'address', 'name', 'words'] as const;

const names: Readonly<Record<string, string>> = {
  account: 'an account',
  amount: 'a number',
  date: 'a date',
  address: 'an address',
  negation: 'a negation',
  banner: 'a banner of secrecy',
  name: 'a name',
};
const kindsIn = ({ kinds }: Edited): string => listed(LOADED.filter((k) => kinds.has(k)).map((k) => names[k] ?? k));
const has = ({ kinds }: Edited, any: readonly string[]): boolean => any.some((k) => kinds.has(k));

interface Pair {
  readonly odd: Text;
  readonly from: Text;
  readonly edited: Edited;
  readonly alone: boolean;
}

/** Whether the order of the two and the hand that saved the later speak of more than work going on; of the record, not the text. */
function isUnexplained({ odd, from, edited }: Pair, tied: boolean): boolean {
  const [s, a] = [bestOf(odd), bestOf(from)];
  if (!isLater(s, a) || isHandOf(handOf(s), peopleOf(from.holders))) return false;
  // Another date beside another number: the report of the next month.
  return tied || !edited.kinds.has('date') || edited.places === 1;
}

/** Nothing but the words ties them: long, few places, and none of what serial letters exchange. */
const isSameWording = ({ edited, alone }: Pair): boolean =>
  alone && !has(edited, SERIAL) && edited.places <= MOST_PLACES_UNTIED && edited.words >= LONG_TEXT_WORDS;

/** How far a loose document that differs from an anchored text may count; null for silence. */
function strengthOf(pair: Pair): Strength | null {
  const [s, a] = [bestOf(pair.odd), bestOf(pair.from)];
  if (isMessage(s) || anchorOf(s) !== 'loose') return null;
  const ties = isMessage(a) ? { name: false, origin: false } : tiesOf(s, a);
  if (!isUnexplained(pair, ties.origin)) return null;
  const isNamed = handOf(s) !== undefined;
  // Both lie loose: only what is one document by its own record, and edited by a hand that is named.
  if (anchorOf(a) === 'loose') return ties.origin && ties.name && isNamed ? 'weak' : null;
  if (ties.origin || ties.name) return isNamed && savedAt(s) !== null && s.artifact.mediaType === a.artifact.mediaType ? 'moderate' : 'weak';
  return anchorOf(a) !== 'mailed' && isSameWording(pair) ? 'weak' : null;
}

/** A loose document saved before the other one was mailed, or saved, is its draft. Silent where its clock has no zone; where it has no clock, not known. */
function isLater(s: Holder, a: Holder): boolean {
  const [saved, mailed] = [savedAt(s), mailedAt(a) ?? savedAt(a)];
  if (mailed === null || (saved === null && s.claims('time.modified').length > 0)) return false;
  return saved === null ? anchorOf(a) !== 'loose' : saved.at - mailed.at > TOLERANCE_MS;
}

function anchorWords(a: Holder): string {
  const mailed = mailedAt(a);
  if (mailed === null) {
    const saved = savedAt(a);
    return saved ? `was last saved ${written(saved)}` : 'lies beside it';
  }
  const signed = anchorOf(a) === 'signed' ? ' under a signature that verifies' : '';
  return isMessage(a) ? `is a message of ${written(mailed)}${signed}` : `was mailed ${written(mailed)}${signed}`;
}

function savingWords(s: Holder): string {
  const [saved, hand] = [savedAt(s), handOf(s)];
  return `${saved ? `last saved ${written(saved)}` : 'with no time of saving'}${hand ? ` by ${quoted(hand.value ?? '')}` : ', by nobody it names'}`;
}

function documentFinding(pair: Pair): FindingDraft | null {
  const strength = strengthOf(pair);
  if (strength === null) return null;
  const { odd, from, edited } = pair;
  const [s, a] = [bestOf(odd), bestOf(from)];
  const context = [mailedAt(a)?.claim, savedAt(s)?.claim, handOf(s)].filter((c) => c !== undefined);
  const evidence: [Cited, ...Cited[]] = [
    { claim: edited.difference, role: 'primary' },
    ...a.claims('near.text').map((claim): Cited => ({ claim, role: 'contradicts', note: 'the text it differs from' })),
    ...context.map((claim): Cited => ({ claim, role: 'context' })),
  ];
  return {
    statement:
      `differs in ${counted(edited.places, 'place')} of ${counted(edited.words, 'word')}, ${kindsIn(edited)}, from a text that ${anchorWords(a)}: ` +
      `${edited.difference.value ?? ''}; ${savingWords(s)}`,
    about: [s.artifact.id],
    rootCause: savingOf(s),
    strength,
    evidence,
    ruledOut: [{ innocent: 'series', because: 'few texts of the corpus are like it, and the places that differ are few' }],
  };
}

const recipients = (h: Holder): boolean => h.claims('party.to').length > 0;
const sentAt = (h: Holder): number | null => instants(h.claims('time.sent'))[0]?.at ?? null;

/** Two messages that claim to be one: sender, recipients and the minute agree, their ids do not. */
function isOneMessage(s: Holder, a: Holder): boolean {
  const [idS, idA] = [s.claims('id.message')[0]?.value, a.claims('id.message')[0]?.value];
  if (!isMessage(s) || !isMessage(a) || idS === undefined || idA === undefined || idS === idA) return false;
  if ((s.claims('party.from')[0]?.value?.mailbox ?? '') === '' || !recipients(s) || !recipients(a)) return false;
  return sentAt(s) !== null && sentAt(a) !== null && comparable(s, a);
}

function messageFinding({ odd, from, edited }: Pair): FindingDraft | null {
  const [s, a] = [bestOf(odd), bestOf(from)];
  const [rankS, rankA] = [anchorRank(anchorOf(s)), anchorRank(anchorOf(a))];
  if (rankS >= rankA || !isOneMessage(s, a)) return null;
  const sent = s.claims('time.sent')[0];
  return {
    statement:
      `says it was sent by the same sender to the same recipients in the same minute as a message that ` +
      `${anchorOf(a) === 'signed' ? 'bears a signature that verifies' : 'servers passed on'}, under another Message-ID, and differs from it in ` +
      `${counted(edited.places, 'place')}, ${kindsIn(edited)}: ${edited.difference.value ?? ''}`,
    about: [s.artifact.id],
    rootCause: `twin:${a.artifact.id}`,
    strength: anchorOf(a) === 'signed' ? 'moderate' : 'weak',
    evidence: [
      { claim: edited.difference, role: 'primary' },
      ...a.claims('id.message').map((claim): Cited => ({ claim, role: 'contradicts', note: 'the message it differs from' })),
      ...(sent ? [{ claim: sent, role: 'context' } as const] : []),
    ],
    ruledOut: [{ innocent: 'series', because: 'sender, recipients and minute are the same' }],
  };
}

/** The best anchored of those it differs from speaks. */
function strongest(findings: readonly FindingDraft[]): FindingDraft | undefined {
  return findings.find((f) => f.strength === 'moderate') ?? findings[0];
}

function* findingsIn(texts: readonly Text[]): Iterable<FindingDraft> {
  for (const odd of texts) {
    const found: FindingDraft[] = [];
    for (const from of texts) {
      const edited = from === odd ? null : editedFrom(odd, from);
      if (!edited || !has(edited, LOADED)) continue;
      const pair = { odd, from, edited, alone: texts.length === 2 };
      const finding = messageFinding(pair) ?? documentFinding(pair);
      if (finding) found.push(finding);
    }
    const best = strongest(found);
    if (best) yield best;
  }
}

/** Catalogue J01. Rests on the examination `near-duplicates`. */
export const nearDuplicateWithEdits = corpusRule(
  {
    id: 'near-duplicate-with-edits',
    catalogue: ['J01', 'J03'],
    version: 1,
    title: 'Text is nearly the same as an earlier or mailed one, and differs in a number, a name, a date or a negation',
    proposition: 'altered',
    direction: 'against',
    strength: 'moderate',
    grounds: 'heuristic',
    status: 'uncalibrated',
    since: '0.1.0',
    reads: NEAR_ATTRIBUTES,
    innocent: [
      {
        id: 'later-version',
        story: 'People went on working on the document; the loose one is a later version, or an earlier draft.',
        check: 'Its last author is among those who wrote, sent or received the other; later mail carries the newer version.',
      },
      {
        id: 'template',
        story: 'Both were made from one form, contract or standard letter, for two different matters.',
        check: 'What differs is what a form leaves open: names, dates, sums, all at once; other texts of the same form exist.',
      },
      {
        id: 'series',
        story: 'Reports, invoices or letters of a series: one a month, or one for each recipient.',
        check: 'The dates in the text differ as well; the recipients differ; there are more of them.',
      },
      {
        id: 'corrected-and-resent',
        story: 'The sender noticed a mistake, corrected it and sent the message again at once.',
        check: 'Both versions reached a recipient; the later one, or an answer, mentions the correction.',
      },
      {
        id: 'misread',
        story: 'One of the two is a scan or a conversion, and characters were misread or left out.',
        check: 'The file was made by a scanner or converter; what differs looks alike in print: 1 and 7, 3 and 8.',
      },
    ],
    references: [
      {
        title: 'A. Z. Broder, On the resemblance and containment of documents, 1997',
        url: 'https://www.cs.princeton.edu/courses/archive/spring13/cos598C/broder97resemblance.pdf',
      },
      {
        title: 'A. Hulcoop et al., Tainted Leaks: Disinformation and Phishing With a Russian Nexus, Citizen Lab 2017',
        url: 'https://citizenlab.ca/2017/05/tainted-leaks-disinformation-phish/',
      },
    ],
  },
  async function* (evidence) {
    for await (const group of evidence.groups('near.family', 2)) {
      const members: Holder[] = [];
      for await (const member of group.members) if (members.push(member) >= MOST_MEMBERS) break;
      const texts = textsOf(members);
      if (texts.length >= 2 && texts.length <= MOST_TEXTS) yield* findingsIn(texts);
    }
  },
);

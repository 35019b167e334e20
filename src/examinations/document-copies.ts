import type { Attribute } from '../model/attribute.ts';
import type { Claim } from '../model/claim.ts';
import { carrierOf, isMessage } from '../model/enclosing.ts';
import type { Subject } from '../model/evidence.ts';
import { examination, type ExaminationProblem, type ExaminedEvidence, type Observation } from '../model/examination.ts';
import { signedWhole } from '../model/signed-whole.ts';
import { deliveryOf } from './shared/delivery.ts';
import { compareText, type TextComparison } from './shared/document-text.ts';

const READS = [
  'name.file',
  'id.document',
  'time.created',
  'party.author',
  'content.bytes',
  'content.text',
  'time.received',
  'time.sent',
  'time.modified',
  'party.last-author',
  'dkim.state',
  'dkim.signer',
] as const;
type Read = (typeof READS)[number];

/** The attribute's field, by which rules tell these claims from those about messages. */
const DOCUMENT_COPY = 'copy of document';

/** Documents of one name, or one creation time, that are compared pair by pair; more are a name that says nothing. */
const MOST_ALIKE = 50;
/** Without a second tie, two files of one name are copies only if so much of their text is equal. */
const SAME_TEXT_SHARE = 0.5;
const SAME_TEXT_PASSAGES = 5;

const isDocument = (s: Subject<Read>): boolean => s.artifact.document === s.artifact.id && !isMessage(s) && s.artifact.size > 0;

/** 'xls' and 'xlsx' hold the same spreadsheet; a picture is never a copy of a text. */
function familyOf(mediaType: string): string {
  if (/spreadsheet|ms-excel/.test(mediaType)) return 'spreadsheet';
  if (/wordprocessing|msword|ms-word/.test(mediaType)) return 'text';
  if (/presentation|powerpoint/.test(mediaType)) return 'slides';
  return mediaType;
}

const valueOf = (s: Subject<Read>, attribute: Read): string | undefined => {
  const value = s.claims(attribute)[0]?.value;
  return value === undefined || value === null ? undefined : JSON.stringify(value);
};

const share = (s: Subject<Read>, t: Subject<Read>, attribute: Read): boolean => {
  const value = valueOf(s, attribute);
  return value !== undefined && value === valueOf(t, attribute);
};

/** What besides the text says that two files are one document: each of these alone is shared by strangers every day. */
const tiesOf = (s: Subject<Read>, t: Subject<Read>): number =>
  (['name.file', 'id.document', 'time.created', 'party.author'] as const).filter((attribute) => share(s, t, attribute)).length;

function isCopy(ties: number, text: TextComparison): boolean {
  if (ties >= 2) return text.equal > 0 || text.different <= SAME_TEXT_PASSAGES;
  return text.equal >= SAME_TEXT_PASSAGES && text.equal / (text.equal + text.different) >= SAME_TEXT_SHARE;
}

function mailedAt(mailed: Subject<Read>): Claim<'time.received' | 'time.sent'> | null {
  const carrier = carrierOf(mailed);
  return carrier && deliveryOf(carrier);
}

/** What the mailed copy and its message say, put beside the loose one: a rule about the loose one reads it there. */
function* fromTheOther(loose: Subject<Read>, mailed: Subject<Read>): Iterable<Observation> {
  const said = (attribute: 'copy.mailed' | 'copy.saved' | 'copy.saved-by', c: Claim | null | undefined): Observation[] =>
    c
      ? [
          {
            about: loose.artifact.id,
            claim: { basis: 'observed', attribute, field: `${c.field} of the mailed copy`, raw: c.raw, value: c.value, locator: c.locator },
            other: { artifact: c.artifact, locator: c.locator },
          },
        ]
      : [];
  yield* said('copy.mailed', mailedAt(mailed));
  yield* said('copy.saved', mailed.claims('time.modified')[0]);
  yield* said('copy.saved-by', mailed.claims('party.last-author')[0]);
  const carrier = carrierOf(mailed);
  const signature = carrier && signedWhole(carrier);
  if (!signature) return;
  const signer = carrier.claims('dkim.signer').find((c) => JSON.stringify(c.locator) === JSON.stringify(signature.locator))?.value ?? '';
  yield {
    about: loose.artifact.id,
    claim: {
      basis: 'observed',
      attribute: 'copy.signed',
      field: `signature of ${signer} over the mailed copy`.slice(0, 300),
      raw: signature.raw,
      value: signature.value,
      locator: signature.locator,
    },
    other: { artifact: signature.artifact, locator: signature.locator },
  };
}

function observation(
  about: Subject<Read>,
  other: Subject<Read>,
  anchor: Claim,
  attribute: 'copy.relation' | 'copy.difference',
  value: string,
): Observation {
  return {
    about: about.artifact.id,
    claim: { basis: 'observed', attribute, field: DOCUMENT_COPY, raw: value.slice(0, 1024), value, locator: anchor.locator },
    other: { artifact: other.artifact.id, locator: anchor.locator },
  };
}

async function* compared(evidence: ExaminedEvidence<Read>, loose: Subject<Read>, mailed: Subject<Read>): AsyncIterable<Observation> {
  const ties = tiesOf(loose, mailed);
  const [anchor] = loose.claims('content.bytes');
  const [here] = loose.claims('content.text');
  const [there] = mailed.claims('content.text');
  if (!anchor || !here || !there || familyOf(loose.artifact.mediaType) !== familyOf(mailed.artifact.mediaType)) return;
  const same = here.value === there.value;
  if (same && ties < 1) return;
  const text = compareText(await evidence.passages(mailed.artifact.id), await evidence.passages(loose.artifact.id));
  if (text === null || (!same && !isCopy(ties, text))) return;
  yield observation(loose, mailed, anchor, 'copy.relation', same || text.different === 0 ? 'same-content' : 'different-content');
  yield {
    about: loose.artifact.id,
    claim: {
      basis: 'observed',
      attribute: 'copy.equal-passages',
      field: DOCUMENT_COPY,
      raw: String(text.equal),
      value: text.equal,
      locator: anchor.locator,
    },
    other: { artifact: mailed.artifact.id, locator: anchor.locator },
  };
  yield* fromTheOther(loose, mailed);
  if (text.different > 0)
    yield observation(loose, mailed, anchor, 'copy.difference', `${text.different} of ${text.equal + text.different} passages: ${text.words}`);
}

interface Alike {
  readonly loose: Subject<Read>[];
  readonly mailed: Subject<Read>[];
  readonly cut: boolean;
}

/** Whether the message around it is known to be as it was signed. */
function isSigned(mailed: Subject<Read>): boolean {
  const carrier = carrierOf(mailed);
  return carrier !== null && signedWhole(carrier) !== undefined;
}

async function divided(members: AsyncIterable<Subject<Read>>): Promise<Alike> {
  const loose: Subject<Read>[] = [];
  const mailed: Subject<Read>[] = [];
  let cut = false;
  for await (const member of members) {
    if (!isDocument(member)) continue;
    const side = carrierOf(member) === null ? loose : mailed;
    // The same attachment in ten mailboxes is one document; of its copies the one in a message that verifies tells most.
    const known = side === mailed ? side.findIndex((s) => s.artifact.sha256 === member.artifact.sha256) : -1;
    if (known !== -1) {
      if (isSigned(member) && !side.some((s) => s.artifact.sha256 === member.artifact.sha256 && isSigned(s))) side[known] = member;
      continue;
    }
    if (side.length === MOST_ALIKE) cut = true;
    else side.push(member);
  }
  return { loose, mailed, cut };
}

/** Each pair once, whichever of its ties brought it together; equal bytes need no comparison. */
function* pairs(loose: readonly Subject<Read>[], mailed: readonly Subject<Read>[], done: Set<string>): Iterable<[Subject<Read>, Subject<Read>]> {
  for (const s of loose) {
    for (const t of mailed) {
      const pair = `${s.artifact.id}|${t.artifact.id}`;
      if (s.artifact.sha256 === t.artifact.sha256 || done.has(pair)) continue;
      done.add(pair);
      yield [s, t];
    }
  }
}

/**
 * Is a file that lies about loose one that was also sent by mail, and does it still say the same? Emits, on the loose one,
 * copy.relation with the mailed one as the other end; copy.difference and copy.equal-passages where the bytes differ. Holds the
 * passages of two documents at a time.
 */
export const documentCopies = examination({
  id: 'document-copies',
  version: 2,
  reads: READS,
  async *examine(evidence): AsyncIterable<Observation | ExaminationProblem> {
    for await (const group of evidence.groups('content.bytes', 2)) {
      const { loose, mailed } = await divided(group.members);
      const [other] = mailed;
      for (const s of other ? loose : []) {
        const [anchor] = s.claims('content.bytes');
        if (!anchor || !other) continue;
        yield observation(s, other, anchor, 'copy.relation', 'same-bytes');
        yield* fromTheOther(s, other);
      }
    }
    const done = new Set<string>();
    for (const attribute of ['name.file', 'id.document', 'time.created'] as const satisfies readonly Attribute[]) {
      for await (const group of evidence.groups(attribute, 2)) {
        const { loose, mailed, cut } = await divided(group.members);
        const [first] = loose;
        if (!first || mailed.length === 0) continue;
        if (cut)
          yield {
            about: first.artifact.id,
            problem: {
              code: 'limit-exceeded',
              message: `more than ${MOST_ALIKE} documents share this ${attribute}; the first ${MOST_ALIKE} were compared`,
            },
          };
        for (const [s, t] of pairs(loose, mailed, done)) yield* compared(evidence, s, t);
      }
    }
  },
});

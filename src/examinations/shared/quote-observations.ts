import type { AttributeOf } from '../../model/attribute.ts';
import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { Observation } from '../../model/examination.ts';
import { differenceInWords } from './quote-difference.ts';
import { type Reply, senderOf, witnesses } from './quote-witnesses.ts';
import type { QuotableBody } from './quoted-blocks.ts';

/** Share of the original's own words that must be repeated for a quotation to vouch for it. */
const MOST_OF_IT = 0.8;
/** Too few words to vouch for. */
const LEAST_OWN_WORDS = 12;

/** The field by which rules tell these claims from those of other examinations. */
const FIELD = 'quotation';

type Message = Subject<'id.message' | 'party.from'>;

/** One text that copies of the original bear, the first of them at the head. */
export interface Version {
  readonly message: Message;
  readonly id: Claim<'id.message'>;
  readonly copies: Message[];
  readonly bodies: readonly QuotableBody[];
}

/** What one reply quotes of one version: first that it does. */
export function* observedOf(reply: Reply, nth: number, version: Version, replies: readonly Reply[]): Iterable<Observation> {
  const quotation = reply.quotations[nth];
  if (!quotation) return;
  const at = { about: reply.about, other: { artifact: version.message.artifact.id, locator: quotation.there } };
  const said = { basis: 'observed', field: FIELD, locator: quotation.here } as const;
  const { relation, differences } = quotation;
  const id = version.id.value ?? '';
  yield { ...at, claim: { ...said, attribute: 'quote.of', raw: id.slice(0, 1024), value: id } };
  yield { ...at, claim: { ...said, attribute: 'quote.relation', raw: relation, value: relation } };
  const [difference] = differences;
  if (!difference) return;
  const words = differenceInWords(difference);
  yield { ...at, claim: { ...said, attribute: 'quote.difference', raw: words, value: words } };
  const count = (attribute: AttributeOf<'number'>, n: number): Observation => ({ ...at, claim: { ...said, attribute, raw: String(n), value: n } });
  const kept = witnesses(replies, ({ quotations: all }) => {
    const q = all[nth];
    return q?.kind === quotation.kind && q.covers(difference.at);
  });
  const alike = witnesses(replies, ({ quotations: all }) => all[nth]?.differences.some((d) => differenceInWords(d) === words) ?? false);
  yield count('quote.with-original', kept.all);
  yield count('quote.with-quotation', alike.all);
  if (kept.signed > 0) yield count('quote.with-original-signed', kept.signed);
  if (alike.signed > 0) yield count('quote.with-quotation-signed', alike.signed);
}

/** How many others quote a version unchanged, on each copy of it. */
export function* vouchedFor(nth: number, version: Version, replies: readonly Reply[]): Iterable<Observation> {
  if (!version.bodies.some((b) => b.words.filter((w) => w.own).length >= LEAST_OWN_WORDS)) return;
  const author = senderOf(version.message);
  const vouches = (r: Reply): boolean => {
    const q = r.quotations[nth];
    return (
      r.sender !== author && q !== null && q !== undefined && (q.relation === 'verbatim' || q.relation === 'trimmed') && q.coverage >= MOST_OF_IT
    );
  };
  const found = witnesses(replies, vouches);
  const example = replies.find((r) => r.sender !== '' && vouches(r));
  if (!example) return;
  const folders = new Set(replies.filter((r) => r.sender !== '' && vouches(r)).map((r) => r.folder));
  const at = {
    other: { artifact: example.about, locator: example.quotations[nth]?.here ?? version.id.locator },
  };
  for (const copy of version.copies) {
    const id = copy.claims('id.message').find((c) => c.value === version.id.value) ?? version.id;
    const said = { basis: 'observed', field: FIELD, locator: id.locator } as const;
    const about = copy.artifact.id;
    yield { ...at, about, claim: { ...said, attribute: 'quote.verbatim-by', raw: String(found.all), value: found.all } };
    if (found.signed > 0)
      yield { ...at, about, claim: { ...said, attribute: 'quote.verbatim-signed', raw: String(found.signed), value: found.signed } };
    yield { ...at, about, claim: { ...said, attribute: 'quote.verbatim-in', raw: String(folders.size), value: folders.size } };
  }
}

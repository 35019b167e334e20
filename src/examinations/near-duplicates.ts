import type { ClaimDraft } from '../model/claim.ts';
import { examination, type ExaminedEvidence, type HeldText, type Observation } from '../model/examination.ts';
import { Boilerplate } from './shared/boilerplate.ts';
import { type Compared, type Member, memberOf, nearlyAlike } from './shared/near-text.ts';
import { MOST_TEXTS } from './shared/families.ts';
import { ownText } from './shared/own-text.ts';
import { Shingler } from './shared/shingles.ts';
import { TextClasses, type TextFamily } from './shared/text-classes.ts';

/** Every so many-th text is looked at to learn what is boilerplate. */
const SAMPLED = 8;
/** Different texts of a family that are compared with one another: more are a template, a newsletter, a series of reports. */
const MOST_COMPARED = 8;
/** Artifacts of one text that are told. */
const MOST_HOLDERS = 64;
/** Texts and words that are in memory at once while families are compared. */
const BATCH_TEXTS = 256;
const BATCH_WORDS = 4_000_000;

async function learn(evidence: ExaminedEvidence<never>, shingler: Shingler): Promise<Boilerplate> {
  const boilerplate = new Boilerplate();
  for await (const { passages } of evidence.texts(SAMPLED)) {
    const said = ownText(passages);
    if (said === null) continue;
    const { key, hashes } = shingler.cut(said.text);
    boilerplate.add(key, hashes);
  }
  return boilerplate;
}

const positionsOf = (family: TextFamily): number[] => family.texts.flatMap((t) => t.positions);

function* batches(families: Iterable<TextFamily>): Iterable<TextFamily[]> {
  let batch: TextFamily[] = [];
  let [texts, words] = [0, 0];
  for (const family of families) {
    batch.push(family);
    texts += positionsOf(family).length;
    words += family.texts.reduce((sum, t) => sum + t.words * t.positions.length, 0);
    if (texts < BATCH_TEXTS && words < BATCH_WORDS) continue;
    yield batch;
    batch = [];
    [texts, words] = [0, 0];
  }
  if (batch.length > 0) yield batch;
}

const said = (attribute: ClaimDraft['attribute'], value: string | number, at: Member): ClaimDraft => ({
  basis: 'observed',
  attribute,
  field: 'nearly the same text',
  raw: String(value).slice(0, 1024),
  value,
  locator: at.address,
});

function* membership(members: readonly (readonly Member[])[], size: number): Iterable<Observation> {
  const [[first] = []] = members;
  if (!first) return;
  yield { about: first.artifact, claim: said('near.family-size', size, first) };
  for (const text of members)
    for (const m of text) {
      yield { about: m.artifact, claim: said('near.family', first.artifact, m) };
      yield { about: m.artifact, claim: said('near.text', text[0]?.artifact ?? '', m) };
    }
}

function* differences(here: Member, there: Member, words: string, compared: Compared): Iterable<Observation> {
  const other = { artifact: there.artifact, locator: there.address };
  const told: [ClaimDraft['attribute'], string | number][] = [
    ['near.difference', words],
    ...compared.edits.map((e): [ClaimDraft['attribute'], string] => ['near.edit', e]),
    ['near.places', compared.places],
    ['near.words', compared.words],
  ];
  for (const [attribute, value] of told) yield { about: here.artifact, claim: said(attribute, value, here), other };
}

function* compareAll(texts: readonly Member[], boilerplate: Boilerplate, shingler: Shingler): Iterable<Observation> {
  for (const [j, here] of texts.entries())
    for (const there of texts.slice(0, j)) {
      const compared = nearlyAlike(there, here, boilerplate, shingler);
      if (!compared) continue;
      yield* differences(there, here, compared.there, compared);
      yield* differences(here, there, compared.here, compared);
    }
}

function* told(family: TextFamily, held: ReadonlyMap<number, HeldText>, boilerplate: Boilerplate, shingler: Shingler): Iterable<Observation> {
  const members = family.texts
    .map(({ positions }) => positions.flatMap((p) => memberOf(held.get(p))).slice(0, MOST_HOLDERS))
    .filter((m) => m.length > 0);
  yield* membership(members, family.size);
  const firsts = members.flatMap(([m]) => m ?? []);
  if (family.size <= MOST_COMPARED) yield* compareAll(firsts, boilerplate, shingler);
}

/**
 * Texts that are nearly alike, over mail and documents: five-word shingles without boilerplate, MinHash, locality-sensitive
 * hashing; then, in families of at most eight different texts, a comparison word by word. Emits near.family and near.text on all
 * of a family, and near.difference with near.edit where few places differ. Larger families are newsletters
 * and forms: their size is told, they are not compared. Time grows with the amount of text, memory with
 * 150 bytes a text. Signatures are made here and not while reading, because what is boilerplate shows only in the whole.
 */
export const nearDuplicates = examination({
  id: 'near-duplicates',
  version: 1,
  reads: [],
  async *examine(evidence) {
    const shingler = new Shingler();
    const boilerplate = await learn(evidence, shingler);
    const classes = new TextClasses();
    for await (const { position, passages } of evidence.texts()) {
      const own = ownText(passages);
      if (own !== null) classes.add(position, shingler.cut(own.text), boilerplate);
    }
    for (const batch of batches(classes.families(MOST_COMPARED))) {
      const held = new Map((await evidence.textsAt(batch.flatMap(positionsOf))).map((t) => [t.position, t]));
      for (const family of batch) yield* told(family, held, boilerplate, shingler);
    }
    const beyond = classes.beyond;
    if (beyond !== null) {
      const [held] = await evidence.textsAt([beyond]);
      const [about] = held?.artifacts ?? [];
      if (about !== undefined)
        yield {
          about,
          problem: { code: 'limit-exceeded', message: `more than ${MOST_TEXTS} different texts; this one and those after it were not compared` },
        };
    }
  },
});

import type { Claim } from '../model/claim.ts';
import { isMessage } from '../model/enclosing.ts';
import type { Evidence } from '../model/evidence.ts';
import { examination, type ExaminationProblem, type Observation } from '../model/examination.ts';
import { isDefaultName } from '../model/constants.data.ts';
import { addSpelling, clusterNames, type Identities, type Identity, type Occurrence, type Spelling } from './shared/name-clusters.ts';
import { parseName, type PersonalName } from './shared/personal-name.ts';
import { collapse } from './shared/transliterate.ts';

const READS = ['party.last-author', 'party.author', 'party.from', 'party.to'] as const;
type Read = (typeof READS)[number];

/** Distinct last authors kept: some two kilobytes each with their keys, and no organisation has more. */
const MAX_NAMES = 50_000;
/** Contents told apart for one name: beyond that it is not rare, and every document counts. */
const MAX_CONTENTS = 1_000;
/** Other spellings named with one document. */
const MAX_CITED = 3;
/** Addresses of one header set in which names are looked for one by one; a longer list is a newsletter's. */
const MAX_RECIPIENTS = 500;

const occurrenceOf = (claim: Claim, raw: string, name: PersonalName): Occurrence => ({
  raw,
  folded: name.folded,
  artifact: claim.artifact,
  locator: claim.locator,
});

/** Every distinct last author. Copies of one file count once. */
async function lastAuthors(evidence: Evidence<Read>): Promise<{ readonly spellings: Spelling[]; readonly firstLeftOut: Claim | null }> {
  const spellings: Spelling[] = [];
  let firstLeftOut: Claim | null = null;
  for await (const { value, members } of evidence.groups('party.last-author', 1)) {
    const name = parseName(value);
    if (!name) continue;
    const contents = new Set<string>();
    let beyond = 0;
    let first: Claim | undefined;
    for await (const document of members) {
      if (isMessage(document)) continue;
      first ??= document.claims('party.last-author').find((c) => c.value === value);
      if (contents.size < MAX_CONTENTS) contents.add(document.artifact.sha256);
      else beyond++;
    }
    if (!first) continue;
    if (spellings.length < MAX_NAMES) spellings.push({ name, first: occurrenceOf(first, value, name), documents: contents.size + beyond });
    else firstLeftOut ??= first;
  }
  return { spellings, firstLeftOut };
}

/** Marks the identities that a name elsewhere stands for. Anything akin is enough to be known; only the same is a spelling. */
function meet(identities: Identities, found: Occurrence, name: PersonalName, as: 'address' | 'author'): void {
  for (const { id, relation } of identities.index.related(name)) {
    const identity = identities.of[id];
    if (!identity) continue;
    identity.knownAs = as;
    if (relation === 'same') addSpelling(identity, found);
  }
}

async function meetAuthors(evidence: Evidence<Read>, identities: Identities): Promise<void> {
  for await (const { value, members } of evidence.groups('party.author', 1)) {
    for await (const document of members) {
      const claim = document.claims('party.author').find((c) => c.value === value);
      // Several authors stand in one field, parted by semicolons.
      for (const part of claim ? value.slice(0, 1000).split(';') : []) {
        const name = parseName(part);
        if (name && claim) meet(identities, occurrenceOf(claim, part.trim(), name), name, 'author');
      }
      break;
    }
  }
}

async function meetAddresses(evidence: Evidence<Read>, identities: Identities, attribute: 'party.from' | 'party.to'): Promise<void> {
  for await (const { value, members } of evidence.groups(attribute, 1)) {
    const seen = new Set<string>();
    const local = value.mailbox.split('@')[0] ?? '';
    let first: Claim | undefined;
    for await (const message of members) {
      const claims = message.claims(attribute);
      // One mailbox goes by several names: each of them makes a person known.
      for (const claim of claims.length > MAX_RECIPIENTS ? claims.slice(0, MAX_RECIPIENTS) : claims) {
        if (claim.value?.mailbox !== value.mailbox) continue;
        first ??= claim;
        const name = seen.has(claim.value.name) || seen.size > MAX_RECIPIENTS ? null : parseName(claim.value.name);
        seen.add(claim.value.name);
        if (name) meet(identities, occurrenceOf(claim, claim.value.name, name), name, 'address');
      }
    }
    const name = isDefaultName(local) ? null : parseName(local);
    if (name && first) meet(identities, occurrenceOf(first, value.mailbox, name), name, 'address');
    for (const id of identities.index.shortenedTo(collapse(local.slice(0, 64)))) {
      const identity = identities.of[id];
      if (identity) identity.knownAs = 'address';
    }
  }
}

function* observed(claim: Claim<'party.last-author'>, name: PersonalName, identity: Identity, complete: boolean): Iterable<Observation> {
  const about = claim.artifact;
  const base = { basis: 'observed' as const, field: claim.field, raw: claim.raw, locator: claim.locator };
  yield { about, claim: { ...base, attribute: 'identity.key', value: identity.key } };
  yield { about, claim: { ...base, attribute: 'identity.documents', value: identity.documents } };
  // Whoever was not looked for everywhere must not be called a stranger.
  if (complete || identity.knownAs !== 'nowhere') yield { about, claim: { ...base, attribute: 'identity.known-as', value: identity.knownAs } };
  for (const other of identity.spellings.filter((s) => s.folded !== name.folded).slice(0, MAX_CITED)) {
    yield {
      about,
      claim: { ...base, attribute: 'identity.spelling', value: other.raw },
      other: { artifact: other.artifact, locator: other.locator },
    };
  }
}

/**
 * Links the spellings of each last author across scripts, orders and abbreviations, and says where else in the corpus the
 * person occurs. Catalogue A02, A03. Names that programs fill in by themselves have no identity.
 */
export const identities = examination({
  id: 'identities',
  version: 1,
  reads: READS,
  async *examine(evidence): AsyncIterable<Observation | ExaminationProblem> {
    const { spellings, firstLeftOut } = await lastAuthors(evidence);
    if (spellings.length === 0) return;
    const linked = clusterNames(spellings);
    const byName = new Map<string, Identity>();
    for (const [id, s] of spellings.entries()) byName.set(s.first.raw, linked.of[id] as Identity);
    await meetAuthors(evidence, linked);
    await meetAddresses(evidence, linked, 'party.to');
    await meetAddresses(evidence, linked, 'party.from');
    const complete = firstLeftOut === null && linked.index.skipped === 0;
    if (!complete) yield limitReached(firstLeftOut ?? spellings[0]?.first, linked.index.skipped);
    for await (const { value, members } of evidence.groups('party.last-author', 1)) {
      const identity = byName.get(value);
      const name = identity ? parseName(value) : null;
      if (!identity || !name) continue;
      for await (const document of members) {
        if (isMessage(document)) continue;
        // A document that names two last authors has the identity of the first.
        const claim = document.claims('party.last-author').find((c) => c.value !== null && byName.has(c.value));
        if (claim?.value === value) yield* observed(claim, name, identity, complete);
      }
    }
  },
});

const limitReached = (first: Pick<Claim, 'artifact'> | undefined, skipped: number): ExaminationProblem => ({
  about: first?.artifact as Claim['artifact'],
  problem: {
    code: 'limit-exceeded',
    message: `too many last authors to compare all names (${MAX_NAMES} kept, ${skipped} comparisons left out): links between names are incomplete`,
  },
});

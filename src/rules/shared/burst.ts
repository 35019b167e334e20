import type { Claim } from '../../model/claim.ts';
import type { Subject } from '../../model/evidence.ts';
import type { ArtifactId } from '../../model/provenance.ts';
import { isDefaultName, isTemplateTime } from './constants.data.ts';
import { isOfficeDocument } from './tools.ts';
import { DAY_MS, earliest, instants, latest, MINUTE_MS, type Moment } from './time.ts';

export const BURST_READS = [
  'event.save',
  'time.created',
  'time.modified',
  'party.author',
  'party.last-author',
  'tool.application',
  'tool.version',
  'locale.saved',
  'identity.key',
  'identity.known-as',
  'identity.documents',
] as const;
export type BurstRead = (typeof BURST_READS)[number];

/** More in one burst is the work of a machine; nothing is said of it. */
const MAX_MEMBERS = 10_000;
/** Created so long before it was saved, a document was there before the burst. */
const OLDER_MS = DAY_MS;

export interface Member {
  readonly artifact: ArtifactId;
  /** When it was saved, ms since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly modified: Claim;
}

/** What the documents of one act of saving say together. Copies of one file count once in every number, and are members all the same. */
export interface Burst {
  readonly members: Member[];
  /** Distinct contents. */
  contents: number;
  /** Contents saved under a name. */
  namedContents: number;
  unnamed: number;
  from: Member;
  to: Member;
  /** A minute where all times are whole minutes, as Word writes them; else a second. */
  precisionMs: number;
  /** Creation times of what was there before the burst. */
  readonly older: Moment[];
  createdFrom: Moment | null;
  createdTo: Moment | null;
  createdSpan: number;
  /** Folded names of the authors of what was there before. */
  readonly creators: Set<string>;
  readonly names: Map<string, number>;
  readonly applications: Map<string, number>;
  readonly languages: Map<string, number>;
  identity: { readonly documents: number; readonly knownAs: string | null } | null;
  /** The first claim of a name, a language, a program. */
  readonly examples: Claim[];
}

const count = (map: Map<string, number>, key: string): boolean => {
  map.set(key, (map.get(key) ?? 0) + 1);
  return map.get(key) === 1;
};

/** Counts an old document as one that was there before the burst. */
function describeAge(burst: Burst, document: Subject<BurstRead>, saved: Moment): void {
  const created = earliest(instants(document.claims('time.created')).filter((m) => !isTemplateTime(m.at)));
  if (!created || saved.at - created.at < OLDER_MS) return;
  burst.older.push(created);
  const author = document.claims('party.author')[0]?.value;
  if (author && !isDefaultName(author)) burst.creators.add(author.normalize('NFKC').toLowerCase().trim());
}

function describeTool(burst: Burst, document: Subject<BurstRead>): void {
  const [application] = document.claims('tool.application');
  const version = document.claims('tool.version')[0]?.value;
  const [language] = document.claims('locale.saved');
  if (application?.value && count(burst.applications, version ? `${application.value} ${version}` : application.value))
    burst.examples.push(application);
  if (language?.value && count(burst.languages, language.value)) burst.examples.push(language);
}

function describePerson(burst: Burst, document: Subject<BurstRead>): void {
  const name = document.claims('party.last-author').find((c) => c.value !== null && c.value.trim() !== '');
  if (!name?.value) burst.unnamed++;
  else if (count(burst.names, name.value)) burst.examples.push(name);
  const documents = document.claims('identity.documents')[0]?.value;
  if (documents === undefined || documents === null) return;
  burst.namedContents++;
  // The incomplete search for a name says nothing of it: null is not 'nowhere'.
  burst.identity ??= { documents, knownAs: document.claims('identity.known-as')[0]?.value ?? null };
}

/** Null where no office document is among them, or too many are. */
export async function gather(documents: AsyncIterable<Subject<BurstRead>>): Promise<Burst | null> {
  let burst: Burst | null = null;
  const seen = new Set<string>();
  for await (const document of documents) {
    const saved = latest(instants(document.claims('time.modified')).filter((m) => !isTemplateTime(m.at)));
    if (!saved || !isOfficeDocument(document.artifact.mediaType)) continue;
    const member: Member = { artifact: document.artifact.id, at: saved.at, modified: saved.claim };
    burst ??= {
      members: [],
      contents: 0,
      namedContents: 0,
      unnamed: 0,
      from: member,
      to: member,
      precisionMs: MINUTE_MS,
      older: [],
      createdFrom: null,
      createdTo: null,
      createdSpan: 0,
      creators: new Set(),
      names: new Map(),
      applications: new Map(),
      languages: new Map(),
      identity: null,
      examples: [],
    };
    if (burst.members.push(member) > MAX_MEMBERS) return null;
    if (member.at < burst.from.at) burst.from = member;
    if (member.at > burst.to.at) burst.to = member;
    if (member.at % MINUTE_MS !== 0) burst.precisionMs = 1_000;
    if (seen.has(document.artifact.sha256)) continue;
    seen.add(document.artifact.sha256);
    burst.contents++;
    describeAge(burst, document, saved);
    describePerson(burst, document);
    describeTool(burst, document);
  }
  if (!burst) return null;
  burst.createdFrom = earliest(burst.older);
  burst.createdTo = latest(burst.older);
  burst.createdSpan = burst.createdFrom && burst.createdTo ? burst.createdTo.at - burst.createdFrom.at : 0;
  return burst;
}

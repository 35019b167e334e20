import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { CaseIndex } from '../evidence/case-index.ts';
import type { RecoveredKey } from '../examinations/shared/recovered-key.ts';
import { GroupsOfSigner, type MessageTraits, type SignerGroup } from '../examinations/shared/signer-groups.ts';
import { readSignature, signerOf } from '../model/dkim.ts';
import { keyName, RECOVERED } from '../model/dkim-key.ts';
import type { Subject } from '../model/evidence.ts';
import { domainOf } from '../model/mail-domain.ts';
import { compareBytes, renderPath } from '../model/provenance.ts';
import { readRun, UsageError } from './case.ts';

const INDEX = { memoryLimit: '200MB', threads: 2 } as const;

/** What became of one group. `state` is for the program, `words` for people. */
export interface GroupOutcome {
  /** 'example.org s=s1'. */
  readonly signer: string;
  /** Of the signatures. */
  readonly bits: number;
  /** Of the signatures: the same group of the same evidence is not tried again. */
  readonly digest: string;
  readonly state: 'recovered' | 'single' | 'none' | 'unfinished' | 'failed';
  readonly words: string;
  /** gcds that came to nothing. */
  readonly tried: number;
  readonly key?: RecoveredKey;
}

interface Kept {
  readonly schema: 'keys/1';
  readonly groups: readonly GroupOutcome[];
}

const READS = ['dkim.signature', 'dkim.signer', 'party.from', 'party.to', 'name.title'] as const;
type Message = Subject<(typeof READS)[number]>;

function traitsOf(message: Message): MessageTraits {
  const from = message.claims('party.from');
  return {
    // Servers pass letters beyond ASCII on encoded (RFC 2047), and programs that save a message decode them.
    decoded: [...from, ...message.claims('name.title')].some((c) => /[^\u0000-\u007f]/.test(c.raw)),
    addressed: message.claims('party.to').length > 0,
    authorDomain: domainOf(from[0]?.value?.mailbox ?? ''),
  };
}

async function groupsOf(signer: string, messages: AsyncIterable<Message>): Promise<SignerGroup[]> {
  const gathered = new GroupsOfSigner();
  for await (const message of messages)
    for (const claim of message.claims('dkim.signature')) {
      const record = readSignature(claim.value);
      if (record && signerOf(record) === signer) gathered.add(renderPath(message.artifact.path), record, traitsOf(message));
    }
  return gathered.groups();
}

/** Every group of RSA signatures in a kept case, from its index: no byte of the dump is read. */
export async function signerGroups(caseDir: string): Promise<SignerGroup[]> {
  readRun(caseDir);
  const index = await CaseIndex.reopen(caseDir, INDEX);
  if (!index) throw new UsageError(`${caseDir}: its index is gone; make it again with: tainted judge ${caseDir}`);
  try {
    const groups: SignerGroup[] = [];
    for await (const { value, members } of index.evidence(READS).groups('dkim.signer', 1)) groups.push(...(await groupsOf(value, members)));
    return groups;
  } finally {
    index.close();
  }
}

export const digestOf = (group: SignerGroup): string =>
  createHash('sha256')
    .update(JSON.stringify(group.members.map(({ record }) => [record.signature, record.digests[0]?.digest])))
    .digest('hex');

const PROGRESS = 'keys-progress.json';

export function earlierOutcomes(caseDir: string): ReadonlyMap<string, GroupOutcome> {
  const file = join(caseDir, PROGRESS);
  if (!fs.existsSync(file)) return new Map();
  try {
    const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as Kept;
    if (kept.schema !== 'keys/1') throw new SyntaxError('another schema');
    return new Map(kept.groups.map((g) => [g.digest, g]));
  } catch (error) {
    throw new UsageError(`${file}: ${error instanceof SyntaxError ? 'is not what this version writes' : 'cannot be read'}; remove it to begin again`);
  }
}

/** Whole or not at all. */
function replaceJson(file: string, value: unknown): void {
  fs.writeFileSync(`${file}.tmp`, `${JSON.stringify(value, null, 2)}\n`);
  fs.renameSync(`${file}.tmp`, file);
}

/** Refuses a file that holds anything but recovered keys: what an operator gathered must not be replaced. */
export function checkKeyFile(file: string): void {
  if (!fs.existsSync(file)) return;
  let ours = false;
  try {
    const lists = Object.values(JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, { source?: unknown }[]>);
    ours = lists.flat().every((k) => typeof k.source === 'string' && k.source.startsWith(RECOVERED));
  } catch {
    ours = false;
  }
  if (!ours) throw new UsageError(`-o ${file}: is there already and is no file of recovered keys; name another one`);
}

/** The key file, as `--dkim-keys` reads it, and what a rerun need not do again. */
export function keepOutcomes(caseDir: string, keyFile: string, outcomes: readonly GroupOutcome[]): void {
  const keys = new Map<string, { value: string; source: string }[]>();
  for (const { signer, key } of outcomes) {
    if (!key) continue;
    const [domain = '', selector = ''] = signer.split(' s=');
    const name = keyName(selector, domain);
    keys.set(name, [...(keys.get(name) ?? []), { value: key.record, source: key.source }]);
  }
  replaceJson(keyFile, Object.fromEntries([...keys].sort(([a], [b]) => compareBytes(a, b))));
  replaceJson(join(caseDir, PROGRESS), { schema: 'keys/1', groups: outcomes } satisfies Kept);
}

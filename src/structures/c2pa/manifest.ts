import type { ProblemDraft } from '../../model/artifact.ts';
import type { Certainty, Input } from '../../model/input.ts';
import { wholeOf } from '../bytes.ts';
import { type Cbor, readCbor } from '../cbor.ts';
import { bufferOf } from '../placed.ts';
import { type JumbfBox, readJumbf } from './jumbf.ts';

/** One assertion of a manifest; `cbor` null where it is of another kind or broken. */
export interface Assertion {
  readonly box: JumbfBox;
  readonly cbor: Cbor | null;
  /** The text of a JSON assertion and where it begins. */
  readonly json: { readonly text: string; readonly from: number } | null;
}

/** C2PA 2.1 section 10.1: a claim, what it asserts, and who signed it. */
export interface Manifest {
  readonly box: JumbfBox;
  readonly claim: Cbor | null;
  readonly claimBytes: Buffer;
  readonly assertions: readonly Assertion[];
  readonly signature: Cbor | null;
}

/** A manifest store (C2PA 2.1 section 11): the last manifest is the active one, the others belong to ingredients. */
export interface ManifestStore {
  readonly bytes: Buffer;
  readonly manifests: readonly Manifest[];
  readonly problems: readonly ProblemDraft[];
}

const MAX_BYTES = 256 * 1024 ** 2;
const MAX_MANIFESTS = 100;
const MAX_ASSERTIONS = 500;
const MAX_JSON = 1024 ** 2;

const childOf = (box: JumbfBox | undefined, type: string): JumbfBox | undefined => box?.children.find((c) => c.type === type);

function assertionOf(bytes: Buffer, box: JumbfBox): Assertion {
  const cbor = childOf(box, 'cbor');
  const json = childOf(box, 'json');
  return {
    box,
    cbor: cbor ? readCbor(bytes, cbor.from, cbor.to) : null,
    json: json && json.to - json.from <= MAX_JSON ? { text: bytes.toString('utf8', json.from, json.to), from: json.from } : null,
  };
}

function manifestOf(bytes: Buffer, box: JumbfBox): Manifest {
  const inside = (content: string): JumbfBox | undefined => box.children.find((c) => c.content === content);
  const claim = childOf(inside('c2cl'), 'cbor');
  const signature = childOf(inside('c2cs'), 'cbor');
  return {
    box,
    claim: claim ? readCbor(bytes, claim.from, claim.to) : null,
    claimBytes: claim ? bytes.subarray(claim.from, claim.to) : Buffer.alloc(0),
    assertions: (inside('c2as')?.children ?? [])
      .filter((c) => c.type === 'jumb')
      .slice(0, MAX_ASSERTIONS)
      .map((c) => assertionOf(bytes, c)),
    signature: signature ? readCbor(bytes, signature.from, signature.to) : null,
  };
}

/** Takes a store apart; what is broken in it is told. */
export function storeOf(whole: Uint8Array): ManifestStore {
  const bytes = bufferOf(whole);
  const problems: ProblemDraft[] = [];
  const store = readJumbf(bytes).find((b) => b.content === 'c2pa');
  const boxes = store?.children.filter((c) => c.content === 'c2ma' || c.content === 'c2um') ?? [];
  if (boxes.length === 0) problems.push({ code: 'malformed', message: 'C2PA: no manifest is in the store, or it is cut off' });
  if (boxes.length > MAX_MANIFESTS)
    problems.push({ code: 'limit-exceeded', message: `C2PA: ${boxes.length} manifests, the last ${MAX_MANIFESTS} are read` });
  const manifests = boxes.slice(-MAX_MANIFESTS).map((b) => manifestOf(bytes, b));
  const broken = manifests.filter((m) => m.claim === null).length;
  if (broken > 0) problems.push({ code: 'malformed', message: `C2PA: the claim of ${broken} manifests cannot be read` });
  return { bytes, manifests, problems };
}

/** Call as input.once(readStore). */
export function readStore({ bytes }: Input): ManifestStore {
  if (bytes.size <= MAX_BYTES) return storeOf(wholeOf(bytes));
  return { bytes: Buffer.alloc(0), manifests: [], problems: [{ code: 'limit-exceeded', message: `C2PA: ${bytes.size} bytes, not read` }] };
}

/** Behind the headers of superbox and description: the UUID of a manifest store. */
const STORE = Buffer.from('6332706100110010800000aa00389b71', 'hex');

/** A manifest store in a file of its own: IANA application/c2pa. */
export const looksLikeStore = (head: Uint8Array): Certainty =>
  bufferOf(head).toString('latin1', 4, 8) === 'jumb' && bufferOf(head).indexOf(STORE) === 16 ? 'certain' : 'no';

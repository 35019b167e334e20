import { createHash } from 'node:crypto';
import { parseIso } from '../../model/time.ts';
import { type Cbor, cborText, entryOf, membersOf, untagged } from '../cbor.ts';
import { certificateFacts, type Fact, factOf } from '../cms/facts.ts';
import { trustOf } from '../cms/certificate.ts';
import { coseOf, type CoseSignature, coseState, digestOfAlgorithm } from './cose.ts';
import type { Assertion, Manifest, ManifestStore } from './manifest.ts';
import { stampFactsOf } from './stamps.ts';

type Field = (name: string) => string;

/** The contents of a text string, where they stand. */
const placeOf = (item: Cbor): { offset: number; length: number } => ({ offset: item.from, length: item.offset + item.length - item.from });

function* textFact(
  attribute: 'tool.application' | 'tool.version' | 'name.title' | 'id.instance' | 'mark.provenance',
  field: string,
  item: Cbor | undefined,
): Iterable<Fact> {
  const raw = cborText(item);
  if (item && raw !== null && raw !== '') yield factOf(attribute, field, placeOf(item), raw, raw);
}

/** Name and version of a program: a text, or a map of both. */
function* programFacts(field: string, item: Cbor | undefined): Iterable<Fact> {
  yield* textFact('tool.application', field, item?.kind === 'map' ? entryOf(item, 'name') : item);
  yield* textFact('tool.version', `${field} version`, entryOf(item, 'version'));
}

/** C2PA 2.1 section 18.14: what was done, when, with what. The action that made it is its creation. */
function* actionFacts(assertion: Assertion, field: Field): Iterable<Fact> {
  for (const action of membersOf(entryOf(assertion.cbor, 'actions')).slice(0, 1000)) {
    const name = entryOf(action, 'action');
    yield* textFact('mark.provenance', field('action'), name);
    const when = untagged(entryOf(action, 'when'));
    const raw = cborText(when);
    const made = cborText(name) === 'c2pa.created';
    if (when && raw !== null) yield factOf(made ? 'time.created' : 'time.modified', field('action when'), placeOf(when), raw, parseIso(raw));
    yield* programFacts(field('action softwareAgent'), entryOf(action, 'softwareAgent'));
    yield* textFact('mark.provenance', field('action digitalSourceType'), entryOf(action, 'digitalSourceType'));
  }
}

/** Characters of the list of authors. */
const MOST_OF_AUTHORS = 20_000;

/** Names of the authors in a schema.org CreativeWork, as they stand between their quotes. */
function* authorFacts({ json }: Assertion, field: Field): Iterable<Fact> {
  if (!json) return;
  const opened = /"author"\s*:\s*[[{]/.exec(json.text);
  if (!opened) return;
  const start = opened.index + opened[0].length - 1;
  const end = json.text.indexOf(opened[0].endsWith('[') ? ']' : '}', start);
  if (end === -1 || end - start > MOST_OF_AUTHORS) return;
  const authors = json.text.slice(start, end + 1);
  const from = json.from + Buffer.byteLength(json.text.slice(0, start));
  for (const m of authors.matchAll(/"name"\s*:\s*"((?:[^"\\]|\\.){0,1000})"/g)) {
    const raw = m[1] ?? '';
    const before = authors.slice(0, m.index + m[0].length - 1 - raw.length);
    const place = { offset: from + Buffer.byteLength(before), length: Buffer.byteLength(raw) };
    const value = raw.replace(/\\u([0-9A-Fa-f]{4})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))).replace(/\\(.)/g, '$1');
    yield factOf('party.author', field('CreativeWork author'), place, raw, value || null);
  }
}

/** Claims of version 1 are called 'assertions', later ones tell created from gathered. */
const referencesOf = (claim: Cbor | null): readonly Cbor[] =>
  ['assertions', 'created_assertions', 'gathered_assertions'].flatMap((key) => membersOf(entryOf(claim, key)));

/** Whether the assertions are those that the claim was made of: hashes over what is inside their boxes (section 8.4.2.3). */
function assertionState({ bytes }: ManifestStore, { claim, assertions }: Manifest): 'verified' | 'content changed' | 'not checked' {
  const fallback = cborText(entryOf(claim, 'alg')) ?? 'sha256';
  let checked = 0;
  for (const reference of referencesOf(claim)) {
    const label = cborText(entryOf(reference, 'url'))?.split('/').at(-1);
    const hash = entryOf(reference, 'hash');
    const algorithm = cborText(entryOf(reference, 'alg')) ?? fallback;
    const assertion = assertions.find((a) => a.box.label === label);
    if (!assertion || hash?.kind !== 'bytes' || !/^sha(?:256|384|512)$/.test(algorithm)) continue;
    checked++;
    const digest = createHash(algorithm).update(bytes.subarray(assertion.box.from, assertion.box.to)).digest();
    if (!digest.equals(hash.bytes)) return 'content changed';
  }
  return checked > 0 ? 'verified' : 'not checked';
}

const shifted = (fact: Fact, by: number): Fact => ({ ...fact, offset: fact.offset + by });

function* signatureFacts(manifest: Manifest, cose: CoseSignature, field: Field): Iterable<Fact> {
  const [signer] = cose.chain;
  if (signer) {
    for (const fact of certificateFacts(signer.certificate, 'signature.signer', field)) yield shifted(fact, signer.at);
    const trust = trustOf(
      signer.certificate,
      cose.chain.map((c) => c.certificate),
    );
    yield shifted(factOf('signature.trust', field('certificate'), signer.certificate.whole, trust, trust, 'observed'), signer.at);
  }
  if (cose.algorithm !== null)
    yield factOf('signature.digest', field('alg'), cose, String(cose.algorithm), digestOfAlgorithm(cose.algorithm), 'observed');
  const state = coseState(cose, manifest.claimBytes);
  yield factOf('signature.state', field('claim signature'), cose, state, state, 'observed');
  yield* stampFactsOf(cose, field);
}

function* manifestFacts(store: ManifestStore, manifest: Manifest, field: Field): Iterable<Fact> {
  const { box, claim, assertions, signature } = manifest;
  const label = { offset: box.labelAt, length: Buffer.byteLength(box.label) };
  if (box.label !== '') yield factOf('signature.kind', field('manifest'), label, box.label, 'c2pa');
  yield* textFact('tool.application', field('claim_generator'), entryOf(claim, 'claim_generator'));
  const info = entryOf(claim, 'claim_generator_info');
  for (const program of info?.kind === 'map' ? [info] : membersOf(info).slice(0, 20)) yield* programFacts(field('claim_generator_info'), program);
  yield* textFact('name.title', field('dc:title'), entryOf(claim, 'dc:title'));
  yield* textFact('id.instance', field('instanceID'), entryOf(claim, 'instanceID'));
  for (const assertion of assertions) {
    const kind = assertion.box.label.replace(/\.v\d+|__\d+/g, '');
    const place = { offset: assertion.box.labelAt, length: Buffer.byteLength(assertion.box.label) };
    if (kind !== '') yield factOf('mark.provenance', field('assertion'), place, assertion.box.label, assertion.box.label);
    if (kind === 'c2pa.actions') yield* actionFacts(assertion, field);
    if (kind === 'c2pa.ingredient') yield* textFact('mark.provenance', field('ingredient'), entryOf(assertion.cbor, 'dc:title'));
    if (kind === 'stds.schema-org.CreativeWork') yield* authorFacts(assertion, field);
  }
  const state = assertionState(store, manifest);
  if (claim) yield factOf('signature.state', field('assertions'), claim, state, state, 'observed');
  const cose = coseOf(signature);
  if (cose) yield* signatureFacts(manifest, cose, field);
}

/** What the manifests say, the active one first; the fields of the others name their label. */
export function* storeFacts(store: ManifestStore): Iterable<Fact> {
  for (const [i, manifest] of [...store.manifests].reverse().entries())
    yield* manifestFacts(store, manifest, (name) => (i === 0 ? name : `${name} of manifest ${manifest.box.label}`.slice(0, 200)));
}

import { bytesAt, type Compared, type Evidence, evidenceOf, has, list, sorted, textAt, timesOf } from './corpus.ts';

/** One manifest as c2patool prints it in manifest_store.json. */
interface Told {
  readonly claim_generator: string;
  readonly title?: string;
  readonly instance_id?: string;
  readonly ingredients?: readonly { readonly title: string }[];
  readonly assertions: readonly { readonly label: string; readonly data?: { readonly actions?: readonly { readonly action: string }[] } }[];
  readonly signature_info?: { readonly issuer: string; readonly time?: string };
}

interface ToldStore {
  readonly active_manifest: string;
  readonly manifests: Readonly<Record<string, Told>>;
}

/** Values of one field of one manifest; those of the active one bear no name. */
const saidBy = (found: Evidence, field: string, of: string): Evidence['claims'] => found.claims.filter((c) => c.field === `${field}${of}`);

function compareManifest(told: Told, of: string, found: Evidence, say: (what: string, theirs: string, ours: string) => void): void {
  const values = (field: string): unknown[] => saidBy(found, field, of).map((c) => c.value);
  say('generator', list([told.claim_generator]), list(values('claim_generator')));
  say('title', list(told.title === undefined ? [] : [told.title]), list(values('dc:title')));
  say('instance', list(told.instance_id === undefined ? [] : [told.instance_id]), list(values('instanceID')));
  say('ingredients', sorted((told.ingredients ?? []).map((i) => i.title)), sorted(values('ingredient').map(String)));
  say('actions', list(told.assertions.flatMap((a) => a.data?.actions?.map((x) => x.action) ?? [])), list(values('action')));
  const { issuer, time } = told.signature_info ?? {};
  const signers = values('subject').map((v) => /(?:^|, )O=([^,]*)/.exec(String(v))?.[1] ?? '');
  if (issuer !== undefined) say('signer', list([issuer]), list(signers));
  if (time !== undefined) say('time signed', list([time.slice(0, 19)]), list(timesOf(saidBy(found, 'sigTst', of), ['time.signed'])));
}

/** What c2patool reads in a picture: 'manifests/<name>/manifest_store.json' of '<name>.jpg'. */
export async function c2pa(path: string): Promise<Compared[] | null> {
  const data = path.replace(/manifests\/([^/]+)\/manifest_store\.json$/, '$1.jpg');
  if (!has(data)) return null;
  const store = JSON.parse(textAt(path)) as ToldStore;
  const child = (await evidenceOf(bytesAt(data))).children.find((c) => c.key.startsWith('c2pa '));
  const rows: Compared[] = [];
  const found = await evidenceOf(child?.bytes?.slice(0, child.bytes.size) ?? new Uint8Array(0));
  const say = (what: string, theirs: string, ours: string): number => rows.push({ file: path, what, theirs, ours });
  say('manifests', String(Object.keys(store.manifests).length), String(found.claims.filter((c) => c.attribute === 'signature.kind').length));
  for (const [name, told] of Object.entries(store.manifests)) {
    const of = name === store.active_manifest ? '' : ` of manifest ${name}`;
    compareManifest(told, of, found, (what, theirs, ours) => say(`${what}${of}`, theirs, ours));
  }
  return rows;
}

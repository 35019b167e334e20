import { type ClaimDraft, MAX_RAW } from '../model/claim.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { readOdf } from '../structures/odf/package.ts';
import { ODF_MEDIA_TYPES } from '../structures/odf/types.data.ts';
import { openMember, readZip, type ZipMember } from '../structures/zip/zip.ts';

/** An object of another program is one member ('Object 1'), and a file of its own. */
const OLE_OBJECT = /^(?:ObjectReplacements\/)?Object \d+$|^(?:ObjBFFF|OLE)[^/]*$/;
/** One of an office program is a folder of parts, which is no file: its XML is opened part by part, with the bytes it has. */
const OBJECT_PART = /^Object \d+\/(?:[^/]+\/)*(?:content|meta)\.xml$/;
const PARTS = /(?:^|\/)(?:Pictures|Thumbnails|media|Fonts)\/[^/]+$|^ObjectReplacements\//;

type Encrypted = ReadonlySet<string>;
type Opened = Child | ClosedChild | OpeningProblem;

const roleOf = ({ name, directory }: ZipMember): 'document' | 'part' | null => {
  if (directory) return null;
  if (PARTS.test(name) || OBJECT_PART.test(name)) return 'part';
  return OLE_OBJECT.test(name) ? 'document' : null;
};

const says = (label: string): ClaimDraft[] => [
  {
    basis: 'asserted',
    attribute: 'name.file',
    field: 'file name',
    raw: label.slice(0, MAX_RAW),
    value: label.slice(0, MAX_RAW),
    locator: { in: 'parent', key: 'name' },
  },
];

function* opened(input: Input, member: ZipMember, role: 'document' | 'part', encrypted: Encrypted): Generator<Opened> {
  const label = member.name.slice(member.name.lastIndexOf('/') + 1);
  const around = { key: member.key, label, role, says: says(label) };
  if (label.length > MAX_RAW)
    yield { problem: { code: 'limit-exceeded', message: `the name of member ${member.index} was cut to ${MAX_RAW} characters` } };
  if (encrypted.has(member.name)) {
    yield { ...around, bytes: null, why: 'encrypted', problem: { code: 'encrypted', message: 'encrypted, by the manifest' } };
    return;
  }
  const result = openMember(input, member);
  if (result.ok && result.problem) yield { problem: result.problem };
  yield result.ok ? { ...around, bytes: result.bytes } : { ...around, bytes: null, why: result.why, problem: result.problem };
}

function* open(input: Input): Generator<Opened> {
  const { encrypted } = readOdf(input);
  for (const member of input.once(readZip).members) {
    const role = roleOf(member);
    if (role) yield* opened(input, member, role, encrypted);
  }
}

/** What is embedded in an OpenDocument package: pictures, the thumbnail, and objects. Keys are member names. */
export const odf: Container = {
  id: 'odf',
  version: 1,
  mediaTypes: ODF_MEDIA_TYPES,
  open,
  openOne(input, key) {
    const member = input.once(readZip).members.find((m) => m.key === key);
    const role = member ? roleOf(member) : null;
    if (!member || !role) return null;
    for (const item of opened(input, member, role, readOdf(input).encrypted)) if ('key' in item) return item;
    return null;
  },
};

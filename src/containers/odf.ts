import { bytesOf } from '../model/bytes.ts';
import { MAX_RAW } from '../model/claim.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { objectPackages, type ObjectPackage } from '../structures/odf/objects.ts';
import { ODF_MEDIA_TYPES } from '../structures/odf/types.data.ts';
import { unlockedOdf } from '../structures/odf/unlocked.ts';
import { openMember, readZip, type ZipMember } from '../structures/zip/zip.ts';

/** An object of another program is one member ('Object 1'), and a file of its own. */
const OLE_OBJECT = /^(?:ObjectReplacements\/)?Object \d+$|^(?:ObjBFFF|OLE)[^/]*$/;
/** Of an object without a type in the manifest, no package can be made: its XML is opened part by part. */
const OBJECT_PART = /^Object \d+\/(?:[^/]+\/)*(?:content|meta)\.xml$/;
const PARTS = /(?:^|\/)(?:Pictures|Thumbnails|media|Fonts)\/[^/]+$|^ObjectReplacements\//;
/** Objects that are a picture of what stands in the document. Others are documents. */
const DRAWN = /\.(?:chart|formula|image|math)(?:-template)?$/;

type Role = 'document' | 'part';
type Opened = Child | ClosedChild | OpeningProblem;

const roleOf = ({ name, directory }: ZipMember): Role | null => {
  if (directory) return null;
  if (PARTS.test(name) || OBJECT_PART.test(name)) return 'part';
  return OLE_OBJECT.test(name) ? 'document' : null;
};

const WHY: Readonly<Record<string, ClosedChild['why']>> = { encrypted: 'encrypted', 'limit-exceeded': 'over-limit' };

function* opened(input: Input, member: ZipMember, role: Role): Generator<Opened> {
  const label = member.name.slice(member.name.lastIndexOf('/') + 1);
  const around = { key: member.key, label, role, says: [fileNameClaim(label)] };
  if (label.length > MAX_RAW)
    yield { problem: { code: 'limit-exceeded', message: `the name of member ${member.index} was cut to ${MAX_RAW} characters` } };
  const unlocked = input.once(unlockedOdf);
  if (unlocked.entries.has(member.name)) {
    const { bytes, problem } = unlocked.clear(member.name, input.limits.maxArtifactBytes);
    if (bytes) yield { ...around, bytes: bytesOf(bytes) };
    else if (problem) yield { ...around, bytes: null, why: WHY[problem.code] ?? 'unreadable', problem };
    return;
  }
  const result = openMember(input, member);
  if (result.ok && result.problem) yield { problem: result.problem };
  yield result.ok ? { ...around, bytes: result.bytes } : { ...around, bytes: null, why: result.why, problem: result.problem };
}

function* openedObject(input: Input, object: ObjectPackage): Generator<Opened> {
  const label = object.path.slice(0, -1);
  const around = { key: object.path, label, role: DRAWN.test(object.mediaType) ? 'part' : 'document', says: [fileNameClaim(label)] } as const;
  const { bytes, problem } = object.pack(input);
  if (bytes) yield { ...around, bytes: bytesOf(bytes) };
  else yield { ...around, bytes: null, why: WHY[problem.code] ?? 'unreadable', problem };
}

function* open(input: Input): Generator<Opened> {
  const objects = input.once(objectPackages);
  const told = new Set<ObjectPackage>();
  for (const member of input.once(readZip).members) {
    const object = objects.of(member);
    if (object) {
      if (!told.has(object)) yield* openedObject(input, object);
      told.add(object);
      continue;
    }
    const role = roleOf(member);
    if (role) yield* opened(input, member, role);
  }
}

/**
 * What is embedded in an OpenDocument package: pictures, the thumbnail, and objects. Keys are member names; an object that is a
 * folder of parts ('Object 1/') is given as a package of its own.
 */
export const odf: Container = {
  id: 'odf',
  version: 2,
  mediaTypes: ODF_MEDIA_TYPES,
  open,
  openOne(input, key) {
    const objects = input.once(objectPackages);
    const object = objects.all.get(key);
    const member = input.once(readZip).members.find((m) => m.key === key);
    const role = member && !objects.of(member) ? roleOf(member) : null;
    const items = object ? openedObject(input, object) : member && role ? opened(input, member, role) : [];
    for (const item of items) if ('key' in item) return item;
    return null;
  },
};

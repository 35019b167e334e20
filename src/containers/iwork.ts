import { MAX_RAW } from '../model/claim.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { IWORK_MEDIA_TYPES } from '../structures/iwork.ts';
import { openMember, readZip, type ZipMember } from '../structures/zip/zip.ts';

/** Previews, and what was put into the document: media beside the index, and in 'Data' since 2013. */
const CARRIED = /^(?:QuickLook|thumbs|Data)\/[^/]+$|^[^/]+\.(?:jpe?g|png|gif|tiff?|pdf|heic|mov|mp4|m4[av]|mp3|aiff?|wav)$/i;

type Opened = Child | ClosedChild | OpeningProblem;

function* opened(input: Input, member: ZipMember): Generator<Opened> {
  const label = member.name.slice(member.name.lastIndexOf('/') + 1).slice(0, MAX_RAW);
  const around = { key: member.key, label, role: 'part', says: [fileNameClaim(label)] } as const;
  const result = openMember(input, member);
  if (result.ok && result.problem) yield { problem: result.problem };
  yield result.ok ? { ...around, bytes: result.bytes } : { ...around, bytes: null, why: result.why, problem: result.problem };
}

const isCarried = (m: ZipMember): boolean => !m.directory && CARRIED.test(m.name);

/** Previews and media of Pages, Numbers and Keynote. Keys are member names. */
export const iwork: Container = {
  id: 'iwork',
  version: 1,
  mediaTypes: IWORK_MEDIA_TYPES,
  *open(input) {
    for (const member of input.once(readZip).members) if (isCarried(member)) yield* opened(input, member);
  },
  openOne(input, key) {
    const member = input.once(readZip).members.find((m) => m.key === key && isCarried(m));
    for (const item of member ? opened(input, member) : []) if ('key' in item) return item;
    return null;
  },
};

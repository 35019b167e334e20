import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, memberOf, nameProblems, unixStamp, unpackingCap } from '../structures/archive/archive-member.ts';
import { gunzip } from '../structures/archive/gunzip.ts';
import { readGzip } from '../structures/archive/gzip.ts';
import { decodeName } from '../structures/zip/name.ts';

/** The key of a file whose name the header does not keep. */
const NAMELESS = 'content';

function* open(input: Input): Generator<Child | ClosedChild | OpeningProblem> {
  const { bytes, limits } = input;
  const header = input.once(readGzip);
  const name = header?.rawName ? decodeName(header.rawName) : '';
  const time = header ? { field: 'MTIME', raw: String(header.mtime), value: unixStamp(header.mtime) } : null;
  const member = memberOf(name === '' ? NAMELESS : name, name, time);
  for (const problem of nameProblems(name)) yield { problem };
  // Deflate hardly grows anything: what is larger packed than may come out is not worth the work.
  if (bytes.size > limits.maxArtifactBytes) {
    yield closed(member, 'over-limit', 'limit-exceeded', `${bytes.size} bytes are more than ${limits.maxArtifactBytes}`);
    return;
  }
  const cap = unpackingCap(bytes.size, limits);
  const content = gunzip(input, cap, limits.maxChildren);
  for (const problem of content.problems) yield { problem };
  if (content.over) yield { ...closed(member, 'over-limit', 'limit-exceeded', `unpacks to more than ${cap} bytes`), refusedBytes: cap };
  else if (content.members > 0) yield { ...member, bytes: content.bytes };
}

/** One file in a gzip stream, by the name the header keeps for it. The time is the file's own, or that of packing where the packer read a pipe. */
export const gzip: Container = {
  id: 'gzip',
  version: 1,
  mediaTypes: ['application/gzip'],
  open,
  openOne(input, key) {
    for (const item of open(input)) if ('key' in item && item.key === key) return item;
    return null;
  },
};

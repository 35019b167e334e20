import type { ClaimDraft } from '../model/claim.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { closed, memberOf, nameProblems, named, unixStamp } from '../structures/archive/archive-member.ts';
import { readTar, type TarMember } from '../structures/archive/tar.ts';
import { shown } from '../structures/zip/name.ts';

function opened(input: Input, tar: TarMember): Child | ClosedChild {
  const { name, mtime, owner } = tar;
  const around = memberOf(tar.key, name, { field: 'mtime', raw: mtime.raw, value: unixStamp(mtime.seconds, mtime.precisionMs) });
  const owned: ClaimDraft[] =
    owner === ''
      ? []
      : [{ basis: 'asserted', attribute: 'party.owner', field: 'uname', raw: owner, value: owner, locator: { in: 'parent', key: 'uname' } }];
  const member = { ...around, says: [...around.says, ...owned] };
  if (tar.kind === 'link') return closed(member, 'unreadable', 'unsupported', `${named(name)} is a link to ${shown(tar.target)}`);
  if (tar.kind === 'special') return closed(member, 'unreadable', 'unsupported', `${named(name)} is a device, a pipe or a label, not a file`);
  if (tar.kind === 'sparse') return closed(member, 'unreadable', 'unsupported', `${named(name)} is stored without its holes, which is not read here`);
  return { ...member, bytes: input.bytes.window(tar.dataOffset, tar.size) };
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  const { members, problems } = input.once(readTar);
  for (const problem of problems) yield { problem };
  for (const member of members) {
    if (member.kind === 'folder') continue;
    for (const problem of nameProblems(member.name)) yield { problem };
    yield opened(input, member);
  }
}

/** Members of a tar archive, read in place: nothing is copied. Times are UTC. */
export const tar: Container = {
  id: 'tar',
  version: 2,
  mediaTypes: ['application/x-tar'],
  open,
  openOne(input, key) {
    const member = input.once(readTar).members.find((m) => m.key === key && m.kind !== 'folder');
    return member ? opened(input, member) : null;
  },
};

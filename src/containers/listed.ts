import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { readAce } from '../structures/archive/ace.ts';
import { closed, memberOf, named, nameProblems } from '../structures/archive/archive-member.ts';
import { readArj } from '../structures/archive/arj.ts';
import type { Listed, ListedMember } from '../structures/archive/listed.ts';
import { crcOf } from '../structures/bytes.ts';
import { keyring } from '../structures/zip/member.ts';

type Opened = Child | ClosedChild | OpeningProblem;

/** By the magic of ARJ; the other one stands behind a checksum. */
const listOf = (input: Input): Listed => (input.bytes.slice(0, 1)[0] === 0x60 ? input.once(readArj) : input.once(readAce));

function* opened(input: Input, listed: ListedMember, key: string): Generator<Opened> {
  const name = named(listed.name);
  const member = memberOf(key, listed.name, listed.stamp);
  if (listed.encrypted) yield closed(member, 'encrypted', 'encrypted', `${name} is encrypted (${listed.size} bytes)`);
  else if (listed.split) yield closed(member, 'unreadable', 'truncated', `${name} continues in another volume`);
  else if (!listed.stored)
    yield closed(member, 'unreadable', 'unsupported', `${name} (${listed.size} bytes) is packed by a method that is not read here`);
  else {
    const bytes = input.bytes.window(listed.dataOffset, listed.packedSize);
    if (bytes.size < listed.packedSize)
      yield { problem: { code: 'truncated', message: `${name} breaks off after ${bytes.size} bytes of ${listed.packedSize}` } };
    else if (crcOf(bytes) !== listed.crc32) yield { problem: { code: 'malformed', message: `${name} has another checksum than it says` } };
    yield { ...member, bytes };
  }
}

function* open(input: Input): Generator<Opened> {
  const { members, problems } = listOf(input);
  const keyOf = keyring();
  for (const problem of problems) yield { problem };
  for (const [index, member] of members.entries()) {
    const key = keyOf(member.name === '' ? `@${index + 1}` : member.name);
    if (member.kind === 'folder') continue;
    for (const problem of nameProblems(member.name)) yield { problem };
    yield* opened(input, member, key);
  }
}

/** Old archives whose list is read, with names, sizes and times, and of whose methods only storing is: ARJ and ACE. */
export const listed: Container = {
  id: 'listed',
  version: 1,
  mediaTypes: ['application/x-arj', 'application/x-ace-compressed'],
  open,
};

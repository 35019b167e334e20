import type { ProblemDraft } from '../model/artifact.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { memberOf, nameProblems } from '../structures/archive/archive-member.ts';
import { passwordClaim } from '../structures/passwords.ts';
import { openMember, readZip, storedTime, type ZipMember } from '../structures/zip/zip.ts';
import { shown } from '../structures/zip/name.ts';

interface Opened {
  readonly child: Child | ClosedChild;
  /** What is wrong with the content of an open child. */
  readonly problem: ProblemDraft | null;
  /** Bytes unpacked in vain. */
  readonly wasted: number;
}

function opened(input: Input, member: ZipMember, exhausted = false): Opened {
  const around = memberOf(member.key, member.name, storedTime(member));
  if (exhausted) {
    const problem: ProblemDraft = {
      code: 'limit-exceeded',
      message: `${shown(member.name)} was not opened: too much of this archive exceeds the limits`,
    };
    return { child: { ...around, bytes: null, why: 'over-limit', problem }, problem: null, wasted: 0 };
  }
  const result = openMember(input, member);
  if (!result.ok) {
    const { why, problem, refusedBytes = 0, triedBytes = 0 } = result;
    return { child: { ...around, bytes: null, why, problem, refusedBytes }, problem: null, wasted: triedBytes };
  }
  const says = result.password ? [...around.says, passwordClaim(result.password)] : around.says;
  return { child: { ...around, says, bytes: result.bytes }, problem: result.problem, wasted: 0 };
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  const { members, problems } = input.once(readZip);
  // The engine counts what comes out; what is unpacked and thrown away is counted here.
  const budget = Math.max(input.limits.expansionFloorBytes, input.bytes.size * input.limits.maxExpansionRatio);
  let wasted = 0;
  for (const problem of problems) yield { problem };
  for (const member of members) {
    if (member.directory) continue;
    for (const problem of nameProblems(member.name)) yield { problem };
    const result = opened(input, member, wasted > budget);
    wasted += result.wasted;
    if (result.problem) yield { problem: result.problem };
    yield result.child;
  }
}

function openOne(input: Input, key: string): Child | ClosedChild | null {
  const member = input.once(readZip).members.find((m) => m.key === key && !m.directory);
  return member ? opened(input, member).child : null;
}

/** Archives whose members are documents of their own. OOXML and OpenDocument packages have their own containers. */
export const zip: Container = {
  id: 'zip',
  version: 2,
  mediaTypes: ['application/zip', 'application/java-archive', 'application/epub+zip'],
  open,
  openOne,
};

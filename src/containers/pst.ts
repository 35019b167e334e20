import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { bytesOf } from '../structures/bytes.ts';
import { PID } from '../structures/outlook/mapi.data.ts';
import { codePageOf, type MapiProperty } from '../structures/outlook/mapi.ts';
import { dumpOfMessage } from '../structures/outlook/pst-message.ts';
import { kindOf, mapiOf, NID, NODE, nodeName, type Pst, PST_PID, pstNumber, pstText, readPst } from '../structures/outlook/pst.ts';
import type { PstNode } from '../structures/outlook/pst-trees.ts';

const isMessage = ({ nid }: PstNode): boolean => kindOf(nid) === NODE.message || kindOf(nid) === NODE.associated;

/** Folders named in the problem of a count that is wrong. */
const MOST_NAMED = 20;

/** 'Top of Personal Folders/Inbox/nid:200024': the folder it lies in, so that those of one folder are siblings. */
function keyOf(pst: Pst, node: PstNode): string {
  const folder = pst.folder(node.parent);
  return folder === '' ? nodeName(node.nid) : `${folder}/${nodeName(node.nid)}`;
}

/** 'document': what a person would see in the folder. 'part': what a program keeps beside it, views and rules, which is of the mailbox. */
function childOf(pst: Pst, node: PstNode, input: Input): Child | ClosedChild {
  const object = pst.object(node);
  const role = kindOf(node.nid) === NODE.message ? 'document' : 'part';
  const bag = new Map([...(object?.properties ?? [])].map(([id, p]): [number, MapiProperty] => [id, mapiOf(p, '', 16)]));
  // The mark of a prefix and its length are no part of what a person reads.
  const label = pstText(object, PID.Subject, codePageOf(bag))?.replace(/^\u0001[^]/, '');
  const child = { key: keyOf(pst, node), role, says: [], ...(label ? { label } : {}) } as const;
  const bytes = dumpOfMessage(pst, node, input);
  if (typeof bytes !== 'string') return { ...child, bytes: bytesOf(bytes) };
  return {
    ...child,
    bytes: null,
    why: 'unreadable',
    problem: { code: 'malformed', message: 'the message could not be read: the block with its properties is missing or broken' },
  };
}

/** Where a folder says that it holds more than was found: a damaged store, or a mailbox of which a part was never fetched. */
function* countsOf(pst: Pst, folders: ReadonlyMap<number, PstNode>, found: ReadonlyMap<number, number>): Generator<OpeningProblem> {
  let wrong = 0;
  for (const [nid, node] of folders) {
    const said = pstNumber(pst.object(node), PST_PID.ContentCount) ?? 0;
    const here = found.get(nid) ?? 0;
    if (said <= here || ++wrong > MOST_NAMED) continue;
    yield {
      problem: {
        code: 'malformed',
        message: `the folder '${pst.folder(nid) || nodeName(nid)}' says that it holds ${said} items; ${here} were found`,
      },
    };
  }
  if (wrong > MOST_NAMED)
    yield { problem: { code: 'malformed', message: `${wrong - MOST_NAMED} more folders say that they hold more items than were found` } };
}

function* open(input: Input): Generator<Child | ClosedChild | OpeningProblem> {
  const pst = input.once(readPst);
  if (!pst) return;
  const seen = new Set<number>();
  const folders = new Map<number, PstNode>();
  const found = new Map<number, number>();
  for (const node of pst.trees.nodes()) {
    if (seen.has(node.nid)) {
      pst.damage.note('malformed', 'the tree of nodes names a node twice; the first is read', nodeName(node.nid));
      continue;
    }
    seen.add(node.nid);
    if (kindOf(node.nid) === NODE.folder) folders.set(node.nid, node);
    if (!isMessage(node)) continue;
    input.alive();
    if (kindOf(node.nid) === NODE.message) found.set(node.parent, (found.get(node.parent) ?? 0) + 1);
    yield childOf(pst, node, input);
  }
  if (!seen.has(NID.root)) yield { problem: { code: 'malformed', message: 'the root folder is not in the tree of nodes' } };
  yield* countsOf(pst, folders, found);
  for (const problem of pst.damage.problems()) yield { problem };
}

/**
 * The messages of a .pst or .ost: every node that is one, whether or not its folder's table still lists it, so that a damaged folder
 * loses nothing. A message has no bytes of its own; see `mapi-dump.ts` for the form it is given.
 */
export const pst: Container = {
  id: 'pst',
  version: 2,
  mediaTypes: ['application/vnd.ms-outlook-pst'],
  unbounded: true,
  open,
  openOne(input, key) {
    const nid = /(?:^|\/)nid:([0-9a-f]{1,8})$/.exec(key)?.[1];
    const store = input.once(readPst);
    const node = nid === undefined ? null : (store?.trees.node(parseInt(nid, 16)) ?? null);
    return store && node && isMessage(node) && keyOf(store, node) === key ? childOf(store, node, input) : null;
  },
};

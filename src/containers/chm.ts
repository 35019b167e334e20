import { MAX_RAW } from '../model/claim.ts';
import { fileNameClaim } from '../model/file-name.ts';
import type { Child, ClosedChild, Container, Input, OpeningProblem } from '../model/input.ts';
import { chmContent, type ChmFile } from '../structures/ebook/chm-content.ts';

const keyOf = (name: string, nth: number): string => (nth === 0 ? name : `${name}#${nth + 1}`);

function childOf({ name, bytes }: ChmFile, key: string): Child | ClosedChild {
  const label = name.slice(name.lastIndexOf('/') + 1).slice(0, MAX_RAW);
  const child = { key, label, role: 'part', says: [fileNameClaim(label)] } as const;
  return bytes === null
    ? { ...child, bytes, why: 'unreadable', problem: { code: 'malformed', message: 'what holds it is damaged, or ends before it' } }
    : { ...child, bytes };
}

function* children(input: Input): Generator<Child | ClosedChild> {
  const met = new Map<string, number>();
  for (const file of input.once(chmContent).files) {
    const nth = met.get(file.name) ?? 0;
    met.set(file.name, nth + 1);
    yield childOf(file, keyOf(file.name, nth));
  }
}

function* open(input: Input): Iterable<Child | ClosedChild | OpeningProblem> {
  for (const problem of input.once(chmContent).problems) yield { problem };
  yield* children(input);
}

/** Pages, pictures and tables of contents of compiled HTML Help. Keys are their paths. */
export const chm: Container = {
  id: 'chm',
  version: 1,
  mediaTypes: ['application/vnd.ms-htmlhelp'],
  open,
  openOne(input, key) {
    for (const child of children(input)) if (child.key === key) return child;
    return null;
  },
};

import { rar } from '../../../src/containers/rar.ts';
import { joinOf } from '../../../src/model/bytes.ts';
import { type Child, type ClosedChild, DEFAULT_LIMITS } from '../../../src/model/input.ts';
import { readRar } from '../../../src/structures/archive/rar.ts';
import { bytesOf, inputOf } from '../../../src/structures/bytes.ts';
import { among, bytesAt, type Compared, has, list, nameOf, textAt, timesOf } from './corpus.ts';

interface Told {
  readonly name: string;
  /** 'F', 'D' or 'L'. */
  readonly kind: string;
  readonly size: number;
  readonly time: string;
  readonly encrypted: boolean;
}

const lineOf = (block: string, pattern: RegExp): string => pattern.exec(block)?.[1] ?? '';

/** Blocks that begin with 'FILE:' or 'R5_FILE:' and go on in indented lines. */
const toldIn = (text: string): Told[] =>
  text
    .split(/^(?:R5_)?FILE:/m)
    .slice(1)
    .map((block) => ({
      name: lineOf(block, /^ {2}name=(.*)$/m).replace(/\/$/, ''),
      kind: lineOf(block, / is=(\S+)/).replaceAll('-', ''),
      size: Number(lineOf(block, / dec=(\d+)/)),
      time: lineOf(block, /^ {2}mtime=(\S{19})/m) || lineOf(block, /date_time=(\S+ \S+)/).replace(' ', 'T'),
      encrypted: /PASSWORD|algo=0:AES256/.test(block),
    }));

/** The volumes of the set that this file opens; only itself where it stands alone. */
function volumesOf(path: string): Buffer[] {
  const found = [bytesAt(path)];
  for (let n = 2; /\.part1\.rar$/.test(path); n++) {
    const next = path.replace(/1\.rar$/, `${n}.rar`);
    if (!has(next)) break;
    found.push(bytesAt(next));
  }
  return found;
}

/** What `dumprar` of rarfile lists of an archive: 'name.rar.exp'. */
export async function rarfile(path: string): Promise<Compared[] | null> {
  const data = path.replace(/\.exp$/, '');
  if (!has(data)) return null;
  const volumes = volumesOf(data).map((v) => bytesOf(v));
  const input = inputOf(joinOf(volumes), DEFAULT_LIMITS, { volumes: volumes.length > 1 ? volumes : [] });
  const children: (Child | ClosedChild)[] = [];
  for await (const item of rar.open(input)) if ('key' in item) children.push(item);
  const told = toldIn(textAt(path));
  const rows: Compared[] = [];
  const say = (what: string, theirs: string, ours: string): number => rows.push({ file: path, what, theirs, ours });
  const members = input.once(readRar)?.members ?? [];
  say('members', String(told.length), String(members.length));
  const names = (kind: string): string => list(told.filter((t) => t.kind === kind).map((t) => t.name));
  for (const [kind, ours] of [
    ['F', 'file'],
    ['D', 'folder'],
    ['L', 'link'],
  ] as const)
    say(`${ours} names`, names(kind), list(members.filter((m) => m.kind === ours).map((m) => m.name.replace(/\/$/, ''))));
  const files = told.filter((t) => t.kind !== 'D');
  say('children', list(files.map((t) => t.name.split('/').at(-1))), list(children.map(nameOf)));
  for (const [i, t] of files.entries()) {
    const child = children[i];
    if (!child) continue;
    say(`time of ${t.name}`, t.time, among(t.time, timesOf(child.says, ['time.stored'])));
    if (t.kind === 'F') say(`closed ${t.name}`, String(t.encrypted), String(child.bytes === null && child.why === 'encrypted'));
    if (t.kind === 'F' && !t.encrypted) say(`size of ${t.name}`, String(t.size), String(child.bytes?.size ?? 'closed'));
  }
  return rows;
}

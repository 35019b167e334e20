import type { Problem } from '../model/artifact.ts';
import type { Claim, Passage } from '../model/claim.ts';
import { renderPath } from '../model/provenance.ts';
import type { Out } from '../model/report.ts';
import type { SegmentLine } from '../model/segment.ts';
import { meaningOf, placeOf } from './shared/claim-words.ts';
import { cut, printable } from './shared/printable.ts';
import { grouped, type Style, styleOf } from './shared/style.ts';

const RAW_WIDTH = 60;
/** Claims of one attribute shown in full; a Word file may list a thousand rsids. */
const SAME_SHOWN = 12;

/** What was learned of one artifact. */
interface Said {
  readonly claims: Claim[];
  readonly passages: Passage[];
  readonly problems: Problem[];
}

const NOTHING: Said = { claims: [], passages: [], problems: [] };

/** The lines about artifacts, gathered by artifact. */
function saidOf(lines: readonly SegmentLine[]): ReadonlyMap<string, Said> {
  const said = new Map<string, Said>();
  const at = (artifact: string): Said => {
    const known = said.get(artifact) ?? { claims: [], passages: [], problems: [] };
    said.set(artifact, known);
    return known;
  };
  for (const line of lines) {
    if (line.t === 'passages') for (const p of line.passages) at(line.artifact).passages.push(p);
    else if (line.t === 'claim') at(line.artifact).claims.push(withoutKind(line));
    else if (line.t === 'problem') at(line.artifact).problems.push(withoutKind(line));
  }
  return said;
}

function withoutKind<T extends { readonly t: string }>(line: T): Omit<T, 't'> {
  const { t: _, ...rest } = line;
  return rest;
}

/** What was learned of a file and all in it, for programs: each artifact with its claims, passages and problems. */
export function inspectionAsJson(lines: readonly SegmentLine[]): unknown {
  const said = saidOf(lines);
  return lines.flatMap((l) => (l.t === 'artifact' ? [{ ...withoutKind(l), ...(said.get(l.id) ?? NOTHING) }] : []));
}

/** A file's claims as a table: what it says, in its own words, what we make of it, and where that stands. */
export async function writeInspection(lines: readonly SegmentLine[], out: Out, options: { readonly colour: boolean }): Promise<void> {
  const style = styleOf(options.colour);
  const artifacts = lines.filter((l) => l.t === 'artifact').map((l) => ({ ...l, path: renderPath(l.path) }));
  artifacts.sort((a, b) => Buffer.compare(Buffer.from(a.path.replaceAll('!/', '\u0001')), Buffer.from(b.path.replaceAll('!/', '\u0001'))));
  const said = saidOf(lines);
  for (const a of artifacts) {
    const state = a.outcome.state === 'unread' ? `unread: ${a.outcome.why}` : a.outcome.state;
    await out.write(`${style.bold(printable(a.path))}\n  ${a.mediaType}, ${grouped(a.size)} bytes, sha256 ${a.sha256}, ${state}\n`);
    const { claims, passages, problems } = said.get(a.id) ?? NOTHING;
    await writeClaims(claims, out, style);
    if (passages.length > 0) await out.write(style.dim(`  ${grouped(passages.length)} passages of text kept for comparison\n`));
    for (const p of problems) await out.write(style.red(`  problem ${p.code}: ${printable(p.message)} [${p.reader}]\n`));
    await out.write('\n');
  }
}

async function writeClaims(claims: readonly Claim[], out: Out, style: Style): Promise<void> {
  const shown = new Map<string, number>();
  for (const c of claims) {
    const n = (shown.get(c.attribute) ?? 0) + 1;
    shown.set(c.attribute, n);
    if (n > SAME_SHOWN) continue;
    const raw = cut(printable(c.raw), RAW_WIDTH);
    const value = meaningOf(c);
    const said = c.basis === 'asserted' ? raw : style.dim(raw);
    await out.write(
      `  ${c.attribute.padEnd(22)} ${cut(printable(c.field), 28).padEnd(28)} ${said}${' '.repeat(Math.max(1, RAW_WIDTH + 1 - raw.length))}${value === '' ? '' : `= ${cut(printable(value), 44)}  `}${style.dim(printable(placeOf(c)))}\n`,
    );
  }
  for (const [attribute, n] of shown) if (n > SAME_SHOWN) await out.write(style.dim(`  ${attribute}: ${grouped(n - SAME_SHOWN)} more\n`));
}

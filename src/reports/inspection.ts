import type { Claim } from '../model/claim.ts';
import { renderPath } from '../model/provenance.ts';
import type { Out } from '../model/report.ts';
import type { SegmentLine } from '../model/segment.ts';
import { meaningOf, placeOf } from './shared/claim-words.ts';
import { cut, printable } from './shared/printable.ts';
import { grouped, type Style, styleOf } from './shared/style.ts';

const RAW_WIDTH = 60;
/** Claims of one attribute shown in full; a Word file may list a thousand rsids. */
const SAME_SHOWN = 12;

/** A file's claims as a table: what it says, in its own words, what we make of it, and where that stands. */
export async function writeInspection(lines: readonly SegmentLine[], out: Out, options: { readonly colour: boolean }): Promise<void> {
  const style = styleOf(options.colour);
  const artifacts = lines.filter((l) => l.t === 'artifact').map((l) => ({ ...l, path: renderPath(l.path) }));
  artifacts.sort((a, b) => Buffer.compare(Buffer.from(a.path.replaceAll('!/', '\u0001')), Buffer.from(b.path.replaceAll('!/', '\u0001'))));
  for (const a of artifacts) {
    const state = a.outcome.state === 'unread' ? `unread: ${a.outcome.why}` : a.outcome.state;
    await out.write(`${style.bold(printable(a.path))}\n  ${a.mediaType}, ${grouped(a.size)} bytes, sha256 ${a.sha256}, ${state}\n`);
    const claims = lines.filter((l) => l.t === 'claim' && l.artifact === a.id) as Claim[];
    await writeClaims(claims, out, style);
    const passages = lines.filter((l) => l.t === 'passage' && l.artifact === a.id).length;
    if (passages > 0) await out.write(style.dim(`  ${grouped(passages)} passages of text kept for comparison\n`));
    for (const l of lines)
      if (l.t === 'problem' && l.artifact === a.id) await out.write(style.red(`  problem ${l.code}: ${printable(l.message)} [${l.reader}]\n`));
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

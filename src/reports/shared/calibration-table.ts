import { boundFrom, type Calibration, firedFrom, type Firings } from '../../model/calibration.ts';
import type { Out } from '../../model/report.ts';
import type { RuleMeta } from '../../model/rule-meta.ts';
import { firedWords, percent } from './firings-words.ts';
import { printable } from './printable.ts';
import { grouped, styleOf } from './style.ts';

const HEAD = ['rule', 'applicable', 'rate', 'at most', 'fired'] as const;

const cells = (f: Firings): string[] => [
  f.rule,
  `${grouped(f.applicable)}${f.loosely ? '*' : ''}`,
  percent(firedFrom(f, 'weak') / f.applicable),
  percent(boundFrom(f, 'weak')),
  `${firedWords(f)}${f.acts > 0 ? ` (${grouped(f.acts)} ${f.acts === 1 ? 'act' : 'acts'})` : ''}`,
];

/** What `tainted calibrate` prints for a person. */
export async function writeCalibration(
  { tool, material: m, rules }: Calibration,
  metas: readonly RuleMeta[],
  out: Out,
  options: { readonly colour: boolean },
): Promise<void> {
  const style = styleOf(options.colour);
  const supports = new Set(metas.filter((r) => r.direction === 'supports').map((r) => r.id));
  const shown = rules.filter((f) => f.applicable > 0);
  await out.write(
    `${style.bold(printable(m.name))}: ${grouped(m.files)} files, ${grouped(m.documents)} documents${m.kind === 'all' ? '' : ` of kind ${m.kind}`}, manifest ${m.manifest}, ${tool}\n`,
  );
  await out.write('Taken for honest: each finding against one of its documents counts as a false alarm.\n');
  await writeTable(
    'Rules that speak against a document',
    shown.filter((f) => !supports.has(f.rule)),
    out,
    style.bold,
  );
  await writeTable(
    'Rules that support authenticity (firing is right here)',
    shown.filter((f) => supports.has(f.rule)),
    out,
    style.bold,
  );
  const silent = rules.filter((f) => f.applicable === 0).map((f) => f.rule);
  if (silent.length > 0) await out.write(`\nNot measured, no document that they could speak about: ${silent.join(', ')}.\n`);
  if (shown.some((f) => f.loosely)) await out.write('\n* counted by any claim that the rule may look at: too many, so the rate is too low.\n');
  await out.write('\nUnit: documents with distinct bytes, by the strongest finding. "at most": one-sided 95 % upper bound (Clopper and Pearson).\n');
}

async function writeTable(title: string, list: readonly Firings[], out: Out, bold: (text: string) => string): Promise<void> {
  if (list.length === 0) return;
  const rows = [[...HEAD], ...list.map(cells)];
  const widths = HEAD.map((_, i) => Math.max(...rows.map((r) => (r[i] ?? '').length)));
  const line = (r: readonly string[]): string =>
    r
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : i === r.length - 1 ? ` ${cell}` : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  await out.write(`\n${bold(title)}\n${rows.map((r) => `  ${line(r)}`).join('\n')}\n`);
}

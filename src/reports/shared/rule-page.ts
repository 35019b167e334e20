import type { Measured } from '../../model/calibration.ts';
import type { Rule } from '../../model/rule.ts';
import { strengthCap, weaker } from '../../model/rule-meta.ts';
import { firingsSection } from './firings-words.ts';

const BEGIN = '<!-- written by hand from here -->';
const END = '<!-- to here; the rest is generated: npm run docs -->';

/** The prose between the markers; all of it where there are none. */
export function proseOf(page: string): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  return page.slice(from < 0 ? 0 : from + BEGIN.length, to < 0 ? page.length : to).trim();
}

/** The page of a rule: what its code says of it and what was measured, around what a person wrote. */
export function rulePage({ scope, meta }: Rule, page: string, measured: readonly Measured[]): string {
  const says = meta.direction === 'supports' ? 'supports authenticity' : meta.proposition;
  return [
    `# ${meta.id}`,
    '',
    `> ${meta.title}.`,
    '',
    '| says | at most | rests on | status | scope | catalogue | since |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    `| ${says} | ${weaker(meta.strength, strengthCap(meta))} | ${meta.grounds} | ${meta.status} | ${scope} | ${meta.catalogue.join(', ')} | ${meta.since} |`,
    '',
    `Reads: ${meta.reads.map((r) => `\`${r}\``).join(', ')}.`,
    '',
    BEGIN,
    proseOf(page),
    END,
    '',
    '## Innocent explanations',
    '',
    ...meta.innocent.flatMap((i) => [`- **${i.id}**: ${i.story}`, `  *Check:* ${i.check}`]),
    '',
    ...firingsSection(meta, measured),
    '',
    '## References',
    '',
    ...meta.references.map((r) => `- [${r.title}${r.section === undefined ? '' : `, ${r.section}`}](${r.url})`),
    '',
  ].join('\n');
}

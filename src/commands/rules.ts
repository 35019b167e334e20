import fs from 'node:fs';
import { Command } from 'commander';
import { strengthCap, weaker } from '../model/rule-meta.ts';
import { rulePage } from '../reports/shared/rule-page.ts';
import { UsageError } from '../run/case.ts';
import { measuredOf } from '../rules/calibration.ts';
import { RULES } from '../rules/index.ts';
import { type Done, EXIT } from './exit.ts';
import { stdout } from './output.ts';

const page = (id: string): string => fs.readFileSync(new URL(`../rules/pages/${id}.md`, import.meta.url), 'utf8');

/** Lists the rules, or explains one. */
export function rulesCommand(done: Done): Command {
  return new Command('rules')
    .description('list the rules, or explain one')
    .argument('[id]', 'a rule')
    .option('--json', 'their metadata as JSON')
    .action(async (id: string | undefined, flags: { json?: boolean }) => {
      const chosen = id === undefined ? RULES : RULES.filter((r) => r.meta.id === id || r.meta.catalogue.includes(id.toUpperCase()));
      if (chosen.length === 0) throw new UsageError(`rules ${id ?? ''}: no such rule; 'tainted rules' lists them`);
      if (flags.json === true)
        await stdout.write(
          `${JSON.stringify(
            chosen.map((r) => ({ scope: r.scope, ...r.meta })),
            null,
            2,
          )}\n`,
        );
      else if (id !== undefined) for (const r of chosen) await stdout.write(rulePage(r, page(r.meta.id), measuredOf(r.meta.id)));
      else await stdout.write(list());
      done(EXIT.done);
    });
}

function list(): string {
  const width = Math.max(...RULES.map((r) => r.meta.id.length));
  const lines = RULES.map(({ meta }) => {
    const says = meta.direction === 'supports' ? 'supports' : meta.proposition;
    return `${meta.id.padEnd(width)}  ${meta.catalogue.join('+').padEnd(8)} ${says.padEnd(10)} ${`up to ${weaker(meta.strength, strengthCap(meta))}`.padEnd(24)} ${meta.title}`;
  });
  return `${lines.join('\n')}\n\n${RULES.length} rules. 'tainted rules <id>' explains one: what it looks at, when it misleads, and the innocent explanations.\n`;
}

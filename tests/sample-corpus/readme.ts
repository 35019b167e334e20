import type { Expectation } from './expectation.ts';
import { PATHS } from './mailboxes.ts';

const row = (...cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;

/** What lies in the corpus and what was done to it, for whoever opens the folder. */
export function readme({ plants, supports, silent }: Expectation): string {
  return [
    '# A leak that never happened',
    '',
    'Nobody in these files exists, nor does the party, the town, the printing house or the newspaper. Names that resemble',
    'yours do so by accident. Every file is built byte for byte from the code in `tests/sample-corpus/` (`npm run sample`);',
    'nothing here was taken from anywhere.',
    '',
    'The story: the mailboxes of four people of an invented campaign and the archive of its mailing list, and beside them a',
    'deposit of loose files. Most of it is honest. Some of it was saved again by a stranger, some was altered, made up or',
    'dated back, and some is bait that the campaign laid out itself. `tests/sample-corpus/expect.json` says the same for a program.',
    '',
    '    tainted scan sample-corpus',
    '',
    '## What lies where',
    '',
    row('place', 'what'),
    row('---', '---'),
    row('`courriels/tisserand-outlook/`', 'Outlook, two mbox files, to noon of 24 April 2023'),
    row('`courriels/corbelot-gmail/`', 'Gmail as Takeout gives it, to noon of 24 April 2023'),
    row('`courriels/vautrelle-apple/`', 'Apple Mail, Maildir (with `;` for the colon, which not every file system takes), to 21 April 2023'),
    row('`courriels/hirsoux-thunderbird/`', 'Thunderbird, mbox with CR LF, to 6 March 2023'),
    row(`\`${PATHS.archive}\``, 'archive of the mailing list, October 2022 to April 2023'),
    row('`depot/`', 'loose documents, among them an archive of workbooks'),
    row('`depot/temoins/`', 'honest twins of the files in `depot/dossiers/`'),
    '',
    '## What was planted',
    '',
    `${plants.length} items. Each has an honest twin in \`tests/sample-corpus/expect.json\` that lacks what tells and is like it in all else that rules look at; it must not be ranked.`,
    '',
    row('item', 'at most', 'what was done'),
    row('---', '---', '---'),
    ...plants.map((p) => row(`\`${p.path}\``, p.proposition, p.story)),
    '',
    '## What supports its own authenticity',
    '',
    ...supports.map((s) => `- \`${s.path}\` (${s.rule})`),
    '',
    '## What looks odd and is honest',
    '',
    ...silent.filter((s) => !s.why.startsWith('honest twin')).map((s) => `- \`${s.path}\`: ${s.why}`),
    '',
  ].join('\n');
}

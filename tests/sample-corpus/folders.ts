import { DAY, isoMinute, isWorkday } from './calendar.ts';
import type { Expectation, Plant } from './expectation.ts';
import { AURELIE, BASTIEN, CLEMENCE, DAMIEN, FABRICE, MAELYS, type Person } from './people.ts';
import { paragraphsOf, text } from './texts.ts';

export interface Folder {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly plants?: readonly Plant[];
  readonly silent?: Expectation['silent'];
  readonly supports?: Expectation['supports'];
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A working day's morning or afternoon, so many days after the first. */
function officeHour(first: string, days: number, hour: number): string {
  let day = Date.parse(first) + days * DAY;
  while (!isWorkday(Math.floor(day / DAY) * DAY)) day += DAY;
  return isoMinute(day + hour * 3_600_000);
}

/** Notes of four people over two years, all with one program but for one in the middle. */
export function notes(): Folder {
  const people: readonly Person[] = [AURELIE, BASTIEN, CLEMENCE, DAMIEN];
  const files = new Map<string, Uint8Array>();
  for (let i = 0; i < 24; i++) {
    const name = `note_${two(i + 1)}.docx`;
    files.set(`depot/notes/${name}`, text({ name, author: people[i % 4] ?? AURELIE, created: officeHour('2021-05-03T08:00:00Z', i * 27, i % 7) }));
  }
  const odd = 'note_budget_bis.docx';
  const application = 'WPS Office_11.2.0.11440_F1E327BC-269C-435d-A152-05C5408002CA';
  const budget = { author: BASTIEN, created: '2022-03-08T09:10:00Z', saved: '2022-03-09T10:45:00Z', paragraphs: paragraphsOf('note_budget') };
  files.set('depot/notes/note_budget.docx', text({ ...budget, name: 'note_budget.docx' }));
  files.set(`depot/notes/${odd}`, text({ ...budget, name: odd, as: { application } }));
  return {
    files,
    plants: [
      {
        path: `depot/notes/${odd}`,
        twin: 'depot/notes/note_budget.docx',
        rules: ['tool-outlier-among-siblings'],
        proposition: 'handled',
        story: 'Written with another program than the two dozen notes around it, those before and those after.',
      },
    ],
  };
}

/** Press releases, each with author and dates but for one. */
export function releases(): Folder {
  const files = new Map<string, Uint8Array>();
  for (let i = 0; i < 14; i++) {
    const name = `communique_${two(i + 1)}.docx`;
    files.set(`depot/communiques/${name}`, text({ name, author: CLEMENCE, created: officeHour('2021-06-01T09:00:00Z', i * 41, (i * 3) % 8) }));
  }
  const bare = 'communique_salaires.docx';
  const release = { author: CLEMENCE, created: '2022-08-30T09:00:00Z', paragraphs: paragraphsOf('communique_salaires') };
  files.set('depot/communiques/communique_salaires_signe.docx', text({ ...release, name: 'communique_salaires_signe.docx' }));
  const spec = {
    ...release,
    name: bare,
    as: { removePersonalInformation: true, removeDateAndTime: true, parts: { 'docProps/core.xml': BARE_CORE } },
  };
  files.set(`depot/communiques/${bare}`, text(spec));
  return {
    files,
    plants: [
      {
        path: `depot/communiques/${bare}`,
        twin: 'depot/communiques/communique_salaires_signe.docx',
        rules: ['scrubbed-among-rich-siblings'],
        proposition: 'handled',
        story: 'Author, last author and dates were wiped, and Word was told to go on doing so; all other releases carry them.',
      },
    ],
  };
}

const BARE_CORE =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Communiqué</dc:title></cp:coreProperties>';

/** An afternoon on which the assistant filed old documents anew: a burst like the other one, by somebody who belongs here. */
export function refiled(): Folder {
  const files = new Map<string, Uint8Array>();
  const silent: { path: string; why: string }[] = [];
  for (let i = 0; i < 8; i++) {
    const name = `pv_assemblee_${2013 + i}.docx`;
    files.set(
      `depot/archives/${name}`,
      text({
        name,
        author: i % 2 === 0 ? AURELIE : BASTIEN,
        created: `${2013 + i}-06-1${i}T18:30:00Z`,
        saved: `2022-09-14T13:${20 + i}:00Z`,
        savedBy: FABRICE.name,
      }),
    );
    silent.push({ path: `depot/archives/${name}`, why: 'saved in a burst by a colleague who writes and saves here all the time' });
  }
  return { files, silent };
}

/** LibreOffice, whose packages have real times and whose documents name no language. */
export function freeSoftware(): Folder {
  const names = ['tour_de_garde.docx', 'liste_materiel.docx', 'plan_du_local.docx'];
  const files = names.map((name, i): [string, Uint8Array] => {
    const [created, saved] = [`2022-0${i + 2}-14T18:05:11Z`, `2022-0${i + 2}-15T19:22:41Z`];
    return [
      `depot/benevoles/${name}`,
      text({ name, author: MAELYS, created, saved, as: { writer: 'libreoffice', packed: { local: saved.slice(0, 19) } } }),
    ];
  });
  return {
    files: new Map(files),
    silent: names.map((name) => ({ path: `depot/benevoles/${name}`, why: 'LibreOffice writes the clock of the saving into its packages' })),
  };
}

import { buildZip } from '../support/build-zip.ts';
import { deflateFixed } from './deflate.ts';
import type { Plant } from './expectation.ts';
import { resaved, type Workbook, WORKBOOKS } from './spreadsheets.ts';

/** So many lie in a folder, the others in an archive. */
const LOOSE = 7;
const ARCHIVE = 'depot/xls_tresorerie.zip';

const rulesOf = (w: Workbook): string[] => [
  'burst-of-saves',
  'locale-discordance',
  w.altered ? 'loose-copy-differs' : 'resaved-copy',
  ...(w.named ? ['rare-last-author'] : []),
];

function storyOf(w: Workbook): string {
  const saved = `Saved again with a Russian Excel by a hand that is not its author's${w.named ? '' : ', and that left no name'}, one of twelve within four minutes`;
  return w.altered
    ? `${saved}; one number in it is another one than in the copy mailed in ${w.mailed.slice(0, 4)}.`
    : `${saved}; every cell is what it was when it was mailed in ${w.mailed.slice(0, 4)}.`;
}

/** The workbooks as they came out of the leak. */
export function burstFiles(): { readonly files: ReadonlyMap<string, Uint8Array>; readonly plants: readonly Plant[] } {
  const loose = WORKBOOKS.slice(0, LOOSE);
  const packed = WORKBOOKS.slice(LOOSE);
  const files = new Map(loose.map((w): [string, Uint8Array] => [`depot/tableurs/${w.file}`, resaved(w)]));
  // Packed where the clock stands three hours east of UTC.
  const members = packed.map((w, i) => ({
    name: w.file,
    content: resaved(w),
    local: `2023-03-29T12:31:${10 + 2 * i}`,
    instant: `2023-03-29T09:31:${10 + 2 * i}Z`,
  }));
  files.set(ARCHIVE, buildZip(members, 'info-zip', { deflate: deflateFixed }));
  const plants = WORKBOOKS.map((w, i): Plant => ({
    path: i < LOOSE ? `depot/tableurs/${w.file}` : `${ARCHIVE}!/zip:${w.file}`,
    twin: `${w.file}@outlook!/mime:2`,
    rules: rulesOf(w),
    proposition: w.altered ? 'altered' : 'handled',
    story: storyOf(w),
  }));
  return { files, plants };
}

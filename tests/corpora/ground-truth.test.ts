import { describe, expect, it } from 'vitest';
import { EXPLAINED, type Explained, NOT_COMPARED } from './ground-truth.data.ts';
import { c2pa } from './truth/c2pa.ts';
import { type Compared, manifest, present } from './truth/corpus.ts';
import { flanker } from './truth/flanker.ts';
import { mime4j } from './truth/mime4j.ts';
import { msgreader } from './truth/msgreader.ts';
import { rarfile } from './truth/rarfile.ts';
import { stalwart } from './truth/stalwart.ts';
import { mimekit, tnef } from './truth/tnef.ts';

if (!present) process.stderr.write('ground-truth: skipped, no ../shared/corpora beside this checkout\n');

interface Kind {
  readonly files: RegExp;
  /** Null where the file that the truth is about is not in the corpora. */
  readonly compare: (path: string) => Promise<Compared[] | null> | Compared[] | null;
  /** Truth files with their data, and values that both sides read. */
  readonly with: number;
  readonly values: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  msgreader: { files: /^HiraokaHyperTools__msgreader\/.*\.json$/, compare: msgreader, with: 20, values: 315 },
  rarfile: { files: /^markokr__rarfile\/.*\.exp$/, compare: rarfile, with: 28, values: 272 },
  tnef: { files: /^verdammelt__tnef\/.*\.(?:list|baseline)$/, compare: tnef, with: 25, values: 76 },
  mimekit: { files: /^jstedfast__MimeKit\/UnitTests\/TestData\/tnef\/[^/]+\/[^/]+$/, compare: mimekit, with: 4, values: 7 },
  mime4j: { files: /^apache__james-mime4j\/.*\.xml$/, compare: mime4j, with: 69, values: 662 },
  stalwart: { files: /^stalwartlabs__mail-parser\/.*\.json$/, compare: stalwart, with: 91, values: 727 },
  flanker: { files: /^mailgun__flanker\/.*\/(?:simple|relaxed)\.expected\.\d+$/, compare: flanker, with: 22, values: 44 },
  c2pa: { files: /^c2pa-org__public-testfiles\/.*\/manifest_store\.json$/, compare: c2pa, with: 5, values: 61 },
};

/** Differences that each explanation met. */
const met = new Map<Explained, number>();

function unexplained(rows: readonly Compared[]): Compared[] {
  return rows.filter((row) => {
    const explained = EXPLAINED.find((e) => e.file.test(row.file) && e.what.test(row.what));
    if (explained) met.set(explained, (met.get(explained) ?? 0) + 1);
    return !explained;
  });
}

describe.skipIf(!present)('what parser projects wrote down of their own files', () => {
  it.each(Object.entries(KINDS))('%s: equal, or the difference is explained', { timeout: 180_000 }, async (name, kind) => {
    const rows: Compared[] = [];
    let files = 0;
    for (const [path] of manifest().filter(([p]) => kind.files.test(p))) {
      const compared = await kind.compare(path);
      if (compared) files++;
      rows.push(...(compared ?? []));
    }
    const different = rows.filter((r) => r.theirs !== r.ours);
    process.stderr.write(`ground-truth: ${name}: ${rows.length - different.length} of ${rows.length} values equal in ${files} files\n`);
    expect([files, rows.length]).toEqual([kind.with, kind.values]);
    expect(unexplained(different)).toEqual([]);
  });

  it('needs every explanation that is given, for as many values as it says', () => {
    expect(EXPLAINED.map((e) => [e.why, met.get(e) ?? 0])).toEqual(EXPLAINED.map((e) => [e.why, e.values]));
  });

  it('looks at every truth file, or says why not', () => {
    const classes = [...Object.values(KINDS).map((k) => k.files), ...NOT_COMPARED.map((n) => n.files)];
    const truths = manifest().flatMap(([path, kind]) => (kind === 'truth' ? [path] : []));
    expect(truths.filter((path) => classes.filter((c) => c.test(path)).length !== 1)).toEqual([]);
    expect(NOT_COMPARED.map((n) => truths.filter((path) => n.files.test(path)).length)).toEqual([278, 37, 56, 10, 11, 1]);
  });
});

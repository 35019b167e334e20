import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/formats/index.ts';
import type { Attribute, TimeValue } from '../../src/model/attribute.ts';
import type { ClaimDraft } from '../../src/model/claim.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { inputFrom, readAll } from '../support/read.ts';
import { EXPLAINED } from './exiftool-agreement.data.ts';

/** Real files of parser projects, which lie beside a checkout on some machines and are never part of it. */
const CORPORA = new URL('../../../shared/corpora/', import.meta.url);
const present = fs.existsSync(new URL('EXIFTOOL.json', CORPORA));
if (!present) process.stderr.write('exiftool-agreement: skipped, no ../shared/corpora beside this checkout\n');

/** ExifTool's tag, our attribute, and how our field begins: both sides read the same place. */
const SAME: readonly (readonly [tag: string, attribute: Attribute, field: RegExp])[] = [
  ['PDF:Author', 'party.author', /^Info\//],
  ['PDF:Creator', 'tool.application', /^Info\//],
  ['PDF:Producer', 'tool.producer', /^Info\//],
  ['PDF:CreateDate', 'time.created', /^Info\//],
  ['PDF:ModifyDate', 'time.modified', /^Info\//],
  ['XMP-dc:Creator', 'party.author', /^dc:/],
  ['XMP-xmp:CreateDate', 'time.created', /^xmp:/],
  ['XMP-xmp:ModifyDate', 'time.modified', /^xmp:/],
  ['XMP-xmp:CreatorTool', 'tool.application', /^xmp:/],
  ['XMP-pdf:Producer', 'tool.producer', /^pdf:/],
  ['FlashPix:Author', 'party.author', /./],
  ['FlashPix:LastModifiedBy', 'party.last-author', /./],
  ['FlashPix:CreateDate', 'time.created', /./],
  ['FlashPix:ModifyDate', 'time.modified', /./],
  ['FlashPix:Software', 'tool.application', /./],
  ['IFD0:Artist', 'party.author', /^Artist/],
  ['IFD0:Software', 'tool.application', /^Software/],
  ['IFD0:ModifyDate', 'time.modified', /./],
  ['ExifIFD:CreateDate', 'time.digitized', /./],
  ['ExifIFD:DateTimeOriginal', 'time.captured', /^DateTimeOriginal/],
];

const printed = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const flat = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\s\u0000-\u001f\ufffd]+/g, ' ')
    .trim();

/** 'YYYY:MM:DD HH:MM:SS', without the fraction: ExifTool prints the clock as written, with the offset behind. */
function clockOf(t: TimeValue): string {
  const local = t.kind === 'wall' ? t.local : new Date(t.epochMs + t.offsetMinutes * 60_000).toISOString();
  return local.slice(0, 19).replaceAll('-', ':').replace('T', ' ');
}

/** ExifTool prints bytes of a code page as if they were UTF-8 or Latin-1; where only those differ, both read the same. */
const ascii = (text: string): string => text.replace(/[^\x20-\x7e]+/g, '');

function agrees(theirs: unknown, ours: readonly ClaimDraft[]): boolean {
  const wanted = Array.isArray(theirs) ? theirs.map(String).join(', ') : printed(theirs);
  return (
    ours.some((c) => {
      if (c.value !== null && typeof c.value === 'object' && 'kind' in c.value) {
        const clock = /^\d{4}:\d\d:\d\d \d\d:\d\d(?::\d\d)?/.exec(wanted)?.[0] ?? wanted;
        return clockOf(c.value).startsWith(clock) || flat(c.raw).startsWith(flat(wanted));
      }
      return flat(c.raw) === flat(wanted) || flat(printed(c.value)) === flat(wanted) || ascii(c.raw) === ascii(wanted);
    }) || flat(ours.map((c) => printed(c.value)).join(', ')) === flat(wanted)
  );
}

interface Difference {
  readonly file: string;
  readonly tag: string;
  readonly theirs: unknown;
  readonly ours: readonly string[];
}

async function compare(): Promise<{ files: number; agreeing: number; values: number; differences: Difference[] }> {
  const records = JSON.parse(fs.readFileSync(new URL('EXIFTOOL.json', CORPORA), 'utf8')) as Record<string, unknown>[];
  const differences: Difference[] = [];
  let files = 0;
  let agreeing = 0;
  let values = 0;
  for (const record of records) {
    const file = String(record['SourceFile']);
    const tags = SAME.filter(([tag]) => record[tag] !== undefined && printed(record[tag]).trim() !== '');
    if (tags.length === 0) continue;
    const bytes = fs.readFileSync(new URL(file.split('/').map(encodeURIComponent).join('/'), CORPORA));
    const reader = FORMATS.find((f) => f.mediaTypes.includes(recognise(inputFrom(bytes)).mediaType));
    if (!reader) continue;
    const { claims } = await readAll(reader, bytes);
    let both = 0;
    let wrong = 0;
    for (const [tag, attribute, field] of tags) {
      const ours = claims.filter((c) => c.attribute === attribute && field.test(c.field));
      if (ours.length === 0) continue;
      both++;
      if (agrees(record[tag], ours)) continue;
      wrong++;
      differences.push({ file, tag, theirs: record[tag], ours: ours.map((c) => c.raw) });
    }
    values += both;
    if (both > 0) files++;
    if (both > 0 && wrong === 0) agreeing++;
  }
  return { files, agreeing, values, differences };
}

describe.skipIf(!present)('where ExifTool 12.57 and the readers both read a value', () => {
  it('they agree for at least 98 % of the files, and each difference is explained', { timeout: 180_000 }, async () => {
    const { files, agreeing, values, differences } = await compare();
    process.stderr.write(`exiftool-agreement: ${agreeing} of ${files} files agree in all of ${values} values; ${differences.length} values differ\n`);
    expect(files).toBeGreaterThan(600);
    expect(agreeing / files).toBeGreaterThanOrEqual(0.98);
    const unexplained = differences.filter((d) => !EXPLAINED.some((e) => d.file.endsWith(e.file) && (e.tag === '*' || e.tag === d.tag)));
    expect(unexplained).toEqual([]);
  });
});

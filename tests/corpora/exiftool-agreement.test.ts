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
  ['ExifIFD:SerialNumber', 'tool.camera-serial', /Serial/],
  ['ExifIFD:OwnerName', 'party.owner', /./],
  ['IFD0:Make', 'tool.camera', /^Make/],
  ['IFD0:Model', 'tool.camera', /^Model/],
  ['IFD0:HostComputer', 'machine.name', /./],
  ['IFD0:XPTitle', 'name.title', /^XPTitle/],
  ['IFD0:XPAuthor', 'party.author', /^XPAuthor/],
  ['PDF:PDFVersion', 'type.version', /./],
  ['PDF:PageCount', 'count.pages', /./],
  ['PDF:Title', 'name.title', /^Info\//],
  ['PDF:Language', 'locale.text', /./],
  ['PDF:SigningDate', 'time.signed', /./],
  ['XMP-dc:Title', 'name.title', /^dc:/],
  ['XMP-dc:Language', 'locale.text', /^dc:/],
  ['XMP-xmp:MetadataDate', 'time.metadata', /^xmp:/],
  ['XMP-xmpMM:DocumentID', 'id.document', /^xmpMM:DocumentID/],
  ['XMP-xmpMM:OriginalDocumentID', 'id.document', /^xmpMM:OriginalDocumentID/],
  ['XMP-xmpMM:InstanceID', 'id.instance', /^xmpMM:InstanceID/],
  ['XMP-exif:DateTimeOriginal', 'time.captured', /^exif:/],
  ['XMP-exif:DateTimeDigitized', 'time.digitized', /^exif:/],
  ['XMP-photoshop:DateCreated', 'time.captured', /^photoshop:/],
  ['XMP-tiff:Make', 'tool.camera', /^tiff:/],
  ['XMP-tiff:Model', 'tool.camera', /^tiff:/],
  ['XMP-aux:SerialNumber', 'tool.camera-serial', /^aux:/],
  ['XMP-aux:OwnerName', 'party.owner', /^aux:/],
  ['FlashPix:CodePage', 'locale.codepage', /./],
  ['FlashPix:Company', 'party.company', /./],
  ['FlashPix:Manager', 'party.manager', /./],
  ['FlashPix:AppVersion', 'tool.version', /./],
  ['FlashPix:RevisionNumber', 'count.revision', /./],
  ['FlashPix:Title', 'name.title', /./],
  ['FlashPix:Template', 'machine.path', /Template/i],
  ['FlashPix:LastPrinted', 'time.printed', /./],
  ['FlashPix:Words', 'count.words', /./],
  ['FlashPix:Pages', 'count.pages', /./],
  ['MS-DOC:CreateDate', 'time.hidden', /dttmCreated/],
  ['MS-DOC:LastPrinted', 'time.hidden', /dttmLastPrint/],
  ['RTF:Author', 'party.author', /./],
  ['RTF:LastModifiedBy', 'party.last-author', /./],
  ['RTF:CreateDate', 'time.created', /./],
  ['RTF:ModifyDate', 'time.modified', /./],
  ['RTF:Company', 'party.company', /./],
  ['RTF:Title', 'name.title', /./],
  ['RTF:RevisionNumber', 'count.revision', /./],
  ['RTF:Pages', 'count.pages', /./],
  ['RTF:Words', 'count.words', /./],
  ['IPTC:By-line', 'party.author', /^IPTC/],
  ['IPTC:DateCreated', 'time.captured', /./],
  ['PNG:Software', 'tool.application', /./],
  ['PNG:ModifyDate', 'time.modified', /./],
  ['PNG:Title', 'name.title', /./],
  ['QuickTime:CreateDate', 'time.created', /./],
  ['QuickTime:ModifyDate', 'time.modified', /./],
  ['PostScript:Creator', 'tool.application', /^%%/],
  ['PostScript:CreateDate', 'time.created', /^%%/],
  ['PostScript:Title', 'name.title', /^%%/],
  ['DjVu-Meta:Author', 'party.author', /./],
  ['DjVu-Meta:CreateDate', 'time.created', /./],
  ['DjVu-Meta:Producer', 'tool.producer', /./],
  ['FITS:Creator', 'tool.application', /./],
  ['FITS:CreateDate', 'time.created', /./],
  ['CanonRaw:Model', 'tool.camera', /./],
  ['CanonRaw:DateTimeOriginal', 'time.captured', /./],
  ['CanonRaw:SerialNumber', 'tool.camera-serial', /./],
  ['SigmaRaw:Model', 'tool.camera', /./],
  ['SigmaRaw:DateTimeOriginal', 'time.captured', /./],
  ['SigmaRaw:SerialNumber', 'tool.camera-serial', /./],
  ['Pentax:SerialNumber', 'tool.camera-serial', /./],
  ['Canon:SerialNumber', 'tool.camera-serial', /./],
  ['Canon:OwnerName', 'party.owner', /./],
  ['Nikon:SerialNumber', 'tool.camera-serial', /./],
  ['Vorbis:Vendor', 'tool.producer', /./],
  ['ID3v2_3:Title', 'name.title', /./],
  ['ID3v2_3:Artist', 'party.author', /./],
  ['ASF:CreationDate', 'time.created', /./],
  ['ASF:Title', 'name.title', /./],
  ['ASF:Author', 'party.author', /./],
  ['RIFF:Software', 'tool.application', /./],
  ['RIFF:DateTimeOriginal', 'time.captured', /./],
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

/** Code pages that ExifTool prints by name ([MS-UCODEREF] 2.2.1). */
const CODE_PAGES: ReadonlyMap<string, number> = new Map([
  ['Unknown (0)', 0],
  ['Windows Latin 1 (Western European)', 1252],
  ['Windows Latin 2 (Central European)', 1250],
  ['Windows Cyrillic', 1251],
  ['Windows Arabic', 1256],
  ['Windows Traditional Chinese (Taiwan)', 950],
  ['Windows Thai (same as 28605, ISO 8859-15)', 874],
  ['Mac Roman (Western European)', 10000],
  ['Unicode (UTF-8)', 65001],
  ['Unicode UTF-16, little endian', 1200],
]);

/** A number that one side prints as '2', '015' or '15.0000' and the other as '2.0' or '15'. */
const sameNumber = (theirs: string, ours: string): boolean =>
  /^\d+(?:\.\d+)?$/.test(theirs) && /^\d+(?:\.\d+)?$/.test(ours) && Number(theirs) === Number(ours);

/** A clock with a zone that no standard knows, in ExifTool's punctuation; and a FILETIME too small for a date, as seconds. */
const isSameClock = (theirs: string, raw: string): boolean =>
  raw.replace(/^(\d{4})-(\d\d)-(\d\d)T/, '$1:$2:$3 ') === theirs || (/^\d{8,}$/.test(raw) && Number(raw) / 1e7 === Number(theirs));

/** The name alone, and the path that the file names in another place. */
const isSameFile = (theirs: string, c: ClaimDraft): boolean =>
  c.attribute === 'machine.path' && (c.raw.endsWith(`\\${theirs}`) || c.raw.includes(`\\${theirs}.`));

function agrees(theirs: unknown, ours: readonly ClaimDraft[]): boolean {
  const wanted = Array.isArray(theirs) ? theirs.map(String).join(', ') : printed(theirs);
  const codePage = CODE_PAGES.get(wanted);
  if (codePage !== undefined && ours.some((c) => c.value === codePage || c.raw === String(codePage))) return true;
  if (ours.some((c) => isSameClock(wanted, c.raw) || isSameFile(wanted, c))) return true;
  if (ours.some((c) => sameNumber(wanted, printed(c.value)) || sameNumber(wanted, flat(c.raw)))) return true;
  return (
    ours.some((c) => {
      if (c.value !== null && typeof c.value === 'object' && 'kind' in c.value) {
        const clock = /^\d{4}:\d\d:\d\d \d\d:\d\d(?::\d\d)?/.exec(wanted)?.[0] ?? wanted;
        const fine = c.value.precisionMs < 60_000 ? clock : clock.slice(0, 16);
        return clockOf(c.value).startsWith(fine) || flat(c.raw).startsWith(flat(wanted));
      }
      return (
        flat(c.raw) === flat(wanted) ||
        flat(printed(c.value)) === flat(wanted) ||
        ascii(c.raw).trim().toLowerCase() === ascii(wanted).trim().toLowerCase()
      );
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
  it('they agree in at least 99 % of the values and 98 % of the files, and each difference is explained', { timeout: 180_000 }, async () => {
    const { files, agreeing, values, differences } = await compare();
    process.stderr.write(`exiftool-agreement: ${agreeing} of ${files} files agree in all of ${values} values; ${differences.length} values differ\n`);
    expect(files).toBeGreaterThan(1000);
    expect(1 - differences.length / values).toBeGreaterThanOrEqual(0.99);
    expect(agreeing / files).toBeGreaterThanOrEqual(0.98);
    const unexplained = differences.filter((d) => !EXPLAINED.some((e) => d.file.endsWith(e.file) && (e.tag === '*' || e.tag === d.tag)));
    expect(unexplained).toEqual([]);
    expect(EXPLAINED.filter((e) => !differences.some((d) => d.file.endsWith(e.file)))).toEqual([]);
  });
});

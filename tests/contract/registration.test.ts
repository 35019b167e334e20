import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTAINERS } from '../../src/containers/index.ts';
import { EXAMINATIONS } from '../../src/examinations/index.ts';
import { FORMATS } from '../../src/formats/index.ts';
import { REPORTERS } from '../../src/reports/index.ts';
import { RULES } from '../../src/rules/index.ts';

const stems = (dir: string, suffix = '.ts'): string[] =>
  fs
    .readdirSync(new URL(`../../${dir}/`, import.meta.url))
    .filter((n) => n.endsWith(suffix) && n !== 'index.ts' && !n.endsWith('.data.ts'))
    .map((n) => n.slice(0, -suffix.length))
    .sort();

/** The container of OOXML packages is called after OPC, the reader after the files people know. */
const CONTAINER_FILES: Readonly<Record<string, string>> = { opc: 'ooxml' };

/** The pictures are read by one table of claims and share a test, and so do films and sound. */
const TESTED_IN: Readonly<Record<string, string>> = {
  'apple-double': 'residue',
  aiff: 'sound',
  ape: 'sound',
  asf: 'sound',
  bitmap: 'pictures',
  bpg: 'pictures',
  chm: 'ebooks',
  cr3: 'recordings',
  crw: 'pictures',
  dicom: 'pictures',
  djvu: 'pictures',
  exif: 'pictures',
  'ds-store': 'residue',
  epub: 'ebooks',
  exv: 'stills',
  fits: 'pictures',
  flac: 'sound',
  flv: 'sound',
  font: 'fonts',
  gif: 'stills',
  heif: 'images',
  jp2: 'stills',
  jpeg: 'images',
  'jump-list': 'residue',
  jxl: 'stills',
  lrf: 'ebooks',
  'mac-binary': 'residue',
  matroska: 'recordings',
  metafile: 'pictures',
  mie: 'sound',
  miff: 'pictures',
  mobi: 'ebooks',
  movie: 'recordings',
  mp3: 'recordings',
  mpeg: 'sound',
  mrw: 'pictures',
  ogg: 'sound',
  openexr: 'pictures',
  png: 'images',
  postscript: 'pictures',
  psd: 'stills',
  'recycle-bin': 'residue',
  raf: 'pictures',
  realmedia: 'sound',
  riff: 'recordings',
  snb: 'ebooks',
  svg: 'stills',
  swf: 'sound',
  'thumbs-db': 'residue',
  tiff: 'images',
  type1: 'fonts',
  webp: 'images',
  x3f: 'pictures',
  xcf: 'pictures',
  xmp: 'stills',
};

describe('everything in its directory is in its list', () => {
  it('formats', () => expect(FORMATS.map((f) => f.id).sort()).toEqual(stems('src/formats')));
  it('containers', () => expect(CONTAINERS.map((c) => CONTAINER_FILES[c.id] ?? c.id).sort()).toEqual(stems('src/containers')));
  it('examinations', () => expect(EXAMINATIONS.map((e) => e.id).sort()).toEqual(stems('src/examinations')));
  it('rules', () => {
    expect(
      RULES.filter((r) => r.scope === 'artifact')
        .map((r) => r.meta.id)
        .sort(),
    ).toEqual(stems('src/rules/artifact'));
    expect(
      RULES.filter((r) => r.scope === 'corpus')
        .map((r) => r.meta.id)
        .sort(),
    ).toEqual(stems('src/rules/corpus'));
  });
  it('reporters', () => expect(REPORTERS.map((r) => r.id).sort()).toEqual(stems('src/reports').filter((n) => n !== 'summary' && n !== 'inspection')));
});

describe('everything in a list has its test', () => {
  it.each([
    ...FORMATS.map((f) => `tests/formats/${TESTED_IN[f.id] ?? f.id}`),
    ...CONTAINERS.map((c) => `tests/containers/${CONTAINER_FILES[c.id] ?? c.id}`),
    ...EXAMINATIONS.map((e) => `tests/examinations/${e.id}`),
    ...RULES.map((r) => `tests/rules/${r.meta.id}`),
  ])('%s', (stem) => {
    expect(fs.existsSync(new URL(`../../${stem}.test.ts`, import.meta.url))).toBe(true);
  });
});

describe('ids are unique and media types have one reader and one container', () => {
  it.each([
    ['formats', FORMATS],
    ['containers', CONTAINERS],
  ] as const)('%s', (_, list) => {
    const types = list.flatMap((x) => x.mediaTypes);
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(list.map((x) => x.id)).size).toBe(list.length);
  });
  it('rules', () => expect(new Set(RULES.map((r) => r.meta.id)).size).toBe(RULES.length));
});

import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedZip } from '../support/build-bombs.ts';
import { buildCfb } from '../support/build-cfb.ts';
import { buildZip } from '../support/build-zip.ts';
import { scanDump } from '../support/scan-dump.ts';

let dir = '';

beforeAll(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'loops-'));
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

const SECTOR = 512;

/** A compound file with one stream in sectors and one in mini sectors, and what `change` does to it. */
function compound(change: (file: Buffer, fat: number, sector: (at: number) => number) => void): Buffer {
  const file = Buffer.from(buildCfb({ streams: { WordDocument: Buffer.alloc(20_000, 1), Notes: Buffer.alloc(300, 2) } }));
  const sector = (at: number): number => (file.readUInt32LE(at) + 1) * SECTOR;
  change(file, sector(76), sector);
  return file;
}

const DIRECTORY = 48;
const MINI_FAT = 60;

describe('chains that run in circles', { timeout: 300_000 }, () => {
  it('in a compound file: of its sectors, of its tables, of its directory', () => {
    const told = scanDump(dir, 'cfb', {
      'fat.doc': compound((f, fat) => {
        for (let i = 0; i < 40; i++) f.writeUInt32LE(i ^ 1, fat + i * 4);
      }),
      'mini.doc': compound((f, _, sector) => {
        for (let i = 0; i < 128; i++) f.writeUInt32LE(0, sector(MINI_FAT) + i * 4);
      }),
      'difat.doc': compound((f) => {
        f.writeUInt32LE(3, 68);
        f.writeUInt32LE(0xffff_ffff, 72);
        f.writeUInt32LE(3, 4 * SECTOR + 508);
      }),
      'directory.doc': compound((f, fat) => {
        const own = f.readUInt32LE(DIRECTORY);
        f.writeUInt32LE(own, fat + own * 4);
      }),
      'tree.doc': compound((f, _, sector) => {
        for (let i = 1; i < 3; i++) for (const link of [68, 72, 76]) f.writeUInt32LE(3 - i, sector(DIRECTORY) + i * 128 + link);
      }),
      'honest.doc': compound(() => undefined),
    });
    const of = (path: string): readonly string[] => told.problems.filter((p) => p[0] === path).map((p) => p[2]);
    expect(of('fat.doc')).toEqual(['the sectors of stream "WordDocument" run in a circle']);
    expect(of('directory.doc')).toEqual(['the sectors of the directory run in a circle']);
    expect(of('tree.doc')).toEqual(['the directory tree is damaged']);
    // The tables that were damaged are not needed for what is read of these.
    expect([of('difat.doc'), of('mini.doc'), of('honest.doc')]).toEqual([[], [], []]);
    expect(told.outcomes['honest.doc']).toBe('read');
  });

  it('in a TIFF: directories that follow and hold one another', () => {
    const entries = [0x14a, 0x8769, 0x8825, 0xa005];
    const loop = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
    loop.write('II*\0', 0, 'latin1');
    loop.writeUInt32LE(8, 4);
    loop.writeUInt16LE(entries.length, 8);
    for (const [i, tag] of entries.entries()) {
      const at = 10 + i * 12;
      loop.writeUInt16LE(tag, at);
      loop.writeUInt16LE(4, at + 2);
      loop.writeUInt32LE(1, at + 4);
      loop.writeUInt32LE(8, at + 8);
    }
    loop.writeUInt32LE(8, loop.byteLength - 4);
    const told = scanDump(dir, 'tiff', { 'loop.tif': loop });
    expect(told.problems).toEqual([
      ['loop.tif', 'malformed', 'exif: points back to a directory already read'],
      ['loop.tif', 'malformed', 'gps: points back to a directory already read'],
      ['loop.tif', 'malformed', 'ifd1: points back to a directory already read'],
    ]);
    expect(told.outcomes['honest.txt']).toBe('read');
  });
});

/** Ten entities of ten of the one before, ten times: a gigabyte for whoever expands them. */
const LAUGHS = `<!DOCTYPE l [<!ENTITY a0 "lol">${Array.from({ length: 10 }, (_, i) => `<!ENTITY a${i + 1} "${`&a${i};`.repeat(10)}">`).join('')}]>`;

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"';

describe('texts that nest, repeat and expand', { timeout: 300_000 }, () => {
  it('XML: elements a million deep, attributes by the hundred thousand, entities of entities', () => {
    const nested = `${'<a>'.repeat(1e6)}${'</a>'.repeat(1e6)}`;
    const attributes = Array.from({ length: 300_000 }, (_, i) => `a${i}="x"`).join(' ');
    const told = scanDump(dir, 'xml', {
      'attributes.svg': `${SVG} ${attributes}/>`,
      'deep.svg': `${SVG}>${nested}</svg>`,
      'laughs.svg': `<?xml version="1.0"?>${LAUGHS}${SVG}><title>&a10;</title></svg>`,
      'honest.svg': `${SVG}><title>Plan</title></svg>`,
    });
    expect(told.problems.map(([path, code]) => [path, code])).toEqual([
      ['attributes.svg', 'malformed'],
      ['deep.svg', 'malformed'],
      ['laughs.svg', 'malformed'],
    ]);
    expect(told.problems.map(([, , message]) => message)).toEqual([
      'SVG: an element has more than 10000 attributes',
      expect.stringContaining('nest deeper than 2000'),
      expect.stringContaining('undefined entity'),
    ]);
    expect(told.outcomes['honest.svg']).toBe('read');
  });

  it('RTF and HTML: a million groups, a million elements', () => {
    const told = scanDump(dir, 'groups', {
      'deep.rtf': `{\\rtf1 ${'{'.repeat(1e6)}x${'}'.repeat(1e6)}}`,
      'flat.rtf': `{\\rtf1 ${'{\\b x}'.repeat(1e6)}}`,
      'deep.html': `<!DOCTYPE html><html><body>${'<div>'.repeat(1e6)}`,
      'open.html': `<!DOCTYPE html><html><body>${'<'.repeat(4e6)}`,
      'comments.html': `<!DOCTYPE html><html><body>${'<!--['.repeat(1e6)}`,
    });
    expect(told.problems.map(([path]) => path)).toEqual(['deep.html', 'deep.rtf']);
    expect(told.problems[1]).toEqual(['deep.rtf', 'limit-exceeded', 'groups nest deeper than 10000; the rest was not read']);
    expect(told.outcomes['flat.rtf']).toBe('read');
  });
});

const HEADER = [
  'From: Claire Moreau <c@x.example>',
  'To: Paul Petit <p@x.example>',
  'Date: Wed, 1 Mar 2017 11:00:00 +0100',
  'Message-ID: <1@x.example>',
  'MIME-Version: 1.0',
  '',
].join('\r\n');

describe('what is made to keep a reader busy', { timeout: 300_000 }, () => {
  it('long lines, long headers, and many of one field', () => {
    const told = scanDump(dir, 'mail', {
      'dates.eml': `${HEADER.replace(/Date:.*/, `Date: Wed,${' '.repeat(1e6)}x`)}\r\nx\r\n`,
      'fold.eml': `${HEADER}Subject: ${'a\r\n '.repeat(1e6)}\r\n\r\nx\r\n`,
      'groups.eml': `${HEADER}Cc: ${'a:'.repeat(5e5)}\r\n\r\nx\r\n`,
      'long.eml': `${HEADER}X-Long: ${'a'.repeat(2e7)}\r\n\r\nx\r\n`,
      'parts.eml': `${HEADER}Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--\r\n'.repeat(1e6)}`,
      'quotes.eml': `${HEADER}\r\n${'>'.repeat(5e6)}\r\n`,
      'received.eml': `${HEADER}${'Received: from a.example by b.example; Wed, 1 Mar 2017 11:00:00 +0100\r\n'.repeat(1e6)}\r\nx\r\n`,
      'words.eml': `${HEADER}Subject: ${'=?utf-8?q?'.repeat(1e5)}\r\n\r\nx\r\n`,
    });
    const per = new Map<string, number>();
    for (const [path, code] of told.problems) {
      per.set(path, (per.get(path) ?? 0) + 1);
      expect(['limit-exceeded', 'malformed'], path).toContain(code);
    }
    expect(Math.max(...per.values())).toBeLessThan(6);
    expect(told.problems).toContainEqual(['long.eml', 'limit-exceeded', 'a header block is longer than we read; its rest counts as body']);
    expect(told.outcomes['honest.txt']).toBe('read');
    expect(Object.values(told.outcomes).filter((o) => o.startsWith('unread'))).toEqual([]);
  });

  it('five thousand entries for one archive', () => {
    const leaf = buildZip([{ name: 'a.txt', content: 'a' }], 'info-zip', { store: true });
    const entry = { name: 'a.zip', method: 0, packed: leaf, size: leaf.byteLength, crc32: 0 } as const;
    const told = scanDump(dir, 'many', { 'many.zip': packedZip(Array<typeof entry>(5_000).fill(entry), true) });
    expect(told.problems.length).toBeLessThan(52);
    expect(told.outcomes['honest.txt']).toBe('read');
  });
});

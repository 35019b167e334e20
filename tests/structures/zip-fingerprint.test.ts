import { describe, expect, it } from 'vitest';
import { readZip } from '../../src/structures/zip/zip.ts';
import { type ContainerName, containerClass, oddMembers } from '../../src/structures/zip/fingerprint.ts';
import { buildZip, type MemberOverride, type MemberSpec, type ZipWriter } from '../support/build-zip.ts';
import { inputFrom } from '../support/read.ts';

const LONG = 'A report. '.repeat(60);
const part = (name: string, override: MemberOverride = {}): MemberSpec => ({ name, content: LONG, override });
const PARTS = ['[Content_Types].xml', '_rels/.rels', 'word/document.xml', 'word/styles.xml', 'word/settings.xml', 'docProps/core.xml'];
/** A Word package, with one part written otherwise. */
const docx = (writer: ZipWriter, otherwise: Readonly<Record<string, MemberOverride>> = {}): Uint8Array =>
  buildZip(
    [...PARTS.map((name) => part(name, otherwise[name])), part('word/media/image1.png', { method: 'store', ...otherwise['word/media/image1.png'] })],
    writer,
  );

const classOf = (bytes: Uint8Array): ContainerName => containerClass(readZip(inputFrom(bytes))).value;
const oddOf = (bytes: Uint8Array): string[] => oddMembers(readZip(inputFrom(bytes))).map((o) => o.member.name);
/** As Info-ZIP replaces one file of a package: its own versions, a real time, its extra fields. */
const UPDATED: MemberOverride = {
  versionMadeBy: 0x031e,
  flags: 0,
  dosDate: 0x4a7b,
  dosTime: 0x6540,
  extra: [
    [0x5455, Uint8Array.of(1, 0, 0, 0, 0x58)],
    [0x7875, Uint8Array.of(1, 0, 0)],
  ],
};
const CLOCK: MemberOverride = { dosDate: 0x4a7b, dosTime: 0x6540 };

describe('containerClass', () => {
  it('knows Office by its habits, and says which', () => {
    expect(containerClass(readZip(inputFrom(docx('microsoft-office'))))).toEqual({
      value: 'microsoft-office',
      because:
        "6 of 7 members: made by FAT 4.5, needs 2.0, flags 0x0006, method 8, a constant time, no extra fields; first member '[Content_Types].xml'",
    });
  });

  it.each([
    ['info-zip', 'info-zip'],
    ['python-zipfile', 'python-zipfile'],
    ['7-zip', '7-zip'],
    ['libreoffice', 'java'],
  ] satisfies [ZipWriter, ContainerName][])(
    'the same package packed again by %s is %s: it takes its order too to be LibreOffice',
    (writer, expected) => {
      expect(classOf(docx(writer))).toBe(expected);
    },
  );

  it('knows LibreOffice by its order: content types last, or the media type first and made by 2.0', () => {
    const opc = ['_rels/.rels', 'docProps/core.xml', 'word/document.xml', 'word/styles.xml', '[Content_Types].xml'].map((name) => part(name));
    expect(classOf(buildZip(opc, 'libreoffice'))).toBe('libreoffice');
    const odf = [part('mimetype'), part('content.xml'), part('styles.xml'), part('META-INF/manifest.xml')];
    expect(classOf(buildZip(odf, 'libreoffice'))).toBe('libreoffice');
    // java.util.zip gives stored members version 1.0.
    const java = [part('mimetype', { versionMadeBy: 10, versionNeeded: 10 }), ...odf.slice(1)];
    expect(classOf(buildZip(java, 'libreoffice'))).toBe('java');
    expect(classOf(buildZip(odf, 'microsoft-office'))).toBe('microsoft-office');
  });

  it('is not fooled by the constant time alone', () => {
    const constant = Object.fromEntries([...PARTS, 'word/media/image1.png'].map((name) => [name, { dosDate: 0x0021, dosTime: 0 }]));
    expect(classOf(docx('python-zipfile', constant))).toBe('python-zipfile');
    const january = Object.fromEntries([...PARTS, 'word/media/image1.png'].map((name) => [name, { dosDate: 0x003f, dosTime: 0 }]));
    expect(classOf(docx('python-zipfile', january))).toBe('xlsxwriter');
  });

  it('tells the packaging library from Office by the clock, and leaves mixtures open', () => {
    const parts = (n: number, how: MemberOverride): Record<string, MemberOverride> =>
      Object.fromEntries(PARTS.slice(0, n).map((name) => [name, how]));
    expect(classOf(docx('microsoft-office', { 'word/document.xml': CLOCK }))).toBe('microsoft-office');
    expect(classOf(docx('microsoft-office', parts(5, CLOCK)))).toBe('dotnet');
    expect(classOf(docx('microsoft-office', parts(3, UPDATED)))).toBe('unknown');
  });

  it('says nothing of an archive without a directory or members', () => {
    const bytes = docx('microsoft-office');
    expect(classOf(bytes.subarray(0, bytes.byteLength - 200))).toBe('unknown');
    expect(classOf(buildZip([], 'info-zip'))).toBe('unknown');
  });
});

describe('oddMembers', () => {
  it.each(['microsoft-office', 'libreoffice', 'info-zip', 'python-zipfile', '7-zip'] satisfies ZipWriter[])(
    'finds none in what %s wrote in one go',
    (writer) => {
      expect(oddOf(docx(writer))).toEqual([]);
    },
  );

  it('finds the part that was replaced, and says how it differs', () => {
    const odd = oddMembers(readZip(inputFrom(docx('microsoft-office', { 'word/document.xml': UPDATED }))));
    expect(odd.map((o) => [o.member.name, o.because])).toEqual([
      [
        'word/document.xml',
        'made by Unix 3.0, needs 2.0, flags 0x0000, method 8, a real time, extra fields 0x5455 0x7875 in the directory, 0x5455 0x7875 in the local header; 5 others: made by FAT 4.5, needs 2.0, flags 0x0006, method 8, a constant time, no extra fields',
      ],
    ]);
    expect(oddOf(docx('microsoft-office', { 'word/document.xml': CLOCK }))).toEqual(['word/document.xml']);
    expect(oddOf(docx('microsoft-office', { 'word/media/image1.png': CLOCK }))).toEqual(['word/media/image1.png']);
  });

  it('lets servers write properties and the list of parts', () => {
    expect(oddOf(docx('microsoft-office', { 'docProps/core.xml': UPDATED, '[Content_Types].xml': UPDATED }))).toEqual([]);
  });

  it('has no opinion where many differ or few are alike', () => {
    const three = Object.fromEntries(['word/document.xml', 'word/styles.xml', 'word/settings.xml'].map((name) => [name, UPDATED]));
    expect(oddOf(docx('microsoft-office', three))).toEqual([]);
    expect(oddOf(buildZip([part('a.xml'), part('b.xml'), part('c.xml'), part('d.xml', UPDATED)], 'microsoft-office'))).toEqual([]);
  });

  it('lets a library that writes the parts anew keep the pictures', () => {
    const parts = Object.fromEntries(PARTS.map((name) => [name, CLOCK]));
    expect(oddOf(docx('microsoft-office', parts))).toEqual([]);
  });

  it('takes no notice of sizes behind the content or of names beyond ASCII', () => {
    expect(oddOf(docx('libreoffice', { 'word/styles.xml': { flags: 0x0800 } }))).toEqual([]);
    expect(
      oddOf(
        buildZip(
          [...PARTS, 'word/é.xml'].map((name) => part(name)),
          'python-zipfile',
        ),
      ),
    ).toEqual([]);
  });
});

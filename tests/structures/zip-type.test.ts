import { describe, expect, it } from 'vitest';
import { zipMediaType } from '../../src/structures/zip/type.ts';
import { buildZip, type MemberSpec } from '../support/build-zip.ts';
import { inputFrom } from '../support/read.ts';

const typeOf = (members: readonly MemberSpec[]): string | null => zipMediaType(inputFrom(buildZip(members, 'microsoft-office')));
const types = (main: string): MemberSpec => ({
  name: '[Content_Types].xml',
  content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/x.xml" ContentType="${main}"/></Types>`,
});
const OFFICE = 'application/vnd.openxmlformats-officedocument.';

describe('zipMediaType', () => {
  it.each([
    [`${OFFICE}wordprocessingml.document.main+xml`, `${OFFICE}wordprocessingml.document`],
    [`${OFFICE}spreadsheetml.sheet.main+xml`, `${OFFICE}spreadsheetml.sheet`],
    [`${OFFICE}presentationml.presentation.main+xml`, `${OFFICE}presentationml.presentation`],
    [`${OFFICE}wordprocessingml.template.main+xml`, `${OFFICE}wordprocessingml.template`],
    ['application/vnd.ms-excel.sheet.macroEnabled.main+xml', 'application/vnd.ms-excel.sheet.macroenabled.12'],
    ['application/vnd.ms-excel.sheet.binary.macroEnabled.main', 'application/vnd.ms-excel.sheet.binary.macroenabled.12'],
    ['application/vnd.example+xml', 'application/zip'],
  ])('%s', (main, expected) => {
    expect(typeOf([types(main)])).toBe(expected);
  });

  it('goes by the content type, not by what parts are called', () => {
    expect(typeOf([types(`${OFFICE}spreadsheetml.sheet.main+xml`), { name: 'word/document.xml', content: 'x' }])).toBe(
      `${OFFICE}spreadsheetml.sheet`,
    );
  });

  it('reads the media type that OpenDocument and EPUB put first, and no other', () => {
    const declared = (content: string): string | null =>
      typeOf([
        { name: 'mimetype', content },
        { name: 'content.xml', content: 'x' },
      ]);
    expect(declared('application/vnd.oasis.opendocument.text')).toBe('application/vnd.oasis.opendocument.text');
    expect(declared('application/epub+zip\n')).toBe('application/epub+zip');
    expect(declared('application/pdf')).toBe('application/zip');
  });

  it('asks the manifest of an OpenDocument package that lost its first member', () => {
    const manifest = '<manifest xmlns="urn:x"><file-entry full-path="/" media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest>';
    expect(
      typeOf([
        { name: 'content.xml', content: 'x' },
        { name: 'META-INF/manifest.xml', content: manifest },
      ]),
    ).toBe('application/vnd.oasis.opendocument.spreadsheet');
  });

  it('knows a Java archive and a plain one', () => {
    expect(typeOf([{ name: 'META-INF/MANIFEST.MF', content: 'x' }])).toBe('application/java-archive');
    expect(typeOf([{ name: 'notes.txt', content: 'x' }])).toBe('application/zip');
    expect(typeOf([])).toBe('application/zip');
  });

  it('still knows a package that breaks off behind the telling members, and what is no zip', () => {
    const bytes = buildZip([{ name: 'word/document.xml', content: 'x'.repeat(99) }, { name: 'word/styles.xml' }], 'microsoft-office');
    expect(zipMediaType(inputFrom(bytes.subarray(0, 90)))).toBe(`${OFFICE}wordprocessingml.document`);
    expect(zipMediaType(inputFrom(bytes.subarray(0, 20)))).toBe('application/zip');
    expect(zipMediaType(inputFrom(Buffer.from('PK is what this text begins with')))).toBeNull();
  });
});

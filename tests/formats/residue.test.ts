import { describe, expect, it } from 'vitest';
import { appleDouble } from '../../src/formats/apple-double.ts';
import { dsStore } from '../../src/formats/ds-store.ts';
import { jumpList } from '../../src/formats/jump-list.ts';
import { macBinary } from '../../src/formats/mac-binary.ts';
import { recycleBin } from '../../src/formats/recycle-bin.ts';
import { thumbsDb } from '../../src/formats/thumbs-db.ts';
import type { FormatReader } from '../../src/model/input.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildLnk } from '../support/build-lnk.ts';
import { buildBinaryPlist } from '../support/build-plist.ts';
import { buildAppleDouble, buildDsStore, buildJumpList, buildMacBinary, buildRecycled, buildThumbsDb, dutc, ustr } from '../support/build-residue.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): unknown => recognise(inputFrom(bytes));
const only = (mediaType: string): unknown => ({ mediaType, also: [] });
const stated = async (reader: FormatReader, bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(reader, bytes)).claims.map((c) => [c.attribute, c.field, c.value]);
const instant = (iso: string, precisionMs = 1000): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs });
const wall = (local: string): unknown => ({ kind: 'wall', local, precisionMs: 1000 });

describe('AppleDouble', () => {
  const downloaded = buildAppleDouble({
    attributes: {
      'com.apple.metadata:kMDItemWhereFroms': buildBinaryPlist(['https://campagne.example/plan.docx', 'https://campagne.example/']),
      'com.apple.quarantine': Buffer.from('0083;58d8f0a1;Safari;0F0E0D0C-0000'),
    },
    resources: Buffer.from('fork'),
  });

  it('tells where a file was downloaded from, when and with what', async () => {
    expect(typeOf(downloaded)).toEqual(only('application/applefile'));
    expect(await stated(appleDouble, downloaded)).toEqual([
      ['origin.url', 'com.apple.metadata:kMDItemWhereFroms', 'https://campagne.example/plan.docx'],
      ['origin.url', 'com.apple.metadata:kMDItemWhereFroms', 'https://campagne.example/'],
      ['time.hidden', 'com.apple.quarantine time', instant('2017-03-27T10:59:45Z')],
      ['tool.application', 'com.apple.quarantine agent', 'Safari'],
    ]);
    expect(await unreplayable(appleDouble, downloaded)).toEqual([]);
  });

  it('has names and dates of AppleSingle, on a clock that counts from 2000 in UTC', async () => {
    const single = buildAppleDouble({ realName: 'plan.doc', dates: ['2003-03-04T09:00:00Z', '2003-03-05T10:30:00Z'], data: Buffer.from('text') });
    expect(await stated(appleDouble, single)).toEqual([
      ['residue.file', 'Real Name', 'plan.doc'],
      ['time.created', 'File Dates Info create', instant('2003-03-04T09:00:00Z')],
      ['time.modified', 'File Dates Info modify', instant('2003-03-05T10:30:00Z')],
    ]);
    expect(await unreplayable(appleDouble, single)).toEqual([]);
  });

  it('says nothing of a file that has nothing but its icon, and is told by its version', async () => {
    expect(await stated(appleDouble, buildAppleDouble({}))).toEqual([]);
    const other = Buffer.from(downloaded);
    other.writeUInt32BE(7, 4);
    expect(typeOf(other)).toEqual(only('application/octet-stream'));
  });
});

describe('MacBinary', () => {
  const spec = { name: 'Lettre', created: '1999-03-04T12:00:00', modified: '1999-03-05T12:30:00', data: Buffer.from('Bonjour') };
  it.each([1, 2] as const)('version %d has wall times of the Mac', async (version) => {
    const bytes = buildMacBinary(spec, version);
    expect(typeOf(bytes)).toEqual(only('application/macbinary'));
    expect(await stated(macBinary, bytes)).toEqual([
      ['time.created', 'created (Mac clock)', wall('1999-03-04T12:00:00')],
      ['time.modified', 'modified (Mac clock)', wall('1999-03-05T12:30:00')],
      ['tool.object-type', 'type and creator', 'TEXT/ttxt'],
    ]);
    expect(await unreplayable(macBinary, bytes)).toEqual([]);
  });
  it('is none where neither checksum nor size agrees', () => {
    expect(typeOf(Buffer.concat([buildMacBinary(spec, 1), Buffer.from('more')]))).toEqual(only('application/octet-stream'));
  });
});

describe('.DS_Store', () => {
  const records = [
    { name: '.', id: 'modD', type: 'dutc', value: dutc('2017-03-27T12:41:05Z') },
    { name: 'brouillon.docx', id: 'Iloc', type: 'blob', value: Buffer.alloc(16) },
    { name: 'brouillon.docx', id: 'ptbL', type: 'ustr', value: ustr('Users/claire/Documents/') },
    { name: 'brouillon.docx', id: 'ptbN', type: 'ustr', value: ustr('brouillon 2.docx') },
    { name: 'réunion.pdf', id: 'Iloc', type: 'blob', value: Buffer.alloc(16) },
  ] as const;
  it.each([0, 2])('names what lay in the folder, and where the Trash had it from (split after %d)', async (split) => {
    const bytes = buildDsStore(records, split);
    expect(typeOf(bytes)).toEqual(only('application/x-apple-ds-store'));
    expect(await stated(dsStore, bytes)).toEqual([
      ['time.hidden', 'modD', instant('2017-03-27T12:41:05Z')],
      ['residue.file', 'name', 'brouillon.docx'],
      ['machine.path', 'ptbL', 'Users/claire/Documents/'],
      ['residue.file', 'ptbN', 'brouillon 2.docx'],
      ['residue.file', 'name', 'réunion.pdf'],
    ]);
    expect((await readAll(dsStore, bytes)).problems).toEqual([]);
    expect(await unreplayable(dsStore, bytes)).toEqual([]);
  });
  it('says that a tree is broken, and reads the rest', async () => {
    const bytes = Buffer.from(buildDsStore(records, 2));
    // The root names itself as its first child.
    bytes.writeUInt32BE(2, 4 + 4096 + 8);
    const r = await readAll(dsStore, bytes);
    expect(r.problems.map((p) => p.code)).toEqual(['malformed']);
    expect(r.values('residue.file')).toEqual(['brouillon.docx', 'brouillon 2.docx', 'réunion.pdf']);
  });
});

describe('recycle bin of Windows', () => {
  it.each([1, 2] as const)('$I of version %d names the file, its folder and its deletion', async (version) => {
    const bytes = buildRecycled({ path: 'C:\\Users\\claire\\plan.docx', size: 1200, deleted: '2017-03-27T12:41:05Z' }, version);
    expect(typeOf(bytes)).toEqual(only('application/x-windows-recycle-bin'));
    expect(await stated(recycleBin, bytes)).toEqual([
      ['time.hidden', 'deletion time', instant('2017-03-27T12:41:05Z', 1)],
      ['machine.path', 'original path', 'C:\\Users\\claire\\plan.docx'],
      ['residue.file', 'original path', 'plan.docx'],
    ]);
    expect(await unreplayable(recycleBin, bytes)).toEqual([]);
  });
  it('is told from a file that begins with the same number', () => {
    const bytes = Buffer.from(buildRecycled({ path: 'C:\\a', size: 1, deleted: '2017-03-27T12:41:05Z' }));
    bytes.write('1', 28, 'utf16le');
    expect(typeOf(bytes)).toEqual(only('application/octet-stream'));
  });
});

describe('jump lists', () => {
  // Version 1 UUID of 2017-02-28T07:15:30Z, of the card 00:0c:29:ab:cd:ef.
  const object = Buffer.from('00959aaf85fde6118000000c29abcdef', 'hex');
  const entry = { path: 'C:\\Users\\claire\\plan.docx', machine: 'poste-12', accessed: '2017-03-27T12:41:05Z', object, shortcut: buildLnk({}) };
  it.each([1, 4] as const)('version %d tells path, machine and last access', async (version) => {
    const bytes = buildJumpList([entry, { ...entry, path: 'D:\\b.txt', object: Buffer.alloc(16) }], version);
    expect(typeOf(bytes)).toEqual(only('application/x-ms-jump-list'));
    expect(await stated(jumpList, bytes)).toEqual([
      ['machine.path', 'DestList path', 'C:\\Users\\claire\\plan.docx'],
      ['machine.name', 'DestList machine', 'poste-12'],
      ['time.hidden', 'DestList last access', instant('2017-03-27T12:41:05Z', 1)],
      ['time.hidden', 'DestList object', instant('2017-02-28T07:15:30Z', 1)],
      ['machine.hardware', 'DestList object', '00:0c:29:ab:cd:ef'],
      ['machine.path', 'DestList path', 'D:\\b.txt'],
      ['machine.name', 'DestList machine', 'poste-12'],
      ['time.hidden', 'DestList last access', instant('2017-03-27T12:41:05Z', 1)],
    ]);
    expect(await unreplayable(jumpList, bytes)).toEqual([]);
  });
});

describe('Thumbs.db', () => {
  it('names pictures that lay in the folder, and when they were changed', async () => {
    const bytes = buildThumbsDb([
      { name: 'plage.jpg', modified: '2006-07-01T10:00:00Z', picture: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) },
      { name: 'été.jpg', modified: '2006-07-02T10:00:00Z', picture: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) },
    ]);
    expect(typeOf(bytes)).toEqual(only('application/x-thumbs-db'));
    expect(await stated(thumbsDb, bytes)).toEqual([
      ['residue.file', 'Catalog name', 'plage.jpg'],
      ['time.hidden', 'Catalog modified', instant('2006-07-01T10:00:00Z', 1)],
      ['residue.file', 'Catalog name', 'été.jpg'],
      ['time.hidden', 'Catalog modified', instant('2006-07-02T10:00:00Z', 1)],
    ]);
    expect(await unreplayable(thumbsDb, bytes)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { dataFile } from '../../src/formats/data-file.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { bencoded, eventLog, hiveHead, iccProfile, prefetchOf, sqliteHead, vhdHead } from '../support/build-data-file.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const instant = (iso: string, precisionMs = 1): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs });
/** Attribute, field and value of each claim, and the problems. */
async function said(mediaType: string, bytes: Uint8Array): Promise<unknown[]> {
  expect(recognise(inputFrom(bytes))).toEqual({ mediaType, also: [] });
  expect(await unreplayable(dataFile, bytes)).toEqual([]);
  const { claims, problems } = await readAll(dataFile, bytes);
  return [...claims.map((c) => [c.attribute, c.field, c.value]), ...problems.map((p) => p.message)];
}

describe('files of systems and programs', () => {
  it('a database of SQLite: how often it was changed, by whose library, whose it is', async () => {
    const bytes = sqliteHead({ changes: 12, library: 3_007_009, application: 0x0f055111 });
    expect(await said('application/vnd.sqlite3', bytes)).toEqual([
      ['count.revision', 'file change counter', 12],
      ['property.custom', 'application id', '0f055111'],
      ['tool.version', 'SQLITE_VERSION_NUMBER', '3.7.9'],
      'of a database of SQLite the head is read, its tables not',
    ]);
    expect((await readAll(dataFile, bytes)).claims[0]).toMatchObject({ raw: '0000000c', locator: { in: 'bytes', offset: 24, length: 4 } });
  });

  it('a registry hive: when it was written, where it lay, and the machine that made it', async () => {
    const bytes = hiveHead({ written: '2012-04-06T18:52:50Z', name: '?\\C:\\Users\\claire\\ntuser.dat', guid: 'fe3db1c3f17fe1118761000c29abcdef' });
    expect(await said('application/x-windows-registry', bytes)).toEqual([
      ['time.modified', 'last written', instant('2012-04-06T18:52:50Z')],
      ['type.version', 'minor version', '1.3'],
      ['machine.path', 'file name', '?\\C:\\Users\\claire\\ntuser.dat'],
      ['time.hidden', 'resource manager GUID', instant('2012-04-06T14:06:54.484Z')],
      ['machine.hardware', 'resource manager GUID', '00:0c:29:ab:cd:ef'],
      'of a registry hive the head is read, its keys not',
    ]);
    const drawn = hiveHead({ written: '2012-04-06T18:52:50Z', name: '', guid: '0123456789ab4def8123456789abcdef' });
    expect((await readAll(dataFile, drawn)).claims.map((c) => c.attribute)).toEqual(['time.modified', 'type.version']);
    expect(typeOf(hiveHead({ written: '2012-04-06T18:52:50Z', name: '', major: 7 }))).toBe('application/octet-stream');
  });

  it('an event log: its first event and its last', async () => {
    expect(await said('application/x-ms-evtx', eventLog('2018-04-04T05:45:51Z', '2018-04-04T05:45:55Z', '2018-04-05T06:00:00Z'))).toEqual([
      ['type.version', 'version', '3.1'],
      ['time.hidden', 'first event', instant('2018-04-04T05:45:51Z')],
      ['time.hidden', 'last event', instant('2018-04-05T06:00:00Z')],
      'of a Windows event log the head is read, its events not',
    ]);
    expect((await readAll(dataFile, eventLog())).values('time.hidden')).toEqual([]);
  });

  it('a prefetch file: the program, and its last runs', async () => {
    const run = '2013-10-04T15:40:09Z';
    expect(await said('application/x-ms-prefetch', prefetchOf(26, 'WINWORD.EXE', run, '2013-10-03T08:00:00Z'))).toEqual([
      ['type.version', 'version', '26'],
      ['residue.file', 'program', 'WINWORD.EXE'],
      ['time.hidden', 'run 1', instant(run)],
      ['time.hidden', 'run 2', instant('2013-10-03T08:00:00Z')],
      'of a prefetch file the head is read, its list of files not',
    ]);
    for (const version of [17, 23] as const)
      expect((await readAll(dataFile, prefetchOf(version, 'A.EXE', run, run))).values('time.hidden')).toEqual([instant(run)]);
    expect(typeOf(Buffer.from('MAM\u0004\u0000\u0001\u0000\u0000 packed'))).toBe('application/x-ms-prefetch-packed');
  });

  it('a colour profile: when it was made, and null for a date that no calendar holds', async () => {
    expect(await said('application/vnd.iccprofile', iccProfile(2015, 2, 15, 1, 2, 3))).toEqual([
      ['type.version', 'version', '4.2'],
      ['time.created', 'date', instant('2015-02-15T01:02:03Z', 1000)],
    ]);
    expect((await readAll(dataFile, iccProfile(2015, 2, 30, 0, 0, 0))).values('time.created')).toEqual([null]);
    expect((await readAll(dataFile, iccProfile(0, 0, 0, 0, 0, 0))).values('time.created')).toEqual([]);
  });

  it('a torrent: when and with what it was made', async () => {
    const torrent = {
      announce: 'http://campagne.example/announce',
      'announce-list': [['http://campagne.example/announce'], ['udp://b.example']],
      comment: 'archive',
      'created by': 'mktorrent 1.1',
      'creation date': 1_425_470_400,
      info: { files: [{ length: 3, path: ['name'] }], name: 'archive.zip', pieces: 'd4:namee' },
    };
    expect(await said('application/x-bittorrent', Buffer.from(bencoded(torrent)))).toEqual([
      ['property.custom', 'announce', 'http://campagne.example/announce'],
      ['property.custom', 'comment', 'archive'],
      ['tool.application', 'created by', 'mktorrent 1.1'],
      ['time.created', 'creation date', instant('2015-03-04T12:00:00Z', 1000)],
      ['name.title', 'info/name', 'archive.zip'],
    ]);
    expect(typeOf(Buffer.from('d8:announcement at noon'))).toBe('text/plain');
    const deep = Buffer.from(`d8:announce${'l'.repeat(1_000_000)}`);
    expect((await readAll(dataFile, deep)).claims).toEqual([]);
  });

  it('a growing virtual disk: when it was made, and by which program', async () => {
    expect(await said('application/x-virtualdisk-vhd', vhdHead('2015-03-04T12:00:00Z', 'vbox'))).toEqual([
      ['time.created', 'Time Stamp', instant('2015-03-04T12:00:00Z', 1000)],
      ['tool.application', 'Creator Application', 'vbox'],
      ['id.document', 'Unique Id', 'a5'.repeat(16)],
      'of a virtual disk the head is read, its file system not',
    ]);
  });

  it('a virtual disk of fixed size: the same, by its end', async () => {
    const disk = Buffer.concat([Buffer.alloc(1024, 1), vhdHead('2015-03-04T12:00:00Z', 'vpc ')]);
    expect(await said('application/x-virtualdisk-vhd', disk)).toEqual([
      ['time.created', 'Time Stamp', instant('2015-03-04T12:00:00Z', 1000)],
      ['tool.application', 'Creator Application', 'vpc'],
      ['id.document', 'Unique Id', 'a5'.repeat(16)],
      'of a virtual disk the head is read, its file system not',
    ]);
    expect(await unreplayable(dataFile, disk)).toEqual([]);
    expect(typeOf(disk.subarray(1))).toBe('application/octet-stream');
    expect(typeOf(Buffer.alloc(1024, 1))).toBe('application/octet-stream');
  });

  it('a drawing: the release that wrote it', async () => {
    expect(await said('image/vnd.dwg', Buffer.from('AC1032\u0000\u0000\u0000\u0000'))).toEqual([
      ['type.version', 'version', '2018'],
      'of a drawing of AutoCAD the head is read, its content not',
    ]);
    expect(typeOf(Buffer.from('AC1099\u0000\u0000'))).not.toBe('image/vnd.dwg');
  });

  it('others have a name', () => {
    expect(typeOf(Buffer.from('EVF\t\r\n\u00ff\u0000\u0001', 'latin1'))).toBe('application/x-ewf');
    expect(typeOf(Buffer.from('vhdxfileV\u0000'))).toBe('application/x-virtualdisk-vhdx');
    expect(typeOf(Buffer.from('EVF is short for nothing'))).toBe('text/plain');
  });
});

import { expect, it } from 'vitest';
import { lnk } from '../../src/formats/lnk.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildLnk } from '../support/build-lnk.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const spec = {
  created: '2017-03-01T09:00:00Z',
  accessed: '2017-03-27T12:41:00Z',
  written: '2017-03-20T08:00:00Z',
  localPath: 'C:\\Users\\claire\\plan.docx',
  volumeSerial: 'A1B2-C3D4',
  volumeLabel: 'System',
  description: 'Le plan',
  workingDirectory: 'C:\\Users\\claire',
  tracker: { machine: 'poste-12', droidTime: '2017-02-28T07:15:30.250Z', mac: '00:0c:29:ab:cd:ef' },
} as const;
const file = buildLnk(spec);
const stated = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(lnk, bytes)).claims.map((c) => [c.attribute, c.field, c.value]);
const instant = (iso: string): unknown => ({ kind: 'instant', epochMs: Date.parse(iso), offsetMinutes: 0, precisionMs: 1 });

it('says what it knows of its target, its volume and the machine that numbered it', async () => {
  expect(recognise(inputFrom(file)).mediaType).toBe('application/x-ms-shortcut');
  expect(await stated(file)).toEqual([
    ['time.hidden', 'CreationTime', instant('2017-03-01T09:00:00Z')],
    ['time.hidden', 'AccessTime', instant('2017-03-27T12:41:00Z')],
    ['time.hidden', 'WriteTime', instant('2017-03-20T08:00:00Z')],
    ['machine.hardware', 'DriveSerialNumber', 'A1B2-C3D4'],
    ['machine.name', 'VolumeLabel', 'System'],
    ['machine.path', 'LocalBasePath', 'C:\\Users\\claire\\plan.docx'],
    ['name.title', 'NAME_STRING', 'Le plan'],
    ['machine.path', 'WORKING_DIR', 'C:\\Users\\claire'],
    ['machine.name', 'MachineID', 'poste-12'],
    ['time.hidden', 'DroidFile', instant('2017-02-28T07:15:30.250Z')],
    ['machine.hardware', 'DroidFile', '00:0c:29:ab:cd:ef'],
    ['time.hidden', 'DroidBirthFile', instant('2017-02-28T07:15:30.250Z')],
    ['machine.hardware', 'DroidBirthFile', '00:0c:29:ab:cd:ef'],
  ]);
  expect((await readAll(lnk, file)).problems).toEqual([]);
  expect(await unreplayable(lnk, file)).toEqual([]);
});

it('keeps the bytes of a number as what stands there', async () => {
  const { claims } = await readAll(lnk, file);
  expect(claims.find((c) => c.field === 'DriveSerialNumber')).toMatchObject({ raw: 'd4c3b2a1', locator: { in: 'bytes', length: 4 } });
  expect(claims.find((c) => c.field === 'CreationTime')).toMatchObject({ raw: '00a8f7346a92d201', locator: { in: 'bytes', offset: 28, length: 8 } });
});

it('reads a share, and Unicode where the file has it', async () => {
  expect(await stated(buildLnk({ netName: '\\\\SERVEUR\\COMMUN', suffix: 'plan.docx' }))).toEqual([
    ['machine.path', 'NetName', '\\\\SERVEUR\\COMMUN'],
    ['machine.path', 'CommonPathSuffix', 'plan.docx'],
  ]);
  expect(await stated(buildLnk({ localPath: 'C:\\План.docx', unicodePaths: true }))).toEqual([['machine.path', 'LocalBasePath', 'C:\\План.docx']]);
});

it('takes no drawn number for a network card', async () => {
  const { claims } = await readAll(lnk, buildLnk({ tracker: { ...spec.tracker, mac: '01:0c:29:ab:cd:ef' } }));
  expect(claims.map((c) => [c.attribute, c.field])).toEqual([
    ['machine.name', 'MachineID'],
    ['time.hidden', 'DroidFile'],
    ['time.hidden', 'DroidBirthFile'],
  ]);
});

it('says where it breaks off, and keeps what came before', async () => {
  const { claims, problems } = await readAll(lnk, file.subarray(0, file.byteLength - 50));
  expect(problems.map((p) => p.code)).toEqual(['truncated']);
  expect(claims.map((c) => c.field)).toContain('WORKING_DIR');
  expect((await readAll(lnk, file.subarray(0, 60))).problems).toEqual([{ code: 'truncated', message: '60 bytes; the header alone has 76' }]);
});

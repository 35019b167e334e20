import { expect, it } from 'vitest';
import { ewf } from '../../src/formats/ewf.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildEwf, EWF_HEADER, EWF_HEADER2 } from '../support/build-ewf.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const UNREAD = 'of a disk image the head is read, its content not';
const said = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(ewf, bytes)).claims.map((c) => [c.attribute, c.field, c.value]);
const problems = async (bytes: Uint8Array): Promise<unknown[]> => (await readAll(ewf, bytes)).problems.map((p) => p.message);

it('says whose case it is, who made it, and when: on the wall in one form, in seconds in the other', async () => {
  const bytes = buildEwf([
    ['header2', EWF_HEADER2],
    ['header2', EWF_HEADER2],
    ['header', EWF_HEADER],
  ]);
  expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/x-ewf', also: [] });
  expect(await said(bytes)).toEqual([
    ['name.title', 'description', 'Poste de Paul'],
    ['property.custom', 'case number', 'A-12'],
    ['party.author', 'examiner', 'Claire Moreau'],
    ['machine.hardware', 'serial number of the disk', 'WD-1234'],
    ['time.created', 'acquisition date', { kind: 'instant', epochMs: 1_425_466_809_000, offsetMinutes: 0, precisionMs: 1000 }],
    ['property.custom', 'case number', 'A-12'],
    ['property.custom', 'evidence number', 'disque.dd'],
    ['name.title', 'description', 'Poste de Paul'],
    ['party.author', 'examiner', 'Claire Moreau'],
    ['tool.version', 'version', '20131210'],
    ['property.custom', 'operating system', 'Linux'],
    ['time.created', 'acquisition date', { kind: 'wall', local: '2015-03-04T12:00:09', precisionMs: 1000 }],
    ['time.hidden', 'system date', null],
  ]);
  expect(await unreplayable(ewf, bytes)).toEqual([]);
  expect(await problems(bytes)).toEqual([UNREAD]);
});

it('tells of a header that cannot be unpacked, and of one that is not there', async () => {
  expect(await problems(buildEwf([['header', EWF_HEADER]], false))).toEqual(["its section 'header' cannot be unpacked", UNREAD]);
  expect(await problems(buildEwf([['volume', Buffer.alloc(9)]]))).toEqual(['it has no header section', UNREAD]);
  expect(await problems(buildEwf([['header', Buffer.from('1\nother\n')]]))).toEqual([UNREAD]);
});

import { expect, it } from 'vitest';
import { pst } from '../../src/formats/pst.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildPst } from '../support/build-pst.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const folders = [{ name: 'Inbox', messages: [{ subject: 'x' }] }];
const file = buildPst({ name: 'Archive de Claire', folders });

it('is recognised', () => expect(recognise(inputFrom(file)).mediaType).toBe('application/vnd.ms-outlook-pst'));

it('says what it is and is called', async () => {
  const r = await readAll(pst, file);
  expect(r.claims.map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual([
    ['type.version', 'wVer', '23', 'PST, Unicode'],
    ['name.title', 'PidTagDisplayName', 'Archive de Claire', 'Archive de Claire'],
  ]);
  expect(r.claims[1]?.locator).toEqual({ in: 'property', stream: 'nid:21', section: 0, id: 0x3001001f });
  expect(r.problems).toEqual([]);
  expect(await unreplayable(pst, file)).toEqual([]);
});

it('knows the other makes', async () => {
  expect((await readAll(pst, buildPst({ folders, make: 'ansi' }))).values('type.version')).toEqual(['PST, ANSI']);
  expect((await readAll(pst, buildPst({ folders, make: '4k' }))).values('type.version')).toEqual(['PST, Unicode, 4 KiB pages']);
});

it('says that a password is only a checksum', async () => {
  const protectedStore = buildPst({ folders, password: 0x12345678 });
  expect((await readAll(pst, protectedStore)).claims.at(-1)).toMatchObject({
    attribute: 'mark.protected',
    field: 'PidTagPstPassword',
    raw: '305419896',
    value: 'a checksum of a password; nothing is encrypted with it',
  });
  expect(await unreplayable(pst, protectedStore)).toEqual([]);
  expect((await readAll(pst, buildPst({ folders, password: 0 }))).values('mark.protected')).toEqual([]);
});

it('says when the end is missing, and when the header was changed', async () => {
  expect((await readAll(pst, file.subarray(0, file.byteLength - 512))).problems[0]).toEqual({
    code: 'truncated',
    message: `the store says that it is ${file.byteLength} bytes long; ${file.byteLength - 512} are here`,
  });
  const changed = Uint8Array.from(file);
  changed[0x30] = 0xff;
  expect((await readAll(pst, changed)).problems).toEqual([{ code: 'malformed', message: 'the checksum of the header is that of other bytes' }]);
});

it('says when the store is really encrypted, or of no make that is known', async () => {
  expect((await readAll(pst, buildPst({ folders, crypt: 'edp' }))).problems.map((p) => p.code)).toEqual(['encrypted']);
  const unknown = Uint8Array.from(file);
  unknown[10] = 3;
  expect((await readAll(pst, unknown)).problems.map((p) => p.code)).toEqual(['malformed']);
});

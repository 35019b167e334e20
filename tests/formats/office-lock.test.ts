import { describe, expect, it } from 'vitest';
import { officeLock } from '../../src/formats/office-lock.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildLibreOfficeLock, buildOwnerFile } from '../support/build-office-lock.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const typeOf = (bytes: Uint8Array): string => recognise(inputFrom(bytes)).mediaType;
const stated = async (bytes: Uint8Array): Promise<unknown[]> =>
  (await readAll(officeLock, bytes)).claims.map((c) => [c.attribute, c.field, c.raw, c.value]);

describe('owner file of Office', () => {
  it.each([
    ['word97', [['party.last-author', 'user name (ANSI)', 'Claire Moreau', 'Claire Moreau']]],
    ['word', null],
    ['excel', null],
  ] as const)('of %s', async (kind, only) => {
    const bytes = buildOwnerFile('Claire Moreau', kind);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/x-ms-office-lock', also: [] });
    expect(await stated(bytes)).toEqual(
      only ?? [
        ['party.last-author', 'user name', 'Claire Moreau', 'Claire Moreau'],
        ['party.last-author', 'user name (ANSI)', 'Claire Moreau', 'Claire Moreau'],
      ],
    );
    expect(await unreplayable(officeLock, bytes)).toEqual([]);
  });

  it('does not guess the code page of a name that is not ASCII', async () => {
    const bytes = buildOwnerFile('Hélène', 'word');
    expect(await stated(bytes)).toEqual([
      ['party.last-author', 'user name', 'Hélène', 'Hélène'],
      ['party.last-author', 'user name (ANSI)', 'Hélène', null],
    ]);
  });

  it('is told from other files of its size', () => {
    const disagreeing = Buffer.from(buildOwnerFile('Claire Moreau', 'word'));
    disagreeing.write('P', 56, 'utf16le');
    expect(typeOf(disagreeing)).toBe('application/octet-stream');
    expect(typeOf(Buffer.alloc(162))).toBe('application/octet-stream');
    expect(typeOf(Buffer.from('x'.repeat(54)))).toBe('text/plain');
    expect(typeOf(Buffer.from(buildOwnerFile('Claire Moreau', 'word')).subarray(0, 161))).toBe('application/octet-stream');
    expect(typeOf(Buffer.concat([buildOwnerFile('Claire Moreau', 'excel'), Buffer.from(' ')]))).toBe('application/octet-stream');
  });
});

describe('lock file of LibreOffice', () => {
  const lock = buildLibreOfficeLock({
    user: 'Moreau, Hélène',
    login: 'hmoreau',
    host: 'poste-12',
    time: '27.03.2017 14:41',
    url: 'file:///home/hmoreau/.config/libreoffice/4',
  });
  it('says who, where and when', async () => {
    expect(recognise(inputFrom(lock))).toEqual({ mediaType: 'application/x-libreoffice-lock', also: [] });
    expect(await stated(lock)).toEqual([
      ['party.last-author', 'OOOUSERNAME', 'Moreau\\, Hélène', 'Moreau, Hélène'],
      ['machine.name', 'SYSUSERNAME', 'hmoreau', 'hmoreau'],
      ['machine.name', 'LOCALHOST', 'poste-12', 'poste-12'],
      ['time.created', 'EDITTIME', '27.03.2017 14:41', { kind: 'wall', local: '2017-03-27T14:41:00', precisionMs: 60_000 }],
      ['machine.path', 'USERURL', 'file:///home/hmoreau/.config/libreoffice/4', 'file:///home/hmoreau/.config/libreoffice/4'],
    ]);
    expect(await unreplayable(officeLock, lock)).toEqual([]);
  });

  it('keeps a time that no calendar holds, and says nothing of an empty name', async () => {
    const bytes = buildLibreOfficeLock({ user: '', login: 'a', host: 'b', time: '31.02.2017 14:41', url: '' });
    expect(await stated(bytes)).toEqual([
      ['machine.name', 'SYSUSERNAME', 'a', 'a'],
      ['machine.name', 'LOCALHOST', 'b', 'b'],
      ['time.created', 'EDITTIME', '31.02.2017 14:41', null],
    ]);
  });

  it('is told from a line of a table', () => {
    expect(typeOf(Buffer.from('a,b,c,27.03.2017 14:41,d\n'))).toBe('text/plain');
    expect(typeOf(Buffer.from('a,b,27.03.2017 14:41,c,d;'))).toBe('text/plain');
  });
});

import { describe, expect, it } from 'vitest';
import { legacyDocument } from '../../src/formats/legacy-document.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { accessHead, dbaseTable, lotusHead, oneNoteHead, wordPerfectHead } from '../support/build-legacy-document.ts';
import { inputFrom, readAll, unreplayable } from '../support/read.ts';

const wall = (local: string, precisionMs: number): unknown => ({ kind: 'wall', local, precisionMs });

describe('documents of programs long gone', () => {
  it.each([
    ['application/vnd.lotus-1-2-3', lotusHead(0x0406), 'WK1 (1-2-3 2)'],
    ['application/vnd.lotus-1-2-3', lotusHead(0x1002, 0x1a), 'WK4 (1-2-3 4)'],
    ['application/x-quattro-pro', lotusHead(0x5121), 'WQ2'],
    ['application/vnd.wordperfect', wordPerfectHead(2), '6 and later'],
    ['application/x-msaccess', accessHead(1), 'Jet 4 (Access 2000)'],
    ['application/x-dbf', dbaseTable([16, 5, 24]), 'dBASE III'],
    ['application/onenote', oneNoteHead(), '42'],
  ])('are %s', async (mediaType, bytes, version) => {
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType, also: [] });
    const { problems, ...read } = await readAll(legacyDocument, bytes);
    expect(read.values('type.version')).toEqual([version]);
    expect(problems.map((p) => p.code)).toEqual(['unsupported']);
    expect(await unreplayable(legacyDocument, bytes)).toEqual([]);
  });

  it('say when an Access database was made, behind the mask that all of them have', async () => {
    const { claims } = await readAll(legacyDocument, accessHead(1, 42_184.386_712_962_96));
    expect(claims.filter((c) => c.attribute === 'time.created').map((c) => c.value)).toEqual([wall('2015-06-29T09:16:52', 1000)]);
    expect((await readAll(legacyDocument, accessHead(1, 7))).values('time.created')).toEqual([null]);
    expect((await readAll(legacyDocument, accessHead(0, 42_184))).values('time.created')).toEqual([]);
  });

  it('say on which day a table changed, in years of two or three digits', async () => {
    expect((await readAll(legacyDocument, dbaseTable([16, 5, 24]))).values('time.modified')).toEqual([wall('2016-05-24T00:00:00', 86_400_000)]);
    expect((await readAll(legacyDocument, dbaseTable([116, 5, 24]))).values('time.modified')).toEqual([wall('2016-05-24T00:00:00', 86_400_000)]);
    expect((await readAll(legacyDocument, dbaseTable([95, 2, 31]))).values('time.modified')).toEqual([null]);
  });

  it('say that a password is needed', async () => {
    expect((await readAll(legacyDocument, wordPerfectHead(2, 0x1234))).problems.map((p) => p.code)).toEqual(['encrypted']);
  });

  it('say which notebook and which state of it', async () => {
    const read = await readAll(legacyDocument, oneNoteHead());
    expect([read.values('id.document'), read.values('id.instance'), read.values('tool.build')]).toEqual([
      ['04030201-0605-0807-090a-0b0c0d0e0f10'],
      ['14131211-1615-1817-191a-1b1c1d1e1f20'],
      ['17511.20002'],
    ]);
  });

  it('are not what only begins alike', () => {
    for (const bytes of [
      lotusHead(0x7777),
      wordPerfectHead(2).fill(9, 9, 10),
      dbaseTable([16, 13, 24]),
      dbaseTable([16, 5, 24]).fill(0x20, 64, 65),
      accessHead(1).fill(0x41, 4, 20),
    ])
      expect(recognise(inputFrom(bytes)).mediaType).toBe('application/octet-stream');
  });
});

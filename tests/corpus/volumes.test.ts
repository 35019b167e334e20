import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratchFiles } from '../../src/corpus/scratch-files.ts';
import { openVolumes } from '../../src/corpus/volume-bytes.ts';
import { volumeOf, volumeSets, withVolumes } from '../../src/corpus/volumes.ts';
import type { Unit } from '../../src/model/unit.ts';

describe('sets by their names', () => {
  it.each([
    [['x.zip', 'x.z01', 'x.z02'], 'x.zip', ['x.z01', 'x.z02', 'x.zip']],
    [['x.zip.001', 'x.zip.002'], 'x.zip.001', ['x.zip.001', 'x.zip.002']],
    [['x.7z.002', 'x.7z.001'], 'x.7z.001', ['x.7z.001', 'x.7z.002']],
    [['X.PART02.RAR', 'X.PART01.RAR'], 'X.PART01.RAR', ['X.PART01.RAR', 'X.PART02.RAR']],
    [['x.r00', 'x.r01', 'x.rar'], 'x.rar', ['x.rar', 'x.r00', 'x.r01']],
  ])('%j', (names, opener, order) => {
    expect(volumeSets(names)).toEqual([{ names: order, opener, missing: [] }]);
  });

  it('name what is missing in between', () => {
    expect(volumeSets(['x.part1.rar', 'x.part4.rar'])).toEqual([
      { names: ['x.part1.rar', null, null, 'x.part4.rar'], opener: 'x.part1.rar', missing: ['x.part2.rar', 'x.part3.rar'] },
    ]);
    expect(volumeSets(['x.rar', 'x.r01'])[0]?.missing).toEqual(['x.r00']);
    expect(volumeSets(['x.z02', 'x.zip'])[0]?.missing).toEqual(['x.z01']);
  });

  it.each([
    ['a zip and a rar alone', ['x.zip', 'y.rar', 'x.7z']],
    ['volumes without the one that opens them', ['x.part2.rar', 'x.part3.rar', 'y.z01', 'y.z02', 'z.7z.002', 'z.7z.003']],
    ['two names for one number', ['x.part1.rar', 'x.part01.rar', 'x.part2.rar']],
    ['a number far away', ['x.part1.rar', 'x.part9000.rar']],
    ['numbered files that are no archives', ['report.001', 'report.002', 'scan.pdf.001', 'scan.pdf.002']],
    ['another stem', ['x.zip', 'y.z01']],
  ])('are not made of %s', (_, names) => expect(volumeSets(names)).toEqual([]));
});

describe('volumes on disk', () => {
  let root = '';
  const unit = (file: string): Unit => ({ path: file, file, root: 0, size: 3, mtimeMs: 0, kind: 'file' });
  beforeAll(() => {
    root = fs.mkdtempSync(join(os.tmpdir(), 'volumes-'));
    fs.mkdirSync(join(root, 'a'));
    for (const [i, n] of ['001', '002', '004'].entries()) fs.writeFileSync(join(root, 'a', `x.zip.${n}`), 'abcdefghi'.slice(3 * i, 3 * i + 3));
  });
  afterAll(() => fs.rmSync(root, { recursive: true }));

  it('are marked within their folder, the same from a listing and from one name', () => {
    const units = withVolumes(['a/x.zip.001', 'a/x.zip.002', 'a/x.zip.004', 'b/x.zip.003'].map(unit));
    const missing = ['x.zip.003'];
    expect(units.map((u) => u.volume)).toEqual([
      { number: 1, of: 4, openedBy: 'x.zip.001', missing, files: ['a/x.zip.001', 'a/x.zip.002', null, 'a/x.zip.004'] },
      { number: 2, of: 4, openedBy: 'x.zip.001', missing },
      { number: 4, of: 4, openedBy: 'x.zip.001', missing },
      undefined,
    ]);
    expect(units.slice(0, 3).map((u) => volumeOf(root, u.file))).toEqual(units.slice(0, 3).map((u) => u.volume));
    expect(volumeOf(join(root, 'a', 'x.zip.001'), 'x.zip.001')).toBeUndefined();
  });

  it('are read one behind another by the one that opens them, which keeps bytes of its own', () => {
    const [first] = withVolumes(['a/x.zip.001', 'a/x.zip.002', 'a/x.zip.004'].map(unit));
    const open = openVolumes(first as Unit, root);
    const text = (b: Uint8Array): string => Buffer.from(b).toString();
    expect(text(open.bytes.slice(0, 99))).toBe('abcdefghi');
    expect(text(open.bytes.slice(2, 5))).toBe('cdefg');
    expect(text(open.bytes.window(4, 4).slice(1, 2))).toBe('fg');
    expect(text(open.own.slice(0, 99))).toBe('abc');
    expect(open.volumes.map((v) => v.size)).toEqual([3, 3, 0, 3]);
    open.close();
  });

  it('leave no scratch file behind, not even while it is read', () => {
    const scratch = scratchFiles(root);
    const room = scratch.make();
    room.write(Buffer.from('hello '));
    room.write(Buffer.from('world'));
    expect(Buffer.from(room.done().slice(3, 5)).toString()).toBe('lo wo');
    expect(fs.readdirSync(root)).toEqual(['a']);
    scratch.release();
  });
});

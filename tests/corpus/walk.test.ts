import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FileSystem, walk } from '../../src/corpus/walk.ts';

let root = '';

beforeAll(() => {
  root = fs.mkdtempSync(join(os.tmpdir(), 'walk-'));
  fs.mkdirSync(join(root, 'mail', '.hidden'), { recursive: true });
  fs.writeFileSync(join(root, 'mail', 'a.eml'), 'From: a');
  fs.writeFileSync(join(root, 'mail', '.hidden', '.dot'), 'x');
  fs.writeFileSync(join(root, 'a b'), '1');
  fs.writeFileSync(join(root, 'a'), '12');
  fs.symlinkSync('/etc', join(root, 'link-out'));
  fs.writeFileSync(Buffer.concat([Buffer.from(join(root, 'mail') + '/'), Buffer.from([0xcf, 0xe8, 0xf1])]), 'cp1251');
});

afterAll(() => fs.rmSync(root, { recursive: true }));

/** A file system whose listing of one directory is refused: what another user than root would see. */
const refusing = (name: string): FileSystem => ({
  ...fs,
  readdir: ((dir: string, options: object, done: (error: Error | null, entries?: unknown) => void) => {
    if (dir.endsWith(name)) done(Object.assign(new Error(`EACCES: permission denied, scandir '${dir}'`), { code: 'EACCES' }));
    else fs.readdir(dir, options as { withFileTypes: true }, done);
  }) as unknown as FileSystem['readdir'],
});

describe('walk', () => {
  it('lists files, dotfiles and links, sorted by bytes, and follows no link', async () => {
    const units = await walk(root, 0, '', { exclude: [] });
    expect(units.map((u) => [u.path, u.kind, u.size])).toEqual([
      ['a', 'file', 2],
      ['a b', 'file', 1],
      ['link-out', 'link', 0],
      ['mail/.hidden/.dot', 'file', 1],
      ['mail/\\xcf\\xe8\\xf1', 'file', 6],
      ['mail/a.eml', 'file', 7],
    ]);
    expect(units.find((u) => u.kind === 'link')?.target).toBe('/etc');
  });

  it('reports a directory that may not be listed and goes on with the rest', async () => {
    const units = await walk(root, 0, '', { exclude: [], fs: refusing('mail') });
    expect(units.map((u) => [u.path, u.kind, u.reason])).toEqual([
      ['a', 'file', undefined],
      ['a b', 'file', undefined],
      ['link-out', 'link', undefined],
      ['mail', 'unreadable', 'directory cannot be listed: EACCES: permission denied'],
    ]);
  });

  it('leaves out the case directory, and nothing that merely begins like it', async () => {
    const units = await walk(root, 0, '', { exclude: [join(root, 'mail'), join(root, 'li')] });
    expect(units.map((u) => u.path)).toEqual(['a', 'a b', 'link-out']);
  });

  it('puts the label of its root in front, and takes a single file as a root', async () => {
    expect((await walk(join(root, 'a'), 1, 'second', { exclude: [] })).map((u) => [u.path, u.file, u.root])).toEqual([['second/a', '', 1]]);
  });
});

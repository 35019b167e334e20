import { describe, expect, it } from 'vitest';
import { tar } from '../../src/containers/tar.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildTar, type TarDialect } from '../support/build-tar.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const text = (child: Parameters<typeof bytesOfChild>[0]): string => Buffer.from(bytesOfChild(child)).toString();

describe('tar container', () => {
  it('opens members as documents and says name, UTC time and owner', async () => {
    const { children, problems } = await openAll(
      tar,
      buildTar([
        { name: 'board/' },
        { name: 'board/minutes.txt', content: 'hello', mtime: '2017-03-27T12:41:07Z', owner: 'claire' },
        { name: 'empty', owner: '' },
      ]),
    );
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, c.role, text(c)])).toEqual([
      ['board/minutes.txt', 'minutes.txt', 'document', 'hello'],
      ['empty', 'empty', 'document', ''],
    ]);
    expect(children[0]?.says).toEqual([
      {
        basis: 'asserted',
        attribute: 'name.file',
        field: 'file name',
        raw: 'minutes.txt',
        value: 'minutes.txt',
        locator: { in: 'parent', key: 'name' },
      },
      {
        basis: 'asserted',
        attribute: 'time.stored',
        field: 'mtime',
        raw: '13066204143',
        value: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 7), offsetMinutes: 0, precisionMs: 1000 },
        locator: { in: 'parent', key: 'modified' },
      },
      { basis: 'asserted', attribute: 'party.owner', field: 'uname', raw: 'claire', value: 'claire', locator: { in: 'parent', key: 'uname' } },
    ]);
    expect(children[1]?.says.map((s) => s.attribute)).toEqual(['name.file', 'time.stored']);
  });

  it.each<TarDialect>(['gnu', 'pax'])('reads long names of %s, and only for the member they belong to', async (dialect) => {
    const long = `${'très-long/'.repeat(20)}b.txt`;
    const { children, problems } = await openAll(
      tar,
      buildTar(
        [
          { name: long, content: '1' },
          { name: 'c.txt', content: '2' },
        ],
        dialect,
      ),
    );
    expect([problems, children.map((c) => [c.key, text(c)])]).toEqual([
      [],
      [
        [long, '1'],
        ['c.txt', '2'],
      ],
    ]);
  });

  it('reads fractions of seconds', async () => {
    const { children } = await openAll(tar, buildTar([{ name: 'a', mtime: '2017-03-27T12:41:07.250Z' }], 'pax'));
    expect(children[0]?.says[1]).toMatchObject({
      raw: '1490618467.25',
      value: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 7, 250), precisionMs: 1 },
    });
  });

  it('lists what is no file without following it', async () => {
    const { children } = await openAll(
      tar,
      buildTar([
        { name: 'a', content: 'x' },
        { name: 'hard', type: '1', target: 'a' },
        { name: 'soft', type: '2', target: '/etc/passwd' },
        { name: 'tty', type: '3' },
        { name: 'holes', type: 'S', content: 'x' },
        { name: 'z', content: 'y' },
      ]),
    );
    expect(children.map((c) => (c.bytes === null ? [c.key, c.why, c.problem.code, c.problem.message] : [c.key, text(c)]))).toEqual([
      ['a', 'x'],
      ['hard', 'unreadable', 'unsupported', "'hard' is a link to 'a'"],
      ['soft', 'unreadable', 'unsupported', "'soft' is a link to '/etc/passwd'"],
      ['tty', 'unreadable', 'unsupported', "'tty' is a device, a pipe or a label, not a file"],
      ['holes', 'unreadable', 'unsupported', "'holes' is stored without its holes, which is not read here"],
      ['z', 'y'],
    ]);
  });

  it('opens one of several namesakes by its key, and dangerous names', async () => {
    const bytes = buildTar([
      { name: 'x', content: 'first' },
      { name: 'x', content: 'second' },
      { name: '../x', content: 'third' },
    ]);
    expect(text(tar.openOne?.(inputFrom(bytes), 'x#2') ?? undefined)).toBe('second');
    expect(tar.openOne?.(inputFrom(bytes), 'y')).toBeNull();
    expect((await openAll(tar, bytes)).problems).toEqual([{ code: 'unsafe-path', message: "'../x' climbs with '..'" }]);
  });

  it('tells where it breaks off or stops being a tar', async () => {
    const bytes = buildTar([
      { name: 'a', content: 'x'.repeat(600) },
      { name: 'b', content: 'y' },
    ]);
    expect((await openAll(tar, bytes.subarray(0, 1000))).problems).toEqual([{ code: 'truncated', message: "'a' breaks off after 488 bytes of 600" }]);
    expect((await openAll(tar, bytes.subarray(0, 1600))).problems).toEqual([{ code: 'truncated', message: 'the header at byte 1536 breaks off' }]);
    const damaged = Uint8Array.from(bytes, (b, i) => (i === 1537 ? 0x41 : b));
    const { children, problems } = await openAll(tar, damaged);
    expect([children.map((c) => c.key), problems]).toEqual([
      ['a'],
      [{ code: 'malformed', message: 'no header stands at byte 1536: the rest was not read' }],
    ]);
    expect((await openAll(tar, bytes, { maxChildren: 1 })).problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });

  it('reads tar of 1979, which has a checksum and no magic', async () => {
    const bytes = Buffer.from(buildTar([{ name: 'a.txt', content: 'hello', owner: 'claire' }], 'v7'));
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/x-tar', also: [] });
    const { children, problems } = await openAll(tar, bytes);
    expect([problems, children.map((c) => [c.key, text(c), c.says.map((s) => s.attribute)])]).toEqual([
      [],
      [['a.txt', 'hello', ['name.file', 'time.stored']]],
    ]);
    bytes.write('b', 0);
    expect(recognise(inputFrom(bytes)).mediaType).toBe('application/octet-stream');
  });
});

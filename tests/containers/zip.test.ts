import { describe, expect, it } from 'vitest';
import { zip } from '../../src/containers/zip.ts';
import { buildZip, type MemberSpec } from '../support/build-zip.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const LONG = 'Minutes of the meeting. '.repeat(50);

describe('zip container', () => {
  it('opens members as documents and says what the archive says of them', async () => {
    const members: readonly MemberSpec[] = [
      { name: 'board/' },
      { name: 'board/minutes.txt', content: LONG, local: '2017-03-27T14:41:08', instant: '2017-03-27T11:41:07Z' },
      { name: 'board\\plan.txt', content: 'plan', override: { method: 'store' } },
    ];
    const { children, problems } = await openAll(zip, buildZip(members, 'info-zip'));
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, c.role])).toEqual([
      ['board/minutes.txt', 'minutes.txt', 'document'],
      ['board\\plan.txt', 'plan.txt', 'document'],
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
        field: 'extra 0x5455',
        raw: '53fad858',
        value: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 11, 41, 7), offsetMinutes: 0, precisionMs: 1000 },
        locator: { in: 'parent', key: 'modified' },
      },
    ]);
    expect(children.map((c) => Buffer.from(bytesOfChild(c)).toString())).toEqual([LONG, 'plan']);
  });

  it('keeps a wall time a wall time and a constant none', async () => {
    const stored = async (writer: 'python-zipfile' | 'microsoft-office'): Promise<unknown> =>
      (await openAll(zip, buildZip([{ name: 'a', local: '2017-03-27T14:41:08' }], writer))).children[0]?.says[1];
    expect(await stored('python-zipfile')).toMatchObject({
      field: 'DOS time',
      raw: '24757b4a',
      value: { kind: 'wall', local: '2017-03-27T14:41:08', precisionMs: 2000 },
    });
    expect(await stored('microsoft-office')).toMatchObject({ field: 'DOS time', raw: '00002100', value: null });
  });

  it('opens dangerous names and tells them', async () => {
    const names = ['../../etc/passwd', '/etc/passwd', 'C:\\boot.ini', 'a\u0000b', 'a..b/c', 'honest/...txt'];
    const { children, problems } = await openAll(
      zip,
      buildZip(
        names.map((name) => ({ name, content: name })),
        'python-zipfile',
      ),
    );
    expect(children.map((c) => c.key)).toEqual(names);
    expect(problems).toEqual([
      { code: 'unsafe-path', message: "'../../etc/passwd' climbs with '..'" },
      { code: 'unsafe-path', message: "'/etc/passwd' is absolute" },
      { code: 'unsafe-path', message: "'C:\\boot.ini' names a drive" },
      { code: 'unsafe-path', message: "'a\ufffdb' holds a NUL" },
    ]);
  });

  it('keeps what it cannot open as closed members', async () => {
    const members: readonly MemberSpec[] = [
      { name: 'secret.doc', content: LONG, override: { encrypted: true } },
      { name: 'big.txt', content: 'x'.repeat(5000) },
      { name: 'fine.txt', content: LONG },
    ];
    const { children, problems } = await openAll(zip, buildZip(members, 'info-zip'), { maxArtifactBytes: 2000 });
    expect(problems).toEqual([]);
    expect(children.map((c) => (c.bytes === null ? [c.key, c.why, c.problem.code] : c.key))).toEqual([
      ['secret.doc', 'encrypted', 'encrypted'],
      ['big.txt', 'over-limit', 'limit-exceeded'],
      'fine.txt',
    ]);
  });

  it('gives up unpacking in vain: many bombs cost no more than one large file', async () => {
    const bombs = Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, content: new Uint8Array(200_000), override: { size: 10 } }));
    const { children } = await openAll(zip, buildZip(bombs, 'info-zip'), {
      maxArtifactBytes: 100_000,
      expansionFloorBytes: 250_000,
      maxExpansionRatio: 10,
    });
    expect(children.map((c) => (c.bytes === null ? c.problem.message : 'open'))).toEqual([
      ...['0', '1', '2'].map((n) => `'${n}' unpacks to more than 100000 bytes`),
      ...['3', '4', '5', '6', '7', '8'].map((n) => `'${n}' was not opened: too much of this archive exceeds the limits`),
    ]);
  });

  it('opens one of several namesakes by its key', async () => {
    const bytes = buildZip(
      [
        { name: 'x', content: 'first' },
        { name: 'x', content: 'second' },
      ],
      'python-zipfile',
    );
    const one = zip.openOne?.(inputFrom(bytes), 'x#2') ?? undefined;
    expect(Buffer.from(bytesOfChild(one)).toString()).toBe('second');
    expect(zip.openOne?.(inputFrom(bytes), 'y')).toBeNull();
    const { children } = await openAll(zip, bytes);
    expect(children.map((c) => c.key)).toEqual(['x', 'x#2']);
  });

  it('tells of a missing directory and opens what is there', async () => {
    const bytes = buildZip(
      [
        { name: 'a.txt', content: LONG },
        { name: 'b.txt', content: LONG },
      ],
      'info-zip',
    );
    const { children, problems } = await openAll(zip, bytes.subarray(0, 190));
    expect(problems.map((p) => p.code)).toEqual(['truncated', 'truncated']);
    expect(children.map((c) => c.key)).toEqual(['a.txt', 'b.txt']);
    for (let end = 0; end < bytes.byteLength; end += 7) await openAll(zip, bytes.subarray(0, end));
  });
});

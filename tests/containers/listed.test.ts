import { describe, expect, it } from 'vitest';
import { listed } from '../../src/containers/listed.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildAce, buildArj, type OldEntry } from '../support/build-old-archives.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const text = (child: Parameters<typeof bytesOfChild>[0]): string => Buffer.from(bytesOfChild(child)).toString();

describe.each<readonly [string, (entries: readonly OldEntry[]) => Uint8Array, string]>([
  ['application/x-arj', buildArj, 'time stamp'],
  ['application/x-ace-compressed', buildAce, 'ftime'],
])('listed container: %s', (mediaType, build, field) => {
  it('opens stored members in place and says name and wall clock', async () => {
    const bytes = build([
      { name: 'bureau', content: '', folder: true },
      { name: 'bureau/plan.txt', content: 'hello' },
      { name: 'x', content: '1' },
      { name: 'x', content: '2' },
    ]);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType, also: [] });
    const { children, problems } = await openAll(listed, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, text(c)])).toEqual([
      ['bureau/plan.txt', 'plan.txt', 'hello'],
      ['x', 'x', '1'],
      ['x#2', 'x', '2'],
    ]);
    expect(children[0]?.says.map((s) => [s.attribute, s.field, s.value])).toEqual([
      ['name.file', 'file name', 'plan.txt'],
      ['time.stored', field, { kind: 'wall', local: '1997-03-27T12:00:00', precisionMs: 2000 }],
    ]);
  });

  it('keeps what it cannot open as closed members with name and size', async () => {
    const { children, problems } = await openAll(
      listed,
      build([
        { name: 'a.doc', content: 'xx', packed: true },
        { name: 'b.doc', content: 'xxx', encrypted: true },
        { name: 'c.doc', content: 'x', split: true },
        { name: 'd.doc', content: 'fine' },
      ]),
    );
    expect(problems).toEqual([]);
    expect(children.map((c) => (c.bytes === null ? [c.why, c.problem.code, c.problem.message] : text(c)))).toEqual([
      ['unreadable', 'unsupported', "'a.doc' (2 bytes) is packed by a method that is not read here"],
      ['encrypted', 'encrypted', "'b.doc' is encrypted (3 bytes)"],
      ['unreadable', 'truncated', "'c.doc' continues in another volume"],
      'fine',
    ]);
  });

  it('tells another checksum and where it breaks off', async () => {
    const wrong = await openAll(listed, build([{ name: 'a', content: 'hello', crc32: 1 }]));
    expect([wrong.problems, wrong.children.map(text)]).toEqual([
      [{ code: 'malformed', message: "'a' has another checksum than it says" }],
      ['hello'],
    ]);
    const whole = build([{ name: 'a', content: 'hello' }]);
    const cut = await openAll(listed, whole.subarray(0, whole.byteLength - (mediaType === 'application/x-arj' ? 6 : 2)));
    expect(cut.problems.map((p) => p.code)).toContain('truncated');
    expect(cut.children.map(text)).toEqual(['hel']);
  });

  it('stops at the limit of members', async () => {
    const { children, problems } = await openAll(listed, build([1, 2, 3].map((n) => ({ name: String(n), content: '' }))), { maxChildren: 2 });
    expect([children.length, problems.map((p) => p.code)]).toEqual([2, ['limit-exceeded']]);
  });
});

describe('listed container: ARJ of Unix', () => {
  it('has times in seconds since 1970, UTC', async () => {
    const { children } = await openAll(listed, buildArj([{ name: 'a', content: 'x' }], 1_490_618_460));
    expect(children[0]?.says.map((s) => [s.raw, s.value])[1]).toEqual([
      '1490618460',
      { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41), offsetMinutes: 0, precisionMs: 1000 },
    ]);
  });

  it('ends its list at a header with another checksum', async () => {
    const bytes = Buffer.from(buildArj([{ name: 'abc', content: 'x' }]));
    bytes.write('abd', bytes.lastIndexOf('abc'));
    const { children, problems } = await openAll(listed, bytes);
    expect([children, problems.map((p) => p.code)]).toEqual([[], ['malformed']]);
  });
});

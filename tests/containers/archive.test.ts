import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { archive } from '../../src/containers/archive.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { build7z } from '../support/build-7z.ts';
import { buildIso, buildLha, buildRpm } from '../support/build-old-archives.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const text = (child: Parameters<typeof bytesOfChild>[0]): string => Buffer.from(bytesOfChild(child)).toString();

/** cpio of the 'odc' kind: octal digits throughout. */
const cpio = (entries: readonly (readonly [name: string, mode: number, content: string])[]): Uint8Array =>
  Buffer.from(
    [...entries, ['TRAILER!!!', 0, ''] as const]
      .map(([name, mode, content]) => {
        const octal = (n: number, width: number): string => n.toString(8).padStart(width, '0');
        return `070707${octal(0, 6)}${octal(1, 6)}${octal(mode, 6)}${octal(0, 6)}${octal(0, 6)}${octal(1, 6)}${octal(0, 6)}${octal(1_490_616_060, 11)}${octal(name.length + 1, 6)}${octal(content.length, 11)}${name}\0${content}`;
      })
      .join(''),
  );

describe('archive container', () => {
  it('opens the members of a 7z and says their names and UTC times', async () => {
    const { children, problems } = await openAll(
      archive,
      build7z([
        { name: 'bureau/réunion – план.txt', content: 'first', instant: '2017-03-27T12:41:00Z' },
        { name: 'b.txt', content: 'second' },
      ]),
    );
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, c.label, c.role, text(c)])).toEqual([
      ['bureau/réunion – план.txt', 'réunion – план.txt', 'document', 'first'],
      ['b.txt', 'b.txt', 'document', 'second'],
    ]);
    expect(children[0]?.says).toEqual([
      {
        basis: 'asserted',
        attribute: 'name.file',
        field: 'file name',
        raw: 'réunion – план.txt',
        value: 'réunion – план.txt',
        locator: { in: 'parent', key: 'name' },
      },
      {
        basis: 'asserted',
        attribute: 'time.stored',
        field: 'mtime',
        raw: '00964863f7a6d201',
        value: { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41, 0), offsetMinutes: 0, precisionMs: 1 },
        locator: { in: 'parent', key: 'modified' },
      },
    ]);
  });

  it('reads names from a packed list of members, and keeps alike ones apart', async () => {
    const names = ['план.txt', 'факт.txt', 'абвг.txt'];
    const { children, problems } = await openAll(
      archive,
      build7z(
        names.map((name) => ({ name, content: name })),
        { packedDirectory: true },
      ),
    );
    expect([problems, children.map((c) => [c.key, text(c)])]).toEqual([[], names.map((name) => [name, name])]);
  });

  it('keeps namesakes apart and tells dangerous names', async () => {
    const { children, problems } = await openAll(
      archive,
      build7z([
        { name: 'x', content: '1' },
        { name: 'x', content: '2' },
        { name: '../y', content: '3' },
      ]),
    );
    expect(children.map((c) => [c.key, text(c)])).toEqual([
      ['x', '1'],
      ['x#2', '2'],
      ['../y', '3'],
    ]);
    expect(problems).toEqual([{ code: 'unsafe-path', message: "'../y' climbs with '..'" }]);
  });

  it('does not take a lost list of members for an empty archive', async () => {
    const bytes = build7z([{ name: 'x', content: '1' }]);
    const signatureOnly = Buffer.concat([bytes.subarray(0, 32), Buffer.alloc(2000)]);
    const { children, problems } = await openAll(archive, signatureOnly);
    expect(children).toEqual([]);
    expect(problems).toHaveLength(1);
    expect((await openAll(archive, bytes)).problems).toEqual([]);
  });

  it('closes members that are over the limit, and goes on', async () => {
    const { children } = await openAll(
      archive,
      build7z([
        { name: 'big', content: 'x'.repeat(5000) },
        { name: 'small', content: 'y' },
      ]),
      { maxArtifactBytes: 1000 },
    );
    expect(children.map((c) => (c.bytes === null ? [c.key, c.why, c.problem.message] : text(c)))).toEqual([
      ['big', 'over-limit', "'big' unpacks to more than 1000 bytes"],
      'y',
    ]);
  });

  it('tells a damaged checksum', async () => {
    const bytes = Buffer.from(build7z([{ name: 'x', content: 'hello' }]));
    bytes[32] = 0x48;
    const { children } = await openAll(archive, bytes);
    expect(children.map((c) => (c.bytes === null ? [c.why, c.problem.code] : 'open'))).toEqual([['unreadable', 'malformed']]);
  });

  it('lists links and devices of a cpio without following them', async () => {
    const { children, problems } = await openAll(
      archive,
      cpio([
        ['dir', 0o040755, ''],
        ['a.txt', 0o100644, 'hello'],
        ['link', 0o120777, '/etc/passwd'],
        ['pipe', 0o010644, ''],
      ]),
    );
    expect(problems).toEqual([]);
    expect(children.map((c) => (c.bytes === null ? [c.key, c.why, c.problem.message] : [c.key, text(c)]))).toEqual([
      ['a.txt', 'hello'],
      ['link', 'unreadable', "'link' is a link to '/etc/passwd'"],
      ['pipe', 'unreadable', "'pipe' is a device or a pipe, not a file"],
    ]);
  });

  it('says where the list breaks off', async () => {
    const { problems } = await openAll(archive, cpio([['a.txt', 0o100644, 'hello']]).subarray(0, 84));
    expect(problems.map((p) => p.code)).toContain('truncated');
  });
});

describe('archive container: archives of other ages and trades', () => {
  const noon = { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 12, 41), offsetMinutes: 0, precisionMs: 1000 };

  it.each<readonly [string, Uint8Array, string, unknown]>([
    ['application/x-iso9660-image', buildIso('PLAN.TXT;1', 'hello'), 'PLAN.TXT', noon],
    ['application/x-rpm', buildRpm(gzipSync(cpio([['./plan.txt', 0o100644, 'hello']]))), 'plan.txt', { ...noon, epochMs: 1_490_616_060_000 }],
  ])('opens %s, with UTC times', async (mediaType, bytes, label, time) => {
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType, also: [] });
    const { children, problems } = await openAll(archive, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.label, text(c), c.says.find((s) => s.attribute === 'time.stored')?.value])).toEqual([[label, 'hello', time]]);
  });

  it('opens LHA, whose DOS times it leaves out', async () => {
    const bytes = buildLha([
      { name: 'plan.txt', content: 'hello' },
      { name: 'b', content: 'x' },
    ]);
    expect(recognise(inputFrom(bytes))).toEqual({ mediaType: 'application/x-lzh-compressed', also: [] });
    const { children, problems } = await openAll(archive, bytes);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.key, text(c), c.says.map((s) => s.attribute)])).toEqual([
      ['plan.txt', 'hello', ['name.file']],
      ['b', 'x', ['name.file']],
    ]);
  });

  it('takes the table of symbols in an ar archive for no path, and a path for one', async () => {
    const member = (name: string, content: string): string =>
      `${name.padEnd(16)}${'1490616000'.padEnd(12)}${'0'.padEnd(6)}${'0'.padEnd(6)}${'644'.padEnd(8)}${String(content.length).padEnd(10)}\`\n${content}`;
    const library = `!<arch>\n${member('/', '\0\0\0\0')}${member('a.o/', 'code')}`;
    const { children, problems } = await openAll(archive, Buffer.from(library, 'latin1'));
    expect([children.map((c) => c.key), problems]).toEqual([['/', 'a.o'], []]);
  });

  it('names XAR, which it does not read', async () => {
    const bytes = Buffer.from('xar!\u0000\u001c\u0000\u0001 and so on', 'latin1');
    expect(recognise(inputFrom(bytes)).mediaType).toBe('application/x-xar');
    expect((await openAll(archive, bytes)).problems).toEqual([
      { code: 'unsupported', message: 'a XAR archive: its list of members is not read here' },
    ]);
  });

  it('does not take a damaged image for an empty archive', async () => {
    const image = Buffer.from(buildIso('A.TXT;1', 'x'));
    image[16 * 2048 + 881] = 9;
    expect((await openAll(archive, image)).problems.map((p) => p.code)).toEqual(['malformed']);
  });

  it('takes no zeros for an image', () => {
    const image = Buffer.from(buildIso('A.TXT;1', 'x'));
    image.write('CD00X', 0x8001);
    expect(recognise(inputFrom(image)).mediaType).toBe('application/octet-stream');
  });
});

import { describe, expect, it } from 'vitest';
import { fromFiletime } from '../../src/model/time.ts';
import { memberOf, readMember, readZip, type Zip } from '../../src/structures/zip/zip.ts';
import { containerClass, oddMembers } from '../../src/structures/zip/fingerprint.ts';
import { dosWallTime } from '../../src/structures/zip/time.ts';
import { zipMediaType } from '../../src/structures/zip/type.ts';
import { buildZip, type MemberSpec, type ZipWriter } from '../support/build-zip.ts';
import { inputFrom } from '../support/read.ts';

const zipOf = (bytes: Uint8Array): Zip => inputFrom(bytes).once(readZip);
const textOf = (bytes: Uint8Array, name: string): string => {
  const input = inputFrom(bytes);
  const member = memberOf(input.once(readZip), name);
  if (!member) return `no member ${name}`;
  const read = readMember(input, member);
  return read.ok ? Buffer.from(read.bytes).toString() : read.why;
};
const LONG = 'All work and no play makes a dull document. '.repeat(40);

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const contentTypes = (main: string): string =>
  `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`;
const DOCX: readonly MemberSpec[] = [
  { name: '[Content_Types].xml', content: contentTypes(MAIN) },
  { name: '_rels/.rels', content: '<Relationships/>' },
  { name: 'word/document.xml', content: `<document>${LONG}</document>` },
  { name: 'word/styles.xml', content: '<styles/>' },
  { name: 'word/media/image1.png', content: LONG, override: { method: 'store' } },
  { name: 'docProps/core.xml', content: '<coreProperties/>' },
];
const FOLDER: readonly MemberSpec[] = [
  { name: 'a/' },
  { name: 'a/one.txt', content: LONG, local: '2017-03-27T14:41:08', instant: '2017-03-27T11:41:07Z' },
  { name: 'a/two.txt', content: 'two' },
];

describe('directory', () => {
  it.each(['microsoft-office', 'libreoffice', 'info-zip', 'python-zipfile', '7-zip'] satisfies ZipWriter[])(
    'lists and unpacks what %s wrote',
    (writer) => {
      const bytes = buildZip(FOLDER, writer);
      const zip = zipOf(bytes);
      expect(zip.problems).toEqual([]);
      expect(zip.members.map((m) => [m.key, m.directory, m.size])).toEqual([
        ['a/', true, 0],
        ['a/one.txt', false, LONG.length],
        ['a/two.txt', false, 3],
      ]);
      expect(textOf(bytes, 'a/one.txt')).toBe(LONG);
    },
  );

  it('adds a prefix that the archive does not know of', () => {
    const bytes = buildZip(FOLDER, 'info-zip', { prefix: new Uint8Array(1000).fill(7) });
    expect(zipOf(bytes).prefixBytes).toBe(1000);
    expect(zipOf(bytes).members[0]?.localOffset).toBe(1000);
    expect(textOf(bytes, 'a/two.txt')).toBe('two');
  });

  it('reads zip64 records however small, also behind a prefix', () => {
    for (const prefix of [new Uint8Array(0), new Uint8Array(77)]) {
      const bytes = buildZip(FOLDER, 'info-zip', { zip64: true, prefix });
      expect(zipOf(bytes).problems).toEqual([]);
      expect(zipOf(bytes).salvaged).toBe(false);
      expect(textOf(bytes, 'a/one.txt')).toBe(LONG);
    }
  });

  it('finds the end record behind a comment that holds another', () => {
    const bytes = buildZip(FOLDER, 'info-zip', { comment: `PK\u0005\u0006${'x'.repeat(300)}` });
    expect(zipOf(bytes).members).toHaveLength(3);
    expect(zipOf(bytes).comment.slice(4)).toBe('x'.repeat(300));
  });

  it('opens an archive with something appended', () => {
    const bytes = Buffer.concat([buildZip(FOLDER, 'info-zip'), Buffer.alloc(500, 1)]);
    expect(zipOf(bytes).problems).toEqual([]);
    expect(textOf(bytes, 'a/two.txt')).toBe('two');
  });

  it('keeps an empty archive apart from none', () => {
    expect(zipOf(buildZip([], 'info-zip'))).toMatchObject({ members: [], problems: [], salvaged: false });
    expect(zipOf(Buffer.from('no zip at all'))).toMatchObject({ members: [], salvaged: true });
  });

  it('stops at the limit of members with one problem', () => {
    const bytes = buildZip(
      Array.from({ length: 12 }, (_, i) => ({ name: `${i}.txt` })),
      'info-zip',
    );
    const zip = readZip(inputFrom(bytes, { maxChildren: 10 }));
    expect(zip.members).toHaveLength(10);
    expect(zip.problems).toEqual([{ code: 'limit-exceeded', message: 'more than 10 members; the rest was not read' }]);
    const cut = readZip(inputFrom(bytes.subarray(0, bytes.byteLength - 30), { maxChildren: 10 }));
    expect(cut.members).toHaveLength(10);
    expect(cut.problems.map((p) => p.code)).toEqual(['truncated', 'limit-exceeded']);
  });
});

describe('names', () => {
  it('gives repeated names keys of their own, whatever else is called so', () => {
    const zip = zipOf(
      buildZip(
        ['x', 'x', 'x#2', 'x', 'x#2'].map((name) => ({ name, content: name })),
        'python-zipfile',
      ),
    );
    expect(zip.members.map((m) => m.key)).toEqual(['x', 'x#2', 'x#2#2', 'x#3', 'x#2#3']);
    expect(memberOf(zip, 'x')?.index).toBe(0);
  });

  it('matches without regard to case only where no name is written so', () => {
    const zip = zipOf(buildZip([{ name: 'Word/Document.xml' }, { name: 'word/document.XML' }], 'info-zip'));
    expect(memberOf(zip, 'word/document.xml')?.index).toBe(0);
    expect(memberOf(zip, 'word/document.XML')?.index).toBe(1);
    expect(memberOf(zip, 'word/other.xml')).toBeUndefined();
  });

  it('decodes UTF-8 said or not, code page 437 else', () => {
    const names = [
      { name: 'résumé.txt' },
      { name: 'a', override: { rawName: Buffer.from('résumé.txt') } },
      { name: 'b', override: { rawName: Uint8Array.of(0x72, 0x82, 0x73) } },
    ];
    expect(zipOf(buildZip(names, 'info-zip')).members.map((m) => m.name)).toEqual(['résumé.txt', 'résumé.txt', 'rés']);
  });

  it("follows Info-ZIP's Unicode path while it belongs to the name", () => {
    const path = (crc: number): readonly [number, Uint8Array] => [
      0x7075,
      Buffer.from([1, crc & 0xff, (crc >>> 8) & 0xff, (crc >>> 16) & 0xff, crc >>> 24, ...Buffer.from('é')]),
    ];
    // CRC-32 of 'e'.
    const members = [0xefda7a5a, 0xefda7a5b].map((crc) => ({ name: 'e', override: { extra: [path(crc)] } }));
    expect(zipOf(buildZip(members, 'info-zip')).members.map((m) => m.name)).toEqual(['é', 'e']);
  });
});

describe('headers that disagree', () => {
  it('tells a local header of another name', () => {
    const zip = zipOf(buildZip([{ name: 'a.txt', override: { localName: 'b.exe' } }, { name: 'c.txt' }], 'info-zip'));
    expect(zip.problems).toEqual([
      { code: 'malformed', message: "directory and local header differ: 1 members, first 'a.txt': the local header calls it 'b.exe'" },
    ]);
  });

  it('tells members that overlap', () => {
    const zip = zipOf(
      buildZip(
        [
          { name: 'a', content: 'aaaa', override: { method: 'store', compressedSize: 60, size: 60 } },
          { name: 'b', content: 'b' },
        ],
        'python-zipfile',
      ),
    );
    expect(zip.problems).toEqual([{ code: 'malformed', message: "members overlap: 1, first 'b'" }]);
  });

  it('tells sizes and checksums that lie, and keeps the bytes', () => {
    const lies: readonly MemberSpec[] = [
      { name: 'size', content: LONG, override: { size: 10 } },
      { name: 'crc', content: LONG, override: { crc32: 1 } },
      { name: 'true', content: LONG },
    ];
    const input = inputFrom(buildZip(lies, 'info-zip'));
    const read = readZip(input).members.map((m) => readMember(input, m));
    expect(read.map((r) => r.problem)).toEqual([
      { code: 'malformed', message: `'size' unpacks to ${LONG.length} bytes, announced are 10` },
      { code: 'malformed', message: "'crc' has CRC-32 5a313c95, announced is 00000001" },
      null,
    ]);
    expect(read.every((r) => r.ok && r.bytes.byteLength === LONG.length)).toBe(true);
  });

  it('refuses what is encrypted, of an unknown method or no deflate stream', () => {
    const members: readonly MemberSpec[] = [
      { name: 'secret', content: LONG, override: { encrypted: true } },
      { name: 'lzma', content: LONG, override: { method: 14 } },
      { name: 'noise', content: LONG, override: { method: 'store' } },
    ];
    const bytes = Buffer.from(buildZip(members, 'info-zip'));
    const input = inputFrom(bytes);
    const read = readZip(input).members.map((m) => readMember(input, m.name === 'noise' ? { ...m, method: 8 } : m));
    expect(read.map((r) => [r.ok ? 'ok' : r.why, r.problem?.message])).toEqual([
      ['encrypted', "'secret' is encrypted (ZipCrypto, 1760 bytes)"],
      ['unreadable', "'lzma' is packed with method 14 (LZMA), which is not read here"],
      ['unreadable', "'noise' is no valid deflate stream"],
    ]);
  });
});

describe('limits', () => {
  const bomb = buildZip([{ name: 'zeros', content: new Uint8Array(64 * 1024 ** 2) }], 'info-zip');
  const lying = buildZip([{ name: 'zeros', content: new Uint8Array(64 * 1024 ** 2), override: { size: 1000 } }], 'info-zip');
  const readFirst = (bytes: Uint8Array, limits: object): ReturnType<typeof readMember> => {
    const input = inputFrom(bytes, limits);
    const [member] = readZip(input).members;
    if (!member) throw new Error('no member');
    return readMember(input, member);
  };

  it('refuses a bomb by what it announces and by what comes out', () => {
    expect(readFirst(bomb, { maxArtifactBytes: 1024 ** 2 })).toEqual({
      ok: false,
      why: 'over-limit',
      problem: { code: 'limit-exceeded', message: "'zeros' has 67108864 bytes, more than 1048576 bytes" },
      refusedBytes: 67_108_864,
    });
    expect(readFirst(lying, { maxArtifactBytes: 1024 ** 2 })).toMatchObject({ ok: false, why: 'over-limit', triedBytes: 1024 ** 2 });
  });

  it('refuses by the ratio only above the floor', () => {
    expect(readFirst(bomb, { expansionFloorBytes: 1024 ** 2, maxExpansionRatio: 10 })).toMatchObject({ ok: false, why: 'over-limit' });
    expect(readFirst(bomb, {})).toMatchObject({ ok: true, problem: null });
  });
});

describe('truncation', () => {
  const bytes = buildZip([...DOCX, { name: 'word/last.xml', content: LONG }], 'libreoffice');

  it('salvages members in front of the break, and what the broken one still holds', () => {
    const cut = bytes.subarray(0, bytes.indexOf(0x50, bytes.byteLength - 700) - 20);
    const zip = zipOf(cut);
    expect(zip.salvaged).toBe(true);
    expect(zip.problems).toEqual([
      { code: 'truncated', message: `the central directory is missing; ${zip.members.length} members were found by their local headers` },
    ]);
    expect(textOf(cut, 'word/document.xml')).toBe(`<document>${LONG}</document>`);
    const input = inputFrom(bytes.subarray(0, 900));
    const broken = readZip(input).members.at(-1);
    expect(broken && readMember(input, broken).problem?.code).toBe('truncated');
  });

  it('survives a break anywhere and garbage anywhere', () => {
    const found: number[] = [];
    for (let i = 0; i < 64; i++) {
      const cut = bytes.subarray(0, Math.trunc((bytes.byteLength * i) / 64));
      const garbled = Uint8Array.from(bytes, (b, at) => (at % 64 === i ? b ^ 0xff : b));
      for (const damaged of [cut, garbled]) {
        const input = inputFrom(damaged);
        const zip = readZip(input);
        for (const m of zip.members) readMember(input, m);
        containerClass(zip);
        oddMembers(zip);
        zipMediaType(input);
      }
      found.push(zipOf(cut).members.length);
    }
    expect(found).toEqual(found.toSorted((a, b) => a - b));
    expect(found.at(-1)).toBe(7);
  });
});

describe('times', () => {
  it('takes UTC from an extra field, else the wall clock, and nothing from constants', () => {
    const times = (writer: ZipWriter, override = {}): unknown =>
      zipOf(buildZip([{ ...FOLDER[1], name: 'a', override }], writer)).members[0]?.modified;
    const utc = Date.UTC(2017, 2, 27, 11, 41, 7);
    expect(times('info-zip')).toEqual({ kind: 'instant', epochMs: utc, offsetMinutes: 0, precisionMs: 1000 });
    expect(times('7-zip')).toEqual(fromFiletime(BigInt(utc) * 10_000n + 116_444_736_000_000_000n));
    expect(times('python-zipfile')).toEqual({ kind: 'wall', local: '2017-03-27T14:41:08', precisionMs: 2000 });
    expect(times('microsoft-office')).toBeNull();
    expect(times('python-zipfile', { dosDate: 0, dosTime: 0 })).toBeNull();
  });

  it('converts the constant too, and no date that is none', () => {
    expect(dosWallTime(0x0021, 0)).toEqual({ kind: 'wall', local: '1980-01-01T00:00:00', precisionMs: 2000 });
    expect(dosWallTime(0, 0)).toBeNull();
    // 31 February.
    expect(dosWallTime(0x4a5f, 0)).toBeNull();
  });
});

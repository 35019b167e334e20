import CFB from 'cfb';
import { describe, expect, it } from 'vitest';
import { readCfb, streamOf } from '../../src/structures/ole/cfb.ts';
import { cfbMediaType } from '../../src/structures/ole/cfb-type.ts';
import { cfbOfStorage, childrenOf } from '../../src/structures/ole/cfb-write.ts';
import { buildCfb, filetime } from '../support/build-cfb.ts';
import { inputFrom } from '../support/read.ts';

const filled = (length: number, seed: number): Uint8Array => Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 0xff);
const small = filled(100, 1);
const large = filled(20_000, 2);
const spec = {
  streams: {
    Workbook: large,
    '\u0001CompObj': small,
    'ObjectPool/_1/Note': filled(70, 3),
    'ObjectPool/_1/WordDocument': filled(5000, 4),
    Empty: new Uint8Array(0),
  },
  storages: { 'ObjectPool/_1': { created: '2015-03-04T10:00:00Z', modified: '2015-03-04T10:00:01Z', clsid: '00020906-0000-0000-c000-000000000046' } },
  root: { modified: 133_000_000_012_345_678n, clsid: '00020820-0000-0000-c000-000000000046' },
};
const file = buildCfb(spec);

describe('a compound file', () => {
  const cfb = readCfb(inputFrom(file));

  it('lists its entries from the root down', () => {
    expect(cfb.entries.map((e) => [e.path, e.kind])).toEqual([
      ['', 'root'],
      ['Empty', 'stream'],
      ['\u0001CompObj', 'stream'],
      ['Workbook', 'stream'],
      ['ObjectPool', 'storage'],
      ['ObjectPool/_1', 'storage'],
      ['ObjectPool/_1/Note', 'stream'],
      ['ObjectPool/_1/WordDocument', 'stream'],
    ]);
    expect(cfb.problems).toEqual([]);
  });

  it('reads large streams, small ones and an empty one', () => {
    expect(streamOf(cfb, 'Workbook')).toEqual(Buffer.from(large));
    expect(Buffer.from(streamOf(cfb, '\u0001CompObj') ?? [])).toEqual(Buffer.from(small));
    expect(streamOf(cfb, 'Empty')?.byteLength).toBe(0);
    expect(streamOf(cfb, 'workbook')).not.toBeNull();
    expect(streamOf(cfb, 'ObjectPool')).toBeNull();
    expect(streamOf(cfb, 'Nothing')).toBeNull();
  });

  it('keeps both clocks to the tick and says where they stand', () => {
    const storage = cfb.entry('ObjectPool/_1');
    expect(storage).toMatchObject({
      created: filetime('2015-03-04T10:00:00Z'),
      modified: filetime('2015-03-04T10:00:01Z'),
      clsid: '00020906-0000-0000-c000-000000000046',
    });
    expect(cfb.entry('')?.modified).toBe(133_000_000_012_345_678n);
    expect(Buffer.from(file).readBigUInt64LE((storage?.offset ?? 0) + 108)).toBe(filetime('2015-03-04T10:00:01Z'));
  });

  it('says where a byte of a stream stands', () => {
    for (const [path, content] of Object.entries(spec.streams)) {
      const entry = cfb.entry(path);
      if (!entry || content.byteLength === 0) continue;
      const place = cfb.place(entry, 65);
      expect(file[place?.offset ?? 0]).toBe(content[65]);
      expect(place?.contiguous).toBe(content.byteLength - 65);
      expect(cfb.place(entry, content.byteLength)).toBeNull();
    }
  });

  it('is read the same by another reader', () => {
    const other = CFB.read(Buffer.from(file), { type: 'buffer' });
    for (const [path, content] of Object.entries(spec.streams)) {
      const name = path.split('/').pop() ?? '';
      const found = other.FileIndex.find((e) => e.name === name);
      expect(Buffer.from(found?.content ?? []).subarray(0, content.byteLength), path).toEqual(Buffer.from(content));
    }
  });

  it('gives one of its storages as a file of its own', () => {
    const storage = cfb.entry('ObjectPool/_1');
    if (!storage) throw new Error('no storage');
    const inner = readCfb(inputFrom(cfbOfStorage(cfb, storage, childrenOf(cfb))));
    expect(inner.entries.map((e) => e.path)).toEqual(['', 'Note', 'WordDocument']);
    expect(inner.entry('')).toMatchObject({ name: 'Root Entry', modified: filetime('2015-03-04T10:00:01Z') });
    expect(Buffer.from(streamOf(inner, 'WordDocument') ?? [])).toEqual(Buffer.from(filled(5000, 4)));
  });

  it('holds more sectors than the header can list', () => {
    const huge = filled(8 * 1024 * 1024, 5);
    const read = readCfb(inputFrom(buildCfb({ streams: { Huge: huge } })));
    expect(Buffer.compare(streamOf(read, 'Huge') ?? Buffer.alloc(0), huge)).toBe(0);
    expect(read.problems).toEqual([]);
  });
});

it('reads what another writer wrote', () => {
  const made = CFB.utils.cfb_new();
  CFB.utils.cfb_add(made, '/Workbook', Buffer.from(large));
  CFB.utils.cfb_add(made, '/\u0001CompObj', Buffer.from(small));
  const read = readCfb(inputFrom(CFB.write(made, { type: 'buffer' }) as Buffer));
  expect(Buffer.from(streamOf(read, 'Workbook') ?? [])).toEqual(Buffer.from(large));
  expect(Buffer.from(streamOf(read, '\u0001CompObj') ?? [])).toEqual(Buffer.from(small));
});

it('reads version 4: sectors of 4096 bytes and sizes of 64 bits', () => {
  // Sectors: 0 FAT, 1 directory, 2 and 3 the stream.
  const v4 = Buffer.alloc(5 * 4096);
  v4.set(file.subarray(0, 76));
  v4.writeUInt16LE(4, 26);
  v4.writeUInt16LE(12, 30);
  [1, 1, 0, 4096, 0xfffffffe, 0, 0xfffffffe, 0, 0].forEach((n, i) => v4.writeUInt32LE(n, 44 + i * 4));
  v4.fill(0xff, 80, 512);
  v4.fill(0xff, 4096, 8192);
  [0xfffffffd, 0xfffffffe, 3, 0xfffffffe].forEach((n, i) => v4.writeUInt32LE(n, 4096 + i * 4));
  const [root, stream] = [8192, 8192 + 128];
  for (const [entry, name, kind, child] of [
    [root, 'Root Entry', 5, 1],
    [stream, 'Workbook', 2, 0xffffffff],
  ] as const) {
    v4.write(name, entry, 'utf16le');
    v4.writeUInt16LE(name.length * 2 + 2, entry + 64);
    v4.writeUInt8(kind, entry + 66);
    [0xffffffff, 0xffffffff, child].forEach((n, i) => v4.writeUInt32LE(n, entry + 68 + i * 4));
  }
  v4.writeUInt32LE(2, stream + 116);
  v4.writeUInt32LE(6000, stream + 120);
  v4.set(filled(6000, 9), 3 * 4096);
  const cfb = readCfb(inputFrom(v4));
  expect(Buffer.from(streamOf(cfb, 'Workbook') ?? [])).toEqual(Buffer.from(filled(6000, 9)));
  expect(cfb.problems).toEqual([]);
  // The high half of the size counts in version 4; in version 3 it is garbage.
  v4.writeUInt32LE(1, stream + 124);
  expect(readCfb(inputFrom(v4)).entry('Workbook')?.size).toBe(2 ** 32 + 6000);
});

describe('damage', () => {
  const at = (bytes: Uint8Array, change: (b: Buffer) => void): Uint8Array => {
    const copy = Buffer.from(bytes);
    change(copy);
    return copy;
  };
  const messages = (bytes: Uint8Array): string[] => {
    const cfb = readCfb(inputFrom(bytes));
    for (const e of cfb.entries) cfb.read(e);
    return cfb.problems.map((p) => `${p.code}: ${p.message}`);
  };
  const fatAt = (Buffer.from(file).readUInt32LE(76) + 1) * 512;
  const entryAt = (path: string): number => readCfb(inputFrom(file)).entry(path)?.offset ?? 0;

  it('is none in the honest twin', () => {
    expect(messages(file)).toEqual([]);
  });

  it('of a chain that runs in a circle', () => {
    const start = readCfb(inputFrom(file)).entry('Workbook')?.start ?? 0;
    const bad = at(file, (b) => b.writeUInt32LE(start, fatAt + (start + 3) * 4));
    expect(messages(bad)).toEqual(['malformed: the sectors of stream "Workbook" run in a circle']);
  });

  it('of a directory that refers to itself: the entries are still listed', () => {
    const root = entryAt('');
    const child = Buffer.from(file).readUInt32LE(root + 76);
    const bad = at(file, (b) => b.writeUInt32LE(child, root + 128 * child + 68));
    expect(
      readCfb(inputFrom(bad))
        .entries.map((e) => e.name)
        .sort(),
    ).toEqual(
      readCfb(inputFrom(file))
        .entries.map((e) => e.name)
        .sort(),
    );
    expect(messages(bad)).toContain('malformed: the directory tree is damaged');
  });

  it('of two entries with one name: both are kept apart', () => {
    const renamed = at(file, (b) => {
      b.fill(0, entryAt('Empty'), entryAt('Empty') + 64);
      b.write('Workbook', entryAt('Empty'), 'utf16le');
      b.writeUInt16LE(18, entryAt('Empty') + 64);
    });
    const cfb = readCfb(inputFrom(renamed));
    expect(new Set(cfb.entries.map((e) => e.path)).size).toBe(cfb.entries.length);
    expect(cfb.problems).toEqual([{ code: 'malformed', message: 'two directory entries have one name' }]);
  });

  it('of a file cut short: what is there is read', () => {
    const cut = file.slice(0, 512 + 10_000);
    expect(messages(cut)[0]).toMatch(/^(truncated|malformed): /);
    // The directory stands behind the streams here, so nothing is left to be read.
    expect(readCfb(inputFrom(cut)).entries).toEqual([]);
  });

  it('of a stream that claims more than the budget', () => {
    const cfb = readCfb(inputFrom(file, { maxArtifactBytes: 10_000 }));
    expect(streamOf(cfb, 'Workbook')).toBeNull();
    expect(streamOf(cfb, '\u0001CompObj')).not.toBeNull();
    expect(cfb.problems.map((p) => p.code)).toEqual(['limit-exceeded']);
  });

  it('of any kind is survived: every length, every byte set to 255 in steps', () => {
    const little = buildCfb({ streams: { Workbook: filled(4200, 1), 'A/B': filled(90, 2) } });
    for (let n = 0; n < little.byteLength; n += 61) messages(little.slice(0, n));
    for (let i = 0; i < little.byteLength; i += 7) {
      const cfb = readCfb(inputFrom(at(little, (b) => b.writeUInt8(255, i))));
      let out = 0;
      for (const e of cfb.entries) out += cfb.read(e)?.byteLength ?? 0;
      expect(out).toBeLessThanOrEqual(little.byteLength * cfb.entries.length);
    }
  });
});

describe('the kind of document', () => {
  const kindOf = (streams: Record<string, Uint8Array>, clsid?: string): string =>
    cfbMediaType(inputFrom(buildCfb({ streams, root: clsid ? { clsid } : {} })));
  it.each([
    ['WordDocument', 'application/msword'],
    ['Workbook', 'application/vnd.ms-excel'],
    ['Book', 'application/vnd.ms-excel'],
    ['PowerPoint Document', 'application/vnd.ms-powerpoint'],
    ['__properties_version1.0', 'application/vnd.ms-outlook'],
    ['EncryptedPackage', 'application/x-ole-encrypted-package'],
    ['VisioDocument', 'application/vnd.visio'],
    ['Catalog', 'application/x-thumbs-db'],
    ['Anything', 'application/x-ole-storage'],
  ])('with a stream %s is %s', (name, mediaType) => {
    expect(kindOf({ [name]: small })).toBe(mediaType);
  });

  it('is told by the class where the names do not tell', () => {
    expect(kindOf({ Contents: small }, '00021201-0000-0000-00c0-000000000046')).toBe('application/x-mspublisher');
    expect(kindOf({ Contents: small }, '00000000-0000-0000-0000-000000000001')).toBe('application/x-ole-storage');
  });

  it('is unknown where only the signature is there', () => {
    expect(cfbMediaType(inputFrom(file.slice(0, 100)))).toBe('application/x-ole-storage');
  });
});

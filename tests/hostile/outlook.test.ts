import { describe, expect, it } from 'vitest';
import { writeCfb, type CfbNode } from '../../src/structures/ole/cfb-write.ts';
import { readCfb } from '../../src/structures/ole/cfb.ts';
import { checksum } from '../../src/structures/outlook/pst-layout.ts';
import { type Pst, readPst } from '../../src/structures/outlook/pst.ts';
import { pst } from '../../src/containers/pst.ts';
import { buildMsg } from '../support/build-msg.ts';
import { buildPst } from '../support/build-pst.ts';
import { buildTnef } from '../support/build-tnef.ts';
import { extractFile, type ExtractedFile } from '../support/extract-file.ts';
import { inputFrom, openAll } from '../support/read.ts';

/** Milliseconds of CPU for a file of kilobytes, whatever is in it. */
const PATIENCE = 3000;

/** Each problem behind the number of levels at which it was met: 0 is the file itself. */
const messagesOf = ({ problems }: ExtractedFile): string[] =>
  problems.map(([path, code, message]) => `${path.split('!/').length - 1} ${code}: ${message}`);

/** What is told of a file, in little time. */
async function told(name: string, bytes: Uint8Array): Promise<string[]> {
  const extracted = await extractFile(name, bytes);
  expect(extracted.cpuMs).toBeLessThan(PATIENCE);
  return messagesOf(extracted);
}

describe('a store whose parts lead back to themselves', { timeout: 60_000 }, () => {
  const letter = (subject: string): Parameters<typeof buildMsg>[0] => ({
    subject,
    body: 'Bonjour.',
    to: [{ name: 'Paul Petit', mailbox: 'paul.petit@campagne.example' }],
  });
  const folders = [{ name: 'Inbox', messages: [...Array(20).keys()].map((i) => letter(`lettre ${i}`)) }];
  const whole = buildPst({ folders, crypt: 'none' });
  const nested = buildPst({ folders: [{ name: 'Inbox', messages: [{ subject: 'a', attachments: [{ message: letter('b') }] }] }], crypt: 'none' });

  const storeOf = (file: Uint8Array): Pst => {
    const pst = readPst(inputFrom(file));
    if (!pst) throw new TypeError('no store');
    return pst;
  };
  /** Changes a page of a tree and makes its checksum fit again. */
  function withPage(file: Uint8Array, offset: number, change: (page: Buffer) => void): Buffer {
    const copy = Buffer.from(file);
    const page = copy.subarray(offset, offset + 512);
    change(page);
    page.writeUInt32LE(checksum(page.subarray(0, 496)), 500);
    return copy;
  }
  /** The same of a block. */
  function withBlock(file: Uint8Array, bid: number, change: (body: Buffer) => void): Buffer {
    const copy = Buffer.from(file);
    const place = storeOf(file).trees.block(bid);
    if (!place) throw new TypeError('no such block');
    const body = copy.subarray(place.offset, place.offset + place.size);
    change(body);
    const trailer = place.offset + Math.ceil((place.size + 16) / 64) * 64 - 16;
    copy.writeUInt32LE(checksum(body), trailer + 4);
    return copy;
  }
  const message = (file: Uint8Array, nth = 0): { nid: number; data: number; sub: number } => {
    const found = [...storeOf(file).trees.nodes()].filter((n) => (n.nid & 0x1f) === 4)[nth];
    if (!found) throw new TypeError('no message');
    return found;
  };
  const subnodeOf = (file: Uint8Array, sub: number, kind: number): { nid: number; data: number; sub: number } => {
    const found = [...storeOf(file).blocks.subnodes(sub).values()].find((s) => (s.nid & 0x1f) === kind);
    if (!found) throw new TypeError('no subnode');
    return found;
  };

  it('tells nothing of the honest ones', async () => {
    expect(await told('whole.pst', whole)).toEqual([]);
    expect(await told('nested.pst', nested)).toEqual([]);
  });

  it('a page of the tree of nodes that is its own child', async () => {
    const { nodes } = storeOf(whole).header;
    const loop = withPage(whole, nodes, (page) => {
      for (let i = 0; i < page.readUInt8(488); i++) page.writeUInt32LE(nodes, i * 24 + 16);
    });
    expect(await told('nodes.pst', loop)).toEqual([
      `0 malformed: byte ${nodes} and 39 more: the tree of nodes comes back to a page`,
      '0 malformed: node 21 and 33 more: the node is in a page to which the damaged tree no longer leads; it may have been deleted',
    ]);
    expect((await openAll(pst, loop)).children).toHaveLength(20);
  });

  it('a page of the tree of blocks that is its own child', async () => {
    const { blocks } = storeOf(whole).header;
    const loop = withPage(whole, blocks, (page) => {
      for (let i = 0; i < page.readUInt8(488); i++) page.writeUInt32LE(blocks, i * 24 + 16);
    });
    expect(await told('blocks.pst', loop)).toEqual([`0 malformed: byte ${blocks} and 63 more: the tree of blocks comes back to a page`]);
    expect((await openAll(pst, loop)).children.filter((c) => c.bytes !== null)).toHaveLength(20);
  });

  it('properties in a heap whose tree has itself for branches', async () => {
    const loop = withBlock(whole, message(whole).data, (heap) => {
      // The head of the tree is the heap's first item: eight levels, and it is its own root.
      heap.writeUInt8(8, 12 + 3);
      heap.writeUInt32LE(0x20, 12 + 4);
    });
    expect(await told('heap.pst', loop)).toEqual(['0 malformed: node 200044 and 1 more: some of the properties are missing']);
  });

  it('a list of subnodes that lists itself, and a message that lies within itself', async () => {
    const outer = message(nested);
    const lists = withBlock(nested, outer.sub, (list) => {
      list.writeUInt8(1, 1);
      for (let at = 8; at + 16 <= list.byteLength; at += 16) list.writeUInt32LE(outer.sub, at + 8);
    });
    expect(await told('lists.pst', lists)).toEqual(['0 malformed: block 2e and 1 more: the block should list subnodes']);
    const attachment = subnodeOf(nested, outer.sub, 5);
    const inner = withBlock(nested, attachment.sub, (list) => {
      list.writeUInt32LE(outer.data, 8 + 8);
      list.writeUInt32LE(outer.sub, 8 + 16);
    });
    expect(await told('inner.pst', inner)).toEqual([
      '3 malformed: the attachment could not be read: its bytes are missing',
      '0 malformed: node 200064: a message lies within itself',
    ]);
  });

  it('a table whose rows are numbered up to 2^31', async () => {
    const recipients = subnodeOf(whole, message(whole).sub, 0x12);
    const rows = withBlock(whole, recipients.data, (heap) => {
      const map = heap.readUInt16LE(0);
      const third = heap.readUInt16LE(map + 4 + 4);
      heap.writeUInt32LE(0x8000_0000, third + 4);
    });
    expect(await told('rows.pst', rows)).toEqual(['0 malformed: node 692: some of the rows of the table are missing']);
  });

  it('a dozen values that are all the same megabyte', async () => {
    const large = buildPst({
      folders: [{ name: 'Inbox', messages: [{ ...letter('a'), body: 'Bonjour. '.repeat(60_000), topic: 'b' }] }],
      crypt: 'none',
    });
    const again = withBlock(large, message(large).data, (heap) => {
      // Records of eight bytes from the heap's second item on: id, type, number of the value.
      const records = [...Array((heap.readUInt16LE(heap.readUInt16LE(0) + 8) - 20) / 8).keys()].map((i) => 20 + 8 * i);
      const body = records.find((at) => heap.readUInt16LE(at) === 0x1000) ?? 0;
      for (const at of records) if (heap.readUInt16LE(at + 2) === 0x1f) heap.writeUInt32LE(heap.readUInt32LE(body + 4), at + 4);
    });
    const sizeOf = async (file: Uint8Array, ratio: number): Promise<number> =>
      (await openAll(pst, file, { expansionFloorBytes: 100_000, maxExpansionRatio: ratio })).children[0]?.bytes?.size ?? 0;
    expect(await sizeOf(again, 200)).toBeGreaterThan(3 * again.byteLength);
    expect(await sizeOf(again, 2)).toBeLessThan(2 * again.byteLength);
    expect(await sizeOf(large, 2)).toBe(await sizeOf(large, 200));
  });
});

describe('a winmail.dat that announces and nests', { timeout: 60_000 }, () => {
  const honest = buildTnef({ subject: 'a', body: 'Bonjour.', to: [{ name: 'Paul Petit', mailbox: 'paul.petit@campagne.example' }] });
  const u32 = (...numbers: readonly number[]): Buffer => {
    const b = Buffer.alloc(4 * numbers.length);
    for (const [i, n] of numbers.entries()) b.writeUInt32LE(n, 4 * i);
    return b;
  };
  /** One attribute of the message, with a checksum that fits. */
  const withAttribute = (tag: number, data: Uint8Array, length = data.byteLength): Buffer =>
    Buffer.concat([honest, Buffer.from([1]), u32(tag, length), data, u32(data.reduce((a, b) => a + b, 0) & 0xffff).subarray(0, 2)]);
  const MESSAGE = 0x00069003;
  const RECIPIENTS = 0x00069004;
  const HUGE = 0x8000_0000;

  it('lengths and counts of 2^31', async () => {
    expect(await told('honest.dat', honest)).toEqual([]);
    const broken = ['0 malformed: the properties of message break off'];
    const binary = 0x3001_0102;
    const listed = 0x3001_1102;
    const numbers = 0x3001_1003;
    expect(await told('length.dat', withAttribute(MESSAGE, u32(0), HUGE))).toEqual(['0 truncated: the last attribute has 6 of 2147483648 bytes']);
    expect(await told('properties.dat', withAttribute(MESSAGE, u32(HUGE, binary, 1, 4, 0x41414141)))).toEqual(broken);
    expect(await told('value.dat', withAttribute(MESSAGE, u32(1, binary, 1, HUGE)))).toEqual(broken);
    expect(await told('values.dat', withAttribute(MESSAGE, u32(1, listed, HUGE)))).toEqual(broken);
    expect(await told('empty.dat', withAttribute(MESSAGE, Buffer.concat([u32(1, listed, HUGE), Buffer.alloc(4_000_000)])))).toEqual(broken);
    expect(await told('numbers.dat', withAttribute(MESSAGE, u32(1, numbers, HUGE)))).toEqual(broken);
    expect(await told('recipients.dat', withAttribute(RECIPIENTS, Buffer.concat([u32(HUGE), Buffer.alloc(4_000_000)])))).toEqual([
      '0 limit-exceeded: 2147483648 recipients, of which 99999 were read',
    ]);
  });

  it('a million attributes', async () => {
    const one = withAttribute(0x00018004, Buffer.from('a')).subarray(honest.byteLength);
    expect(await told('many.dat', Buffer.concat([honest, ...Array<Buffer>(1_000_000).fill(one)]))).toEqual([]);
  });

  it('one within another, a thousand times, as a message and as a file', async () => {
    for (const kind of ['message', 'file'] as const) {
      let inner: Buffer = Buffer.from(honest);
      for (let i = 0; i < 1000; i++) inner = Buffer.from(nested(inner, kind));
      expect(await told(`${kind}.dat`, inner)).toEqual(['32 limit-exceeded: not opened: 32 levels deep']);
    }
  });

  /** An attachment by attributes alone, or as an object. [MS-OXTNEF] 2.1.3.3. */
  function nested(inner: Uint8Array, kind: 'message' | 'file'): Uint8Array {
    const sum = (b: Uint8Array): Buffer => {
      let n = 0;
      for (const x of b) n = (n + x) & 0xffff;
      return u32(n).subarray(0, 2);
    };
    const attribute = (tag: number, data: Uint8Array): Buffer => Buffer.concat([Buffer.from([2]), u32(tag, data.byteLength), data, sum(data)]);
    const rendering = attribute(0x00069002, Buffer.alloc(14));
    if (kind === 'file') return Buffer.concat([u32(0x223e9f78), Buffer.from([1, 0]), rendering, attribute(0x0006800f, inner)]);
    const object = Buffer.concat([Buffer.from('0703020000000000c000000000000046', 'hex'), inner]);
    const padding = Buffer.alloc(-object.byteLength & 3);
    const list = Buffer.concat([u32(1, 0x3701_000d, 1, object.byteLength), object, padding]);
    return Buffer.concat([u32(0x223e9f78), Buffer.from([1, 0]), rendering, attribute(0x00069005, list)]);
  }
});

describe('an .msg whose storages nest, loop and announce', { timeout: 60_000 }, () => {
  const CLASS = '00020d0b-0000-0000-c000-000000000046';
  const table = Buffer.alloc(32);
  /** A message of one attachment: a message, and so on. */
  function nestedMessages(deep: number): Uint8Array {
    let inner: CfbNode[] = [{ name: '__properties_version1.0', content: Buffer.alloc(24) }];
    for (let i = 0; i < deep; i++) {
      const method = Buffer.alloc(24);
      method.writeUInt32LE(0x3705_0003, 8);
      method.writeUInt32LE(6, 12);
      method.writeUInt32LE(5, 16);
      const attachment: CfbNode = {
        name: '__attach_version1.0_#00000000',
        children: [
          { name: '__properties_version1.0', content: method },
          { name: '__substg1.0_3701000D', children: inner },
        ],
      };
      inner = [{ name: '__properties_version1.0', content: i === deep - 1 ? table : Buffer.alloc(24) }, attachment];
    }
    return writeCfb({ name: 'Root Entry', clsid: CLASS, children: inner });
  }

  it('a message within a message, a thousand times', async () => {
    expect(await told('honest.msg', nestedMessages(3))).toEqual([]);
    expect(await told('deep.msg', nestedMessages(1000))).toEqual([
      '32 limit-exceeded: not opened: 32 levels deep',
      '0 limit-exceeded: storages nest deeper than 64',
    ]);
  });

  it('a message that is the storage of its own attachment', async () => {
    const file = Buffer.from(nestedMessages(3));
    const cfb = readCfb(inputFrom(file));
    const inner = cfb.entries.find((e) => e.name === '__substg1.0_3701000D');
    const root = cfb.entries[0];
    if (!inner || !root) throw new TypeError('no message within');
    file.writeUInt32LE(file.readUInt32LE(root.offset + 76), inner.offset + 76);
    expect(await told('itself.msg', file)).toEqual([
      '1 unsupported: the attachment lies elsewhere: only its name is here',
      '1 unsupported: the attachment lies elsewhere: only its name is here',
      '0 malformed: the directory tree is damaged',
    ]);
  });

  it('a table of properties of 2^31 bytes, and a map of names that leads to itself', async () => {
    const spec = { subject: 'a', body: 'Bonjour.' };
    const announced = Buffer.from(buildMsg(spec));
    const entry = readCfb(inputFrom(announced)).entry('__properties_version1.0');
    announced.writeUInt32LE(0x8000_0000, (entry?.offset ?? 0) + 120);
    expect(await told('announced.msg', announced)).toEqual([
      '0 truncated: stream "__properties_version1.0" breaks off after 512 of 2147483648 bytes',
    ]);
    const named = Buffer.from(
      writeCfb({
        name: 'Root Entry',
        clsid: CLASS,
        children: [
          { name: '__properties_version1.0', content: table },
          { name: '__nameid_version1.0', children: [{ name: '__substg1.0_00030102', content: Buffer.alloc(80, 0xff) }] },
        ],
      }),
    );
    const map = readCfb(inputFrom(named)).entry('__nameid_version1.0');
    const id = (map?.offset ?? 0) - (readCfb(inputFrom(named)).entries[0]?.offset ?? 0);
    named.writeUInt32LE(id / 128, (map?.offset ?? 0) + 76);
    expect(await told('named.msg', named)).toEqual(['0 malformed: the directory tree is damaged']);
  });
});

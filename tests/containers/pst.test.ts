import { describe, expect, it } from 'vitest';
import { mapiMessage as inner } from '../../src/containers/mapi-message.ts';
import { pst } from '../../src/containers/pst.ts';
import { mapiMessage } from '../../src/formats/mapi-message.ts';
import type { Child, ClosedChild } from '../../src/model/input.ts';
import type { MsgSpec } from '../support/build-msg.ts';
import { buildPst, type PstSpec } from '../support/build-pst.ts';
import { bytesOfChild, inputFrom, openAll, readAll } from '../support/read.ts';

const MEETING: MsgSpec = {
  subject: '\u0001\u0005RE: Réunion',
  // Longer than a block, so that it lies in several.
  body: 'Bonjour. '.repeat(2000),
  from: { name: 'Claire Moreau', mailbox: 'claire@campagne.example' },
  to: [
    { name: 'Paul Petit', mailbox: 'paul@campagne.example' },
    { name: 'Léa', mailbox: 'lea@campagne.example', field: 'Cc' },
  ],
  sent: '2017-03-01T10:00:00Z',
  attachments: [
    { name: 'plan.bin', bytes: Buffer.alloc(40_000, 7) },
    { message: { subject: 'Hier', body: 'Salut', attachments: [{ name: 'deep.txt', bytes: Buffer.from('deep') }] } },
    { link: 'C:\\Users\\claire\\plan.docx' },
  ],
};
const FOLDERS: PstSpec['folders'] = [
  {
    name: 'Inbox',
    messages: [MEETING, { subject: 'Plan', body: 'x' }],
    associated: [{ subject: 'Vue' }],
    folders: [{ name: 'a/b', messages: [{ subject: 'Dedans' }] }],
  },
  { name: 'Envoyés', messages: [{ subject: 'Parti', sent: '2017-03-02T10:00:00Z' }] },
];
const LISTED = [
  ['Top of Personal Folders/Inbox/nid:200044', 'RE: Réunion', 'document'],
  ['Top of Personal Folders/Inbox/nid:200084', 'Plan', 'document'],
  ['Top of Personal Folders/Inbox/nid:2000a8', 'Vue', 'part'],
  ['Top of Personal Folders/Inbox/a%2Fb/nid:2000c4', 'Dedans', 'document'],
  ['Top of Personal Folders/Envoyés/nid:2000e4', 'Parti', 'document'],
];
const listed = (children: readonly (Child | ClosedChild)[]): unknown[] => children.map((c) => [c.key, c.label, c.role]);
const file = buildPst({ folders: FOLDERS });

/** Where some bytes stand that occur once. */
function offsetOf(bytes: Uint8Array, what: Uint8Array): number {
  const at = Buffer.from(bytes).indexOf(what);
  expect(at).toBeGreaterThan(0);
  return at;
}
const changed = (bytes: Uint8Array, offset: number, ...to: number[]): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy.set(to, offset);
  return copy;
};

describe.each([
  ['unicode', 'permute'],
  ['unicode', 'cyclic'],
  ['unicode', 'none'],
  ['ansi', 'permute'],
  ['ansi', 'cyclic'],
  ['4k', 'none'],
] as const)('a store, %s, encoded: %s', (make, crypt) => {
  const store = buildPst({ folders: FOLDERS, make, crypt });
  it('has its messages in their folders', async () => {
    const { children, problems } = await openAll(pst, store);
    expect(listed(children)).toEqual(LISTED);
    expect(problems).toEqual([]);
  });
  it('has the same message whatever the make', async () => {
    const [first] = (await openAll(pst, store)).children;
    const [expected] = (await openAll(pst, file)).children;
    expect(Buffer.from(bytesOfChild(first)).equals(Buffer.from(bytesOfChild(expected)))).toBe(true);
  });
});

it('hands on a message with all that lies in it', async () => {
  const message = bytesOfChild((await openAll(pst, file)).children[0]);
  const r = await readAll(mapiMessage, message);
  expect(r.values('name.title')).toEqual(['RE: Réunion']);
  expect(r.values('party.to')).toEqual([
    { name: 'Paul Petit', mailbox: 'paul@campagne.example' },
    { name: 'Léa', mailbox: 'lea@campagne.example' },
  ]);
  expect(r.passages[0]?.text).toHaveLength(2000 * 9 - 1);
  const { children } = await openAll(inner, message);
  expect(children.map((c) => [c.key, c.label, c.bytes === null ? c.why : c.bytes.size > 0])).toEqual([
    ['attachment 0', 'plan.bin', true],
    ['attachment 1', 'Hier', true],
    ['attachment 2', 'plan.docx', 'unreadable'],
  ]);
  expect(Buffer.from(bytesOfChild(children[0])).equals(Buffer.alloc(40_000, 7))).toBe(true);
});

it('opens one message by its key, and none by a key of another folder', () => {
  const one = pst.openOne?.(inputFrom(file), 'Top of Personal Folders/Inbox/nid:200084');
  expect(one?.label).toBe('Plan');
  expect(pst.openOne?.(inputFrom(file), 'Top of Personal Folders/Envoyés/nid:200084')).toBeNull();
  expect(pst.openOne?.(inputFrom(file), 'nid:21')).toBeNull();
});

describe('a damaged store', () => {
  const none = buildPst({ folders: FOLDERS, crypt: 'none' });
  it('loses the one message whose properties are gone, and says so', async () => {
    const subject = offsetOf(none, Buffer.from('Parti', 'utf16le'));
    // The heap's signature, two bytes into the block, which begins on a multiple of 64.
    const heap =
      [...Array(64).keys()].map((i) => Math.floor(subject / 64 - i) * 64).find((at) => none[at + 2] === 0xec && none[at + 3] === 0xbc) ?? 0;
    const { children, problems } = await openAll(pst, changed(none, heap + 2, 0));
    expect(children.filter((c) => c.bytes === null).map((c) => [c.key, c.bytes === null ? c.why : ''])).toEqual([
      ['Top of Personal Folders/Envoyés/nid:2000e4', 'unreadable'],
    ]);
    expect(children).toHaveLength(5);
    expect(problems.map((p) => p.message.replace(/^block [0-9a-f]+/, 'block'))).toContain('block: the checksum of the block is that of other bytes');
  });
  it('tells a changed byte by the checksum, and reads on', async () => {
    const { children, problems } = await openAll(pst, changed(none, offsetOf(none, Buffer.from('Dedans', 'utf16le')), 0x45));
    expect(children.map((c) => c.label)).toContain('Eedans');
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/^block [0-9a-f]+( and 1 more)?: the checksum of the block is that of other bytes$/);
  });
  it('keeps what lies in front of where it is cut', async () => {
    const { children, problems } = await openAll(pst, none.subarray(0, none.byteLength - 600));
    expect(problems.length).toBeGreaterThan(0);
    expect(children.length).toBeLessThanOrEqual(5);
  });
  it.each([
    ['nodes', 0xe0],
    ['blocks', 0xf0],
  ])('finds the leaves of the tree of %s by themselves where its root is gone', async (name, at) => {
    const root = new DataView(none.buffer, none.byteOffset, none.byteLength).getUint32(at, true);
    const { children, problems } = await openAll(pst, changed(none, root + 496, 0));
    expect(listed(children)).toEqual(LISTED);
    expect(children.every((c) => c.bytes !== null)).toBe(true);
    expect(problems.map((p) => p.message)).toContain(`byte ${root}: no page of the tree of ${name} stands where one should`);
    expect(problems.some((p) => p.message.includes('to which the damaged tree no longer leads'))).toBe(name === 'nodes');
  });
  it('does not run in a circle', async () => {
    const view = new DataView(none.buffer, none.byteOffset, none.byteLength);
    const root = view.getUint32(0xe0, true);
    const copy = Uint8Array.from(none);
    // Both entries of the root lead to the first leaf.
    copy.copyWithin(root + 24 + 16, root + 16, root + 24);
    const { children, problems } = await openAll(pst, copy);
    expect(new Set(children.map((c) => c.key)).size).toBe(children.length);
    expect(problems.map((p) => p.message)).toContain(`byte ${view.getUint32(root + 16, true)}: the tree of nodes comes back to a page`);
  });
});

it('says where a folder holds fewer items than it counts', async () => {
  const short = buildPst({ folders: [{ name: 'Inbox', messages: [{ subject: 'a' }], contentCount: 30 }] });
  expect((await openAll(pst, short)).problems).toEqual([
    { code: 'malformed', message: "the folder 'Top of Personal Folders/Inbox' says that it holds 30 items; 1 were found" },
  ]);
});

it('leaves out what is beyond the budget, and says so in the message', async () => {
  const { children } = await openAll(pst, file, { maxArtifactBytes: 100_000 });
  const whole = await openAll(inner, bytesOfChild(children[0]));
  expect(whole.children[0]).toMatchObject({ bytes: null, why: 'over-limit' });
  expect((await readAll(mapiMessage, bytesOfChild(children[1]))).problems).toEqual([]);
});

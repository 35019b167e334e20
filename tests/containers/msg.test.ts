import { expect, it } from 'vitest';
import { msg } from '../../src/containers/msg.ts';
import { msg as reader } from '../../src/formats/msg.ts';
import { recognise } from '../../src/structures/recognise.ts';
import { buildMsg, type MsgSpec } from '../support/build-msg.ts';
import { bytesOfChild, inputFrom, openAll, readAll } from '../support/read.ts';

const inner: MsgSpec = {
  subject: 'Hier',
  body: 'Salut',
  sent: '2017-02-28T10:00:00Z',
  created: '2019-01-01T00:00:00Z',
  modified: '2019-01-01T00:00:00Z',
  to: [{ name: 'Paul', mailbox: 'paul@campagne.example' }],
  attachments: [{ name: 'deep.txt', bytes: Buffer.from('deep') }],
};
const file = buildMsg({
  subject: 'Réunion',
  attachments: [
    {
      name: 'budget.xlsx',
      type: 'application/vnd.ms-excel',
      bytes: Buffer.alloc(5000, 7),
      created: '2017-03-01T09:00:00Z',
      modified: '2017-03-01T09:30:00Z',
    },
    { name: 'logo.png', type: 'image/png', contentId: 'logo@x', bytes: Buffer.from('png') },
    { message: inner },
    { link: 'C:\\Users\\claire\\plan.docx' },
  ],
});
const KEYS = ['__attach_version1.0_#00000000', '__attach_version1.0_#00000001', '__attach_version1.0_#00000002', '__attach_version1.0_#00000003'];

it('opens files, pictures, messages, and keeps what lies elsewhere', async () => {
  const { children, problems } = await openAll(msg, file);
  expect(children.map((c) => [c.key, c.label, c.role, c.bytes === null ? c.why : 'open'])).toEqual([
    [KEYS[0], 'budget.xlsx', 'document', 'open'],
    [KEYS[1], 'logo.png', 'part', 'open'],
    [KEYS[2], 'Hier', 'document', 'open'],
    [KEYS[3], 'plan.docx', 'document', 'unreadable'],
  ]);
  expect(Buffer.from(bytesOfChild(children[0]))).toEqual(Buffer.alloc(5000, 7));
  expect(children[3]).toMatchObject({ problem: { code: 'unsupported' } });
  expect(problems).toEqual([]);
});

it('says of a file what the message says of it, and calls no subject a file name', async () => {
  const { children } = await openAll(msg, file);
  expect(children[0]?.says.map((s) => [s.attribute, s.field, s.raw, s.locator])).toEqual([
    ['name.file', 'PidTagAttachLongFilename', 'budget.xlsx', { in: 'parent', key: 'PidTagAttachLongFilename' }],
    ['type.declared', 'PidTagAttachMimeTag', 'application/vnd.ms-excel', { in: 'parent', key: 'PidTagAttachMimeTag' }],
    ['time.stored', 'PidTagCreationTime', '131328324000000000', { in: 'parent', key: 'PidTagCreationTime' }],
    ['time.stored', 'PidTagLastModificationTime', '131328342000000000', { in: 'parent', key: 'PidTagLastModificationTime' }],
  ]);
  expect(children[2]?.says).toEqual([]);
});

it('makes an .msg of a message inside, the same one each time, with what is inside it', async () => {
  const bytes = bytesOfChild(msg.openOne?.(inputFrom(file), KEYS[2] ?? '') ?? undefined);
  expect(Buffer.from(bytes)).toEqual(Buffer.from(bytesOfChild((await openAll(msg, file)).children[2])));
  expect(recognise(inputFrom(bytes)).mediaType).toBe('application/vnd.ms-outlook');
  const r = await readAll(reader, bytes);
  expect(r.values('name.title')).toEqual(['Hier']);
  expect(r.values('time.sent')).toMatchObject([{ epochMs: Date.UTC(2017, 1, 28, 10) }]);
  expect(r.values('party.to')).toEqual([{ name: 'Paul', mailbox: 'paul@campagne.example' }]);
  expect((await openAll(msg, bytes)).children.map((c) => c.label)).toEqual(['deep.txt']);
});

it('tells the times that the export stamped on a message inside from those of a message by itself', async () => {
  const attributes = async (bytes: Uint8Array): Promise<string[]> =>
    (await readAll(reader, bytes)).claims.map((c) => c.attribute).filter((a) => a.startsWith('time.'));
  expect(await attributes(bytesOfChild((await openAll(msg, file)).children[2]))).toEqual(['time.sent', 'time.stored', 'time.stored']);
  expect(await attributes(buildMsg(inner))).toEqual(['time.sent', 'time.created', 'time.modified']);
});

it('has nothing to open in a bare message, and no child of a name that is none', async () => {
  expect(await openAll(msg, buildMsg({ subject: 'x' }))).toEqual({ children: [], problems: [] });
  expect(msg.openOne?.(inputFrom(file), '__attach_version1.0_#00000009')).toBeNull();
});

it('keeps an attachment beyond the budget as a closed child', async () => {
  const { children } = await openAll(msg, file, { maxArtifactBytes: 4000 });
  expect(children[0]).toMatchObject({ bytes: null, why: 'over-limit' });
  expect(children[1]?.bytes).not.toBeNull();
});

it('cuts a path to its last name, and says when a value is cut', async () => {
  const { children, problems } = await openAll(msg, buildMsg({ attachments: [{ name: `C:\\${'x'.repeat(2000)}\\a.txt`, bytes: Buffer.from('a') }] }));
  expect(children[0]?.says[0]?.value).toBe('a.txt');
  expect(problems).toEqual([{ code: 'limit-exceeded', message: `${KEYS[0]}: a value was cut to 1024 characters` }]);
});

import { expect, it } from 'vitest';
import { mapiMessage } from '../../src/containers/mapi-message.ts';
import { mapiMessage as reader } from '../../src/formats/mapi-message.ts';
import { writeDump } from '../../src/structures/outlook/mapi-dump.ts';
import { mapiValue, type MsgSpec } from '../support/build-msg.ts';
import { buildPst } from '../support/build-pst.ts';
import { bytesOfChild, inputFrom, openAll, readAll } from '../support/read.ts';
import { firstMessage } from '../support/stored-message.ts';

const inner: MsgSpec = { subject: 'Hier', created: '2019-01-01T00:00:00Z', attachments: [{ name: 'deep.txt', bytes: Buffer.from('deep') }] };
const file = firstMessage(
  buildPst({
    folders: [
      {
        name: 'Inbox',
        messages: [
          {
            subject: 'Réunion',
            attachments: [
              { name: 'budget.xlsx', type: 'application/vnd.ms-excel', bytes: Buffer.alloc(5000, 7), modified: '2017-03-01T09:30:00Z' },
              { name: 'logo.png', type: 'image/png', contentId: 'logo@x', bytes: Buffer.from('png') },
              { message: inner },
            ],
          },
        ],
      },
    ],
  }),
);

it('opens files, pictures and messages', async () => {
  const { children, problems } = await openAll(mapiMessage, file);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([
    ['attachment 0', 'budget.xlsx', 'document'],
    ['attachment 1', 'logo.png', 'part'],
    ['attachment 2', 'Hier', 'document'],
  ]);
  expect(Buffer.from(bytesOfChild(children[0]))).toEqual(Buffer.alloc(5000, 7));
  expect(children[0]?.says.map((s) => [s.attribute, s.raw])).toEqual([
    ['name.file', 'budget.xlsx'],
    ['type.declared', 'application/vnd.ms-excel'],
    ['time.stored', '131328342000000000'],
  ]);
  expect(problems).toEqual([]);
});

it('makes a message of the same form of a message inside, the same one each time', async () => {
  const bytes = bytesOfChild(mapiMessage.openOne?.(inputFrom(file), 'attachment 2') ?? undefined);
  expect(Buffer.from(bytes)).toEqual(Buffer.from(bytesOfChild((await openAll(mapiMessage, file)).children[2])));
  const r = await readAll(reader, bytes);
  expect(r.values('name.title')).toEqual(['Hier']);
  // Stamped by the store when the message around it was saved.
  expect(r.claims.map((c) => c.attribute).filter((a) => a.startsWith('time.'))).toEqual(['time.stored']);
  expect((await openAll(mapiMessage, bytes)).children.map((c) => c.label)).toEqual(['deep.txt']);
});

it('keeps an attachment whose bytes are missing as a closed child', async () => {
  const values = mapiValue(0x3707, 'a.txt').map((v) => ({ tag: v.tag, bytes: v.value }));
  const open = (bytes: 'over-limit' | 'unreadable'): Promise<Awaited<ReturnType<typeof openAll>>> =>
    openAll(
      mapiMessage,
      writeDump(
        [
          { kind: 'message', values: [] },
          { kind: 'attachment', values: [...values, { tag: 0x37010102, bytes }] },
        ],
        false,
      ),
    );
  expect((await open('unreadable')).children).toMatchObject([{ label: 'a.txt', bytes: null, why: 'unreadable' }]);
  expect((await open('over-limit')).children).toMatchObject([{ label: 'a.txt', bytes: null, why: 'over-limit' }]);
});

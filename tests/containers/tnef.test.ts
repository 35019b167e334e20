import { expect, it } from 'vitest';
import { tnef } from '../../src/containers/tnef.ts';
import { tnef as reader } from '../../src/formats/tnef.ts';
import { buildTnef } from '../support/build-tnef.ts';
import { bytesOfChild, inputFrom, openAll, readAll } from '../support/read.ts';

const bytes = buildTnef({
  subject: 'Réunion',
  attachments: [
    { name: 'Réunion du 1er mars.docx', type: 'application/msword', bytes: Buffer.from('docx'), modified: '2017-03-01T09:30:00Z' },
    { message: { subject: 'Hier', body: 'Salut', attachments: [{ name: 'deep.txt', bytes: Buffer.from('deep') }] } },
  ],
  legacyFiles: [{ name: 'REUNION.DOC', bytes: Buffer.from('doc'), modified: [2017, 3, 1, 10, 30, 0, 3] }],
});

it('opens files and messages, under the best of their names', async () => {
  const { children, problems } = await openAll(tnef, bytes);
  expect(children.map((c) => [c.key, c.label, c.role])).toEqual([
    ['attachment 0', 'Réunion du 1er mars.docx', 'document'],
    ['attachment 1', 'Hier', 'document'],
    ['attachment 2', 'REUNION.DOC', 'document'],
  ]);
  expect([0, 2].map((i) => Buffer.from(bytesOfChild(children[i])).toString())).toEqual(['docx', 'doc']);
  expect(problems).toEqual([]);
});

it('tells a time with a zone from one without', async () => {
  const { children } = await openAll(tnef, bytes);
  expect(children[0]?.says.filter((s) => s.attribute === 'time.stored').map((s) => s.value)).toEqual([
    { kind: 'instant', epochMs: Date.UTC(2017, 2, 1, 9, 30), offsetMinutes: 0, precisionMs: 1 },
  ]);
  expect(children[2]?.says.filter((s) => s.attribute === 'time.stored').map((s) => s.value)).toEqual([
    { kind: 'wall', local: '2017-03-01T10:30:00', precisionMs: 1000 },
  ]);
});

it('hands out a message inside as the TNEF stream it is', async () => {
  const inner = bytesOfChild(tnef.openOne?.(inputFrom(bytes), 'attachment 1') ?? undefined);
  expect((await readAll(reader, inner)).values('name.title')).toEqual(['Hier']);
  expect((await openAll(tnef, inner)).children.map((c) => c.label)).toEqual(['deep.txt']);
});

it('says how many attachments were read', async () => {
  const { children } = await openAll(tnef, bytes, { maxChildren: 2 });
  expect(children).toHaveLength(2);
  expect((await readAll(reader, bytes, { maxChildren: 2 })).problems).toEqual([
    { code: 'limit-exceeded', message: 'more than 2 attachments; the rest was not read' },
  ]);
});

it('has nothing to open in a bare message, and no child of a name that is none', async () => {
  expect(await openAll(tnef, buildTnef({ subject: 'x' }))).toEqual({ children: [], problems: [] });
  expect(tnef.openOne?.(inputFrom(bytes), 'attachment 9')).toBeNull();
});

import { expect, it } from 'vitest';
import { keptAttachments } from '../../src/examinations/kept-attachments.ts';
import { number, text, time } from '../support/claims.ts';
import { examine } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const file = (name: string, inside?: TestDoc): TestDoc => ({ name, claims: [text('place.folder', 'x')], ...(inside ? { inside } : {}) });
const emlx = (name: string, inside?: TestDoc): TestDoc => ({
  name,
  mediaType: 'application/x-emlx',
  claims: [text('type.detected', 'application/x-emlx'), text('place.folder', 'x')],
  ...(inside ? { inside } : {}),
});
const attachment = (of: TestDoc, part: string, name: string, outcome: TestDoc['outcome'] = { state: 'unread', why: 'unreadable' }): TestDoc => ({
  name: part,
  outcome,
  inside: { name: '1', mediaType: 'message/rfc822', claims: [text('place.folder', 'x')], inside: of },
  claims: [text('place.folder', 'x'), text('name.file', name)],
});
const seen = async (...docs: TestDoc[]): Promise<unknown> => {
  const r = await examine(keptAttachments, docs);
  return [r.seen.map((s) => [s.about, s.value, s.other]), r.problems.map((p) => p.problem.message)];
};

it('ties an attachment to the file beside its message, both ways', async () => {
  const message = emlx('Mail/Messages/12.partial.emlx');
  const plan = file('Mail/Attachments/12/2/plan.docx');
  expect(
    await seen(
      message,
      attachment(message, '2', 'plan.docx'),
      plan,
      file('Mail/Attachments/12/3/plan.docx'),
      file('Mail/Attachments/13/2/plan.docx'),
    ),
  ).toEqual([
    [
      ['2', 'under its name', plan.name],
      [plan.name, 'under its name', '2'],
    ],
    [],
  ]);
});

it('ties it to the only file of another name, and to the one of its name among several', async () => {
  const message = emlx('Messages/12.partial.emlx');
  const missing = attachment(message, '2', 'Re\u0301union.docx');
  expect(await seen(message, missing, file('Attachments/12/2/plan.docx'))).toEqual([
    [
      ['2', 'under another name', 'Attachments/12/2/plan.docx'],
      ['Attachments/12/2/plan.docx', 'under another name', '2'],
    ],
    [],
  ]);
  expect(
    await seen(message, missing, file('Attachments/12/2/plan.docx'), file('Attachments/12/2/R\u00e9union.docx'), file('Attachments/12/2/.DS_Store')),
  ).toEqual([
    [
      ['2', 'under its name', 'Attachments/12/2/R\u00e9union.docx'],
      ['Attachments/12/2/R\u00e9union.docx', 'under its name', '2'],
    ],
    [],
  ]);
});

it('takes none of several that bear other names', async () => {
  const message = emlx('Messages/12.partial.emlx');
  expect(await seen(message, attachment(message, '2', 'plan.docx'), file('Attachments/12/2/a.docx'), file('Attachments/12/2/b.docx'))).toEqual([
    [],
    ['2 files lie where its content is kept; none was taken for it'],
  ]);
});

it('looks in the archive that holds the message, and in no other', async () => {
  const zip: TestDoc = { name: 'a.zip', mediaType: 'application/zip', claims: [text('place.folder', 'x')] };
  const message = emlx('Messages/12.partial.emlx', zip);
  const missing = attachment(message, '2', 'plan.docx');
  expect(await seen(zip, message, missing, file('Attachments/12/2/plan.docx', zip))).toEqual([
    [
      ['2', 'under its name', 'Attachments/12/2/plan.docx'],
      ['Attachments/12/2/plan.docx', 'under its name', '2'],
    ],
    [],
  ]);
  expect(await seen(zip, message, missing, file('Attachments/12/2/plan.docx'))).toEqual([[], []]);
});

it.each([
  ['a message that is whole', emlx('Messages/12.emlx'), undefined],
  ['a message outside of its folder', emlx('12.partial.emlx'), undefined],
  ['an attachment that is there', emlx('Messages/12.partial.emlx'), { state: 'read' } as const],
])('observes nothing of %s', async (_, message, outcome) => {
  expect(await seen(message, attachment(message, '2', 'plan.docx', outcome), file('Attachments/12/2/plan.docx'))).toEqual([[], []]);
});

it('observes nothing where no file lies beside it', async () => {
  const message = emlx('Messages/12.partial.emlx');
  expect(await seen(message, attachment(message, '2', 'plan.docx'))).toEqual([[], []]);
});

it('says on the file when its message was delivered, and how long it was there', async () => {
  const message = emlx('Messages/12.partial.emlx');
  const missing = attachment(message, '2', 'plan.docx');
  const carrier = missing.inside;
  const claims = [...(carrier?.claims ?? []), time('time.received', '2017-03-01T10:00:07Z'), time('time.received', '2017-03-01T10:00:02Z')];
  const delivered: TestDoc = {
    ...missing,
    claims: [...missing.claims, number('attachment.encoded-bytes', 702_736)],
    inside: { name: '1', mediaType: 'message/rfc822', ...carrier, claims },
  };
  const { seen: all } = await examine(keptAttachments, [message, delivered, file('Attachments/12/2/plan.docx')]);
  expect(all.filter((s) => s.attribute !== 'attachment.kept')).toEqual([
    {
      about: 'Attachments/12/2/plan.docx',
      attribute: 'attachment.delivered',
      value: { kind: 'instant', epochMs: Date.parse('2017-03-01T10:00:07Z'), offsetMinutes: 0, precisionMs: 1000 },
      other: '1',
    },
    { about: 'Attachments/12/2/plan.docx', attribute: 'attachment.encoded-bytes', value: 702_736, other: '2' },
  ]);
});

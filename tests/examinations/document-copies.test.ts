import { describe, expect, it } from 'vitest';
import { documentCopies } from '../../src/examinations/document-copies.ts';
import { address, digest, text, time } from '../support/claims.ts';
import { examine } from '../support/examination-test.ts';
import type { TestDoc } from '../support/memory-evidence.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const mail: TestDoc = {
  name: 'mail.eml',
  mediaType: 'message/rfc822',
  claims: [
    address('party.from', 'A', 'a@x.example'),
    time('time.received', '2016-05-05T09:12:00Z', { field: 'Received' }),
    time('time.received', '2016-05-05T09:11:00Z', { field: 'Received' }),
  ],
};

const sheet = (values: readonly string[]): TestDoc['passages'] => values.map((v, i) => ({ role: 'cell', label: `Budget!B${i + 1}`, text: v }));

interface Version {
  readonly name?: string;
  readonly values: readonly string[];
  readonly author?: string;
  readonly created?: string;
  readonly saved?: string;
  readonly bytes?: string;
}

const document = (v: Version): Omit<TestDoc, 'name'> => ({
  mediaType: XLSX,
  bytes: v.bytes ?? v.values.join(),
  passages: sheet(v.values) ?? [],
  claims: [
    text('name.file', v.name ?? 'budget.xlsx'),
    digest('content.bytes', v.bytes ?? v.values.join()),
    digest('content.text', v.values.join()),
    time('time.created', v.created ?? '2016-05-05T08:00:00Z'),
    text('party.author', v.author ?? 'Claire Moreau'),
    time('time.modified', v.saved ?? '2016-05-05T09:00:00Z'),
    text('party.last-author', 'Claire Moreau'),
  ],
});

const attached = (v: Version, name = '2'): TestDoc => ({ ...document(v), name, inside: mail });
const loose = (v: Version, name = 'loose/budget.xlsx'): TestDoc => ({ ...document(v), name });

const said = async (docs: readonly TestDoc[]): Promise<unknown[]> =>
  (await examine(documentCopies, docs)).seen
    .filter((s) => s.attribute === 'copy.relation' || s.attribute === 'copy.difference')
    .map((s) => [s.about, s.attribute, s.value, s.other]);

describe('document-copies', () => {
  it('finds the equal bytes, and says when the mail had them', async () => {
    const { seen } = await examine(documentCopies, [attached({ values: ['1', '2'] }), loose({ values: ['1', '2'] })]);
    expect(seen).toMatchObject([
      { about: 'loose/budget.xlsx', attribute: 'copy.relation', value: 'same-bytes', other: '2' },
      { attribute: 'copy.mailed', value: { kind: 'instant', epochMs: Date.UTC(2016, 4, 5, 9, 12) }, other: 'mail.eml' },
      { attribute: 'copy.saved', value: { epochMs: Date.UTC(2016, 4, 5, 9) } },
      { attribute: 'copy.saved-by', value: 'Claire Moreau' },
    ]);
  });

  it('finds the same content in other bytes', async () => {
    expect(await said([attached({ values: ['1', '2'] }), loose({ values: ['1', '2'], bytes: 're-saved' })])).toEqual([
      ['loose/budget.xlsx', 'copy.relation', 'same-content', '2'],
    ]);
  });

  it('names the cells that differ, with both values', async () => {
    expect(await said([attached({ values: ['label', '12,000', 'x'] }), loose({ values: ['label', '92,000', 'x'] })])).toEqual([
      ['loose/budget.xlsx', 'copy.relation', 'different-content', '2'],
      ['loose/budget.xlsx', 'copy.difference', "1 of 3 passages: Budget!B2: '12,000' there, '92,000' here", '2'],
    ]);
  });

  it('finds a renamed copy by its author and time of creation', async () => {
    expect(await said([attached({ values: ['1', '2'] }), loose({ values: ['1', '3'], name: 'other.xlsx' }, 'loose/other.xlsx')])).toHaveLength(2);
  });

  it('leaves strangers of one name alone', async () => {
    expect(
      await said([
        attached({ values: ['1', '2', '3'] }),
        loose({ values: ['7', '8', '9'], created: '2014-01-01T00:00:00Z', author: 'Somebody Else' }),
      ]),
    ).toEqual([]);
  });

  it('compares nothing where both lie loose, or both in the mail', async () => {
    expect(await said([loose({ values: ['1'] }, 'a/budget.xlsx'), loose({ values: ['2'] }, 'b/budget.xlsx')])).toEqual([]);
    expect(await said([attached({ values: ['1'] }, '2'), attached({ values: ['2'] }, '3')])).toEqual([]);
  });

  it('says so where a name is too common to compare every pair', async () => {
    const many = Array.from({ length: 60 }, (_, i) =>
      loose(
        { values: [String(i)], created: `2015-01-01T00:00:${String(i % 60).padStart(2, '0')}Z`, author: `Author ${i}` },
        `loose/${i}/budget.xlsx`,
      ),
    );
    const { problems } = await examine(documentCopies, [attached({ values: ['x'] }), ...many]);
    expect(problems.map((p) => p.problem)).toEqual([
      { code: 'limit-exceeded', message: 'more than 50 documents share this name.file; the first 50 were compared' },
    ]);
  });
});

it('takes the attachment in the message whose signature verifies, and tells whose it is', async () => {
  const at = { field: 'DKIM-Signature', basis: 'observed' } as const;
  const signed: TestDoc = {
    name: 'z.eml',
    mediaType: 'message/rfc822',
    claims: [text('dkim.signer', 'example.org s=s1', at), text('dkim.state', 'verified', at)],
  };
  const changed: TestDoc = { name: 'y.eml', mediaType: 'message/rfc822', claims: [text('dkim.state', 'body changed', at)] };
  const budget = document({ values: ['1', '2'] });
  const inside = (name: string, around: TestDoc): TestDoc => ({ ...budget, name, inside: around });
  const { seen } = await examine(documentCopies, [
    inside('2', mail),
    inside('3', changed),
    inside('4', signed),
    { ...budget, name: 'loose/budget.xlsx' },
  ]);
  expect(seen.filter((s) => s.attribute === 'copy.relation' || s.attribute === 'copy.signed')).toEqual([
    { about: 'loose/budget.xlsx', attribute: 'copy.relation', value: 'same-bytes', other: '4' },
    { about: 'loose/budget.xlsx', attribute: 'copy.signed', value: 'verified', other: 'z.eml' },
  ]);
});

import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { pdf } from '../../src/containers/pdf.ts';
import { buildPdf } from '../support/build-pdf.ts';
import { appendRevision } from '../support/build-pdf-update.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

const text = (s: string): Buffer => Buffer.from(s);
const ATTACHMENTS = [
  { name: 'invoice.xml', bytes: text('<invoice/>'), type: 'text/xml', created: "D:20170327124105+02'00'", modified: 'D:20170328090000' },
  { name: 'смета.txt', bytes: text('12,000'), annotated: true },
];

it('opens named files and those of annotations, with what is said about them', async () => {
  const { children, problems } = await openAll(pdf, buildPdf({ attachments: ATTACHMENTS }));
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.label, c.role, Buffer.from(bytesOfChild(c)).toString()])).toEqual([
    ['object 8', 'invoice.xml', 'document', '<invoice/>'],
    ['object 10', 'смета.txt', 'document', '12,000'],
  ]);
  expect(children[0]?.says.map((c) => [c.attribute, c.field, c.raw, c.value])).toEqual([
    ['name.file', 'UF', 'invoice.xml', 'invoice.xml'],
    ['type.declared', 'Subtype', 'text/xml', 'text/xml'],
    [
      'time.stored',
      'Params/CreationDate',
      "D:20170327124105+02'00'",
      { kind: 'instant', epochMs: Date.UTC(2017, 2, 27, 10, 41, 5), offsetMinutes: 120, precisionMs: 1000 },
    ],
    ['time.stored', 'Params/ModDate', 'D:20170328090000', { kind: 'wall', local: '2017-03-28T09:00:00', precisionMs: 1000 }],
  ]);
  expect(children[1]?.says.map((c) => c.locator)).toEqual([{ in: 'parent', key: 'UF' }]);
});

it('opens one by its key', () => {
  const file = buildPdf({ attachments: ATTACHMENTS });
  expect(Buffer.from(bytesOfChild(pdf.openOne?.(inputFrom(file), 'object 10') ?? undefined)).toString()).toBe('12,000');
  expect(pdf.openOne?.(inputFrom(file), 'object 1')).toBeNull();
});

it('takes only the name of a path from another machine', async () => {
  const { children } = await openAll(pdf, buildPdf({ attachments: [{ name: 'C:\\Users\\anne\\plan.txt', bytes: text('x') }] }));
  expect(children[0]?.says[0]).toMatchObject({ raw: 'C:\\Users\\anne\\plan.txt', value: 'plan.txt' });
});

it('finds none in a plain file, nor its pictures', async () => {
  expect(await openAll(pdf, buildPdf({}))).toEqual({ children: [], problems: [] });
});

it('finds them behind an update, too', async () => {
  const { children } = await openAll(pdf, appendRevision(buildPdf({ attachments: ATTACHMENTS }), { annotate: { page: 1, text: 'x' } }));
  expect(children.map((c) => c.label)).toEqual(['invoice.xml', 'смета.txt']);
});

it('lists a file that unpacks beyond the limit, and one that is damaged, without opening them', async () => {
  const large = buildPdf({ attachments: [{ name: 'zeros', bytes: Buffer.alloc(2_000_000) }] });
  const { children } = await openAll(pdf, large, { maxArtifactBytes: 1_000_000 });
  expect(children[0]).toMatchObject({ key: 'object 8', label: 'zeros', bytes: null, why: 'over-limit', problem: { code: 'limit-exceeded' } });
  const stored = deflateSync(text('x'.repeat(100)), { level: 9 }).toString('latin1');
  const damaged = Buffer.from(buildPdf({ attachments: [{ name: 'a', bytes: text('x'.repeat(100)) }] }))
    .toString('latin1')
    .replace(stored, '!'.repeat(stored.length));
  expect((await openAll(pdf, Buffer.from(damaged, 'latin1'))).children[0]).toMatchObject({
    bytes: null,
    why: 'unreadable',
    problem: { code: 'malformed' },
  });
});

it('ends on a name tree that is its own kid', async () => {
  const file = Buffer.from(buildPdf({ attachments: [{ name: 'a', bytes: text('x') }] }))
    .toString('latin1')
    .replace('/Names << /EmbeddedFiles << /Names', '/Names << /EmbeddedFiles << /Kids [1 0 R] /Names');
  expect((await openAll(pdf, Buffer.from(file, 'latin1'))).children.map((c) => c.key)).toEqual(['object 8']);
});

it('survives truncation and garbage', async () => {
  const file = Buffer.from(buildPdf({ attachments: ATTACHMENTS }));
  let opened = 0;
  for (let cut = 0; cut < file.length; cut += 53) opened += (await openAll(pdf, file.subarray(0, cut))).children.length;
  expect(opened).toBeGreaterThan(0);
});

const PORTFOLIO = { columns: { de: 'De', le: 'Date du message', taille: 'Taille' }, folders: ['Réception', '2017'] };

it('says what the list of a portfolio says of its files, and their folders', async () => {
  const cells = { de: '(Claire Moreau)', le: '<< /Type /CollectionSubitem /D (D:20170327124105) /P (le) >>', taille: '12', autre: '(x)' };
  const listed = buildPdf({
    portfolio: PORTFOLIO,
    attachments: [
      { name: 'plan.txt', bytes: text('plan'), description: 'Plan de salle', folder: 2, cells },
      { name: 'lettre.txt', bytes: text('lettre'), folder: 7 },
    ],
  });
  const { children, problems } = await openAll(pdf, listed);
  expect(problems).toEqual([]);
  expect(children.map((c) => c.says.map((s) => [s.attribute, s.field, s.raw, s.value]))).toEqual([
    [
      ['name.file', 'UF', 'plan.txt', 'plan.txt'],
      ['property.custom', 'Desc', 'Plan de salle', 'Plan de salle'],
      ['place.label', 'folder of the portfolio', 'Réception/2017', 'Réception/2017'],
      ['property.custom', 'portfolio De', 'Claire Moreau', 'Claire Moreau'],
      ['property.custom', 'portfolio Date du message', 'D:20170327124105', 'D:20170327124105'],
      ['property.custom', 'portfolio Taille', '12', '12'],
      ['property.custom', 'portfolio autre', 'x', 'x'],
    ],
    [['name.file', 'UF', 'lettre.txt', 'lettre.txt']],
  ]);
});

it('does not follow folders that lead back to themselves', async () => {
  const listed = Buffer.from(buildPdf({ portfolio: PORTFOLIO, attachments: [{ name: 'plan.txt', bytes: text('plan'), folder: 2 }] })).toString(
    'latin1',
  );
  const outermost = /\/Folders (\d+ 0 R)/.exec(listed)?.[1] ?? '';
  const looping = listed.replace(/(\/Name <[0-9a-f]+>|\/Name \(2017\))/g, `$1 /Next ${outermost} /Child ${outermost}`);
  const { children } = await openAll(pdf, Buffer.from(looping, 'latin1'));
  expect(children).toHaveLength(1);
});

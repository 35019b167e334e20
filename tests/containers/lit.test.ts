import { expect, it } from 'vitest';
import { lit } from '../../src/containers/lit.ts';
import { buildLit, LIT_BOOK } from '../support/build-lit.ts';
import { bytesOfChild, inputFrom, openAll } from '../support/read.ts';

it('opens what is stored, and names what is encrypted', async () => {
  const bytes = buildLit(LIT_BOOK);
  const { children, problems } = await openAll(lit, bytes);
  expect(problems).toEqual([]);
  expect(children.map((c) => [c.key, c.label, c.role, c.bytes === null ? c.why : Buffer.from(bytesOfChild(c)).toString()])).toEqual([
    ['/data/ahc/content', 'index.html', 'part', 'encrypted'],
    ['/data/css', 'style.css', 'part', 'p { margin: 0 }'],
  ]);
  expect(children[0]?.says.map((c) => [c.attribute, c.raw, c.value])).toEqual([
    ['name.file', 'textes\\index.html', 'index.html'],
    ['type.declared', 'application/xhtml+xml', 'application/xhtml+xml'],
  ]);
  expect(lit.openOne?.(inputFrom(bytes), '/data/css')?.label).toBe('style.css');
  expect(lit.openOne?.(inputFrom(bytes), '/meta')).toBeNull();
});

it('keeps two of one name apart, and those that the directory does not know', async () => {
  const { children } = await openAll(
    lit,
    buildLit({
      ...LIT_BOOK,
      manifest: [
        [],
        [],
        [
          ['css', 'a.css', ''],
          ['css', 'b.css', ''],
          ['no', 'c.css', ''],
        ],
      ],
    }),
  );
  expect(children.map((c) => [c.key, c.label, c.bytes === null ? c.problem.message : 'open'])).toEqual([
    ['/data/css', 'a.css', 'open'],
    ['/data/css#2', 'b.css', 'open'],
    ['/data/no', 'c.css', 'the directory has no such file, or the file ends before it'],
  ]);
});

it('says that a section is packed where nothing is encrypted', async () => {
  const { children } = await openAll(lit, buildLit({ ...LIT_BOOK, stored: {} }));
  expect(children[0]).toMatchObject({ bytes: null, why: 'unreadable', problem: { code: 'unsupported' } });
});

it('gives what the list names before it breaks off', async () => {
  const { manifest, ...rest } = LIT_BOOK;
  expect((await openAll(lit, buildLit(rest))).problems).toEqual([
    { code: 'malformed', message: '/manifest: it is missing, or lies behind the end of the file' },
  ]);
  const cut = buildLit({
    ...rest,
    stored: { '/manifest': Buffer.from('\u0001\\\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0003css\u0005a.css\u0000') },
  });
  const { children, problems } = await openAll(lit, cut);
  expect([children.map((c) => c.key), problems.map((p) => p.message), manifest?.length]).toEqual([
    ['/data/css/content'],
    ['/manifest: it breaks off'],
    3,
  ]);
});

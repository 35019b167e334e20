import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDocx } from '../support/build-ooxml.ts';
import { buildPdf } from '../support/build-pdf.ts';
import { buildZip } from '../support/build-zip.ts';

const BIN = new URL('../../bin/tainted.js', import.meta.url).pathname;
let dir = '';

interface Told {
  readonly code: number | null;
  readonly problems: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly documents: readonly { readonly path: string; readonly outcome: { readonly state: string; readonly why?: string } }[];
  readonly corpus: { readonly artifacts: number };
}

const document = (): Uint8Array =>
  buildDocx({
    author: 'Claire Moreau',
    created: '2015-03-04T09:00:00Z',
    modified: '2015-03-05T10:30:00Z',
    paragraphs: Array.from({ length: 400 }, (_, i) => `Paragraphe ${i}, ${(i * 7919) % 1000}.`),
  });

/** A message of so many attached texts. */
function parts(n: number): string {
  const one = Array.from(
    { length: n },
    (_, i) => `--B\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename="f${i}.txt"\r\n\r\npart ${i}\r\n`,
  );
  return `From: a@x.example\r\nDate: Wed, 1 Mar 2017 11:00:00 +0100\r\nMessage-ID: <${n}@x.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="B"\r\n\r\n${one.join('')}--B--\r\n`;
}

/** Scans one directory that holds the given files beside an honest one; with --strict. */
function scanned(name: string, files: Readonly<Record<string, Uint8Array | string>>, options: readonly string[] = [], user?: number): Told {
  const dump = join(dir, name);
  fs.mkdirSync(dump, { recursive: true });
  fs.writeFileSync(join(dump, 'honest.docx'), document());
  for (const [file, bytes] of Object.entries(files)) fs.writeFileSync(join(dump, file), bytes);
  const ran = spawnSync(process.execPath, [BIN, 'scan', dump, '--strict', '--all-documents', '-f', 'json', ...options], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  return { ...(JSON.parse(ran.stdout) as Omit<Told, 'code'>), code: ran.status };
}

const stateOf = (told: Told, path: string): string => {
  const outcome = told.documents.find((d) => d.path === path)?.outcome;
  return outcome ? `${outcome.state}${outcome.why === undefined ? '' : `: ${outcome.why}`}` : 'missing';
};

beforeAll(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'broken-'));
  fs.chmodSync(dir, 0o755);
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

describe('a broken file is told once, in words, and costs nothing of the rest; --strict exits 4', () => {
  it('a truncated docx', () => {
    const whole = document();
    const told = scanned('docx', { 'cut.docx': whole.subarray(0, Math.floor(whole.length * 0.7)) });
    expect(told.code).toBe(4);
    expect(new Set(told.problems.map((p) => p.path))).toEqual(new Set(['cut.docx']));
    expect(told.problems.map((p) => p.code)).toContain('truncated');
    expect(stateOf(told, 'cut.docx')).toBe('partial');
    expect(stateOf(told, 'honest.docx')).toBe('read');
  });

  it('an encrypted zip', () => {
    const told = scanned('zip', {
      'secret.zip': buildZip(
        [
          { name: 'plan.txt', content: Buffer.from('x'), override: { encrypted: true } },
          { name: 'open.txt', content: Buffer.from('y') },
        ],
        'info-zip',
      ),
    });
    expect(told.code).toBe(4);
    expect(told.problems).toMatchObject([{ path: 'secret.zip!/zip:plan.txt', code: 'encrypted' }]);
    expect(stateOf(told, 'secret.zip!/zip:plan.txt')).toBe('unread: encrypted');
    expect(stateOf(told, 'secret.zip!/zip:open.txt')).toBe('read');
  });

  it('a PDF without a trailer', () => {
    const pdf = Buffer.from(buildPdf({ info: { Author: 'Claire Moreau' } }));
    const told = scanned('pdf', { 'headless.pdf': pdf.subarray(0, pdf.lastIndexOf('xref') - 1) });
    expect(told.code).toBe(4);
    expect(told.problems).toMatchObject([
      { path: 'headless.pdf', message: expect.stringContaining('PDF without a usable cross-reference section') as string },
    ]);
    expect(stateOf(told, 'headless.pdf')).toBe('partial');
  });

  it('an empty file', () => {
    const told = scanned('empty', { nothing: '' });
    expect(told.code).toBe(4);
    expect(told.problems).toMatchObject([{ path: 'nothing', code: 'empty', message: 'there is nothing in it: 0 bytes' }]);
    expect(stateOf(told, 'nothing')).toBe('unread: empty');
  });

  it('a mail with 50,000 parts stops at the limit; 5,000 are all read', { timeout: 120_000 }, () => {
    const told = scanned('many', { 'many.eml': parts(50_000), 'fewer.eml': parts(5_000) });
    const inside = (file: string): string[] => told.documents.flatMap((d) => (d.path.startsWith(`${file}!/`) ? [d.outcome.state] : []));
    expect(told.code).toBe(4);
    expect(told.problems).toMatchObject([{ path: 'many.eml', code: 'limit-exceeded', message: 'more than 10000 parts; the rest was not read' }]);
    expect(inside('many.eml').length).toBeGreaterThan(9_988);
    expect([stateOf(told, 'fewer.eml'), inside('fewer.eml')]).toEqual(['read', Array<string>(5_000).fill('read')]);
  });

  it('a directory that may not be listed', (context) => {
    const asAnother = spawnSync(process.execPath, ['-e', `require('node:fs').readFileSync(${JSON.stringify(BIN)})`], { uid: 65534, gid: 65534 });
    if (process.getuid?.() !== 0 || asAnother.status !== 0) {
      context.skip('needs to run as root, with a checkout that other users can read (tests/corpus/walk.test.ts injects the refusal instead)');
      return;
    }
    const dump = join(dir, 'locked');
    fs.mkdirSync(join(dump, 'private'), { recursive: true });
    fs.writeFileSync(join(dump, 'private', 'a.txt'), 'x');
    fs.chmodSync(join(dump, 'private'), 0o700);
    const told = scanned('locked', {}, [], 65534);
    expect(told.code).toBe(4);
    expect(told.problems).toMatchObject([{ path: 'private', code: 'io', message: 'directory cannot be listed: EACCES: permission denied' }]);
    expect(stateOf(told, 'honest.docx')).toBe('read');
  });
});

describe('bombs and cycles stop at their limit, with one problem', () => {
  const zeros = (bytes: number): Uint8Array => deflateRawSync(Buffer.alloc(bytes));

  it('a member that says it is small and is not', () => {
    const told = scanned('liar', { 'liar.zip': buildZip([{ name: 'z.bin', content: Buffer.alloc(64 * 1024 ** 2) }], 'info-zip') }, [
      '--max-bytes',
      '1M',
    ]);
    expect(zeros(1024).length).toBeLessThan(100);
    expect(told.problems).toHaveLength(1);
    expect(told.problems[0]).toMatchObject({ path: 'liar.zip!/zip:z.bin', code: 'limit-exceeded' });
  });

  it('many zips inside one another', () => {
    let inner: Uint8Array = Buffer.from('end');
    for (let i = 0; i < 200; i++) inner = buildZip([{ name: i === 0 ? 'end.txt' : 'inner.zip', content: inner }], 'info-zip');
    const told = scanned('nested', { 'nested.zip': inner });
    expect(told.problems).toMatchObject([{ code: 'limit-exceeded', message: 'not opened: 32 levels deep' }]);
  });

  it('parts nested 60,000 deep', () => {
    const deep = Array.from({ length: 60_000 }, (_, i) => `--B${i}\r\nContent-Type: multipart/mixed; boundary=B${i + 1}\r\n\r\n`).join('');
    const told = scanned('deep', {
      'deep.eml': `From: a@x.example\r\nDate: Wed, 1 Mar 2017 11:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=B0\r\n\r\n${deep}`,
    });
    expect(told.problems.map((p) => p.message)).toContain('parts nest deeper than 100; the innermost was not taken apart');
    expect(stateOf(told, 'deep.eml')).toBe('partial');
  });

  it('names that climb out of the archive are opened in memory, and told', () => {
    const told = scanned('climb', { 'climb.zip': buildZip([{ name: '../../etc/passwd', content: Buffer.from('root') }], 'info-zip') });
    expect(told.problems).toMatchObject([{ path: 'climb.zip', code: 'unsafe-path' }]);
    expect(told.corpus.artifacts).toBe(3);
  });
});

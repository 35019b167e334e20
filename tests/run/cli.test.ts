import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMail } from '../support/build-mail.ts';
import { buildZip } from '../support/build-zip.ts';

const BIN = new URL('../../bin/tainted.js', import.meta.url).pathname;
let dir = '';
let dump = '';
/** What became of the scan that kept the case 'kept', on which most tests look. */
let kept: Ran;

/** A mail whose attachment says it was saved three weeks after delivery: one finding, strong. */
const attachedLater = (): Uint8Array =>
  buildMail({
    client: 'thunderbird',
    from: 'Claire Moreau <claire@campagne.example>',
    to: 'Paul Petit <paul@campagne.example>',
    subject: 'budget',
    date: '2017-03-01T10:00:00Z',
    offsetMinutes: 60,
    body: 'Ci-joint.',
    attachments: [
      {
        name: 'archive.zip',
        type: 'application/zip',
        bytes: buildZip([{ name: 'a.txt', content: Buffer.from('x'), instant: '2017-03-22T10:00:00Z' }], 'info-zip'),
      },
    ],
  });

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function tainted(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    encoding: 'utf8',
    cwd: dir,
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  });
  return { code: status, out: stdout, err: stderr };
}

beforeAll(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'cli-'));
  dump = join(dir, 'dump');
  fs.mkdirSync(join(dump, 'mail'), { recursive: true });
  fs.writeFileSync(join(dump, 'mail', 'one.eml'), attachedLater());
  fs.writeFileSync(join(dump, 'notes.txt'), 'hello\n');
  fs.writeFileSync(join(dump, 'nothing'), '');
  fs.mkdirSync(join(dir, 'empty'));
  kept = tainted(['scan', 'dump', '-o', 'kept', '-q', '--jobs', '1'], { TZ: 'UTC', LANG: 'C' });
});

afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

describe('exit codes and one helpful line', () => {
  it.each([
    [['frobnicate'], 2, /unknown command 'frobnicate'/],
    [['scan'], 2, /missing required argument 'path'/],
    [['scan', 'dump', '--fail-on', 'certain'], 2, /Allowed choices are weak, moderate/],
    [['scan', 'dump', '-f', 'pdf'], 2, /one of csv, html, json, ndjson is wanted/],
    [['scan', 'dump', '-f', 'json,csv'], 2, /several formats need --out/],
    [['scan', 'dump', '--jobs', '0'], 2, /a whole number from 1/],
    [['scan', 'dump', '--only', 'no-such-rule'], 2, /no such rule/],
    [['scan', 'dump', '--resume'], 2, /--resume needs --out/],
    [['scan', 'dump', '--baseline', 'nowhere.json'], 2, /--baseline nowhere\.json/],
    [['scan', 'dump', '--password-file', 'nowhere.txt'], 2, /--password-file nowhere\.txt: ENOENT/],
    [['inspect', 'dump/notes.txt', '--password-file', 'nowhere.txt'], 2, /--password-file nowhere\.txt/],
    [['scan', 'nowhere'], 3, /nowhere: no such file or directory/],
    [['scan', 'empty'], 3, /nothing to scan/],
    [['inspect', 'nowhere'], 3, /no such file/],
    [['inspect', 'dump'], 2, /'tainted scan' reads those/],
    [['report', 'dump'], 2, /no case there/],
    [['judge', 'dump'], 2, /no case there/],
    [['rules', 'no-such-rule'], 2, /no such rule/],
    [['show', 'notes.txt!/zip'], 2, /is not a step of a provenance/],
    [['show', 'nowhere.txt', '--root', 'dump'], 3, /nothing there/],
    [['verify', 'nowhere.json'], 2, /name a report\.json/],
    [['keys', 'recover'], 2, /missing required argument 'case'/],
    [['keys', 'recover', 'dump'], 2, /no case there/],
  ] as const)('%j exits %i', (args, code, message) => {
    const ran = tainted(args);
    expect(ran.err).toMatch(message);
    expect(ran.err.trim().split('\n').length).toBeLessThanOrEqual(2);
    expect(ran.code).toBe(code);
  });

  it('--help and --version are data, and quick', () => {
    expect(tainted(['--help'])).toMatchObject({ code: 0, err: '' });
    expect(tainted(['--version']).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  // Without it a scan with findings exits 0, as those below do.
  it.each([
    ['strong', 10, 'ndjson'],
    ['very-strong', 0, 'csv'],
  ])('--fail-on %s exits %i, and leaves what is on stdout alone: %s', (strength, code, format) => {
    const ran = tainted(['scan', 'dump', '-q', '--fail-on', strength, '-f', format]);
    expect([ran.code, ran.out.length > 500]).toEqual([code, true]);
  });

  it('--strict exits 4 when something was not read, and 0 when all was', () => {
    fs.mkdirSync(join(dir, 'broken'), { recursive: true });
    fs.writeFileSync(
      join(dir, 'broken', 'cut.zip'),
      buildZip([{ name: 'a.txt', content: Buffer.from('x'.repeat(500)) }], 'info-zip').subarray(0, 60),
    );
    expect(tainted(['scan', 'broken', '-q', '--strict']).code).toBe(4);
    expect(tainted(['scan', 'dump/mail', '-q', '--strict']).code).toBe(0);
  });
});

describe('scan', () => {
  it('prints a summary for a person: what stands out, what was not read, what to do next', () => {
    const { out, err, code } = tainted(['scan', 'dump']);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(out).toContain('Scanned dump: 3 files');
    expect(out).toContain('2 documents stand out');
    expect(out).toMatch(/1 {2}mail\/one\.eml!\/mime:2!\/zip:a\.txt[\s\S]*2 {2}mail\/one\.eml!\/mime:2 /);
    expect(out).toContain('attachment-changed-after-send');
    expect(out).toMatch(/Not read, or not to the end: 1 empty; problems: 1 empty\n/);
    expect(out).toContain('keep the evidence with --out');
    expect(out).not.toContain('\u001b');
  });

  it('keeps a case, refuses to overwrite it, resumes it and replaces it', () => {
    fs.cpSync(join(dir, 'kept'), join(dir, 'case'), { recursive: true });
    expect(kept.code).toBe(0);
    expect(fs.readdirSync(join(dir, 'case')).sort()).toEqual([
      'evidence.duckdb',
      'evidence.lines',
      'findings.csv',
      'plan.json',
      'report.html',
      'report.json',
      'run.json',
      'segments',
    ]);
    const again = tainted(['scan', 'dump', '-o', 'case', '-q']);
    expect([again.code, again.err]).toEqual([
      2,
      'tainted: --out case: there is a case already; add --resume to go on with it or --force to replace it\n',
    ]);
    const before = fs.readFileSync(join(dir, 'case/report.json'), 'utf8');
    expect(tainted(['scan', 'dump', '-o', 'case', '-q', '--resume']).code).toBe(0);
    expect(tainted(['scan', 'dump', '-o', 'case', '-q', '--force']).code).toBe(0);
    expect(fs.readFileSync(join(dir, 'case/report.json'), 'utf8')).toBe(before);
  });

  it('leaves a directory alone that is no case', () => {
    expect(tainted(['scan', 'dump', '-o', 'dump']).err).toContain('is not empty and is no case');
    expect(fs.readdirSync(dump).sort()).toEqual(['mail', 'notes.txt', 'nothing']);
  });

  it('leaves its own case inside the dump out of the scan', () => {
    fs.cpSync(dump, join(dir, 'self'), { recursive: true });
    fs.cpSync(join(dir, 'kept'), join(dir, 'self/case'), { recursive: true });
    const report = JSON.parse(tainted(['scan', 'self', '-o', 'self/case', '-q', '--force', '-f', 'json']).out) as { corpus: { files: number } };
    expect(report.corpus.files).toBe(3);
  });

  it('labels several roots', () => {
    fs.cpSync(dump, join(dir, 'other/dump'), { recursive: true });
    const report = JSON.parse(tainted(['scan', 'dump', 'other/dump', '-f', 'json']).out) as { documents: { path: string; rank: number | null }[] };
    expect(report.documents.filter((d) => d.rank !== null).map((d) => d.path)).toEqual([
      'dump-2/mail/one.eml!/mime:2!/zip:a.txt',
      'dump/mail/one.eml!/mime:2!/zip:a.txt',
      'dump-2/mail/one.eml!/mime:2',
      'dump/mail/one.eml!/mime:2',
    ]);
  });

  // tests/golden does so with every format and a larger dump, into files.
  it('gives the same on stdout whatever the workers, the zone, the locale and the ring', () => {
    const first = fs.readFileSync(join(dir, 'kept/report.json'), 'utf8');
    expect(kept.code).toBe(0);
    expect(first.length).toBeGreaterThan(500);
    expect(tainted(['scan', 'dump', '-f', 'json', '--jobs', '4'], { TZ: 'Asia/Kolkata', LANG: 'tr_TR.UTF-8' }).out).toBe(first);
    expect(tainted(['scan', 'dump', '-f', 'json', '--isolation', 'process'], { TZ: 'America/St_Johns' }).out).toBe(first);
  });

  it('writes html to stdout', () => {
    const { code, out } = tainted(['scan', 'dump', '-f', 'html']);
    expect([code, out.length > 500]).toEqual([0, true]);
  });

  it('ends quietly when the reader of its output goes away', async () => {
    const child = spawn(process.execPath, [BIN, 'scan', dump, '-f', 'ndjson', '--all-documents'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => void (err += chunk.toString()));
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((done) => child.on('close', done));
    expect([code, err]).toEqual([0, '']);
  });

  it('takes an earlier report as a baseline, and only the rules that were asked for', () => {
    const earlier = JSON.parse(fs.readFileSync(join(dir, 'kept/report.json'), 'utf8')) as { findings: unknown[] };
    expect(earlier.findings.length).toBeGreaterThan(0);
    expect((JSON.parse(tainted(['scan', 'dump', '-f', 'json', '--baseline', 'kept/report.json']).out) as { findings: unknown[] }).findings).toEqual(
      [],
    );
    expect(
      (JSON.parse(tainted(['scan', 'dump', '-f', 'json', '--only', 'gap-in-mailbox']).out) as { rules: { id: string }[] }).rules.map((r) => r.id),
    ).toEqual(['gap-in-mailbox']);
  });
});

describe('the other commands', () => {
  it('judge applies the rules again, with new context, without the dump', () => {
    fs.cpSync(join(dir, 'kept'), join(dir, 'judged'), { recursive: true });
    const report = JSON.parse(tainted(['judge', 'judged', '-f', 'json', '--acquired-at', '2017-03-10']).out) as {
      findings: unknown[];
      options: { acquiredAt: string };
    };
    expect(report.findings).toEqual([]);
    expect(report.options.acquiredAt).toBe('2017-03-10T23:59:59.999Z');
  });

  it('report renders a kept case as scan did', () => {
    expect(tainted(['report', 'kept', '-f', 'json']).out).toBe(fs.readFileSync(join(dir, 'kept/report.json'), 'utf8'));
    expect(tainted(['report', 'kept']).out).toContain('2 documents stand out');
  });

  it('verify replays every cited claim, and notices a changed dump', () => {
    expect(tainted(['verify', 'kept/report.json'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^[1-9]\d* asserted claims replayed .* 0 differ\n$/) as string,
    });
    fs.cpSync(dump, join(dir, 'changed'), { recursive: true });
    const mail = fs.readFileSync(join(dump, 'mail/one.eml'), 'latin1');
    fs.writeFileSync(join(dir, 'changed/mail/one.eml'), mail.replace(/^Received: /m, 'X-Gone: '), 'latin1');
    const ran = tainted(['verify', 'kept/report.json', '--root', 'changed']);
    expect(ran.code).toBe(4);
    expect(ran.out).toMatch(/differs: mail\/one\.eml/);
  });

  it('show prints the bytes behind a provenance', () => {
    expect(tainted(['show', 'notes.txt', '--root', 'dump']).out).toContain('6 bytes');
    expect(tainted(['show', 'notes.txt', '--case', 'kept', '--as', 'raw']).out).toBe('hello\n');
    expect(tainted(['show', 'mail/one.eml!/mime:2!/zip:a.txt', '--case', 'kept', '--as', 'raw']).out).toBe('x');
  });

  it('inspect prints the claims of a file and of what is inside it, as a table and as JSON', () => {
    const { out } = tainted(['inspect', 'dump/mail/one.eml']);
    expect(out).toMatch(/time\.sent +Date +Wed, 1 Mar 2017/);
    expect(out).toContain('one.eml!/mime:2!/zip:a.txt');
    const artifacts = JSON.parse(tainted(['inspect', 'dump/mail/one.eml', '--json']).out) as { mediaType: string; claims: unknown[] }[];
    expect(artifacts.map((a) => a.mediaType).sort()).toEqual(['application/zip', 'message/rfc822', 'text/plain']);
    expect(artifacts.every((a) => a.claims.length > 0)).toBe(true);
  });

  it('rules lists them all, and explains one', () => {
    expect(tainted(['rules']).out).toContain('attachment-changed-after-send');
    expect(tainted(['rules', 'J02']).out).toMatch(/## When it misleads[\s\S]*## Innocent explanations/);
    expect((JSON.parse(tainted(['rules', '--json']).out) as unknown[]).length).toBeGreaterThan(15);
  });
});

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMbox, writeZip64 } from '../support/write-big.ts';

const GB = 1000 ** 3;
const MBOX_BYTES = 12 * GB;
/** What the mailbox and its case take, beside one another. */
const ROOM = 19 * GB;
const MOST_RSS = 700e6;

/** What keeps these proofs from running here, or null. */
function missing(): string | null {
  if (process.env['TAINTED_SCALE'] !== '1') return 'takes a quarter of an hour and 19 GB: npm run test:scale';
  const { bavail, bsize } = fs.statfsSync(os.tmpdir());
  return bavail * bsize < ROOM ? `needs ${ROOM / GB} GB in the directory for temporary files, ${Math.floor((bavail * bsize) / GB)} are free` : null;
}

const why = missing();
if (why !== null) process.stderr.write(`scale: skipped, ${why}\n`);

interface Told {
  readonly code: number | null;
  readonly problems: readonly { readonly path: string; readonly code: string; readonly message: string }[];
  readonly documents: readonly { readonly path: string; readonly outcome: { readonly state: string; readonly why?: string } }[];
  readonly corpus: { readonly artifacts: number };
  readonly run: { readonly peakRssBytes: number; readonly seconds: Readonly<Record<string, number>>; readonly missingShards: readonly number[] };
}

const BIN = process.env['TAINTED_BIN'] ?? new URL('../../bin/tainted.js', import.meta.url).pathname;
let dir = '';

/** Scans a directory into a case, reads what it says and deletes the case. */
async function scanned(dump: string, ...options: string[]): Promise<Told> {
  const kase = join(dir, 'case');
  const code = await new Promise<number | null>((done) => {
    const child = spawn(process.execPath, [BIN, 'scan', dump, '-q', '--strict', '-o', kase, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('exit', done);
  });
  const read = (name: string): object => JSON.parse(fs.readFileSync(join(kase, name), 'utf8')) as object;
  const told = { ...read('report.json'), run: read('run.json'), code } as Told;
  fs.rmSync(kase, { recursive: true, force: true });
  process.stderr.write(`${options.join(' ')} ${JSON.stringify(told.run.seconds)} ${Math.round(told.run.peakRssBytes / 1e6)} MB\n`);
  return told;
}

describe.skipIf(why !== null)('what is larger than memory', () => {
  beforeAll(() => {
    dir = fs.mkdtempSync(join(os.tmpdir(), 'scale-'));
  });
  afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

  it('a zip64 with a stored and a deflated member of 3 GB, within 700 MB', async () => {
    const dump = join(dir, 'zip');
    fs.mkdirSync(dump);
    writeZip64(join(dump, 'big.zip'), 3072);
    fs.writeFileSync(join(dump, 'honest.txt'), 'Bonjour.\n');
    const cut = await scanned(dump, '--all-documents');
    expect(cut.code).toBe(4);
    expect(cut.problems.map((p) => [p.path, p.code])).toEqual([
      ['big.zip!/zip:deflated.txt', 'limit-exceeded'],
      ['big.zip!/zip:stored.txt', 'limit-exceeded'],
    ]);
    expect(cut.documents.map((d) => [d.path, d.outcome.state, d.outcome.why])).toEqual([
      ['big.zip', 'read', undefined],
      ['big.zip!/zip:deflated.txt', 'unread', 'over-limit'],
      ['big.zip!/zip:stored.txt', 'unread', 'over-limit'],
      ['honest.txt', 'read', undefined],
    ]);
    expect(cut.run.peakRssBytes).toBeLessThan(MOST_RSS);
    const whole = await scanned(dump, '--all-documents', '--max-bytes', '4G');
    expect(whole.documents.map((d) => [d.path, d.outcome.state === 'unread'])).toEqual([
      ['big.zip', false],
      ['big.zip!/zip:deflated.txt', false],
      ['big.zip!/zip:stored.txt', false],
      ['honest.txt', false],
    ]);
    expect(whole.problems.filter((p) => ['worker-lost', 'timed-out', 'reader-threw', 'malformed'].includes(p.code))).toEqual([]);
    expect(whole.run.peakRssBytes).toBeLessThan(MOST_RSS);
    fs.rmSync(dump, { recursive: true });
  });

  it('a mailbox of 12 GB, within 700 MB', async () => {
    const dump = join(dir, 'mbox');
    fs.mkdirSync(dump);
    const messages = writeMbox(join(dump, 'inbox.mbox'), MBOX_BYTES);
    expect(fs.statSync(join(dump, 'inbox.mbox')).size).toBeGreaterThanOrEqual(MBOX_BYTES);
    const told = await scanned(dump);
    expect(told.code).toBe(0);
    expect(told.problems).toEqual([]);
    // The mailbox, and each message with its attachment.
    expect(told.corpus.artifacts).toBe(1 + 2 * messages);
    expect(told.run.missingShards).toEqual([]);
    expect(told.run.peakRssBytes).toBeLessThan(MOST_RSS);
  });
});

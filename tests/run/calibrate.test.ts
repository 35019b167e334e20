import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Calibration, Firings } from '../../src/model/calibration.ts';
import { buildMail } from '../support/build-mail.ts';
import { buildZip } from '../support/build-zip.ts';

const BIN = new URL('../../bin/tainted.js', import.meta.url).pathname;
let dir = '';

/** A letter with an archive, whose member was saved before the letter was sent, or three weeks after. */
const letter = (n: number, member: string): Uint8Array =>
  buildMail({
    client: 'thunderbird',
    from: 'Claire Moreau <claire@campagne.example>',
    to: 'Paul Petit <paul@campagne.example>',
    subject: `budget ${n}`,
    date: `2017-04-0${n}T10:00:00Z`,
    offsetMinutes: 60,
    body: 'Ci-joint.',
    attachments: [
      {
        name: 'archive.zip',
        type: 'application/zip',
        bytes: buildZip([{ name: 'a.txt', content: Buffer.from(`x${n}`), instant: member }], 'info-zip'),
      },
    ],
  });

const tainted = (...args: string[]): { code: number | null; out: string; err: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8', cwd: dir });
  return { code: status, out: stdout, err: stderr };
};
/** Of the letters; counted once, for several tests compare with it. */
let mailOnly = '';
const ofRule = (c: Calibration, id: string): Firings | undefined => c.rules.find((f) => f.rule === id);

beforeAll(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'calibrate-'));
  fs.mkdirSync(join(dir, 'letters', 'again'), { recursive: true });
  for (const n of [1, 2, 3]) fs.writeFileSync(join(dir, 'letters', `${n}.eml`), letter(n, '2017-03-20T10:00:00Z'));
  fs.writeFileSync(join(dir, 'letters', '4.eml'), letter(4, '2017-04-25T10:00:00Z'));
  fs.writeFileSync(join(dir, 'letters', 'again', '4.eml'), letter(4, '2017-04-25T10:00:00Z'));
  fs.writeFileSync(join(dir, 'letters', 'notes.txt'), 'hello\n');
  mailOnly = tainted('calibrate', 'letters', '--json', '--kind', 'mail').out;
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

describe('tainted calibrate', { timeout: 120_000 }, () => {
  it('counts documents with distinct bytes, those the rule could speak about and those it spoke about', () => {
    const { code, out, err } = tainted('calibrate', 'letters', '--json', '--name', 'letters of a campaign');
    expect([code, err]).toEqual([0, '']);
    const c = JSON.parse(out) as Calibration;
    expect(c).toMatchObject({ schema: 'calibration/1', material: { name: 'letters of a campaign', kind: 'all', files: 6 } });
    expect(c.material.manifest).toMatch(/^[0-9a-f]{64}$/);
    // Four letters with an archive and a member each; the fifth has the bytes of the fourth, and only what is attached can be later than its letter.
    expect(ofRule(c, 'attachment-changed-after-send')).toMatchObject({ applicable: 8, loosely: false, fired: [0, 0, 0, 1, 0], acts: 2 });
    expect(ofRule(c, 'photo-clock-disagreement')).toMatchObject({ applicable: 0, fired: [0, 0, 0, 0, 0], acts: 0 });
  });

  it('counts only documents of a kind', () => {
    const mail = JSON.parse(mailOnly) as Calibration;
    expect(mail.material).toMatchObject({ name: 'letters', kind: 'mail', documents: 4 });
    expect(ofRule(mail, 'attachment-changed-after-send')?.applicable).toBe(0);
    expect(ofRule(mail, 'message-clock-disagreement')?.applicable).toBe(4);
    // Four letters are no mailbox in which a gap could be seen; fifty in one folder are.
    expect(ofRule(mail, 'gap-in-mailbox')?.applicable).toBe(0);
    expect((JSON.parse(tainted('calibrate', 'letters', '--json', '--kind', 'pictures').out) as Calibration).material.documents).toBe(0);
  });

  it('counts for a rule about mailboxes the messages of those that are large enough', () => {
    fs.mkdirSync(join(dir, 'boxes', 'small'), { recursive: true });
    for (let n = 0; n < 51; n++)
      fs.writeFileSync(
        join(dir, 'boxes', n < 50 ? `${n}.eml` : 'small/one.eml'),
        buildMail({
          client: 'thunderbird',
          from: 'Claire Moreau <claire@campagne.example>',
          to: 'Paul Petit <paul@campagne.example>',
          subject: `note ${n}`,
          date: new Date(Date.UTC(2017, 3, 1 + (n % 25), 10 + (n % 7))).toISOString(),
          offsetMinutes: 0,
          body: `note ${n}`,
        }),
      );
    const c = JSON.parse(tainted('calibrate', 'boxes', '--json').out) as Calibration;
    expect(c.material).toMatchObject({ kind: 'all', documents: 51 });
    expect(ofRule(c, 'gap-in-mailbox')).toMatchObject({ applicable: 50, fired: [0, 0, 0, 0, 0] });
    expect(ofRule(c, 'saved-after-mailbox-end')?.applicable).toBe(0);
  });

  it('prints a table for a person, and writes what --json prints', () => {
    const { code, out } = tainted('calibrate', 'letters', '--kind', 'mail', '-o', 'c.json');
    expect(code).toBe(0);
    expect(out).toMatch(/^letters: 6 files, 4 documents of kind mail, manifest [0-9a-f]{64}, tainted /);
    expect(out).toMatch(/message-clock-disagreement +4 +0 +53 % +0\n/);
    expect(out).toMatch(/Not measured, no document that they could speak about: .*photo-clock-disagreement/);
    expect(fs.readFileSync(join(dir, 'c.json'), 'utf8')).toBe(mailOnly);
  });

  it.each([
    [['calibrate'], 2, /missing required argument 'path'/],
    [['calibrate', 'nowhere'], 3, /nowhere: no such file or directory/],
    [['calibrate', 'letters', '--kind', 'novels'], 2, /Allowed choices are all, mail/],
  ] as const)('%j exits %i', (args, code, message) => {
    const ran = tainted(...args);
    expect(ran.err).toMatch(message);
    expect(ran.code).toBe(code);
  });
});

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportedDocument, ReportedFinding } from '../../src/model/report.ts';
import { type SignSpec, signMail, testKey } from '../support/build-dkim.ts';
import { OTHER_RSA_1024 } from '../support/build-dkim.data.ts';
import { OTHER_PROOF_2048, PROOF_1024, PROOF_2048 } from '../support/recover-keys.data.ts';

/** Computing with numbers of 134 million bits takes minutes a key: `npm run prove:keys`. */
const wanted = process.env['TAINTED_PROVE_KEYS'] === '1';
if (!wanted) process.stderr.write('keys: skipped, takes half an hour: npm run prove:keys\n');

const BIN = process.env['TAINTED_BIN'] ?? new URL('../../bin/tainted.js', import.meta.url).pathname;
const REAL = new URL('../../../shared/corpora/rf-peixoto__phishing_pot/', import.meta.url).pathname;
const HOUR = 3_600_000;

let dir = '';
beforeAll(() => void (dir = fs.mkdtempSync(join(os.tmpdir(), 'tainted-prove-'))));
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

/** Runs the tool to its end; says what it took. */
async function tainted(...args: string[]): Promise<{ code: number | null; seconds: number }> {
  const began = performance.now();
  const code = await new Promise<number | null>((done) => {
    spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'inherit', 'inherit'] }).once('exit', done);
  });
  return { code, seconds: Math.round((performance.now() - began) / 1000) };
}

interface KeyFile {
  readonly [name: string]: readonly { readonly value: string; readonly source: string }[];
}

const keysOf = (kase: string): KeyFile => JSON.parse(fs.readFileSync(join(kase, 'keys.json'), 'utf8')) as KeyFile;

const SIGNERS: readonly (SignSpec & { readonly selector: string; readonly count: number })[] = [
  { selector: 'envoi', key: testKey(PROOF_1024), count: 150 },
  { selector: 'liste', key: testKey(OTHER_RSA_1024), hash: 'sha1', c: 'simple/simple', count: 2 },
  { selector: 'k2020', key: testKey(PROOF_2048), count: 150 },
  { selector: 'k2021', key: testKey(OTHER_PROOF_2048), c: 'relaxed/simple', count: 97 },
  { selector: 'seul', key: testKey(PROOF_1024), count: 1 },
];

type Edit = 'body' | 'Date' | 'Subject';
/** The first of two selectors are among them: a try that must come to nothing. */
const EDITS: Readonly<Record<string, Edit>> = {
  'envoi/000': 'Subject',
  'envoi/001': 'body',
  'envoi/044': 'Date',
  'envoi/090': 'body',
  'envoi/149': 'Subject',
  'k2020/002': 'Date',
  'k2020/050': 'body',
  'k2020/051': 'Subject',
  'k2020/100': 'Date',
  'k2021/010': 'Subject',
  'k2021/011': 'Date',
  'k2021/096': 'body',
};

function edited(mail: string, edit: Edit | undefined): string {
  if (edit === 'body') return mail.replace('cartons', 'caisses');
  if (edit === 'Date') return mail.replace(/(\nDate: .*) 2020 /, '$1 2019 ').replace(/\nDate: \w+,/, '\nDate:');
  return edit === 'Subject' ? mail.replace('Subject: Avis', 'Subject: Rappel') : mail;
}

/** A day's notice; the hour of the signature is that of Date. */
function notice(spec: SignSpec, n: number): string {
  const at = new Date(Date.UTC(2020, 0, 6, 8, 12) + n * 86_400_000);
  const mail = [
    'From: Claire Moreau <claire@example.org>',
    'To: Paul Petit <paul@example.net>',
    `Subject: Avis de livraison ${n}`,
    `Date: ${at.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${spec.selector}.${n}@example.org>`,
    '',
    'Madame,',
    '',
    `Nous livrons ce jour ${n + 4} cartons de bulletins.`,
    '',
  ].join('\r\n');
  return signMail(mail, { ...spec, h: ['From', 'To', 'Subject', 'Date', 'Message-ID'], tags: [`t=${at.getTime() / 1000}`] });
}

describe.skipIf(!wanted)('400 messages, 12 of them edited, and no key given', () => {
  it('every selector with two intact messages is recovered; the 12 are named, no other', { timeout: 6 * HOUR }, async () => {
    const dump = join(dir, 'dump');
    for (const spec of SIGNERS) {
      fs.mkdirSync(join(dump, spec.selector), { recursive: true });
      for (let n = 0; n < spec.count; n++) {
        const name = `${spec.selector}/${String(n).padStart(3, '0')}`;
        fs.writeFileSync(join(dump, `${name}.eml`), edited(notice(spec, n), EDITS[name]), 'latin1');
      }
    }
    const kase = join(dir, 'case');
    expect((await tainted('scan', dump, '-q', '-o', kase)).code).toBe(0);
    const run = await tainted('keys', 'recover', kase, '-j', '2');
    process.stderr.write(`keys: 4 selectors in ${run.seconds} s\n`);
    const keys = keysOf(kase);
    const record = (selector: string): string => SIGNERS.find((s) => s.selector === selector)?.key.record ?? '';
    expect(Object.fromEntries(Object.entries(keys).map(([name, list]) => [name, list.map((k) => [k.value, k.source.replace(/.*, /, '')])]))).toEqual({
      'envoi._domainkey.example.org': [[record('envoi'), 'verifies 147 of 150']],
      'k2020._domainkey.example.org': [[record('k2020'), 'verifies 147 of 150']],
      'k2021._domainkey.example.org': [[record('k2021'), 'verifies 95 of 97']],
      'liste._domainkey.example.org': [[record('liste'), 'verifies 2 of 2']],
    });
    expect((await tainted('judge', kase, '-q', '--dkim-keys', join(kase, 'keys.json'))).code).toBe(0);
    const report = JSON.parse(fs.readFileSync(join(kase, 'report.json'), 'utf8')) as {
      readonly findings: readonly ReportedFinding[];
      readonly documents: readonly ReportedDocument[];
    };
    const named = report.findings.filter((f) => /^signed-(?:body|headers)-changed$/.test(f.rule)).map((f) => [f.evidence[0]?.claim.path, f.rule]);
    const expected = Object.entries(EDITS).map(([name, edit]) => [`${name}.eml`, edit === 'body' ? 'signed-body-changed' : 'signed-headers-changed']);
    expect(named.sort()).toEqual(expected.sort());
  });
});

describe.skipIf(!wanted || !fs.existsSync(REAL))('real signed mail whose publisher redacted addresses', () => {
  it('gives six selectors or more in 15 minutes on 2 cores, 20210112 of Gmail among them', { timeout: HOUR }, async () => {
    const kase = join(dir, 'real');
    expect((await tainted('scan', REAL, '-q', '-o', kase)).code).toBe(0);
    await tainted('keys', 'recover', kase, '-j', '2', '--minutes', '15');
    const names = Object.keys(keysOf(kase));
    expect(names).toContain('20210112._domainkey.gmail.com');
    expect(names.length).toBeGreaterThanOrEqual(6);
  });
});

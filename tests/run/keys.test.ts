import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { KeyRing, checkSignature } from '../../src/examinations/shared/signature-check.ts';
import { readSignature } from '../../src/model/dkim.ts';
import { eml } from '../../src/formats/eml.ts';
import { readDkimKeys } from '../../src/run/dkim-keys.ts';
import { commonFactor } from '../../src/run/common-factor.ts';
import { recoverKeys, type RecoverOptions, type Recovery } from '../../src/run/keys.ts';
import type { Solver } from '../../src/run/key-lane.ts';
import { testKey } from '../support/build-dkim.ts';
import { RSA_512 } from '../support/build-dkim.data.ts';
import { RSA_512_E17, RSA_512_E3 } from '../support/recover-keys.data.ts';
import { caseOf, signedLetter, solverHere } from '../support/recover-keys.ts';
import { readAll } from '../support/read.ts';

const E3 = testKey(RSA_512_E3);
const E17 = testKey(RSA_512_E17);
const COMMON = testKey(RSA_512);
const FORGEABLE = '; a key of 512 bits: forgeable, others can compute its private half';
const SILENT = { trying: () => undefined, done: () => undefined };

/** Workers run on what was built. */
const BIN = process.env['TAINTED_BIN'] ?? new URL('../../bin/tainted.js', import.meta.url).pathname;

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) fs.rmSync(dir, { recursive: true, force: true });
});

async function kept(mails: Readonly<Record<string, string>>): Promise<string> {
  const dir = await caseOf(mails);
  dirs.push(dir);
  return dir;
}

const recover = (dir: string, more: Partial<RecoverOptions> = {}, open: () => Solver = solverHere()): Promise<Recovery> =>
  recoverKeys(dir, { out: null, signer: null, jobs: 1, minutes: null, ...more }, SILENT, open);

const words = ({ outcomes }: Recovery): Record<string, string> => Object.fromEntries(outcomes.map((o) => [o.signer, o.words]));

/** 1 and 2 intact, 3 with another Subject, 4 with another body, 5 a copy of 1. */
const five = (key = E3): Record<string, string> => ({
  'a1.eml': signedLetter(1, { key }),
  'a2.eml': signedLetter(2, { key }),
  'a3.eml': signedLetter(3, { key }).replace('Subject: Envoi 3', 'Subject: Envoi 8'),
  'a4.eml': signedLetter(4, { key }).replace('Lettre', 'Epitre'),
  'a5.eml': signedLetter(1, { key }),
});

/** A solver that finds nothing at 65537 and takes no time. */
const barren = (): Solver => ({
  solve: ({ anchor, others, exponent }) => (exponent > 100 ? Promise.resolve(1n) : commonFactor(anchor, others, exponent)),
  stop: () => undefined,
});

describe('recovering keys of a case', () => {
  it.each([
    ['3', E3],
    ['17', E17],
  ])('finds one with exponent %s, and writes the record that DNS held', async (_, key) => {
    const dir = await kept(five(key));
    const recovery = await recover(dir);
    const source = 'recovered from messages a1.eml and a2.eml, verifies 3 of 4';
    expect(words(recovery)).toEqual({ 'example.org s=s1': source + FORGEABLE });
    expect(JSON.parse(fs.readFileSync(join(dir, 'keys.json'), 'utf8'))).toEqual({ 's1._domainkey.example.org': [{ value: key.record, source }] });
  });

  it('gives a file that --dkim-keys takes, and that tells the changed from the unchanged', async () => {
    const mails = five();
    const dir = await kept(mails);
    const { keyFile } = await recover(dir);
    const ring = new KeyRing(readDkimKeys(keyFile));
    const found: string[] = [];
    for (const mail of Object.values(mails)) {
      const { claims } = await readAll(eml, Buffer.from(mail, 'latin1'));
      const record = claims.flatMap((c) => (c.attribute === 'dkim.signature' ? [readSignature(c.value)] : []))[0];
      if (record) found.push(checkSignature(record, ring, null).outcome);
    }
    expect(found).toEqual(['verified', 'verified', 'headers changed', 'body changed', 'verified']);
  });

  it('gets past a changed message that comes first', async () => {
    const dir = await kept({ ...five(), 'a0.eml': signedLetter(9, { key: E3 }).replace('Subject: Envoi 9', 'Subject: Envoi 8') });
    expect(words(await recover(dir))).toEqual({
      'example.org s=s1': `recovered from messages a1.eml and a2.eml, verifies 3 of 5${FORGEABLE}`,
    });
  });

  it('says in words why there is none', async () => {
    const dir = await kept({
      'a.eml': signedLetter(1, { key: E3, selector: 'alone' }),
      'b.eml': signedLetter(2, { key: E3, selector: 'copied' }),
      'b2.eml': signedLetter(2, { key: E3, selector: 'copied' }),
      'c.eml': signedLetter(3, { key: E3, selector: 'two' }),
      'd.eml': signedLetter(4, { key: E17, selector: 'two' }),
    });
    expect(words(await recover(dir, {}, barren))).toEqual({
      'example.org s=alone': 'one signature: nothing to pair it with',
      'example.org s=copied': 'one signature: nothing to pair it with',
      'example.org s=two':
        'no key from 2 signatures; pairs tried: 1; none has a common modulus: their headers were changed since, or they are of several keys',
    });
  });

  it('writes the same whatever the number of workers', async () => {
    const mails = {
      ...five(),
      ...Object.fromEntries(Object.entries(five()).map(([name]) => [`b${name}`, signedLetter(Number(name[1]), { key: E17, selector: 's2' })])),
    };
    const files = await Promise.all(
      [1, 3].map(async (jobs) => {
        const dir = await kept(mails);
        await recover(dir, { jobs });
        return ['keys.json', 'keys-progress.json'].map((name) => fs.readFileSync(join(dir, name), 'utf8'));
      }),
    );
    expect(files[0]).toEqual(files[1]);
    expect(Object.keys(JSON.parse(files[0]?.[0] ?? '') as object)).toEqual(['s1._domainkey.example.org', 's2._domainkey.example.org']);
  });
});

describe('going on', () => {
  it('does not repeat what is done, nor what was tried', async () => {
    const dir = await kept({
      ...five(),
      'b.eml': signedLetter(1, { key: E17, selector: 's2' }),
      'c.eml': signedLetter(2, { key: E3, selector: 's2' }),
    });
    const first = await recover(dir, {}, barren);
    const asked: number[] = [];
    expect(await recover(dir, {}, solverHere(asked))).toEqual(first);
    expect(asked).toEqual([]);
  });

  it('leaves off when the time is over, keeps what it has, and goes on with the next try', async () => {
    const changed = (n: number): string => signedLetter(n, { key: COMMON }).replace(`Envoi ${n}`, 'Envoi 9');
    const dir = await kept({ '1.eml': changed(1), '2.eml': changed(2), '3.eml': changed(3), '4.eml': changed(4) });
    let tries = 0;
    const tiring = (): Solver => {
      let fail: ((error: Error) => void) | null = null;
      return {
        solve: ({ exponent }) => (exponent < 100 || ++tries < 2 ? Promise.resolve(1n) : new Promise((_, reject) => void (fail = reject))),
        stop: () => fail?.(new Error('the worker was stopped')),
      };
    };
    expect(words(await recover(dir, { minutes: 0.005 }, tiring))).toEqual({ 'example.org s=s1': 'no key yet: 1 of 4 tries made' });
    const asked: number[] = [];
    const later = (): Solver => ({
      solve: ({ exponent, others }) => {
        asked.push(exponent, others.length);
        return Promise.resolve(1n);
      },
      stop: () => undefined,
    });
    expect(words(await recover(dir, {}, later))['example.org s=s1']).toMatch(/^no key from 4 signatures; pairs tried: 6;/);
    expect(asked).toEqual([65_537, 2, 65_537, 1, 65_537, 1]);
  });

  it('tries again what failed for want of memory', async () => {
    const dir = await kept(five());
    const dying = (): Solver => ({ solve: () => Promise.reject(new Error('Fatal error in gmp-wasm')), stop: () => undefined });
    expect(words(await recover(dir, {}, dying))).toEqual({ 'example.org s=s1': 'the arithmetic failed: Fatal error in gmp-wasm' });
    expect(words(await recover(dir))['example.org s=s1']).toMatch(/^recovered /);
  });
});

describe('what the operator names', () => {
  it('one signer, the others left as they are', async () => {
    const dir = await kept({
      ...five(),
      'b.eml': signedLetter(1, { key: E17, selector: 's2' }),
      'c.eml': signedLetter(2, { key: E17, selector: 's2' }),
    });
    expect(Object.keys(words(await recover(dir, { signer: 'Example.org/S2' })))).toEqual(['example.org s=s2']);
    expect(words(await recover(dir, {}, barren))).toMatchObject({ 'example.org s=s1': expect.stringMatching(/^recovered /) as string });
    await expect(recover(dir, { signer: 'example.org/s3' })).rejects.toThrow('no RSA signature of that domain/selector');
  });

  it('a file that is not replaced where it holds other keys', async () => {
    const dir = await kept(five());
    const file = join(dir, 'mine.json');
    fs.writeFileSync(file, JSON.stringify({ 's1._domainkey.example.org': E3.record }));
    await expect(recover(dir, { out: file })).rejects.toThrow('is no file of recovered keys');
    fs.rmSync(file);
    await recover(dir, { out: file });
    await recover(dir, { out: file });
    expect(readDkimKeys(file).size).toBe(1);
  });

  it('a directory that is no case, or one without its index', async () => {
    const dir = await kept(five());
    fs.rmSync(join(dir, 'evidence.duckdb'));
    await expect(recover(dir)).rejects.toThrow('make it again with: tainted judge');
    fs.rmSync(join(dir, 'run.json'));
    await expect(recover(dir)).rejects.toThrow('no case there');
  });
});

describe('on the command line', () => {
  const tainted = (...args: string[]): { out: string; err: string; code: number | null } => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [BIN, 'keys', 'recover', ...args], { encoding: 'utf8' });
    return { out: stdout, err: stderr, code: status };
  };

  it('says what each selector came to and what that shows, and talks on stderr', async () => {
    const dir = await kept({ ...five(), 'b.eml': signedLetter(1, { key: E17, selector: 's2' }) });
    const file = join(dir, 'keys.json');
    expect(tainted(dir, '-j', '1')).toEqual({
      code: 0,
      err: '2/2 example.org s=s1: recovered\n',
      out: [
        `example.org s=s1 (512 bits): recovered from messages a1.eml and a2.eml, verifies 3 of 4${FORGEABLE}`,
        '1 more selector with one signature each: nothing to pair',
        `1 key in ${file}; use them with: tainted judge ${dir} --dkim-keys ${file}`,
        'What a recovered key shows: the messages that it verifies were signed by one signer and not changed since. It says nothing about who that was.',
        '',
      ].join('\n'),
    });
    expect(tainted(dir, '-q')).toEqual({ code: 0, err: '', out: '' });
  });

  it('a signer misspelt is bad usage, one that is not there is nothing to look at', async () => {
    const dir = await kept(five());
    expect(tainted(dir, '--selector', 's1')).toMatchObject({
      code: 2,
      err: 'tainted: --selector s1: domain/selector is wanted, such as example.org/s1\n',
    });
    expect(tainted(dir, '--selector', 'example.org/s3').code).toBe(3);
    expect(tainted(dir, '--minutes', '0').err).toMatch(/^tainted keys recover: option '--minutes <n>'/);
  });
});

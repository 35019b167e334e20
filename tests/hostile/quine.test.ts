import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { zip } from '../../src/containers/zip.ts';
import { quineZip } from '../support/build-quine.ts';
import { bytesOfChild, openAll } from '../support/read.ts';
import { scanDump } from '../support/scan-dump.ts';

let dir = '';

beforeAll(() => {
  dir = fs.mkdtempSync(join(os.tmpdir(), 'quine-'));
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

describe('what holds itself', { timeout: 60_000 }, () => {
  it('is an archive whose only member is the archive, byte for byte', async () => {
    const quine = quineZip();
    const packed = quine.subarray(35, 35 + quine.readUInt32LE(18));
    expect(inflateRawSync(packed).equals(quine)).toBe(true);
    expect(quine.readUInt32LE(14)).toBe(crc32(quine));
    const { children, problems } = await openAll(zip, quine);
    expect(problems).toEqual([]);
    expect(children.map((c) => [c.label, Buffer.from(bytesOfChild(c)).equals(quine)])).toEqual([['r.zip', true]]);
  });

  it('is opened 32 levels deep, and told once', () => {
    const began = performance.now();
    const told = scanDump(dir, 'zip', { 'quine.zip': quineZip() });
    expect(told.problems).toEqual([[`quine.zip${'!/zip:r.zip'.repeat(32)}`, 'limit-exceeded', 'not opened: 32 levels deep']]);
    // The honest text, the archive, and 32 of itself.
    expect(told.artifacts).toBe(34);
    expect(told.outcomes['honest.txt']).toBe('read');
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('is no mailbox of nothing but separators', () => {
    const line = 'From paul.petit@campagne.example Mon Mar 27 12:41:05 2017\n';
    const letter = 'From: paul.petit@campagne.example\nTo: claire@campagne.example\nSubject: rendez-vous\n\nBonjour.\n';
    const began = performance.now();
    const told = scanDump(dir, 'mbox', {
      'separators.mbox': line.repeat(Math.ceil(1024 ** 2 / line.length)),
      'honest.mbox': `${line}${letter}\n${line}${letter.replace('Bonjour', 'Bonsoir')}`,
    });
    expect(told.problems).toEqual([
      ['separators.mbox', 'malformed', 'lines that separate messages, directly behind another such line: 18078, first behind the one at byte 0'],
    ]);
    expect(told.artifacts).toBe(5);
    expect(told.outcomes['honest.mbox']).toBe('read');
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
